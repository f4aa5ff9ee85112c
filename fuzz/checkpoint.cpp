// Any bytes as a signed checkpoint and as a key: reading ends without a crash, and what is accepted has one spelling.
#include <cstdlib>

#include "ledger/checkpoint.hpp"
#include "ledger/cosignature.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  using namespace folkmoot::ledger;
  const std::string_view text = text_of({data, size});
  if (const auto key = VerifierKey::parse(text); key && key->to_text() != text) std::abort();
  if (const auto checkpoint = parse_checkpoint(text); checkpoint && to_text(*checkpoint) != text) std::abort();
  const auto note = parse_note(text);
  if (!note) return 0;
  if (to_text(*note) != text) std::abort();
  for (const SignatureLine& line : note->signatures) {
    // Nobody has signed what a fuzzer makes up.
    for (const SignatureType type : {SignatureType::note, SignatureType::cosignature_v1}) {
      const auto key = VerifierKey::make(line.name, type, {1});
      if (!key) std::abort();
      if (type == SignatureType::note && signed_by(*note, *key).value_or(false)) std::abort();
      if (type == SignatureType::cosignature_v1 && cosigned_at(*note, *key).value_or(std::nullopt)) std::abort();
    }
  }
  return 0;
}
