#include "audit/history.hpp"

#include <algorithm>

namespace folkmoot::audit {

Digest History::use_of(const charter::Request& request, const Signature& signature) const {
  return sha256(signed_text(origin_, request, signature.member, signature.asked));
}

Status History::check_signature(const charter::Request& request, const charter::Signer& signer,
                                const Signature& signature, charter::Time now) const {
  const auto& [member, key_text] = signer;
  if (key_text.empty()) return fail("{} has enrolled no key to sign with", member);
  ledger::PublicKey key{};
  TRY(in(fmt::format("the key of {}", member), from_hex(key_text, key)));
  if (!ledger::verifies(key, signed_text(origin_, request, member, signature.asked), signature.signature)) {
    return fail("the signature of {} is wrong", member);
  }
  if (signature.asked > now || signature.asked < now - longest_wait) {
    return fail("{} signed it at {}, which is not within {} before {}", member, charter::text(signature.asked),
                charter::text(longest_wait), charter::text(now));
  }
  if (used_.contains({signature.asked, use_of(request, signature)})) {
    return fail("what {} signed at {} was used before", member, charter::text(signature.asked));
  }
  return {};
}

Status History::check_signatures(const SignedRequest& signed_request, charter::Time now) const {
  const auto& [request, signatures] = signed_request;
  const std::vector<charter::Signer> needed = charter::signers(state_, request);
  for (std::size_t i = 0; i < needed.size(); ++i) {
    const std::string& member = needed[i].member;
    if (i >= signatures.size() || signatures[i].member != member) return fail("{} has not signed it", member);
    TRY(check_signature(request, needed[i], signatures[i], now));
  }
  if (signatures.size() > needed.size()) return fail("{} need not sign it", signatures[needed.size()].member);
  return {};
}

Status History::check_given_signatures(const SignedRequest& signed_request, charter::Time now) const {
  const auto& [request, signatures] = signed_request;
  const std::vector<charter::Signer> needed = charter::signers(state_, request);
  for (const Signature& signature : signatures) {
    const auto signer = std::ranges::find(needed, signature.member, &charter::Signer::member);
    if (signer == needed.end()) return fail("{} need not sign it", signature.member);
    if (std::ranges::count(signatures, signature.member, &Signature::member) != 1) {
      return fail("{} has signed it twice", signature.member);
    }
    TRY(check_signature(request, *signer, signature, now));
  }
  return {};
}

Status History::take(const Entry& entry) {
  const std::string where = fmt::format("act {} ({})", size(), entry.act.type);
  TRY(in(where, check_signatures({charter::request_of(entry.act), entry.signatures}, entry.act.time)));
  return follow(entry);
}

Status History::follow(const Entry& entry) {
  const charter::Act& act = entry.act;
  TRY(charter::replay_one(state_, act));
  const charter::Request request = charter::request_of(act);
  for (const Signature& signature : entry.signatures) used_.emplace(signature.asked, use_of(request, signature));
  while (!used_.empty() && used_.begin()->first < act.time - longest_wait) used_.erase(used_.begin());
  return {};
}

}  // namespace folkmoot::audit
