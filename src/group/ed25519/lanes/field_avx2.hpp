// Four elements of the field of p = 2^255 − 19, one a lane, for processors with AVX2: ten limbs, of 26 and 25 bits in
// turn (limb k counts 2^⌈25.5·k⌉), in vectors of four 64-bit numbers, multiplied by vpmuludq, which takes the lower 32
// bits of each. Included between lanes/begin_avx2.hpp and lanes/end.hpp.
//
// Bounds. An Fe's limbs are below 2^26 + 2^17 (even k) and 2^25 + 2^17 (odd k): "tight", which is all that is ever
// multiplied; Columns are 64-bit coefficients of 2^⌈25.5·k⌉ that carry() makes tight.
//   - Where two odd limbs meet, their product counts twice; what lies above 2^255 counts 19 times. 19·b is below
//   2^30.3,
//     2·a of an even and 4·a of an odd limb below 2^27.1: they fit 32 bits. The greatest even column of a product is 0:
//     one product of even limbs, four of them 19 times, and five doubled ones of odd limbs 19 times, below
//     2^52.01·(1 + 4·19) + 2^51.02·5·19 < 2^58.99. The greatest odd one is 1: two products of an even and an odd limb,
//     and eight of them 19 times, below 2^51.02·(2 + 8·19) < 2^58.3.
//   - A difference of Columns must not fall below 0, so products from which others are subtracted are made with the
//     offset K = 2^35·p added once or twice (nothing but another number to begin sums with): its limbs are above 2^60.9
//     (even k) and 2^59.9 (odd k), more than two products' columns together, and below 2^61 and 2^60.
//   - carry() takes any columns below 2^63. Two chains go through them at the same time, from column 0 and from column
//     5: each column passes on less than 2^38.1, and what leaves column 9 comes back as less than 2^42.4. Columns 0 and
//     5, at which the chains end, pass on once more: less than 2^16.5.
// Builds with sanitizers assert these bounds.
#pragma once

#include <immintrin.h>

#include <cassert>
#include <cstddef>
#include <cstdint>

#include "group/ed25519/field.hpp"

namespace folkmoot::group::ed25519::avx2 {

using Vector = __m256i;

[[gnu::always_inline]] inline Vector all_lanes(std::uint64_t number) {
  return _mm256_set1_epi64x(static_cast<long long>(number));
}

// A truth for each lane: all bits, or none.
struct Mask {
  Vector bits;
  [[nodiscard]] unsigned number() const {  // lane i's truth is bit i
    return static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(bits)));
  }
  static Mask of(unsigned number) {
    const Vector bit = _mm256_setr_epi64x(1, 2, 4, 8);
    return {_mm256_cmpeq_epi64(_mm256_and_si256(all_lanes(number), bit), bit)};
  }
};

[[gnu::always_inline]] inline Mask operator&(Mask a, Mask b) { return {_mm256_and_si256(a.bits, b.bits)}; }
[[gnu::always_inline]] inline Mask operator|(Mask a, Mask b) { return {_mm256_or_si256(a.bits, b.bits)}; }
[[gnu::always_inline]] inline Mask operator^(Mask a, Mask b) { return {_mm256_xor_si256(a.bits, b.bits)}; }
[[gnu::always_inline]] inline Mask operator~(Mask a) {
  return {_mm256_xor_si256(a.bits, all_lanes(~std::uint64_t{0}))};
}

struct Columns {
  Vector limb[10];
};

namespace detail {

constexpr int bits_of(std::size_t k) { return k % 2 == 0 ? 26 : 25; }
constexpr std::uint64_t mask_of(std::size_t k) { return (std::uint64_t{1} << bits_of(k)) - 1; }
// Limb k of n·p.
constexpr std::uint64_t p_limb(std::size_t k, std::uint64_t n) { return n * (mask_of(k) - (k == 0 ? 18 : 0)); }
constexpr std::uint64_t K_limb(std::size_t k, std::uint64_t n) { return p_limb(k, n << 35); }

[[gnu::always_inline]] inline Vector add(Vector a, Vector b) { return _mm256_add_epi64(a, b); }
[[gnu::always_inline]] inline Vector multiply(Vector a, Vector b) { return _mm256_mul_epu32(a, b); }
[[gnu::always_inline]] inline Vector twice(Vector a) { return _mm256_add_epi64(a, a); }

inline void assert_below([[maybe_unused]] Vector v, [[maybe_unused]] std::uint64_t bound) {
#ifdef _GLIBCXX_ASSERTIONS
  alignas(32) std::uint64_t lane[4];
  _mm256_store_si256(reinterpret_cast<Vector*>(lane), v);
  for (const std::uint64_t number : lane) assert(number < bound);
#endif
}

}  // namespace detail

