#include "secret/permutation.hpp"

#include <algorithm>
#include <numeric>

namespace folkmoot::secret {

Permutation Permutation::random(std::size_t size, Random& random) {
  // Each position gets a random key, and the positions are put in the order of the keys. If no two keys are the same,
  // every order is as likely; if two are (hardly ever), all are drawn again.
  SecretVector<std::uint64_t> positions(size);
  std::iota(positions.begin(), positions.end(), std::uint64_t{0});
  Permutation permutation;
  SecretVector<std::uint64_t> keys(size);
  do {
    permutation.forward_ = positions;
    random.fill({reinterpret_cast<std::uint8_t*>(keys.data()), size * sizeof(std::uint64_t)});
    detail::sort_obliviously<std::uint64_t>(keys, permutation.forward_);
  } while (std::ranges::adjacent_find(keys) != keys.end());
  permutation.inverse_ = permutation.scatter(positions);
  return permutation;
}

}  // namespace folkmoot::secret
