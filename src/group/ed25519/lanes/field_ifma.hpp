// Eight elements of the field of p = 2^255 − 19, one a lane, for processors with AVX-512 IFMA: limbs of 51 bits in
// vectors of eight 64-bit numbers, multiplied by vpmadd52luq and vpmadd52huq, which add the lower and the upper 52 bits
// of the product of two numbers of 52 bits to a 64-bit one. Included between lanes/begin_ifma.hpp and lanes/end.hpp.
//
// Bounds. An Fe's limbs are below 2^51 + 2^17 ("tight"), which is all that is ever multiplied; Columns are 64-bit
// coefficients of 2^(51·k) that carry() makes tight.
//   - Lower halves are below 2^52, upper halves below 2^50.01. An upper half weighs 2^52 = 2·2^51, so it counts twice
//   in
//     the next column. With n = 1, 2, 3, 4, 5, 4, 3, 2, 1 products in the columns 0 to 8, column k is below
//     n_k·2^52 + n_(k−1)·2^51.01. The columns 5 to 9 are worth 19 times as much five places below: 2^52 times
//     1 + 19·6.6, 2.6 + 19·5.1, 4.1 + 19·3.6, 5.6 + 19·2.1, 7.1 + 19·0.6: a product's columns are below 2^59.
//   - A difference of Columns must not fall below 0, so products from which others are subtracted are made with the
//     offset K = 608·p added once or twice (nothing but another number to begin sums with): its limbs are between
//     2^60.2 and 2^60.3, more than two products' columns together.
//   - carry() takes any columns below 2^63: what each passes to the next is below 2^12, the highest 19·2^12 < 2^16.3 to
//     the lowest. So the limbs are below 2^51 + 2^17. One round suffices, as nothing needs them below 2^51.
// Builds with sanitizers assert these bounds.
#pragma once

#include <immintrin.h>

#include <cassert>
#include <cstddef>
#include <cstdint>

#include "group/ed25519/field.hpp"

namespace folkmoot::group::ed25519::ifma {

using Vector = __m512i;

// A truth for each lane.
struct Mask {
  __mmask8 bits;
  [[nodiscard]] unsigned number() const { return bits; }  // lane i's truth is bit i
  static Mask of(unsigned number) { return {static_cast<__mmask8>(number)}; }
};

inline Mask operator&(Mask a, Mask b) { return Mask::of(a.bits & b.bits); }
inline Mask operator|(Mask a, Mask b) { return Mask::of(a.bits | b.bits); }
inline Mask operator^(Mask a, Mask b) { return Mask::of(a.bits ^ b.bits); }
inline Mask operator~(Mask a) { return Mask::of(a.bits ^ 0xffu); }

[[gnu::always_inline]] inline Vector all_lanes(std::uint64_t number) {
  return _mm512_set1_epi64(static_cast<long long>(number));
}

struct Columns {
  Vector limb[5];
};

struct Fe {
  static constexpr std::size_t lanes = 8;
  using Columns = ifma::Columns;
  using Mask = ifma::Mask;
  using Word = Vector;  // a 64-bit word for each lane

  Vector limb[5];

