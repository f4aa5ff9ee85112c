// Any text as an encrypted tally, a shuffle or a partial decryption, in each group: read in pieces of any size it gives
// what reading it as a whole gives, be that a structure or what is wrong.
#include <cstdint>
#include <cstdlib>

#include "election/read_long.hpp"
#include "group/all.hpp"

namespace {

using namespace folkmoot;
using namespace folkmoot::election;

template <class T>
void expect_same(const Result<T>& one, const Result<T>& other) {
  const bool same = one.has_value() == other.has_value() &&
                    (one ? json::to_text(*one) == json::to_text(*other) : one.error().message == other.error().message);
  if (!same) std::abort();
}

template <PrimeGroup G>
void check(std::uint8_t kind, std::string_view text, std::size_t piece) {
  const LongText long_text = LongText::of(text);
  switch (kind % 3) {
    case 0:
      expect_same(read_long_encrypted_tally<G>(long_text, one_by_one, piece),
                  json::read_canonical(text, read_encrypted_tally<G>));
      break;
    case 1:
      expect_same(read_long_shuffle<G>(long_text, one_by_one, piece), json::read_canonical(text, read_shuffle<G>));
      break;
    default:
      expect_same(read_long_partial_decryption<G>(long_text, one_by_one, piece),
                  json::read_canonical(text, read_partial_decryption<G>));
  }
}

}  // namespace

// The first byte chooses what it is, in which group, and the second how large a piece.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 2), size - 2);
  if ((data[0] & 4) != 0) {
    check<group::Ed25519>(data[0] >> 4, text, data[1]);
  } else {
    check<group::Belenios2048>(data[0] >> 4, text, data[1]);
  }
  return 0;
}
