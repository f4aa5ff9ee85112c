// Points of Ed25519's curve, one a lane, for any field in lanes (field_ifma.hpp, field_avx2.hpp). The formulas are
// those of point.hpp; what differs is where sums are carried. A product ends in Columns, and sums of Columns cost no
// carrying: so a point that is to be added to is kept as Y + X and Y − X, which the last two products of an addition
// give without more work than X and Y would be, and the differences before them are taken of Columns too.
#pragma once

#include <utility>

#include "group/ed25519/point.hpp"

namespace folkmoot::group::ed25519::in_lanes {

// What doubling needs of a point.
template <class Fe>
struct Projective {
  Fe X, Y, Z;
};

// What adding to it needs: S = Y + X, D = Y − X, Z, T.
template <class Fe>
struct Extended {
  Fe S, D, Z, T;

  static Extended identity() {
    const Fe one = Fe::all(ed25519::one);
    return {one, one, one, Fe::zero()};
  }
  [[nodiscard]] Projective<Fe> projective() const {  // all coordinates doubled
    using Columns = typename Fe::Columns;
    return {carry(difference(S, D)), carry(Columns(S) + Columns(D)), carry(Columns(Z) + Columns(Z))};
  }
};

// What an addition or doubling ends with: X = E·F, Y = G·H, Z = F·G, T = E·H.
template <class Fe>
struct Completed {
  Fe E, F, G, H;

  static Completed identity() {
    const Fe one = Fe::all(ed25519::one);
    return {Fe::zero(), one, one, one};
  }
  [[gnu::always_inline]] Projective<Fe> projective() const { return {carry(E * F), carry(G * H), carry(F * G)}; }
  [[gnu::always_inline]] Extended<Fe> extended() const {
    const auto X = E * F, Y = product<1>(G, H);
    return {carry(Y + X), carry(Y - X), carry(F * G), carry(E * H)};
  }
};

// A point to be added: Y + X, Y − X, 2Z and 2dT.
template <class Fe>
struct Cached {
  static constexpr std::size_t blocks = 5;  // of four words, in a table
  Fe y_plus_x, y_minus_x, z2, t2d;
};
// The same of a point with Z = 1.
template <class Fe>
struct Niels {
  static constexpr std::size_t blocks = 4;
  Fe y_plus_x, y_minus_x, xy2d;
};

template <class Fe>
Cached<Fe> cached(const Extended<Fe>& p) {
  using Columns = typename Fe::Columns;
  return {p.S, p.D, carry(Columns(p.Z) + Columns(p.Z)), carry(p.T * Fe::all(two_d))};
}

inline constexpr ed25519::Fe one_over_d = ed25519::invert(d);

// The reverse; all coordinates doubled.
template <class Fe>
Extended<Fe> extended(const Cached<Fe>& p) {
  using Columns = typename Fe::Columns;
  return {carry(Columns(p.y_plus_x) + Columns(p.y_plus_x)), carry(Columns(p.y_minus_x) + Columns(p.y_minus_x)), p.z2,
          carry(p.t2d * Fe::all(one_over_d))};
}

template <class Fe>
[[gnu::always_inline]] inline Completed<Fe> twice(const Projective<Fe>& p) {
  using Columns = typename Fe::Columns;
  const auto xx = square(p.X), yy = square<1>(p.Y), zz = square<1>(p.Z);
  const auto xy = square<2>(carry(Columns(p.X) + Columns(p.Y)));
  const auto H = yy + xx, G = yy - xx;
  return {carry(xy - H), carry(zz + zz - G), carry(G), carry(H)};
}

namespace detail {
// In the lanes that `negative` names the point is subtracted: its negative has Y + X and Y − X exchanged, and T with
// the other sign, which exchanges F and G.
template <class Fe>
[[gnu::always_inline]] inline Completed<Fe> sum(const Extended<Fe>& p, const Fe& y_plus_x, const Fe& y_minus_x,
                                                const Fe& t2d, const typename Fe::Columns& zz2,
                                                typename Fe::Mask negative) {
  const Fe plus = select(negative, y_minus_x, y_plus_x), minus = select(negative, y_plus_x, y_minus_x);
  const auto a = p.D * minus, b = product<1>(p.S, plus), c = p.T * t2d;
  const Fe less = carry(zz2 - c), more = carry(zz2 + c);
  return {carry(b - a), select(negative, more, less), select(negative, less, more), carry(b + a)};
}
}  // namespace detail

// p + q, and p − q in the lanes where `negative` is true.
template <class Fe>
[[gnu::always_inline]] inline Completed<Fe> add(const Extended<Fe>& p, const Cached<Fe>& q,
                                                typename Fe::Mask negative) {
  return detail::sum(p, q.y_plus_x, q.y_minus_x, q.t2d, product<1>(p.Z, q.z2), negative);
}
template <class Fe>
[[gnu::always_inline]] inline Completed<Fe> add(const Extended<Fe>& p, const Niels<Fe>& q, typename Fe::Mask negative) {
  return detail::sum(p, q.y_plus_x, q.y_minus_x, q.xy2d, Fe::offset() + p.Z + p.Z, negative);
}

// Rows of tables are a point's coordinates one after the other, five words of 51 bits each.
template <class Fe>
[[gnu::always_inline]] inline Cached<Fe> load_cached(const std::uint64_t* const* row) {
  typename Fe::Word word[20];
#pragma GCC unroll 5
  for (std::size_t i = 0; i < 5; ++i) Fe::load_block(row, 4 * i, word + 4 * i);
  return {Fe::of_words(word), Fe::of_words(word + 5), Fe::of_words(word + 10), Fe::of_words(word + 15)};
}
template <class Fe>
[[gnu::always_inline]] inline Niels<Fe> load_niels(const std::uint64_t* const* row) {
  typename Fe::Word word[16];
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) Fe::load_block(row, 4 * i, word + 4 * i);
  return {Fe::of_words(word), Fe::of_words(word + 5), Fe::of_words(word + 10)};
}
template <class Fe>
void store(const Niels<Fe>& p, std::uint64_t* const* row) {
  typename Fe::Word word[16];
  p.y_plus_x.to_words(word);
  p.y_minus_x.to_words(word + 5);
  p.xy2d.to_words(word + 10);
  word[15] = word[14];  // not used
  for (std::size_t i = 0; i < 4; ++i) Fe::store_block(word + 4 * i, row, 4 * i);
}
template <class Fe>
void store(const Cached<Fe>& p, std::uint64_t* const* row) {
  typename Fe::Word word[20];
  p.y_plus_x.to_words(word);
  p.y_minus_x.to_words(word + 5);
  p.z2.to_words(word + 10);
  p.t2d.to_words(word + 15);
  for (std::size_t i = 0; i < 5; ++i) Fe::store_block(word + 4 * i, row, 4 * i);
}