struct Fe {
  static constexpr std::size_t lanes = 4;
  using Columns = avx2::Columns;
  using Mask = avx2::Mask;
  using Word = Vector;  // a 64-bit word for each lane

  Vector limb[10];

  static Fe zero() {
    Fe a;
    for (Vector& k : a.limb) k = _mm256_setzero_si256();
    return a;
  }
  // The same number in each lane; it must be tight.
  static Fe all(const ed25519::Fe& a) {
    Vector word[5];
    for (std::size_t i = 0; i < 5; ++i) word[i] = all_lanes(a.limb[i]);
    return of_words(word);
  }
  // K.
  static Columns offset() {
    Columns c;
    for (std::size_t k = 0; k < 10; ++k) c.limb[k] = all_lanes(detail::K_limb(k, 1));
    return c;
  }
  // Numbers as tables keep them: five words of 51 bits for each lane.
  [[gnu::always_inline]] static Fe of_words(const Vector* word) {
    Fe a;
#pragma GCC unroll 5
    for (std::size_t i = 0; i < 5; ++i) {
      a.limb[2 * i] = _mm256_and_si256(word[i], all_lanes(detail::mask_of(0)));
      a.limb[2 * i + 1] = _mm256_srli_epi64(word[i], 26);
    }
    return a;
  }
  // For each lane the one of sixteen field elements that its number, below 16, says, with all of them read: the first
  // words of all, then the second ones.
  static Fe pick(const std::uint64_t* words, const std::uint64_t* numbers) {
    Vector word[5];
    for (Vector& w : word) w = _mm256_setzero_si256();
    for (std::size_t j = 0; j < 16; ++j) {
      const Vector here = lanes_with(numbers, j).bits;
      for (std::size_t i = 0; i < 5; ++i)
        word[i] = _mm256_or_si256(word[i], _mm256_and_si256(here, all_lanes(words[16 * i + j])));
    }
    return of_words(word);
  }
  // The lanes whose number, of those given one a lane, is n.
  [[gnu::always_inline]] static Mask lanes_with(const std::uint64_t* numbers, std::uint64_t n) {
    return {_mm256_cmpeq_epi64(_mm256_loadu_si256(reinterpret_cast<const Vector*>(numbers)), all_lanes(n))};
  }
  void to_words(Vector* word) const {
    for (std::size_t i = 0; i < 5; ++i) word[i] = detail::add(limb[2 * i], _mm256_slli_epi64(limb[2 * i + 1], 26));
  }
  // Four words from each of four rows: word[w] is the w-th of all lanes.
  [[gnu::always_inline]] static void load_block(const std::uint64_t* const* row, std::size_t at, Vector* word) {
    Vector z[4];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) z[i] = _mm256_loadu_si256(reinterpret_cast<const Vector*>(row[i] + at));
    transpose(z, word);
  }
  // The reverse.
  [[gnu::always_inline]] static void store_block(const Vector* word, std::uint64_t* const* row, std::size_t at) {
    Vector z[4];
    transpose(word, z);
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) _mm256_storeu_si256(reinterpret_cast<Vector*>(row[i] + at), z[i]);
  }
  operator Columns() const {
    Columns c;
    for (std::size_t k = 0; k < 10; ++k) c.limb[k] = limb[k];
    return c;
  }

 private:
  [[gnu::always_inline]] static void transpose(const Vector* in, Vector* out) {
    const Vector a = _mm256_unpacklo_epi64(in[0], in[1]), b = _mm256_unpackhi_epi64(in[0], in[1]);
    const Vector c = _mm256_unpacklo_epi64(in[2], in[3]), d = _mm256_unpackhi_epi64(in[2], in[3]);
    out[0] = _mm256_permute2x128_si256(a, c, 0x20);
    out[1] = _mm256_permute2x128_si256(b, d, 0x20);
    out[2] = _mm256_permute2x128_si256(a, c, 0x31);
    out[3] = _mm256_permute2x128_si256(b, d, 0x31);
  }
};

