// Points from their 32 bytes, and whether they lie in the subgroup of prime order: the steps of uncompress() and
// in_subgroup() in point.cpp, where they are explained, with both outcomes of each decision computed and one chosen.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "group/ed25519/lanes/exponents.hpp"

namespace folkmoot::group::ed25519::in_lanes {

template <class Fe>
struct RootOf {
  Fe root;
  typename Fe::Mask is_square;
};
// A square root of u/v where it is a square; where it is not, root² = ±sqrt(−1)·u/v.
template <class Fe>
RootOf<Fe> sqrt_ratio(const Fe& u, const Fe& v) {
  const Fe v2 = carry(square(v));
  const Fe uv3 = carry(u * carry(v2 * v));
  const Fe root = carry(uv3 * power_p58(carry(uv3 * carry(square(v2)))));
  const Fe check = carry(carry(square(root)) * v);
  const auto minus = check == carry(difference(Fe::zero(), u));
  return {select(minus, carry(root * Fe::all(sqrt_minus_one)), root), minus | (check == u)};
}
// Of u alone.
template <class Fe>
RootOf<Fe> sqrt(const Fe& u) {
  const Fe root = carry(u * power_p58(u));
  const Fe check = carry(square(root));
  const auto minus = check == carry(difference(Fe::zero(), u));
  return {select(minus, carry(root * Fe::all(sqrt_minus_one)), root), minus | (check == u)};
}

// Points with Z = 1, of which those in `good` are on the curve (and canonical).
template <class Fe>
struct Affine {
  Fe x, y;
  typename Fe::Mask good;
};

template <class Fe>
Affine<Fe> uncompress(const Encoding* const* encoding) {
  std::uint64_t words[Fe::lanes][8];
  const std::uint64_t* row[Fe::lanes];
  unsigned signs = 0;
  for (std::size_t lane = 0; lane < Fe::lanes; ++lane) {
    const ed25519::Fe y = fe_from_bytes(*encoding[lane]);
    for (std::size_t i = 0; i < 5; ++i) words[lane][i] = y.limb[i];
    for (std::size_t i = 5; i < 8; ++i) words[lane][i] = 0;
    row[lane] = words[lane];
    signs |= static_cast<unsigned>((*encoding[lane])[31] >> 7) << lane;
  }
  typename Fe::Word word[8];
  for (std::size_t i = 0; i < 2; ++i) Fe::load_block(row, 4 * i, word + 4 * i);
  const Fe y = Fe::of_words(word), one = Fe::all(ed25519::one);
  const auto odd = Fe::Mask::of(signs);
  const Fe yy = carry(square(y));
  const auto [root, is_square] =
      sqrt_ratio(carry(difference(yy, one)), carry(Fe::all(d) * yy + typename Fe::Columns(one)));
  const Fe x = select(is_odd(root) ^ odd, carry(difference(Fe::zero(), root)), root);
  return {x, y, is_square & ~(is_odd(x) ^ odd) & is_canonical(y, word)};
}

template <class Fe>
typename Fe::Mask in_subgroup(const Fe& x, const Fe& y) {
  using namespace membership;
  using Columns = typename Fe::Columns;
  const Fe one = Fe::all(ed25519::one), zero = Fe::zero();
  const Fe yy = carry(square(y));
  const auto [r, u_is_square] = sqrt_ratio(one, carry(difference(one, yy)));
  const Fe w = carry(carry(Columns(one) + Columns(y)) * r);
  const Fe ww = carry(square(w));
  const Fe v = carry(Columns(one) + Fe::all(d) * yy);
  const Fe minus_k = carry(carry(Fe::all(c) * w) * carry(carry(x * v) * carry(square(r))));
  const Fe k = carry(difference(zero, minus_k));
  const Fe A_2ww = carry(Columns(Fe::all(A)) + Columns(ww) + Columns(ww));
  const Fe U = carry(Columns(A_2ww) + Columns(k) + Columns(k));
  const Fe U_other = carry(Columns(A_2ww) + Columns(minus_k) + Columns(minus_k));
  const auto [root, U_is_square] = sqrt(U);
  const Fe other = carry(carry(root * U_other) * Fe::all(root_of_quotient.root));
  const auto right = carry(square(other)) == U_other;
  const Fe s = select(U_is_square, root, select(right, other, carry(other * Fe::all(sqrt_minus_one))));
  const Fe of_w = carry(select(U_is_square, w, carry(difference(zero, w))) * s);
  const Fe h = carry(Columns(ww) + Columns(select(U_is_square, k, minus_k)) + Columns(of_w));
  const auto in_8E = quartic_symbol(carry(h * carry(square(carry(difference(s, Fe::all(t))))))) == one;
  const auto x_is_zero = x == zero;
  return (x_is_zero & (y == one)) | (~x_is_zero & u_is_square & in_8E);
}

// uncompress() of each encoding.
template <class Fe>
std::vector<std::optional<Point>> uncompress_each(std::span<const Encoding> encodings) {
  std::vector<std::optional<Point>> points(encodings.size());
  for (std::size_t i = 0; i < encodings.size(); i += Fe::lanes) {
    const Encoding* encoding[Fe::lanes];
    Point point[Fe::lanes];
    Point* to[Fe::lanes];
    for (std::size_t lane = 0; lane < Fe::lanes; ++lane) {
      encoding[lane] = &encodings[std::min(i + lane, encodings.size() - 1)];
      to[lane] = &point[lane];
    }
    const auto [x, y, good] = uncompress<Fe>(encoding);
    store_points(x, y, Fe::all(one), carry(x * y), to);
    for (std::size_t lane = 0; lane < Fe::lanes && i + lane < encodings.size(); ++lane)
      if ((good.number() >> lane & 1) != 0) points[i + lane] = point[lane];
  }
  return points;
}

// Drops the points outside the subgroup, each decided exactly. All have Z = 1.
template <class Fe>
void keep_members(std::span<std::optional<Point>> points) {
  std::optional<Point>* some[Fe::lanes];
  std::size_t count = 0;
  const auto decide = [&] {
    const Point* point[Fe::lanes];
    for (std::size_t lane = 0; lane < Fe::lanes; ++lane) point[lane] = &**some[std::min(lane, count - 1)];
    const auto [x, y] = load_affine<Fe>(point);
    const unsigned members = in_subgroup(x, y).number();
    for (std::size_t lane = 0; lane < count; ++lane)
      if ((members >> lane & 1) == 0) some[lane]->reset();
    count = 0;
  };
  for (auto& point : points) {
    if (!point) continue;
    some[count++] = &point;
    if (count == Fe::lanes) decide();
  }
  if (count > 0) decide();
}

}  // namespace folkmoot::group::ed25519::in_lanes