// Portable points in and out.
template <class Fe>
std::pair<Fe, Fe> load_affine(const Point* const* point) {
  const std::uint64_t* row[Fe::lanes];
  for (std::size_t i = 0; i < Fe::lanes; ++i) row[i] = point[i]->X.limb.data();
  typename Fe::Word word[12];
  for (std::size_t i = 0; i < 3; ++i) Fe::load_block(row, 4 * i, word + 4 * i);
  return {Fe::of_words(word), Fe::of_words(word + 5)};
}
static_assert(sizeof(Point) == 20 * sizeof(std::uint64_t));
template <class Fe>
Extended<Fe> load_points(const Point* const* point) {
  using Columns = typename Fe::Columns;
  const std::uint64_t* row[Fe::lanes];
  for (std::size_t i = 0; i < Fe::lanes; ++i) row[i] = point[i]->X.limb.data();
  typename Fe::Word word[20];
  for (std::size_t i = 0; i < 5; ++i) Fe::load_block(row, 4 * i, word + 4 * i);
  const Fe X = Fe::of_words(word), Y = Fe::of_words(word + 5);
  return {carry(Columns(Y) + Columns(X)), carry(difference(Y, X)), Fe::of_words(word + 10), Fe::of_words(word + 15)};
}
// Coordinates X, Y, Z, T to points.
template <class Fe>
void store_points(const Fe& X, const Fe& Y, const Fe& Z, const Fe& T, Point* const* point) {
  std::uint64_t* row[Fe::lanes];
  for (std::size_t i = 0; i < Fe::lanes; ++i) row[i] = point[i]->X.limb.data();
  typename Fe::Word word[20];
  canonical_words(X, word);
  canonical_words(Y, word + 5);
  canonical_words(Z, word + 10);
  canonical_words(T, word + 15);
  for (std::size_t i = 0; i < 5; ++i) Fe::store_block(word + 4 * i, row, 4 * i);
}
template <class Fe>
void store_points(const Extended<Fe>& p, Point* const* point) {
  // 2X, 2Y, 2Z, and 2T.
  const auto [X, Y, Z] = p.projective();
  store_points(X, Y, Z, carry(typename Fe::Columns(p.T) + typename Fe::Columns(p.T)), point);
}

}  // namespace folkmoot::group::ed25519::in_lanes
