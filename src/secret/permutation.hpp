// Secret permutations. Which positions are read and written does not depend on them: values are moved by sorting
// networks, so that the permutation shows neither in time nor in the cache.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#include "secret/random.hpp"
#include "secret/wiping.hpp"

namespace folkmoot::secret {

namespace detail {

// Swaps the two objects if the mask is all ones, leaves them if it is 0.
template <class T>
void swap_if(std::uint64_t mask, T& a, T& b) {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) % 8 == 0);
  using Words = std::array<std::uint64_t, sizeof(T) / 8>;
  auto x = std::bit_cast<Words>(a);
  auto y = std::bit_cast<Words>(b);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::uint64_t difference = mask & (x[i] ^ y[i]);
    x[i] ^= difference;
    y[i] ^= difference;
  }
  a = std::bit_cast<T>(x);
  b = std::bit_cast<T>(y);
}

// All ones if a > b, else 0: the borrow of b − a.
inline std::uint64_t mask_if_greater(std::uint64_t a, std::uint64_t b) {
  return -(((a & ~b) | ((a | ~b) & (b - a))) >> 63);
}

// Sorts the keys, and the items along with them, by Batcher's odd-even merge exchange (Knuth, The Art of Computer
// Programming, volume 3, algorithm 5.2.2M): the comparisons made depend on the number of keys only.
template <class T>
void sort_obliviously(std::span<std::uint64_t> keys, std::span<T> items) {
  assert(keys.size() == items.size());
  const std::size_t n = keys.size();
  if (n < 2) return;
  const std::size_t top = std::bit_ceil(n) / 2;
  for (std::size_t p = top; p > 0; p /= 2) {
    std::size_t distance = p;
    std::size_t r = 0;
    for (std::size_t q = top;; q /= 2) {
      for (std::size_t i = 0; i + distance < n; ++i) {
        if ((i & p) != r) continue;
        const std::uint64_t mask = mask_if_greater(keys[i], keys[i + distance]);
        swap_if(mask, keys[i], keys[i + distance]);
        swap_if(mask, items[i], items[i + distance]);
      }
      if (q == p) break;
      distance = q - p;
      r = p;
    }
  }
}

}  // namespace detail

// ψ = [j_1, …, j_N], of positions counted from 0.
class Permutation {
 public:
  // GenPermutation(N) of the specification's table 3: uniform among all permutations.
  static Permutation random(std::size_t size, Random& random);

  [[nodiscard]] std::size_t size() const { return forward_.size(); }

  // [x_j1, …, x_jN]
  template <class T>
  [[nodiscard]] SecretVector<T> gather(SecretVector<T> x) const {
    return sorted_by(inverse_, std::move(x));
  }
  // The vector that has x_i at position j_i.
  template <class T>
  [[nodiscard]] SecretVector<T> scatter(SecretVector<T> x) const {
    return sorted_by(forward_, std::move(x));
  }

 private:
  template <class T>
  static SecretVector<T> sorted_by(SecretVector<std::uint64_t> keys, SecretVector<T> items) {
    detail::sort_obliviously<T>(keys, items);
    return items;
  }

  SecretVector<std::uint64_t> forward_;  // j_1, …, j_N
  SecretVector<std::uint64_t> inverse_;  // which i has j_i = 0, 1, …
};

}  // namespace folkmoot::secret
