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

// exponent = Σ (nibble(i) − 8)·16^i: its digits from −8 to 7, wiped in the end.
class Nibbles {
 public:
  static constexpr std::size_t count = 64;
  explicit Nibbles(const Exponent& exponent);
  Nibbles() = default;
  Nibbles(const Nibbles&) = default;
  Nibbles& operator=(const Nibbles&) = default;
  ~Nibbles();
  [[nodiscard]] std::uint64_t operator[](std::size_t i) const { return word_[i / 16] >> (4 * (i % 16)) & 15; }

 private:
  static constexpr std::uint64_t eights = 0x8888888888888888;
  std::array<std::uint64_t, 4> word_{eights, eights, eights, eights};  // of the exponent 0
};

// The powers j·16^i of a public base, 1 ≤ j ≤ 8, 0 ≤ i < 64: 15 words each, y + x, y − x and 2d·x·y.
class FixedTable {
 public:
  static constexpr std::size_t powers = 8, words = 15;
  explicit FixedTable(const G::Element& base);
  // Those with this i.
  [[nodiscard]] const std::uint64_t* window(std::size_t i) const { return &words_[i * powers * words]; }

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
