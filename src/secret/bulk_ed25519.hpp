// What bulk.cpp needs of an implementation in lanes, for Ed25519. Two of them: bulk_ifma.cpp and bulk_avx2.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "group/ed25519/group.hpp"
#include "secret/scalar.hpp"

namespace folkmoot::secret::ed25519 {

using G = group::Ed25519;
using Exponent = SecretScalar<G>;
using group::ed25519::Point;

// exponent = Σ (digit(i) − 2^(bits−1))·2^(bits·i): its digits from −2^(bits−1) to 2^(bits−1) − 1, wiped in the end.
template <unsigned bits>
class SecretDigits {
 public:
  // They reach over 2^253 by what the signs take.
  static constexpr std::size_t count = 255 / bits + (bits == 4 ? 1 : 0);
  explicit SecretDigits(const Exponent& exponent);
  SecretDigits() : word_(halves()) {}  // of the exponent 0
  SecretDigits(const SecretDigits&) = default;
  SecretDigits& operator=(const SecretDigits&) = default;
  ~SecretDigits();
  // digit(i) as said above, from 0 on.
  [[nodiscard]] std::uint64_t operator[](std::size_t i) const {
    const std::size_t at = bits * i;
    const std::uint64_t above = at % 64 + bits > 64 ? word_[at / 64 + 1] << (64 - at % 64) : 0;
    return (word_[at / 64] >> (at % 64) | above) & (2 * half - 1);
  }
  static constexpr std::uint64_t half = std::uint64_t{1} << (bits - 1);

 private:
  // Σ half·2^(bits·i)
  static constexpr std::array<std::uint64_t, 4> halves() {
    std::array<std::uint64_t, 4> sum{};
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = bits * i + bits - 1;
      sum[at / 64] |= std::uint64_t{1} << (at % 64);
    }
    return sum;
  }
  std::array<std::uint64_t, 4> word_;
};
// Of powers of bases with and without a table.
using FixedDigits = SecretDigits<5>;
using Nibbles = SecretDigits<4>;

// The powers j·32^i of a public base, 1 ≤ j ≤ 16, 0 ≤ i < 51: y + x, y − x and 2d·x·y, 15 words. Of those with the same
// i, first the first word of all 16, then the second.
class FixedTable {
 public:
  static constexpr std::size_t powers = FixedDigits::half, words = 15;
  explicit FixedTable(const G::Element& base);
  // Those with this i.
  [[nodiscard]] const std::uint64_t* window(std::size_t i) const { return &words_[i * powers * words]; }
  static const FixedTable& of_generator();

 private:
  std::vector<std::uint64_t> words_;
};

struct FixedPowers {
  const FixedTable* table;
  std::span<const Exponent> exponents;
};

struct Bulk {
  // out[i] = Π_k base_k^exponents_k[i], times factors[i] if there are any; with Z = 1.
  void (*fixed)(std::span<const FixedPowers> powers, std::span<const Engine<G>::Element> factors, std::span<Point> out);
  // out[k][i] = bases[i]^exponents[k][i], with Z = 1, for one k or two: what they have in common is computed once.
  void (*variable)(std::span<const G::Element> bases, std::span<const std::span<const Exponent>> exponents,
                   std::span<const std::span<Point>> out);
  // The product of all of these, with Z = 1.
  Point (*product)(std::span<const G::Element> bases, std::span<const Exponent> exponents);
};

#if defined(__x86_64__)
extern const Bulk ifma_bulk, avx2_bulk;
#endif
// That of the backend in use (group/ed25519/backend.hpp); none for portable code.
const Bulk* bulk();

}  // namespace folkmoot::secret::ed25519
