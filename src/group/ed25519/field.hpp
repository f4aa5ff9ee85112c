// The field of p = 2^255 − 19 elements, portable: five limbs of 51 bits, products of 128 bits. Everything is constexpr,
// so that the curve's constants are computed where they are defined and not copied from anywhere.
//
// Bounds. Call a number tight if its limbs are below 2^51 + 2^13, loose if they are below 2^54.
//   - a product or square of loose numbers is tight;
//   - a sum of loose numbers adds the bounds, and a − b, for tight b, is a + 2p − b: limbs below a's bound + 2^52;
//   - so sums and differences of two tight numbers are below 2^52.6, and one more sum with such a number below 2^53.6:
//     loose, with no carrying in between. The formulas in point.hpp go no further.
// Why a product of loose numbers does not overflow: 19·b is below 2^58.3 (and 38·a, of a square, below 2^59.3); the
// lowest column is the largest, with one product below 2^108 and four of 19 times that: below 77·2^108 < 2^114.3, so
// its carry (from bit 51) is below 2^63.3 and fits 64 bits, as those of the others do, being smaller. The highest
// column is below 5·2^108 + 2^63.3, its carry below 2^59.4, and 19 times that below 2^63.7: added to the lowest limb
// (below 2^51) it fits 64 bits, and what is carried from there into the second is below 2^12.8: tight. Builds with
// sanitizers assert these bounds.
//
// Products are inlined always: g++ at -O2 would call them and pass numbers through memory, which takes a third longer.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>

#include "group/ed25519/field_25.hpp"

