#include "ledger/witness.hpp"

#include <algorithm>
#include <cassert>

#include "ledger/cosignature.hpp"

namespace folkmoot::ledger {
namespace {

Witness::Decision answer(int status, std::string_view message) {
  return {{status, "text/plain; charset=utf-8", fmt::format("{}\n", message)}, {}};
}

}  // namespace

std::string Witness::record_path(std::string_view origin) { return sha256_hex(origin) + "/checkpoint"; }

const Witness::Record* Witness::record(std::string_view origin) const {
  const auto found = latest_.find(origin);
  return found == latest_.end() ? nullptr : &found->second;
}

Result<std::vector<const VerifierKey*>> Witness::log_signers(const SignedCheckpoint& checkpoint) const {
  std::vector<const VerifierKey*> signers;
  for (const VerifierKey& key : logs_) {
    if (key.name() == checkpoint.checkpoint.origin && TRY(signed_by(checkpoint.note, key))) signers.push_back(&key);
  }
  return signers;
}

Status Witness::restore(std::string_view origin, std::string_view record) {
  auto parsed = TRY(parse_signed_checkpoint(record));
  if (parsed.checkpoint.origin != origin)
    return fail("the record is of '{}', not '{}'", parsed.checkpoint.origin, origin);
  if (!TRY(cosigned_at(parsed.note, signer_.key))) return fail("the record is not cosigned by {}", signer_.key.name());
  apply({std::string(origin), parsed.checkpoint.head, std::string(record)});
  return {};
}

void Witness::apply(Record record) {
  assert(!latest_.contains(record.origin) || latest_.at(record.origin).head.size <= record.head.size);
  latest_.insert_or_assign(record.origin, std::move(record));
}

// In the order of tlog-witness, "add-checkpoint".
Witness::Decision Witness::decide(std::string_view body, std::uint64_t time) const {
  const auto request = parse_add_checkpoint(body);
  if (!request) return answer(400, request.error().message);
  const SignedCheckpoint submitted = *parse_signed_checkpoint(request->checkpoint);  // as the request's parser has seen
  const auto& [origin, head, extensions] = submitted.checkpoint;

  const bool known = std::ranges::any_of(logs_, [&](const VerifierKey& key) { return key.name() == origin; });
  if (!known) return answer(404, "unknown log");
  const auto signers = log_signers(submitted);
  if (!signers) return answer(403, signers.error().message);
  if (signers->empty()) return answer(403, "not signed by a trusted key of the log");

  if (request->old_size > head.size) return answer(400, "the old size is larger than the checkpoint's");
  const Record* const last = record(origin);
  const TreeHead seen = last != nullptr ? last->head : TreeHead{0, empty_root()};
  if (request->old_size != seen.size) {
    return {{409, "text/x.tlog.size", fmt::format("{}\n", seen.size)}, {}};
  }
  if (head.size == 0 && head.root != empty_root()) return answer(422, "not the root of the empty tree");
  if (const Status consistent = verify_consistency(seen, head, request->consistency); !consistent) {
    return answer(422, consistent.error().message);
  }

  const auto cosignature = cosign(signer_, submitted.note.text, time);
  if (!cosignature) return answer(500, "the witness cannot sign");
  // Of the submitted signatures only the verified ones are kept.
  Note kept{submitted.note.text, {}};
  for (const VerifierKey* key : *signers) kept.signatures.push_back(*signatures_by(submitted.note, *key).front());
  kept.signatures.push_back(*cosignature);
  return {{200, "text/plain; charset=utf-8", to_text(*cosignature)}, Record{origin, head, to_text(kept)}};
}

}  // namespace folkmoot::ledger