  static Fe zero() {
    const Vector z = _mm512_setzero_si512();
    return {{z, z, z, z, z}};
  }
  // The same number in each lane; it must be tight.
  static Fe all(const ed25519::Fe& a) {
    return {
        {all_lanes(a.limb[0]), all_lanes(a.limb[1]), all_lanes(a.limb[2]), all_lanes(a.limb[3]), all_lanes(a.limb[4])}};
  }
  // K.
  static Columns offset();
  // Numbers as tables keep them: five words of 51 bits for each lane.
  static Fe of_words(const Vector* word) { return {{word[0], word[1], word[2], word[3], word[4]}}; }
  // For each lane the one of sixteen field elements that its number, below 16, says, with all of them read: the first
  // words of all, then the second ones.
  [[gnu::always_inline]] static Fe pick(const std::uint64_t* words, const std::uint64_t* numbers) {
    const Vector index = _mm512_loadu_si512(numbers);
    Fe a;
#pragma GCC unroll 5
    for (std::size_t i = 0; i < 5; ++i)
      a.limb[i] =
          _mm512_permutex2var_epi64(_mm512_loadu_si512(words + 16 * i), index, _mm512_loadu_si512(words + 16 * i + 8));
    return a;
  }
  // The lanes whose number, of those given one a lane, is n.
  [[gnu::always_inline]] static Mask lanes_with(const std::uint64_t* numbers, std::uint64_t n) {
    return {_mm512_cmpeq_epi64_mask(_mm512_loadu_si512(numbers), all_lanes(n))};
  }
  void to_words(Vector* word) const {
    for (std::size_t i = 0; i < 5; ++i) word[i] = limb[i];
  }
  // Four words from each of eight rows: word[w] is the w-th of all lanes. (Gathering them would take three times as
  // long.)
  [[gnu::always_inline]] static void load_block(const std::uint64_t* const* row, std::size_t at, Vector* word) {
    Vector z[4];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i)
      z[i] =
          _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(row[i] + at))),
                             _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row[i + 4] + at)), 1);
    const Vector a = _mm512_unpacklo_epi64(z[0], z[1]), b = _mm512_unpackhi_epi64(z[0], z[1]);
    const Vector c = _mm512_unpacklo_epi64(z[2], z[3]), d = _mm512_unpackhi_epi64(z[2], z[3]);
    const Vector lower = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13),
                 upper = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
    word[0] = _mm512_permutex2var_epi64(a, lower, c);
    word[1] = _mm512_permutex2var_epi64(b, lower, d);
    word[2] = _mm512_permutex2var_epi64(a, upper, c);
    word[3] = _mm512_permutex2var_epi64(b, upper, d);
  }
  // The reverse.
  [[gnu::always_inline]] static void store_block(const Vector* word, std::uint64_t* const* row, std::size_t at) {
    const Vector a = _mm512_unpacklo_epi64(word[0], word[1]), b = _mm512_unpackhi_epi64(word[0], word[1]);
    const Vector c = _mm512_unpacklo_epi64(word[2], word[3]), d = _mm512_unpackhi_epi64(word[2], word[3]);
    const Vector lower = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13),
                 upper = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
    const Vector z[4] = {_mm512_permutex2var_epi64(a, lower, c), _mm512_permutex2var_epi64(b, lower, d),
                         _mm512_permutex2var_epi64(a, upper, c), _mm512_permutex2var_epi64(b, upper, d)};
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(row[i] + at), _mm512_castsi512_si256(z[i]));
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(row[i + 4] + at), _mm512_extracti64x4_epi64(z[i], 1));
    }
  }

  operator Columns() const { return {{limb[0], limb[1], limb[2], limb[3], limb[4]}}; }
};

namespace detail {

inline void assert_below([[maybe_unused]] const Vector* limb, [[maybe_unused]] std::uint64_t bound) {
#ifdef _GLIBCXX_ASSERTIONS
  for (std::size_t i = 0; i < 5; ++i) assert(_mm512_cmpge_epu64_mask(limb[i], all_lanes(bound)) == 0);
#endif
}
inline void assert_tight(const Fe& a) { assert_below(a.limb, (std::uint64_t{1} << 51) + (1 << 17)); }

[[gnu::always_inline]] inline Vector add(Vector a, Vector b) { return _mm512_add_epi64(a, b); }
[[gnu::always_inline]] inline Vector low(Vector sum, Vector a, Vector b) { return _mm512_madd52lo_epu64(sum, a, b); }
[[gnu::always_inline]] inline Vector high(Vector sum, Vector a, Vector b) { return _mm512_madd52hi_epu64(sum, a, b); }
[[gnu::always_inline]] inline Vector twice(Vector a) { return _mm512_add_epi64(a, a); }

// What a column that is five places above a base column is worth there. That it is a known number is hidden from the
// compiler: it would put two shifts and two additions in the place of one multiplication, and these keep all of the
// processor's pipes busy, not one.
[[gnu::always_inline]] inline Vector times19(Vector a) {
  Vector nineteen = all_lanes(19);
  asm("" : "+v"(nineteen));
  return _mm512_mullo_epi64(a, nineteen);
}

// Limb k of n·p, for n·p/38 and the like too: those of p times a number.
constexpr std::uint64_t p_limb(std::size_t k, std::uint64_t n) {
  return n * (ed25519::detail::low51 - (k == 0 ? 18 : 0));
}

}  // namespace detail