namespace detail {
inline void assert_tight([[maybe_unused]] const Fe& a) {
#ifdef _GLIBCXX_ASSERTIONS
  for (std::size_t k = 0; k < 10; ++k) assert_below(a.limb[k], mask_of(k) + 1 + (1 << 17));
#endif
}
inline void assert_product([[maybe_unused]] const Columns& c, [[maybe_unused]] std::uint64_t offsets) {
#ifdef _GLIBCXX_ASSERTIONS
  for (std::size_t k = 0; k < 10; ++k) assert_below(c.limb[k], (std::uint64_t{1} << 59) + K_limb(k, offsets));
#endif
}
}  // namespace detail

// a·b, plus K as often as `offsets` says.
template <unsigned offsets = 0>
[[gnu::noinline]] Columns product(const Fe& a, const Fe& b) {
  detail::assert_tight(a);
  detail::assert_tight(b);
  using detail::add, detail::multiply;
  Vector b19[10];
#pragma GCC unroll 10
  for (std::size_t j = 1; j < 10; ++j) b19[j] = multiply(b.limb[j], all_lanes(19));
  Columns c;
#pragma GCC unroll 10
  for (std::size_t k = 0; k < 10; ++k) c.limb[k] = all_lanes(detail::K_limb(k, offsets));
#pragma GCC unroll 10
  for (std::size_t i = 0; i < 10; ++i) {
    const Vector a2 = detail::twice(a.limb[i]);
#pragma GCC unroll 10
    for (std::size_t j = 0; j < 10; ++j) {
      const std::size_t k = (i + j) % 10;
      c.limb[k] = add(c.limb[k], multiply(i % 2 != 0 && j % 2 != 0 ? a2 : a.limb[i], i + j < 10 ? b.limb[j] : b19[j]));
    }
  }
  detail::assert_product(c, offsets);
  return c;
}
[[gnu::always_inline]] inline Columns operator*(const Fe& a, const Fe& b) { return product(a, b); }

// a², plus K as often as `offsets` says.
template <unsigned offsets = 0>
[[gnu::noinline]] Columns square(const Fe& a) {
  detail::assert_tight(a);
  using detail::add, detail::multiply, detail::twice;
  Vector a19[10];
#pragma GCC unroll 10
  for (std::size_t j = 5; j < 10; ++j) a19[j] = multiply(a.limb[j], all_lanes(19));
  Columns c;
#pragma GCC unroll 10
  for (std::size_t k = 0; k < 10; ++k) c.limb[k] = all_lanes(detail::K_limb(k, offsets));
#pragma GCC unroll 10
  for (std::size_t i = 0; i < 10; ++i) {
    const Vector a2 = twice(a.limb[i]), a4 = twice(a2);
#pragma GCC unroll 10
    for (std::size_t j = i; j < 10; ++j) {
      const bool odd = i % 2 != 0 && j % 2 != 0;
      const Vector left = i == j ? (odd ? a2 : a.limb[i]) : (odd ? a4 : a2);
      const std::size_t k = (i + j) % 10;
      c.limb[k] = add(c.limb[k], multiply(left, i + j < 10 ? a.limb[j] : a19[j]));
    }
  }
  detail::assert_product(c, offsets);
  return c;
}

[[gnu::always_inline]] inline Columns operator+(const Columns& a, const Columns& b) {
  Columns c;
#pragma GCC unroll 10
  for (std::size_t k = 0; k < 10; ++k) c.limb[k] = detail::add(a.limb[k], b.limb[k]);
  return c;
}

