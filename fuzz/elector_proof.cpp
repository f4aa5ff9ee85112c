// Any text as a proof of having been on an electorate: reading ends without a crash, what is read is written as it was,
// and no proof leads to a root that nobody has made.
#include <cstdlib>

#include "charter/elector_proof.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  const std::string_view text = text_of({data, size});
  const auto proof = charter::read_elector_proof(text);
  if (!proof && proof.error().message.empty()) std::abort();
  if (!proof) return 0;
  if (charter::to_text(*proof) != text) std::abort();
  if (charter::verify(*proof, {proof->index + 1, sha256("a root")})) std::abort();
  if (charter::verify(*proof, {0, sha256("")})) std::abort();
  return 0;
}