// a·b, plus K as often as `offsets` says. Upper halves come first and are doubled, which makes them the columns above
// theirs; lower halves are added to those; the columns 5 to 9 first, for the others begin with 19 times them.
template <unsigned offsets = 0>
[[gnu::always_inline]] inline Columns product(const Fe& a, const Fe& b) {
  detail::assert_tight(a);
  detail::assert_tight(b);
  using detail::add, detail::high, detail::low, detail::p_limb, detail::times19;
  const Vector zero = _mm512_setzero_si512();
  // Of K = 608·p, column 0 gets 38 times what h[4] begins with, column k twice what h[k − 1] does.
  const Vector K = offsets == 0 ? zero : all_lanes(offsets * p_limb(1, 304));
  const Vector K0 = offsets == 0 ? zero : all_lanes(offsets * p_limb(0, 16));
  Vector h[9] = {K, K, K, K, K0, zero, zero, zero, zero};
#pragma GCC unroll 5
  for (std::size_t i = 0; i < 5; ++i) {
#pragma GCC unroll 5
    for (std::size_t j = 0; j < 5; ++j) h[i + j] = high(h[i + j], a.limb[i], b.limb[j]);
  }
#pragma GCC unroll 9
  for (Vector& column : h) column = detail::twice(column);
#pragma GCC unroll 4
  for (std::size_t i = 1; i < 5; ++i) {
#pragma GCC unroll 4
    for (std::size_t j = 5 - i; j < 5; ++j) h[i + j - 1] = low(h[i + j - 1], a.limb[i], b.limb[j]);
  }
  Columns r{{times19(h[4]), add(h[0], times19(h[5])), add(h[1], times19(h[6])), add(h[2], times19(h[7])),
             add(h[3], times19(h[8]))}};
#pragma GCC unroll 5
  for (std::size_t i = 0; i < 5; ++i) {
#pragma GCC unroll 5
    for (std::size_t j = 0; j < 5 - i; ++j) r.limb[i + j] = low(r.limb[i + j], a.limb[i], b.limb[j]);
  }
  detail::assert_below(r.limb, (std::uint64_t{1} << 59) + offsets * (std::uint64_t{5} << 58));
  return r;
}
[[gnu::always_inline]] inline Columns operator*(const Fe& a, const Fe& b) { return product(a, b); }

// a², plus K as often as `offsets` says. What is counted twice, the products of different limbs and the upper halves of
// the squares, is doubled before the lower halves of the squares come in.
template <unsigned offsets = 0>
[[gnu::always_inline]] inline Columns square(const Fe& a) {
  detail::assert_tight(a);
  using detail::add, detail::high, detail::low, detail::p_limb, detail::times19, detail::twice;
  const Vector zero = _mm512_setzero_si512();
  // Of K, column 0 gets 76 times what h[4] begins with, column 1 twice what c[1] does, the others h[k − 1] four times.
  const Vector K = offsets == 0 ? zero : all_lanes(offsets * p_limb(1, 152));
  const Vector K0 = offsets == 0 ? zero : all_lanes(offsets * p_limb(0, 8));
  const Vector K1 = offsets == 0 ? zero : all_lanes(offsets * p_limb(1, 304));
  Vector h[8] = {zero, K, K, K, K0, zero, zero, zero};
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) {
#pragma GCC unroll 4
    for (std::size_t j = i + 1; j < 5; ++j) h[i + j] = high(h[i + j], a.limb[i], a.limb[j]);
  }
  Vector c[10] = {zero,        K1,          twice(h[1]), twice(h[2]), twice(h[3]),
                  twice(h[4]), twice(h[5]), twice(h[6]), twice(h[7]), zero};
#pragma GCC unroll 5
  for (std::size_t i = 0; i < 5; ++i) {
    c[2 * i + 1] = high(c[2 * i + 1], a.limb[i], a.limb[i]);
#pragma GCC unroll 4
    for (std::size_t j = i + 1; j < 5; ++j) c[i + j] = low(c[i + j], a.limb[i], a.limb[j]);
  }
#pragma GCC unroll 9
  for (std::size_t k = 1; k < 10; ++k) c[k] = twice(c[k]);
  c[6] = low(c[6], a.limb[3], a.limb[3]);
  c[8] = low(c[8], a.limb[4], a.limb[4]);
  const Columns r{{low(times19(c[5]), a.limb[0], a.limb[0]), add(c[1], times19(c[6])),
                   low(add(c[2], times19(c[7])), a.limb[1], a.limb[1]), add(c[3], times19(c[8])),
                   low(add(c[4], times19(c[9])), a.limb[2], a.limb[2])}};
  detail::assert_below(r.limb, (std::uint64_t{1} << 59) + offsets * (std::uint64_t{5} << 58));
  return r;
}

