#include "group/subsets.hpp"

#include <cstring>

#include "base/bytes.hpp"
#include "base/sha256.hpp"

namespace folkmoot::group {
namespace {

__extension__ typedef unsigned __int128 Bits;
static_assert(8 * sizeof(Bits) == subsets);

}  // namespace

std::size_t subset_width(std::size_t elements, std::size_t lanes) {
  std::size_t best = 0, least = SIZE_MAX;
  for (std::size_t width = 2; width <= 12; ++width) {
    const std::size_t groups = (subsets + width - 1) / width;
    const std::size_t additions = groups * elements + (groups + lanes - 1) / lanes * lanes * (std::size_t{2} << width);
    if (additions >= least) continue;
    least = additions;
    best = width;
  }
  return best;
}

std::vector<std::int16_t> draw_subsets(std::span<const std::uint8_t> bytes, std::size_t elements, std::size_t width) {
  const Digest seed = Sha256().add("subsets").add(text_of(bytes)).digest();
  const std::size_t groups = (subsets + width - 1) / width;
  std::vector<std::int16_t> numbers(groups * elements);
  for (std::size_t i = 0; i < elements; i += 2) {
    Sha256 next;
    const Digest drawn = next.add(text_of(seed)).add(std::to_string(i)).digest();
    for (std::size_t k = 0; k < 2 && i + k < elements; ++k) {
      Bits bits;  // 128 of them, one for each subset
      std::memcpy(&bits, &drawn[16 * k], sizeof bits);
      for (std::size_t group = 0; group < groups; ++group, bits >>= width)
        numbers[group * elements + i + k] = static_cast<std::int16_t>(bits & ((Bits{1} << width) - 1));
    }
  }
  return numbers;
}

}  // namespace folkmoot::group