// No column of b may be greater than a's.
[[gnu::always_inline]] inline Columns operator-(const Columns& a, const Columns& b) {
  Columns c;
#pragma GCC unroll 10
  for (std::size_t k = 0; k < 10; ++k) {
    c.limb[k] = _mm256_sub_epi64(a.limb[k], b.limb[k]);
    detail::assert_below(a.limb[k], std::uint64_t{1} << 63);
    detail::assert_below(c.limb[k], std::uint64_t{1} << 63);  // else it fell below 0
  }
  return c;
}
// The difference of two numbers, which is never negative: 4·p is added.
[[gnu::always_inline]] inline Columns difference(const Fe& a, const Fe& b) {
  Columns c;
#pragma GCC unroll 10
  for (std::size_t k = 0; k < 10; ++k) c.limb[k] = detail::add(a.limb[k], all_lanes(detail::p_limb(k, 4)));
  return c - Columns(b);
}

[[gnu::always_inline]] inline Fe carry(const Columns& c) {
  Fe r;
#pragma GCC unroll 10
  for (std::size_t k = 0; k < 10; ++k) {
    detail::assert_below(c.limb[k], std::uint64_t{1} << 63);
    r.limb[k] = c.limb[k];
  }
  // What column k has too much goes to column `to`.
  const auto pass = [&](std::size_t k, std::size_t to) __attribute__((always_inline)) {
    const Vector over = _mm256_srli_epi64(r.limb[k], detail::bits_of(k));
    r.limb[k] = _mm256_and_si256(r.limb[k], all_lanes(detail::mask_of(k)));
    // Times 19 = 1 + 2 + 16, as what comes from the highest has more than 32 bits.
    r.limb[to] = detail::add(
        r.limb[to], to != 0 ? over : detail::add(detail::add(over, detail::twice(over)), _mm256_slli_epi64(over, 4)));
  };
#pragma GCC unroll 4
  for (std::size_t k = 0; k < 4; ++k) {
    pass(k, k + 1);
    pass(k + 5, k + 6);
  }
  pass(4, 5);
  pass(9, 0);
  pass(5, 6);
  pass(0, 1);
  detail::assert_tight(r);
  return r;
}

// a where the mask is true, else b.
[[gnu::always_inline]] inline Fe select(Mask mask, const Fe& a, const Fe& b) {
  Fe r;
#pragma GCC unroll 10
  for (std::size_t k = 0; k < 10; ++k) r.limb[k] = _mm256_blendv_epi8(b.limb[k], a.limb[k], mask.bits);
  return r;
}

// The least non-negative representatives, as words of 51 bits.
inline void canonical_words(const Fe& a, Vector* word) {
  using detail::add;
  const Vector low51 = all_lanes(ed25519::detail::low51);
  // After a second round the number is below 2^255 + 2^30: at least p just if adding 19 carries out of bit 255.
  carry(a).to_words(word);
  Vector over = all_lanes(19);
  for (std::size_t i = 0; i < 5; ++i) over = _mm256_srli_epi64(add(word[i], over), 51);
  Vector up = detail::multiply(over, all_lanes(19));
  for (std::size_t i = 0; i < 5; ++i) {
    const Vector sum = add(word[i], up);
    word[i] = _mm256_and_si256(sum, low51);
    up = _mm256_srli_epi64(sum, 51);
  }
}
namespace detail {
inline Mask are_zero(Vector* word) {
  for (std::size_t i = 1; i < 5; ++i) word[0] = _mm256_or_si256(word[0], word[i]);
  return {_mm256_cmpeq_epi64(word[0], _mm256_setzero_si256())};
}
}  // namespace detail
inline Mask operator==(const Fe& a, const Fe& b) {
  Vector word[5];
  canonical_words(carry(difference(a, b)), word);
  return detail::are_zero(word);
}
// Whether these words, of which a was made, are the canonical ones.
inline Mask is_canonical(const Fe& a, const Vector* words) {
  Vector word[5];
  canonical_words(a, word);
  for (std::size_t i = 0; i < 5; ++i) word[i] = _mm256_xor_si256(word[i], words[i]);
  return detail::are_zero(word);
}
inline Mask is_odd(const Fe& a) {
  Vector word[5];
  canonical_words(a, word);
  return {_mm256_cmpeq_epi64(_mm256_and_si256(word[0], all_lanes(1)), all_lanes(1))};
}

}  // namespace folkmoot::group::ed25519::avx2
