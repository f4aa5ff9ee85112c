#include "ledger/cosignature.hpp"

#include <algorithm>
#include <cassert>

namespace folkmoot::ledger {
namespace {

constexpr std::uint64_t max_time = (std::uint64_t{1} << 63) - 1;

// tlog-cosignature, "Ed25519 signed message".
std::string signed_message(std::string_view checkpoint, std::uint64_t time) {
  return fmt::format("cosignature/v1\ntime {}\n{}", time, checkpoint);
}

}  // namespace

Result<std::optional<std::uint64_t>> cosigned_at(const Note& note, const VerifierKey& key) {
  assert(key.type() == SignatureType::cosignature_v1);
  std::optional<std::uint64_t> latest;
  for (const SignatureLine* line : signatures_by(note, key)) {
    // struct timestamped_signature: u64 timestamp, opaque ed25519_signature[64]
    Signature signature;
    if (line->signature.size() != 8 + signature.size()) return fail("a cosignature by {} has not 72 bytes", key.name());
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < 8; ++i) time = time << 8 | line->signature[i];
    std::copy(line->signature.begin() + 8, line->signature.end(), signature.begin());
    if (time > max_time || !key.verifies(signed_message(note.text, time), signature)) {
      return fail("the cosignature by {} is wrong", key.name());
    }
    latest = std::max(latest, std::optional(time));
  }
  return latest;
}

Result<SignatureLine> cosign(const Signer& signer, std::string_view checkpoint, std::uint64_t time) {
  assert(signer.key.type() == SignatureType::cosignature_v1);
  if (time == 0 || time > max_time) return fail("{} is no time to cosign at", time);
  const std::string message = signed_message(checkpoint, time);
  const Signature signature = TRY(in(signer.key.name(), signer.sign(message)));
  if (!signer.key.verifies(message, signature)) return fail("{}: the signer has signed wrongly", signer.key.name());
  SignatureLine line{signer.key.name(), signer.key.id(), {}};
  for (int shift = 56; shift >= 0; shift -= 8) line.signature.push_back(static_cast<std::uint8_t>(time >> shift));
  line.signature.insert(line.signature.end(), signature.begin(), signature.end());
  return line;
}

}  // namespace folkmoot::ledger
