#include "library/long_number.hpp"

#include <algorithm>
#include <bit>
#include <vector>

namespace folkmoot::wasm {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr unsigned limb_bits = 64;

// a << bits, of n limbs, 0 ≤ bits < 64; what leaves the highest limb is returned.
Limb shift_left(Limb* out, const Limb* a, std::size_t n, unsigned bits) {
  Limb carry = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Limb limb = a[i];
    out[i] = limb << bits | carry;
    carry = bits == 0 ? 0 : limb >> (limb_bits - bits);
  }
  return carry;
}
void shift_right(Limb* out, const Limb* a, std::size_t n, unsigned bits) {
  for (std::size_t i = 0; i < n; ++i) {
    const Limb above = i + 1 < n && bits != 0 ? a[i + 1] << (limb_bits - bits) : 0;
    out[i] = a[i] >> bits | above;
  }
}

// a·b, out of products of 64 bits: one of 128 is a call there.
struct Product {
  Limb low;
  Limb high;
};
inline Product multiply(Limb a, Limb b) {
  constexpr Limb half = 0xffffffff;
  const Limb low = (a & half) * (b & half);
  const Limb left = (a >> 32) * (b & half);
  const Limb right = (a & half) * (b >> 32);
  const Limb middle = (low >> 32) + (left & half) + (right & half);
  return {(low & half) | middle << 32, (a >> 32) * (b >> 32) + (left >> 32) + (right >> 32) + (middle >> 32)};
}

// out −= a·b; the borrow is returned.
Limb submul_1(Limb* out, const Limb* a, std::size_t n, Limb b) {
  Limb borrow = 0;
  for (std::size_t i = 0; i < n; ++i) {
    auto [low, high] = multiply(a[i], b);
    low += borrow;
    borrow = high + (low < borrow ? 1 : 0) + (out[i] < low ? 1 : 0);
    out[i] -= low;
  }
  return borrow;
}

}  // namespace

Limb add_n(Limb* out, const Limb* a, const Limb* b, std::size_t n) {
  Limb carry = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Wide sum = static_cast<Wide>(a[i]) + b[i] + carry;
    out[i] = static_cast<Limb>(sum);
    carry = static_cast<Limb>(sum >> limb_bits);
  }
  return carry;
}

Limb sub_n(Limb* out, const Limb* a, const Limb* b, std::size_t n) {
  Limb borrow = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const Wide difference = static_cast<Wide>(a[i]) - b[i] - borrow;
    out[i] = static_cast<Limb>(difference);
    borrow = static_cast<Limb>(difference >> limb_bits) & 1;
  }
  return borrow;
}

Limb addmul_1(Limb* out, const Limb* a, std::size_t n, Limb b) {
  Limb carry = 0;
  for (std::size_t i = 0; i < n; ++i) {
    auto [low, high] = multiply(a[i], b);
    low += carry;
    high += low < carry ? 1 : 0;
    out[i] += low;
    carry = high + (out[i] < low ? 1 : 0);
  }
  return carry;
}

void mul_n(Limb* out, const Limb* a, const Limb* b, std::size_t n) {
  std::fill_n(out, 2 * n, Limb{0});
  for (std::size_t i = 0; i < n; ++i) out[i + n] = addmul_1(out + i, a, n, b[i]);
}

int cmp(const Limb* a, const Limb* b, std::size_t n) {
  while (n-- > 0) {
    if (a[n] != b[n]) return a[n] < b[n] ? -1 : 1;
  }
  return 0;
}

// Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D.
void divide(Limb* quotient, Limb* remainder, const Limb* a, std::size_t an, const Limb* d, std::size_t dn) {
  const auto shift = static_cast<unsigned>(std::countl_zero(d[dn - 1]));
  std::vector<Limb> v(dn);
  std::vector<Limb> u(an + 1);
  shift_left(v.data(), d, dn, shift);
  u[an] = shift_left(u.data(), a, an, shift);
  const Limb second = dn > 1 ? v[dn - 2] : 0;
  for (std::size_t j = an - dn + 1; j-- > 0;) {
    const Wide top = static_cast<Wide>(u[j + dn]) << limb_bits | u[j + dn - 1];
    const Limb third = dn > 1 ? u[j + dn - 2] : 0;
    Wide q = u[j + dn] == v[dn - 1] ? ~Limb{0} : top / v[dn - 1];
    Wide r = top - q * v[dn - 1];
    while (r >> limb_bits == 0 && q * second > (r << limb_bits | third)) {
      --q;
      r += v[dn - 1];
    }
    const Limb borrow = submul_1(&u[j], v.data(), dn, static_cast<Limb>(q));
    const bool too_much = u[j + dn] < borrow;
    u[j + dn] -= borrow;
    if (too_much) {
      --q;
      u[j + dn] += add_n(&u[j], &u[j], v.data(), dn);
    }
    quotient[j] = static_cast<Limb>(q);
  }
  shift_right(remainder, u.data(), dn, shift);
}

std::size_t LongNumber::size() const {
  std::size_t n = limb.size();
  while (n > 0 && limb[n - 1] == 0) --n;
  return n;
}

LongNumber power(const LongNumber& base, const LongNumber& exponent, const LongNumber& m) {
  const std::size_t n = m.size();
  LongNumber result{{1}};
  const auto multiply = [&](LongNumber& a, const LongNumber& b) {
    std::array<Limb, 64> product;
    std::array<Limb, 33> quotient;
    mul_n(product.data(), a.limb.data(), b.limb.data(), n);
    divide(quotient.data(), a.limb.data(), product.data(), 2 * n, m.limb.data(), n);
  };
  for (std::size_t bit = limb_bits * exponent.size(); bit-- > 0;) {
    multiply(result, result);
    if (exponent.limb[bit / limb_bits] >> (bit % limb_bits) & 1) multiply(result, base);
  }
  return result;
}

// By the law of quadratic reciprocity: factors of 2 out, then the two change places.
int jacobi(LongNumber a, LongNumber m) {
  int symbol = 1;
  const std::size_t n = m.limb.size();
  while (a.size() != 0) {
    while ((a.limb[0] & 1) == 0) {
      const auto zeros = static_cast<unsigned>(std::min(std::countr_zero(a.limb[0]), 63));
      shift_right(a.limb.data(), a.limb.data(), n, zeros);
      const Limb m8 = m.limb[0] & 7;
      if (zeros % 2 == 1 && (m8 == 3 || m8 == 5)) symbol = -symbol;
    }
    if (cmp(a.limb.data(), m.limb.data(), n) < 0) {
      if ((a.limb[0] & m.limb[0] & 3) == 3) symbol = -symbol;
      std::swap(a, m);
    }
    sub_n(a.limb.data(), a.limb.data(), m.limb.data(), n);
  }
  return m.size() == 1 && m.limb[0] == 1 ? symbol : 0;
}

}  // namespace folkmoot::wasm
