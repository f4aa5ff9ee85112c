#include "library/secret_number.hpp"

#include <algorithm>

namespace folkmoot::wasm {
namespace {

__extension__ using Wide = unsigned __int128;

// a = 2a + bit modulo d, for a below d.
void double_modulo(Limb* a, Limb bit, const Limb* d, std::size_t n, Limb* scratch) {
  Limb carry = bit;
  for (std::size_t i = 0; i < n; ++i) {
    const Limb above = a[i] >> 63;
    a[i] = a[i] << 1 | carry;
    carry = above;
  }
  const Limb below = sub_n(scratch, a, d, n);
  subtract_if(carry | (below ^ 1), a, a, d, n);
}

// Numbers modulo m times 2^(64n) (P. L. Montgomery, "Modular multiplication without trial division", 1985).
class Montgomery {
 public:
  // `wide` has 2n limbs.
  Montgomery(const Limb* m, std::size_t n, Limb* wide) : m_(m), n_(n), wide_(wide) {
    Limb inverse = m[0];  // modulo 8, as m is odd; each step doubles the bits that are right
    for (int bits = 3; bits < 64; bits *= 2) inverse *= 2 - m[0] * inverse;
    factor_ = 0 - inverse;
  }

  // out = a·b / 2^(64n) mod m. `out` may be an argument.
  void multiply(Limb* out, const Limb* a, const Limb* b) const {
    mul_n(wide_, a, b, n_);
    Limb carry = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      const Limb high = addmul_1(wide_ + i, m_, n_, wide_[i] * factor_);
      const Wide sum = static_cast<Wide>(wide_[i + n_]) + high + carry;
      wide_[i + n_] = static_cast<Limb>(sum);
      carry = static_cast<Limb>(sum >> 64);
    }
    const Limb below = sub_n(wide_, wide_ + n_, m_, n_);
    subtract_if(carry | (below ^ 1), out, wide_ + n_, m_, n_);
  }

 private:
  const Limb* m_;
  std::size_t n_;
  Limb* wide_;
  Limb factor_;  // −1/m modulo 2^64
};

}  // namespace

Limb add_if(Limb taken, Limb* out, const Limb* a, const Limb* b, std::size_t n) {
  Limb carry = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Wide sum = static_cast<Wide>(a[i]) + (b[i] & (0 - taken)) + carry;
    out[i] = static_cast<Limb>(sum);
    carry = static_cast<Limb>(sum >> 64);
  }
  return carry;
}

Limb subtract_if(Limb taken, Limb* out, const Limb* a, const Limb* b, std::size_t n) {
  Limb borrow = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Wide difference = static_cast<Wide>(a[i]) - (b[i] & (0 - taken)) - borrow;
    out[i] = static_cast<Limb>(difference);
    borrow = static_cast<Limb>(difference >> 64) & 1;
  }
  return borrow;
}

// Bit by bit: what is secret is divided seldom.
void remainder(Limb* number, std::size_t n, const Limb* d, std::size_t dn, Limb* scratch) {
  Limb* const rest = scratch + dn;
  std::fill_n(rest, dn, 0);
  for (std::size_t i = 64 * n; i-- > 0;) double_modulo(rest, number[i / 64] >> (i % 64) & 1, d, dn, scratch);
  std::copy_n(rest, dn, number);
}

// Four bits of the exponent at a time, from the highest; every entry of the table is read each time.
void secret_power(Limb* out, const Limb* base, const Limb* exponent, std::size_t bits, const Limb* m, std::size_t n,
                  Limb* scratch) {
  constexpr std::size_t entries = 16;
  Limb* const table = scratch;
  Limb* const result = table + entries * n;
  Limb* const chosen = result + n;
  Limb* const unit = chosen + n;
  const Montgomery modulo(m, n, unit + n);

  // 2^(64n) and its square, which bring 1 and the base into Montgomery's form.
  std::fill_n(result, n, 0);
  result[0] = 1;
  for (std::size_t i = 0; i < 64 * n; ++i) double_modulo(result, 0, m, n, chosen);
  std::copy_n(result, n, table);
  for (std::size_t i = 0; i < 64 * n; ++i) double_modulo(result, 0, m, n, chosen);
  modulo.multiply(table + n, base, result);
  for (std::size_t i = 2; i < entries; ++i) modulo.multiply(table + i * n, table + (i - 1) * n, table + n);

  std::copy_n(table, n, result);
  for (std::size_t window = (bits + 3) / 4; window-- > 0;) {
    for (int i = 0; i < 4; ++i) modulo.multiply(result, result, result);
    const Limb digit = exponent[window / 16] >> (4 * (window % 16)) & 15;
    std::fill_n(chosen, n, 0);
    for (std::size_t i = 0; i < entries; ++i) {
      const Limb here = 0 - (((Limb{i} ^ digit) - 1) >> 63);  // all ones where they are the same
      for (std::size_t k = 0; k < n; ++k) chosen[k] |= table[i * n + k] & here;
    }
    modulo.multiply(result, result, chosen);
  }
  std::fill_n(unit, n, 0);
  unit[0] = 1;
  modulo.multiply(out, result, unit);
}

}  // namespace folkmoot::wasm