[[gnu::always_inline]] inline Columns operator+(const Columns& a, const Columns& b) {
  using detail::add;
  return {{add(a.limb[0], b.limb[0]), add(a.limb[1], b.limb[1]), add(a.limb[2], b.limb[2]), add(a.limb[3], b.limb[3]),
           add(a.limb[4], b.limb[4])}};
}

inline Columns Fe::offset() {
  const Vector K = all_lanes(detail::p_limb(1, 608));
  return {{all_lanes(detail::p_limb(0, 608)), K, K, K, K}};
}

// No column of b may be greater than a's.
[[gnu::always_inline]] inline Columns operator-(const Columns& a, const Columns& b) {
  const auto minus = [&](std::size_t i) __attribute__((always_inline)) {
#ifdef _GLIBCXX_ASSERTIONS
    assert(_mm512_cmplt_epu64_mask(a.limb[i], b.limb[i]) == 0);
#endif
    return _mm512_sub_epi64(a.limb[i], b.limb[i]);
  };
  return {{minus(0), minus(1), minus(2), minus(3), minus(4)}};
}
// The difference of two numbers, which is never negative: 4·p is added.
[[gnu::always_inline]] inline Columns difference(const Fe& a, const Fe& b) {
  using detail::p_limb;
  const Vector p4 = all_lanes(p_limb(1, 4));
  return Columns(a) + Columns{{all_lanes(p_limb(0, 4)), p4, p4, p4, p4}} - Columns(b);
}

[[gnu::always_inline]] inline Fe carry(const Columns& c) {
  detail::assert_below(c.limb, std::uint64_t{1} << 63);
  using detail::add;
  const Vector low51 = all_lanes(ed25519::detail::low51);
  const auto low = [&](std::size_t i) __attribute__((always_inline)) { return _mm512_and_si512(c.limb[i], low51); };
  const auto up = [&](std::size_t i) __attribute__((always_inline)) { return _mm512_srli_epi64(c.limb[i], 51); };
  // What leaves the highest column is below 2^13: its product with 19 is a lower half.
  const Fe r{{_mm512_madd52lo_epu64(low(0), up(4), all_lanes(19)), add(low(1), up(0)), add(low(2), up(1)),
              add(low(3), up(2)), add(low(4), up(3))}};
  detail::assert_tight(r);
  return r;
}

// a where the mask is true, else b.
[[gnu::always_inline]] inline Fe select(Mask mask, const Fe& a, const Fe& b) {
  const auto pick = [&](std::size_t i) __attribute__((always_inline)) {
    return _mm512_mask_blend_epi64(mask.bits, b.limb[i], a.limb[i]);
  };
  return {{pick(0), pick(1), pick(2), pick(3), pick(4)}};
}

// The least non-negative representatives, as words of 51 bits.
inline void canonical_words(const Fe& a, Vector* word) {
  using detail::add;
  const Vector low51 = all_lanes(ed25519::detail::low51);
  // After a second round the number is below 2^255 + 2^205: at least p just if adding 19 carries out of bit 255.
  const Fe t = carry(a);
  Vector over = all_lanes(19);
  for (std::size_t i = 0; i < 5; ++i) over = _mm512_srli_epi64(add(t.limb[i], over), 51);
  Vector up = _mm512_mullo_epi64(over, all_lanes(19));
  for (std::size_t i = 0; i < 5; ++i) {
    const Vector sum = add(t.limb[i], up);
    word[i] = _mm512_and_si512(sum, low51);
    up = _mm512_srli_epi64(sum, 51);
  }
}
inline Mask operator==(const Fe& a, const Fe& b) {
  Vector word[5];
  canonical_words(carry(difference(a, b)), word);
  for (std::size_t i = 1; i < 5; ++i) word[0] = _mm512_or_si512(word[0], word[i]);
  return {_mm512_testn_epi64_mask(word[0], word[0])};
}
// Whether these words, of which a was made, are the canonical ones.
inline Mask is_canonical(const Fe& a, const Vector* words) {
  Vector word[5];
  canonical_words(a, word);
  for (std::size_t i = 0; i < 5; ++i) word[i] = _mm512_xor_si512(word[i], words[i]);
  for (std::size_t i = 1; i < 5; ++i) word[0] = _mm512_or_si512(word[0], word[i]);
  return {_mm512_testn_epi64_mask(word[0], word[0])};
}
inline Mask is_odd(const Fe& a) {
  Vector x[5];
  canonical_words(a, x);
  return {_mm512_test_epi64_mask(x[0], all_lanes(1))};
}

}  // namespace folkmoot::group::ed25519::ifma
