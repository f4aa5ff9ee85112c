#include "group/ed25519/field.hpp"

#include <bit>
#include <cstring>

namespace folkmoot::group::ed25519 {

static_assert(std::endian::native == std::endian::little);

Fe fe_from_bytes(const std::array<std::uint8_t, 32>& bytes) {
  std::array<std::uint64_t, 4> word;
  std::memcpy(word.data(), bytes.data(), 32);
  using detail::low51;
  return {{word[0] & low51, (word[0] >> 51 | word[1] << 13) & low51, (word[1] >> 38 | word[2] << 26) & low51,
           (word[2] >> 25 | word[3] << 39) & low51, word[3] >> 12 & low51}};
}

std::array<std::uint8_t, 32> fe_to_bytes(const Fe& a) {
  const auto [c0, c1, c2, c3, c4] = canonical(a).limb;
  const std::array<std::uint64_t, 4> word{c0 | c1 << 51, c1 >> 13 | c2 << 38, c2 >> 26 | c3 << 25, c3 >> 39 | c4 << 12};
  std::array<std::uint8_t, 32> bytes;
  std::memcpy(bytes.data(), word.data(), 32);
  return bytes;
}

}  // namespace folkmoot::group::ed25519
