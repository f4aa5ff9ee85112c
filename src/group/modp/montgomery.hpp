// Multiplication modulo a prime of 2048 bits by Montgomery's method, out of GMP's mpn functions. A number a is kept as
// a·2^2048 mod p; multiply() takes and gives that form.
#pragma once

#include <gmp.h>

#include <array>
#include <cstdint>
#include <span>

namespace folkmoot::group::modp {

// Numbers of a fixed length: 64-bit limbs, least significant first.
template <std::size_t N>
using Number = std::array<std::uint64_t, N>;

inline constexpr std::size_t p_limbs = 32;
using Residue = Number<p_limbs>;

static_assert(sizeof(mp_limb_t) == 8 && GMP_NUMB_BITS == 64);
template <std::size_t N>
mp_limb_t* limbs(Number<N>& number) {
  return reinterpret_cast<mp_limb_t*>(number.data());
}
template <std::size_t N>
const mp_limb_t* limbs(const Number<N>& number) {
  return reinterpret_cast<const mp_limb_t*>(number.data());
}

class Montgomery {
 public:
  explicit Montgomery(const Residue& modulus);

  // All arguments and results are below p. `out` may be an argument.
  void multiply(Residue& out, const Residue& a, const Residue& b) const;
  void square(Residue& out, const Residue& a) const;
  [[nodiscard]] Residue from_number(const Residue& number) const;
  [[nodiscard]] Residue to_number(const Residue& form) const;

  // The same of numbers as they are, by GMP.
  [[nodiscard]] Residue power_of_number(const Residue& base, std::span<const std::uint64_t> exponent) const;
  [[nodiscard]] Residue inverse_of_number(const Residue& number) const;  // of one that is not 0
  [[nodiscard]] bool is_square(const Residue& number) const;             // of one that is not 0

  [[nodiscard]] const Residue& one() const { return one_; }
  [[nodiscard]] const Residue& p() const { return p_; }

 private:
  void reduce(Residue& out, Number<2 * p_limbs>& product) const;

  Residue p_;
  std::uint64_t minus_inverse_;  // −1/p modulo 2^64
  Residue one_;                  // 2^2048 mod p
  Residue r2_;                   // 2^4096 mod p
};

}  // namespace folkmoot::group::modp
