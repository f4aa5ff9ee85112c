// What products in lanes (products.hpp) need that is not in lanes. Not to be included between lanes/begin_*.hpp and
// lanes/end.hpp.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "group/ed25519/scalar.hpp"

namespace folkmoot::group::ed25519::in_lanes {

// exponent = Σ digit(i)·16^i, −8 ≤ digit ≤ 7.
class Digits {
 public:
  static constexpr std::size_t count = 64;

  Digits() = default;
  explicit Digits(const Scalar& exponent) {
    const auto& limb = exponent.limbs();
    __extension__ typedef unsigned __int128 Wide;
    Wide sum = 0;
    std::size_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      if (limb[i] != 0) bits = 64 * i + static_cast<std::size_t>(std::bit_width(limb[i]));
      sum += Wide{limb[i]} + eights;
      nibbles_[i] = static_cast<std::uint64_t>(sum);
      sum >>= 64;
    }
    used_ = (bits + 1) / 4 + 1;  // n digits reach to 7/15 of 16^n, more than 2^(4n − 2)
  }
  [[nodiscard]] int operator[](std::size_t i) const {
    return static_cast<int>(nibbles_[i / 16] >> (4 * (i % 16)) & 15) - 8;
  }
  // The digits from here on are 0.
  [[nodiscard]] std::size_t used() const { return used_; }

 private:
  static constexpr std::uint64_t eights = 0x8888888888888888;
  std::array<std::uint64_t, 4> nibbles_{eights, eights, eights, eights};  // each digit plus 8
  std::size_t used_ = 0;
};

inline constexpr std::size_t table_points = 9;
inline constexpr std::size_t table_words = table_points * 20;

// How many rows for a base with so many uses: with r of them, r tables take as long as 13·r squarings, the rows' bases
// are 256 − 256/r squarings apart, and each use needs 256/r.
inline std::size_t rows_for(std::size_t uses) {
  if (uses <= 1) return 1;
  if (uses <= 2) return 4;
  return uses <= 7 ? 8 : 16;
}

}  // namespace folkmoot::group::ed25519::in_lanes
