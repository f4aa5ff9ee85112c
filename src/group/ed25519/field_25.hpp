// The field of p = 2^255 − 19 elements for machines without products of 128 bits, such as WebAssembly: ten limbs of 26
// and 25 bits in turn, products of 64 bits. field.hpp has this one there, and says what the operations promise.
//
// The number is Σ limb[i]·2^⌈25.5·i⌉. So limb i times limb j belongs to column i + j, doubled if both are odd; a column
// from 10 on wraps around by a factor of 19.
//
// Bounds, in units of 2^26 for even limbs and 2^25 for odd ones. Tight limbs are below 1 + 2^-7. A sum adds the bounds,
// and a − b, for tight b, is a + 2p − b: the bound of a, plus 2. The formulas in point.hpp go up to 5.04 (doubling:
// zz + zz + (xx − yy)); call loose what is below 5.5. The largest column of a product of loose numbers is then column
// 0: one even product, four even ones times 19, five odd ones times 38; (1 + 4·19 + 5·38/4)·5.5²·2^52 < 2^63.9, so that
// no column overflows 64 bits, nor does adding a carry below 2^39. The highest column is below 10·5.5²·2^51 < 2^59.3,
// its carry below 2^34.3, 19 times that below 2^38.6, and what is carried from the lowest limb into the second below
// 2^12.7: tight.
//
// Products are not inlined: a module's size counts, since it is downloaded before a voter can begin.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>

