#include "group/ed25519/lanes/subsets.hpp"

#include <cstring>

#include "base/sha256.hpp"

namespace folkmoot::group::ed25519::in_lanes {
namespace {

__extension__ typedef unsigned __int128 Bits;
static_assert(8 * sizeof(Bits) == subsets);

}  // namespace

std::size_t subset_width(std::size_t points, std::size_t lanes) {
  std::size_t best = 0, least = SIZE_MAX;
  for (std::size_t width = 2; width <= 12; ++width) {
    const std::size_t groups = (subsets + width - 1) / width;
    const std::size_t additions = groups * points + (groups + lanes - 1) / lanes * lanes * (std::size_t{2} << width);
    if (additions >= least) continue;
    least = additions;
    best = width;
  }
  return best;
}

std::vector<std::int16_t> draw_subsets(std::span<const Encoding> points, std::size_t width) {
  Sha256 hash;
  hash.add("subsets");
  for (const Encoding& point : points) hash.add(text_of(point));
  const Digest seed = hash.digest();
  const std::size_t groups = (subsets + width - 1) / width;
  std::vector<std::int16_t> numbers(groups * points.size());
  for (std::size_t i = 0; i < points.size(); i += 2) {
    Sha256 next;
    const Digest drawn = next.add(text_of(seed)).add(std::to_string(i)).digest();
    for (std::size_t k = 0; k < 2 && i + k < points.size(); ++k) {
      Bits bits;  // 128 of them, one for each subset
      std::memcpy(&bits, &drawn[16 * k], sizeof bits);
      for (std::size_t group = 0; group < groups; ++group, bits >>= width)
        numbers[group * points.size() + i + k] = static_cast<std::int16_t>(bits & ((Bits{1} << width) - 1));
    }
  }
  return numbers;
}

}  // namespace folkmoot::group::ed25519::in_lanes
