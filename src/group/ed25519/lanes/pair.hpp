// Two vectors of field elements side by side: as many lanes again for what is built on a field in lanes. Where a power
// is taken, each squaring waits for the one before; of two vectors the processor squares one while it waits for the
// other. (Additions of points have enough that does not wait, and go better with one.) Included between
// lanes/begin_*.hpp and lanes/end.hpp. Here everything is inlined always, as g++ does not compile friends that a class
// defines for those processors.
#pragma once

#include <cstddef>
#include <cstdint>

#include "group/ed25519/field.hpp"

namespace folkmoot::group::ed25519::in_lanes {

namespace detail {

// Words for all lanes, as those of the first and of the second vector, and back.
template <std::size_t count, class Word, class HalfWord>
[[gnu::always_inline]] inline void split(const Word* word, HalfWord* of_a, HalfWord* of_b) {
#pragma GCC unroll 5
  for (std::size_t i = 0; i < count; ++i) {
    of_a[i] = word[i].a;
    of_b[i] = word[i].b;
  }
}
template <std::size_t count, class Word, class HalfWord>
[[gnu::always_inline]] inline void join(const HalfWord* of_a, const HalfWord* of_b, Word* word) {
#pragma GCC unroll 5
  for (std::size_t i = 0; i < count; ++i) word[i] = {of_a[i], of_b[i]};
}

}  // namespace detail

template <class Half>
struct Pair {
  static constexpr std::size_t half = Half::lanes, lanes = 2 * half;

  struct Word {
    typename Half::Word a, b;
  };
  struct Columns {
    typename Half::Columns a, b;
  };
  struct Mask {
    typename Half::Mask a, b;
    [[nodiscard]] unsigned number() const { return a.number() | b.number() << half; }
    [[gnu::always_inline]] static Mask of(unsigned number) {
      return {Half::Mask::of(number & ((1u << half) - 1)), Half::Mask::of(number >> half)};
    }
    [[gnu::always_inline]] friend Mask operator&(Mask x, Mask y) { return {x.a & y.a, x.b & y.b}; }
    [[gnu::always_inline]] friend Mask operator|(Mask x, Mask y) { return {x.a | y.a, x.b | y.b}; }
    [[gnu::always_inline]] friend Mask operator^(Mask x, Mask y) { return {x.a ^ y.a, x.b ^ y.b}; }
    [[gnu::always_inline]] friend Mask operator~(Mask x) { return {~x.a, ~x.b}; }
  };

  Half a, b;

  static Pair zero() { return {Half::zero(), Half::zero()}; }
  static Pair all(const ed25519::Fe& number) { return {Half::all(number), Half::all(number)}; }
  [[gnu::always_inline]] static Pair of_words(const Word* word) {
    typename Half::Word of_a[5], of_b[5];
    detail::split<5>(word, of_a, of_b);
    return {Half::of_words(of_a), Half::of_words(of_b)};
  }
  [[gnu::always_inline]] static void load_block(const std::uint64_t* const* row, std::size_t at, Word* word) {
    typename Half::Word of_a[4], of_b[4];
    Half::load_block(row, at, of_a);
    Half::load_block(row + half, at, of_b);
    detail::join<4>(of_a, of_b, word);
  }
  [[gnu::always_inline]] static void store_block(const Word* word, std::uint64_t* const* row, std::size_t at) {
    typename Half::Word of_a[4], of_b[4];
    detail::split<4>(word, of_a, of_b);
    Half::store_block(of_a, row, at);
    Half::store_block(of_b, row + half, at);
  }

  [[gnu::always_inline]] operator Columns() const { return {a, b}; }

  [[gnu::always_inline]] friend Columns operator*(const Pair& x, const Pair& y) { return {x.a * y.a, x.b * y.b}; }
  [[gnu::always_inline]] friend Columns operator+(const Columns& x, const Columns& y) { return {x.a + y.a, x.b + y.b}; }
  [[gnu::always_inline]] friend Columns operator-(const Columns& x, const Columns& y) { return {x.a - y.a, x.b - y.b}; }
  [[gnu::always_inline]] friend Columns difference(const Pair& x, const Pair& y) {
    return {difference(x.a, y.a), difference(x.b, y.b)};
  }
  [[gnu::always_inline]] friend Pair carry(const Columns& x) { return {carry(x.a), carry(x.b)}; }
  [[gnu::always_inline]] friend Pair select(Mask mask, const Pair& x, const Pair& y) {
    return {select(mask.a, x.a, y.a), select(mask.b, x.b, y.b)};
  }
  [[gnu::always_inline]] friend Mask operator==(const Pair& x, const Pair& y) { return {x.a == y.a, x.b == y.b}; }
  [[gnu::always_inline]] friend void canonical_words(const Pair& x, Word* word) {
    typename Half::Word of_a[5], of_b[5];
    canonical_words(x.a, of_a);
    canonical_words(x.b, of_b);
    detail::join<5>(of_a, of_b, word);
  }
  [[gnu::always_inline]] friend Mask is_canonical(const Pair& x, const Word* word) {
    typename Half::Word of_a[5], of_b[5];
    detail::split<5>(word, of_a, of_b);
    return {is_canonical(x.a, of_a), is_canonical(x.b, of_b)};
  }
  [[gnu::always_inline]] friend Mask is_odd(const Pair& x) { return {is_odd(x.a), is_odd(x.b)}; }
};

template <unsigned offsets = 0, class Half>
[[gnu::always_inline]] inline typename Pair<Half>::Columns product(const Pair<Half>& x, const Pair<Half>& y) {
  return {product<offsets>(x.a, y.a), product<offsets>(x.b, y.b)};
}
template <unsigned offsets = 0, class Half>
[[gnu::always_inline]] inline typename Pair<Half>::Columns square(const Pair<Half>& x) {
  return {square<offsets>(x.a), square<offsets>(x.b)};
}

}  // namespace folkmoot::group::ed25519::in_lanes
