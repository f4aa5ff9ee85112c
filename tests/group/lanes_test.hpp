// What every field in lanes must do (src/group/ed25519/lanes/field_*.hpp), beside the portable one, with limbs up to
// the bounds. Included between lanes/begin_*.hpp and lanes/end.hpp, by a file that has included the rest before.
#pragma once

#include "group/ed25519/lanes/exponents.hpp"
#include "group/ed25519/lanes/points.hpp"

namespace folkmoot::group::ed25519::in_lanes {

// A number for each lane.
template <class Fe>
struct Numbers {
  std::array<ed25519::Fe, Fe::lanes> number;

  [[nodiscard]] Fe load() const {
    std::uint64_t words[Fe::lanes][8] = {};
    const std::uint64_t* row[Fe::lanes];
    for (std::size_t lane = 0; lane < Fe::lanes; ++lane) {
      std::ranges::copy(number[lane].limb, words[lane]);
      row[lane] = words[lane];
    }
    typename Fe::Word word[8];
    Fe::load_block(row, 0, word);
    Fe::load_block(row, 4, word + 4);
    return Fe::of_words(word);
  }
  // The least representatives.
  static Numbers of(const Fe& a) {
    typename Fe::Word word[8];
    canonical_words(a, word);
    for (std::size_t i = 5; i < 8; ++i) word[i] = word[0];
    std::uint64_t words[Fe::lanes][8];
    std::uint64_t* row[Fe::lanes];
    for (std::size_t lane = 0; lane < Fe::lanes; ++lane) row[lane] = words[lane];
    Fe::store_block(word, row, 0);
    Fe::store_block(word + 4, row, 4);
    Numbers numbers;
    for (std::size_t lane = 0; lane < Fe::lanes; ++lane) std::copy_n(words[lane], 5, numbers.number[lane].limb.begin());
    return numbers;
  }
  static Numbers any() {
    Numbers numbers;
    for (auto& number : numbers.number) number = any_tight();
    return numbers;
  }
};

// Whether the lanes hold what `expected(lane)` says, and that in canonical form.
template <class Fe, class Expected>
bool holds(const Fe& a, Expected expected) {
  const auto numbers = Numbers<Fe>::of(a);
  for (std::size_t lane = 0; lane < Fe::lanes; ++lane)
    if (numbers.number[lane].limb != canonical(expected(lane)).limb) return false;
  return true;
}

template <class Fe>
void check_field() {
  using Columns = typename Fe::Columns;
  EXPECT_TRUE(rc::check("arithmetic", [] {
    const auto x = Numbers<Fe>::any(), y = Numbers<Fe>::any();
    const Fe a = x.load(), b = y.load();
    const auto product_of = [&](std::size_t i) { return x.number[i] * y.number[i]; };
    const auto square_of = [&](std::size_t i) { return square(x.number[i]); };
    RC_ASSERT(holds(carry(a * b), product_of));
    RC_ASSERT((holds(carry(product<1>(a, b)), product_of)));
    RC_ASSERT(holds(carry(square(a)), square_of));
    RC_ASSERT((holds(carry(square<1>(a)), square_of)));
    RC_ASSERT((holds(carry(square<2>(a)), square_of)));
    RC_ASSERT(holds(carry(Columns(a) + Columns(b)), [&](std::size_t i) { return x.number[i] + y.number[i]; }));
    RC_ASSERT(holds(carry(difference(a, b)), [&](std::size_t i) { return x.number[i] - tight(y.number[i]); }));
    RC_ASSERT(
        (holds(carry(product<1>(a, b) - b * b), [&](std::size_t i) { return product_of(i) - square(y.number[i]); })));
    // The greatest that carry() is given: what doubling makes of its squares.
    RC_ASSERT((holds(carry(square<2>(a) - (square<1>(b) + square(a))),
                     [&](std::size_t i) { return ed25519::Fe{} - square(y.number[i]); })));
  }));
  EXPECT_TRUE(rc::check("comparisons and choices", [] {
    auto x = Numbers<Fe>::any(), y = Numbers<Fe>::any();
    for (std::size_t i = 0; i < Fe::lanes; ++i)
      if (*rc::gen::inRange(0, 2) == 0) y.number[i] = tight(x.number[i]);
    const Fe a = x.load(), b = y.load();
    const auto chosen = *rc::gen::inRange<unsigned>(0, 1u << Fe::lanes);
    const auto mask = Fe::Mask::of(chosen);
    RC_ASSERT(mask.number() == chosen);
    RC_ASSERT((~mask).number() == (chosen ^ ((1u << Fe::lanes) - 1)));
    RC_ASSERT(
        holds(select(mask, a, b), [&](std::size_t i) { return (chosen >> i & 1) != 0 ? x.number[i] : y.number[i]; }));
    const unsigned equal = (a == b).number(), odd = is_odd(a).number();
    for (std::size_t i = 0; i < Fe::lanes; ++i) {
      RC_ASSERT(((equal >> i & 1) != 0) == (x.number[i] == y.number[i]));
      RC_ASSERT(((odd >> i & 1) != 0) == ed25519::is_odd(x.number[i]));
    }
  }));
  EXPECT_TRUE(rc::check("inverses", [] {
    const auto x = Numbers<Fe>::any();
    RC_ASSERT(holds(invert(x.load()), [&](std::size_t i) { return ed25519::invert(x.number[i]); }));
  }));
  // p and its neighbours, 0 and 2^255 − 1.
  Numbers<Fe> edge;
  for (std::size_t i = 0; i < Fe::lanes; ++i) {
    edge.number[i].limb.fill(ed25519::detail::low51);
    edge.number[i].limb[0] -= i < 3 ? 17 + i : i;
  }
  EXPECT_TRUE(holds(edge.load(), [&](std::size_t i) { return edge.number[i]; }));
  EXPECT_TRUE(holds(Fe::zero(), [](std::size_t) { return ed25519::Fe{}; }));
  EXPECT_TRUE(holds(Fe::all(two_d), [](std::size_t) { return two_d; }));
}

// The numbers that are picked from a table, one a lane.
template <class Fe>
void check_pick() {
  EXPECT_TRUE(rc::check("numbers from a table", [] {
    std::array<ed25519::Fe, 16> table;
    std::uint64_t words[5 * 16];
    for (std::size_t j = 0; j < 16; ++j) {
      table[j] = any_tight();
      for (std::size_t i = 0; i < 5; ++i) words[16 * i + j] = table[j].limb[i];
    }
    std::uint64_t which[Fe::lanes];
    for (auto& number : which) number = *rc::gen::inRange<std::uint64_t>(0, 16);
    RC_ASSERT(holds(Fe::pick(words, which), [&](std::size_t i) { return table[which[i]]; }));
    const auto n = *rc::gen::inRange<std::uint64_t>(0, 16);
    const unsigned with_n = Fe::lanes_with(which, n).number();
    for (std::size_t i = 0; i < Fe::lanes; ++i) RC_ASSERT(((with_n >> i & 1) != 0) == (which[i] == n));
  }));
}

// Sums and doublings of points, in Cached and Niels form, those of small order and equal ones among them.
template <class Fe>
void check_points(const std::vector<Point>& points) {
  EXPECT_TRUE(rc::check("", [&] {
    const Point *p[Fe::lanes], *q[Fe::lanes];
    Point sum[Fe::lanes];
    Point* to[Fe::lanes];
    for (std::size_t i = 0; i < Fe::lanes; ++i) {
      p[i] = &points[*rc::gen::inRange<std::size_t>(0, points.size())];
      q[i] = &points[*rc::gen::inRange<std::size_t>(0, points.size())];
      to[i] = &sum[i];
    }
    const auto a = load_points<Fe>(p), b = load_points<Fe>(q);
    const auto minus = *rc::gen::inRange<unsigned>(0, 1u << Fe::lanes);
    const auto negative = Fe::Mask::of(minus);
    const auto agree = [&](auto expected) {
      for (std::size_t i = 0; i < Fe::lanes; ++i) {
        const Point e = expected(i);
        if (!(sum[i] == e) || !(sum[i].T * sum[i].Z == sum[i].X * sum[i].Y)) return false;
      }
      return true;
    };
    const auto expected = [&](std::size_t i) {
      const auto other = ed25519::cached(*q[i]);
      return ((minus >> i & 1) != 0 ? *p[i] - other : *p[i] + other).point();
    };
    store_points(in_lanes::add(a, cached(b), negative).extended(), to);
    RC_ASSERT(agree(expected));
    const auto factor = carry(b.T * Fe::all(two_d));
    store_points(in_lanes::add(a, Niels<Fe>{b.S, b.D, factor}, negative).extended(), to);
    RC_ASSERT(agree(expected));
    store_points(extended(cached(a)), to);
    RC_ASSERT(agree([&](std::size_t i) { return *p[i]; }));
    store_points(twice(a.projective()).extended(), to);
    RC_ASSERT(agree([&](std::size_t i) { return ed25519::twice(ed25519::projective(*p[i])).point(); }));
  }));
}

}  // namespace folkmoot::group::ed25519::in_lanes
