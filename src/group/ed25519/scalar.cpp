#include "group/ed25519/scalar.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "group/decimal.hpp"

namespace folkmoot::group::ed25519 {
namespace {

__extension__ typedef unsigned __int128 Wide;
static_assert(std::endian::native == std::endian::little);

template <std::size_t N>
using Limbs = std::array<std::uint64_t, N>;

// q = 2^252 + c.
constexpr Limbs<2> c{0x5812631a5cf5d3ed, 0x14def9dea2f79cd6};
constexpr Limbs<4> q{c[0], c[1], 0, std::uint64_t{1} << 60};

// a + b and a − b modulo 2^256, b being shorter or equally long.
template <std::size_t N>
constexpr Limbs<4> add(Limbs<4> a, const Limbs<N>& b) {
  Wide carry = 0;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) {
    carry += Wide{a[i]} + (i < N ? b[i] : 0);
    a[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  return a;
}
template <std::size_t N>
constexpr Limbs<4> subtract(Limbs<4> a, const Limbs<N>& b) {
  std::uint64_t borrow = 0;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide difference = Wide{a[i]} - (i < N ? b[i] : 0) - borrow;
    a[i] = static_cast<std::uint64_t>(difference);
    borrow = static_cast<std::uint64_t>(difference >> 64) & 1;
  }
  return a;
}

template <std::size_t N, std::size_t M>
constexpr Limbs<N + M> multiply(const Limbs<N>& a, const Limbs<M>& b) {
  Limbs<N + M> product{};
#pragma GCC unroll 8
  for (std::size_t i = 0; i < N; ++i) {
    std::uint64_t carry = 0;
#pragma GCC unroll 8
    for (std::size_t j = 0; j < M; ++j) {
      const Wide sum = Wide{a[i]} * b[j] + product[i + j] + carry;
      product[i + j] = static_cast<std::uint64_t>(sum);
      carry = static_cast<std::uint64_t>(sum >> 64);
    }
    product[i + M] = carry;
  }
  return product;
}

constexpr bool below_q(const Limbs<4>& a) {
  for (std::size_t i = 4; i-- > 0;)
    if (a[i] != q[i]) return a[i] < q[i];
  return false;
}
constexpr Limbs<4> reduce_small(Limbs<4> a) {
  while (!below_q(a)) a = subtract(a, q);
  return a;
}

// a mod 2^252 and a div 2^252.
template <std::size_t N>
constexpr Limbs<4> low252(const Limbs<N>& a) {
  return {a[0], a[1], a[2], a[3] & (q[3] - 1)};
}
template <std::size_t N>
constexpr Limbs<N - 3> high252(const Limbs<N>& a) {
  Limbs<N - 3> high{};
  for (std::size_t i = 0; i < N - 3; ++i) high[i] = a[i + 3] >> 60 | (i + 4 < N ? a[i + 4] << 4 : 0);
  return high;
}

// x mod q of any x below 2^512. As 2^252 ≡ −c and c < 2^125,
//   x = x0 + 2^252·x1 ≡ x0 − c·x1,            x1 < 2^260
//   c·x1 = y0 + 2^252·y1 ≡ y0 − c·y1,         y1 < 2^133
//   c·y1 = z0 + 2^252·z1 ≡ z0 − c·z1,         z1 < 2^6
// so x ≡ x0 − y0 + z0 − c·z1, which 2q makes positive and leaves below 2^255: at most 5 subtractions of q follow.
constexpr Limbs<4> reduce(const Limbs<8>& x) {
  const auto y = multiply(high252(x), c);
  const auto z = multiply(high252(y), c);
  const auto z1c = multiply(high252(z), c);
  auto sum = add(add(add(low252(x), low252(z)), q), q);
  sum = subtract(subtract(sum, low252(y)), z1c);
  return reduce_small(sum);
}
constexpr Limbs<4> reduce(const Limbs<4>& x) { return reduce(Limbs<8>{x[0], x[1], x[2], x[3]}); }

}  // namespace

Result<Scalar> Scalar::decode(std::string_view text) {
  Scalar scalar;
  if (!read_decimal(text, scalar.limb_) || !below_q(scalar.limb_))
    return fail("not a canonical decimal number below the order of Ed25519");
  return scalar;
}

Scalar Scalar::from_hash(const Digest& digest) {
  std::array<std::uint8_t, 32> little_endian;
  std::ranges::reverse_copy(digest, little_endian.begin());
  return from_bytes(little_endian);
}

Scalar Scalar::from_bytes(const std::array<std::uint8_t, 32>& little_endian) {
  Scalar scalar;
  std::memcpy(scalar.limb_.data(), little_endian.data(), 32);
  scalar.limb_ = reduce(scalar.limb_);
  return scalar;
}

void Scalar::append_to(std::string& out) const { append_decimal(out, limb_); }

std::string Scalar::text() const {
  std::string out;
  append_to(out);
  return out;
}

std::array<std::uint8_t, 32> Scalar::bytes() const {
  std::array<std::uint8_t, 32> bytes;
  std::memcpy(bytes.data(), limb_.data(), 32);
  return bytes;
}

Scalar operator+(const Scalar& a, const Scalar& b) {
  Scalar sum;
  sum.limb_ = reduce_small(add(a.limb_, b.limb_));
  return sum;
}
Scalar operator-(const Scalar& a, const Scalar& b) {
  Scalar difference;
  difference.limb_ = reduce_small(subtract(add(a.limb_, q), b.limb_));
  return difference;
}
Scalar operator*(const Scalar& a, const Scalar& b) {
  Scalar product;
  product.limb_ = reduce(multiply(a.limb_, b.limb_));
  return product;
}

// a^(q − 2).
Scalar Scalar::inverse() const {
  assert(*this != Scalar());
  const auto exponent = subtract(q, Limbs<1>{2});
  Scalar power(1);
  for (int bit = 252; bit >= 0; --bit) {
    power = power * power;
    if (exponent[bit / 64] >> (bit % 64) & 1) power = power * *this;
  }
  return power;
}

}  // namespace folkmoot::group::ed25519