namespace folkmoot::group::ed25519 {

#ifdef __wasm__  // which has no products of 128 bits
using limbs25::canonical;
using limbs25::Fe;
using limbs25::fe_from_bytes;
using limbs25::fe_to_bytes;
using limbs25::square;
using limbs25::tight;
#else

__extension__ typedef unsigned __int128 Wide;

// The number Σ limb[i]·2^(51·i) modulo p.
struct Fe {
  std::array<std::uint64_t, 5> limb{};
};

namespace detail {

inline constexpr std::uint64_t low51 = (std::uint64_t{1} << 51) - 1;

constexpr bool below(const Fe& a, std::uint64_t bound) {
  for (const auto limb : a.limb)
    if (limb >= bound) return false;
  return true;
}
constexpr void assert_loose([[maybe_unused]] const Fe& a) {
#ifdef _GLIBCXX_ASSERTIONS
  assert(below(a, std::uint64_t{1} << 54));
#endif
}
constexpr void assert_tight([[maybe_unused]] const Fe& a) {
#ifdef _GLIBCXX_ASSERTIONS
  assert(below(a, (std::uint64_t{1} << 51) + (1 << 13)));
#endif
}

// The tight number with these columns.
[[gnu::always_inline]] constexpr Fe carry(Wide c0, Wide c1, Wide c2, Wide c3, Wide c4) {
  c1 += static_cast<std::uint64_t>(c0 >> 51);
  c2 += static_cast<std::uint64_t>(c1 >> 51);
  c3 += static_cast<std::uint64_t>(c2 >> 51);
  c4 += static_cast<std::uint64_t>(c3 >> 51);
  const std::uint64_t lowest = (static_cast<std::uint64_t>(c0) & low51) + 19 * static_cast<std::uint64_t>(c4 >> 51);
  return {{lowest & low51, (static_cast<std::uint64_t>(c1) & low51) + (lowest >> 51),
           static_cast<std::uint64_t>(c2) & low51, static_cast<std::uint64_t>(c3) & low51,
           static_cast<std::uint64_t>(c4) & low51}};
}

}  // namespace detail

constexpr Fe operator+(const Fe& a, const Fe& b) {
  return {{a.limb[0] + b.limb[0], a.limb[1] + b.limb[1], a.limb[2] + b.limb[2], a.limb[3] + b.limb[3],
           a.limb[4] + b.limb[4]}};
}

// b must be tight.
constexpr Fe operator-(const Fe& a, const Fe& b) {
  detail::assert_tight(b);
  constexpr std::uint64_t two_p_lowest = 2 * (detail::low51 - 18);
  constexpr std::uint64_t two_p = 2 * detail::low51;
  return {{a.limb[0] + two_p_lowest - b.limb[0], a.limb[1] + two_p - b.limb[1], a.limb[2] + two_p - b.limb[2],
           a.limb[3] + two_p - b.limb[3], a.limb[4] + two_p - b.limb[4]}};
}
constexpr Fe operator-(const Fe& a) { return Fe{} - a; }

[[gnu::always_inline]] constexpr Fe operator*(const Fe& a, const Fe& b) {
  detail::assert_loose(a);
  detail::assert_loose(b);
  const auto [a0, a1, a2, a3, a4] = a.limb;
  const auto [b0, b1, b2, b3, b4] = b.limb;
  const std::uint64_t b1_19 = 19 * b1, b2_19 = 19 * b2, b3_19 = 19 * b3, b4_19 = 19 * b4;
  return detail::carry(Wide{a0} * b0 + Wide{a1} * b4_19 + Wide{a2} * b3_19 + Wide{a3} * b2_19 + Wide{a4} * b1_19,
                       Wide{a0} * b1 + Wide{a1} * b0 + Wide{a2} * b4_19 + Wide{a3} * b3_19 + Wide{a4} * b2_19,
                       Wide{a0} * b2 + Wide{a1} * b1 + Wide{a2} * b0 + Wide{a3} * b4_19 + Wide{a4} * b3_19,
                       Wide{a0} * b3 + Wide{a1} * b2 + Wide{a2} * b1 + Wide{a3} * b0 + Wide{a4} * b4_19,
                       Wide{a0} * b4 + Wide{a1} * b3 + Wide{a2} * b2 + Wide{a3} * b1 + Wide{a4} * b0);
}

[[gnu::always_inline]] constexpr Fe square(const Fe& a) {
  detail::assert_loose(a);
  const auto [a0, a1, a2, a3, a4] = a.limb;
  const std::uint64_t a0_2 = 2 * a0, a1_2 = 2 * a1, a1_38 = 38 * a1, a2_38 = 38 * a2, a3_38 = 38 * a3;
  const std::uint64_t a3_19 = 19 * a3, a4_19 = 19 * a4;
  return detail::carry(
      Wide{a0} * a0 + Wide{a1_38} * a4 + Wide{a2_38} * a3, Wide{a0_2} * a1 + Wide{a2_38} * a4 + Wide{a3_19} * a3,
      Wide{a0_2} * a2 + Wide{a1} * a1 + Wide{a3_38} * a4, Wide{a0_2} * a3 + Wide{a1_2} * a2 + Wide{a4_19} * a4,
      Wide{a0_2} * a4 + Wide{a1_2} * a3 + Wide{a2} * a2);
}

// The same number, tight. a may have any limbs.
constexpr Fe tight(const Fe& a) { return detail::carry(a.limb[0], a.limb[1], a.limb[2], a.limb[3], a.limb[4]); }

// The limbs of the number's least non-negative representative.
constexpr Fe canonical(const Fe& a) {
  auto [c0, c1, c2, c3, c4] = tight(a).limb;
  // The number is below 2p now: it is at least p just if adding 19 carries out of bit 255.
  std::uint64_t carry = (c0 + 19) >> 51;
  carry = (c1 + carry) >> 51;
  carry = (c2 + carry) >> 51;
  carry = (c3 + carry) >> 51;
  carry = (c4 + carry) >> 51;
  c0 += 19 * carry;
  c1 += c0 >> 51;
  c2 += c1 >> 51;
  c3 += c2 >> 51;
  c4 += c3 >> 51;
  return {{c0 & detail::low51, c1 & detail::low51, c2 & detail::low51, c3 & detail::low51, c4 & detail::low51}};
}

// A little-endian number of 255 bits, taken modulo p; the highest bit is ignored.
Fe fe_from_bytes(const std::array<std::uint8_t, 32>& bytes);
// The least non-negative representative; the highest bit is 0.
std::array<std::uint8_t, 32> fe_to_bytes(const Fe& a);

#endif

// a^(2^n).
constexpr Fe square_times(Fe a, int n) {
  for (; n > 0; --n) a = square(a);
  return a;
}

namespace detail {
// a^(2^250 − 1): all the exponents below are 2^250 − 1 shifted left by a few bits, plus little.
constexpr Fe power_of_250_ones(const Fe& a) {
  const Fe ones2 = square(a) * a;
  const Fe ones4 = square_times(ones2, 2) * ones2;
  const Fe ones5 = square(ones4) * a;
  const Fe ones10 = square_times(ones5, 5) * ones5;
  const Fe ones20 = square_times(ones10, 10) * ones10;
  const Fe ones40 = square_times(ones20, 20) * ones20;
  const Fe ones50 = square_times(ones40, 10) * ones10;
  const Fe ones100 = square_times(ones50, 50) * ones50;
  const Fe ones200 = square_times(ones100, 100) * ones100;
  return square_times(ones200, 50) * ones50;
}
}  // namespace detail

// 1/a, or 0 if a is 0: a^(p − 2), where p − 2 = (2^250 − 1)·2^5 + 11.
constexpr Fe invert(const Fe& a) {
  const Fe a2 = square(a);
  const Fe a3 = a2 * a;
  return square_times(detail::power_of_250_ones(a), 5) * (square_times(a2, 2) * a3);
}
// a^((p − 5)/8), where (p − 5)/8 = (2^250 − 1)·2^2 + 1.
constexpr Fe power_p58(const Fe& a) { return square_times(detail::power_of_250_ones(a), 2) * a; }
// a^((p − 1)/4), where (p − 1)/4 = (2^250 − 1)·2^3 + 3: a fourth root of unity, 1 just if a is a fourth power (≠ 0).
constexpr Fe quartic_symbol(const Fe& a) { return square_times(detail::power_of_250_ones(a), 3) * square(a) * a; }

constexpr bool operator==(const Fe& a, const Fe& b) { return canonical(a).limb == canonical(b).limb; }
constexpr bool is_zero(const Fe& a) { return a == Fe{}; }
// "Negative" in the sense of the specification and of RFC 8032.
constexpr bool is_odd(const Fe& a) { return (canonical(a).limb[0] & 1) != 0; }

inline constexpr Fe sqrt_minus_one = square(power_p58(Fe{{2}})) * Fe{{2}};  // 2^((p − 1)/4); 2 is not a square
static_assert(square(sqrt_minus_one) == -Fe{{1}});

// A square root of u/v, if it is a square. If not, root² = ±sqrt(−1)·u/v.
struct Root {
  Fe root;
  bool is_square;
};
// The root is u·v³·(u·v⁷)^((p − 5)/8), up to a factor sqrt(−1) (RFC 8032, section 5.1.3). u and v must be tight; of
// u = 0 the root is 0.
constexpr Root sqrt_ratio(const Fe& u, const Fe& v) {
  const Fe v3 = square(v) * v;
  const Fe root = u * v3 * power_p58(u * v3 * square(square(v)));
  const Fe check = square(root) * v;
  if (check == u) return {root, true};
  if (check == -u) return {root * sqrt_minus_one, true};
  return {root, false};
}

}  // namespace folkmoot::group::ed25519