namespace folkmoot::group::ed25519::limbs25 {

struct Fe {
  std::array<std::uint32_t, 10> limb{};
};

namespace detail {

constexpr unsigned bits(std::size_t i) { return i % 2 == 0 ? 26 : 25; }
constexpr std::uint32_t mask(std::size_t i) { return (std::uint32_t{1} << bits(i)) - 1; }

using Columns = std::array<std::uint64_t, 10>;

// Whether all limbs are below so many 128ths of their unit.
constexpr bool below(const Fe& a, std::uint64_t parts) {
  for (std::size_t i = 0; i < 10; ++i)
    if (std::uint64_t{a.limb[i]} << 7 >= parts << bits(i)) return false;
  return true;
}
constexpr void assert_loose([[maybe_unused]] const Fe& a) {
#ifdef _GLIBCXX_ASSERTIONS
  assert(below(a, 5 * 128 + 64));
#endif
}
constexpr void assert_tight([[maybe_unused]] const Fe& a) {
#ifdef _GLIBCXX_ASSERTIONS
  assert(below(a, 129));
#endif
}

// The tight number with these columns.
constexpr Fe carry(Columns c) {
  Fe result;
  for (std::size_t i = 0; i < 9; ++i) {
    c[i + 1] += c[i] >> bits(i);
    result.limb[i] = static_cast<std::uint32_t>(c[i]) & mask(i);
  }
  result.limb[9] = static_cast<std::uint32_t>(c[9]) & mask(9);
  const std::uint64_t lowest = result.limb[0] + 19 * (c[9] >> bits(9));
  result.limb[0] = static_cast<std::uint32_t>(lowest) & mask(0);
  result.limb[1] += static_cast<std::uint32_t>(lowest >> bits(0));
  return result;
}

// Column k of a product.
template <std::size_t k>
constexpr std::uint64_t column(const Fe& a, const Fe& b) {
  std::uint64_t straight = 0;
  std::uint64_t wrapped = 0;
  for (std::size_t i = 0; i <= k; ++i) straight += (std::uint64_t{a.limb[i]} << (i & (k - i) & 1)) * b.limb[k - i];
  for (std::size_t i = k + 1; i < 10; ++i) {
    wrapped += (std::uint64_t{a.limb[i]} << (i & (k - i) & 1)) * b.limb[10 + k - i];
  }
  return straight + 19 * wrapped;
}
// Column k of a square: each product of two different limbs is there twice.
template <std::size_t k>
constexpr std::uint64_t square_column(const Fe& a) {
  std::uint64_t straight = 0;
  std::uint64_t wrapped = 0;
  for (std::size_t i = 0; 2 * i <= k; ++i) {
    const std::size_t j = k - i;
    straight += (std::uint64_t{a.limb[i]} << ((i & j & 1) + (i < j ? 1 : 0))) * a.limb[j];
  }
  for (std::size_t i = k + 1; 2 * i <= k + 10; ++i) {
    const std::size_t j = k + 10 - i;
    wrapped += (std::uint64_t{a.limb[i]} << ((i & j & 1) + (i < j ? 1 : 0))) * a.limb[j];
  }
  return straight + 19 * wrapped;
}

}  // namespace detail

constexpr Fe operator+(const Fe& a, const Fe& b) {
  Fe sum;
  for (std::size_t i = 0; i < 10; ++i) sum.limb[i] = a.limb[i] + b.limb[i];
  return sum;
}

// b must be tight.
constexpr Fe operator-(const Fe& a, const Fe& b) {
  detail::assert_tight(b);
  Fe difference;
  for (std::size_t i = 0; i < 10; ++i) {
    const std::uint32_t two_p = 2 * (detail::mask(i) - (i == 0 ? 18 : 0));
    difference.limb[i] = a.limb[i] + two_p - b.limb[i];
  }
  return difference;
}
constexpr Fe operator-(const Fe& a) { return Fe{} - a; }

[[gnu::noinline]] constexpr Fe operator*(const Fe& a, const Fe& b) {
  using detail::column;
  detail::assert_loose(a);
  detail::assert_loose(b);
  return detail::carry({column<0>(a, b), column<1>(a, b), column<2>(a, b), column<3>(a, b), column<4>(a, b),
                        column<5>(a, b), column<6>(a, b), column<7>(a, b), column<8>(a, b), column<9>(a, b)});
}

[[gnu::noinline]] constexpr Fe square(const Fe& a) {
  using detail::square_column;
  detail::assert_loose(a);
  return detail::carry({square_column<0>(a), square_column<1>(a), square_column<2>(a), square_column<3>(a),
                        square_column<4>(a), square_column<5>(a), square_column<6>(a), square_column<7>(a),
                        square_column<8>(a), square_column<9>(a)});
}

// The same number, tight. a may have any limbs.
constexpr Fe tight(const Fe& a) {
  detail::Columns columns{};
  for (std::size_t i = 0; i < 10; ++i) columns[i] = a.limb[i];
  return detail::carry(columns);
}

// The limbs of the number's least non-negative representative.
constexpr Fe canonical(const Fe& a) {
  Fe c = tight(a);
  // The number is below 2p now: it is at least p just if adding 19 carries out of bit 255.
  std::uint32_t carry = 19;
  for (std::size_t i = 0; i < 10; ++i) carry = (c.limb[i] + carry) >> detail::bits(i);
  carry *= 19;
  for (std::size_t i = 0; i < 10; ++i) {
    carry += c.limb[i];
    c.limb[i] = carry & detail::mask(i);
    carry >>= detail::bits(i);
  }
  return c;
}

// A little-endian number of 255 bits, taken modulo p; the highest bit is ignored.
constexpr Fe fe_from_bytes(const std::array<std::uint8_t, 32>& bytes) {
  Fe number;
  std::size_t bit = 0;
  for (std::size_t i = 0; i < 10; bit += detail::bits(i), ++i) {
    std::uint64_t window = 0;  // a limb is spread over five bytes at most
    for (std::size_t j = 0; j < 5 && bit / 8 + j < 32; ++j) window |= std::uint64_t{bytes[bit / 8 + j]} << (8 * j);
    number.limb[i] = static_cast<std::uint32_t>(window >> (bit % 8)) & detail::mask(i);
  }
  return number;
}
// The least non-negative representative; the highest bit is 0.
constexpr std::array<std::uint8_t, 32> fe_to_bytes(const Fe& a) {
  const Fe c = canonical(a);
  std::array<std::uint8_t, 32> bytes{};
  std::size_t bit = 0;
  for (std::size_t i = 0; i < 10; bit += detail::bits(i), ++i) {
    const std::uint64_t window = std::uint64_t{c.limb[i]} << (bit % 8);
    for (std::size_t j = 0; j < 5 && bit / 8 + j < 32; ++j)
      bytes[bit / 8 + j] |= static_cast<std::uint8_t>(window >> (8 * j));
  }
  return bytes;
}

}  // namespace folkmoot::group::ed25519::limbs25
