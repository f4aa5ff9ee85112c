// Points of Ed25519's curve −x² + y² = 1 + d·x²·y², all of them, also those outside the subgroup of order q, and their
// addition by the complete formulas of Hisil, Wong, Carter and Dawson, "Twisted Edwards Curves Revisited" (2008).
// Coordinates are tight field elements throughout (field.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "group/ed25519/field.hpp"

namespace folkmoot::group::ed25519 {

inline constexpr Fe one{{1}};
inline constexpr Fe d = -Fe{{121665}} * invert(Fe{{121666}});
inline constexpr Fe two_d = tight(d + d);

// Extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z.
struct Point {
  Fe X;
  Fe Y = one;
  Fe Z = one;
  Fe T;
};

// What doubling needs of a point.
struct Projective {
  Fe X;
  Fe Y = one;
  Fe Z = one;
};

// What an addition or doubling ends with: X = E·F, Y = G·H, Z = F·G, T = E·H. Loose.
struct Completed {
  Fe E, F = one, G = one, H = one;

  [[nodiscard]] Projective projective() const { return {E * F, G * H, F * G}; }
  [[nodiscard]] Point point() const { return {E * F, G * H, F * G, E * H}; }
};

// A point to be added often: Y + X, Y − X, 2Z and 2dT.
struct Cached {
  Fe y_plus_x = one;
  Fe y_minus_x = one;
  Fe z2{{2}};
  Fe t2d;
};
// The same of a point with Z = 1.
struct Niels {
  Fe y_plus_x = one;
  Fe y_minus_x = one;
  Fe xy2d;
};

inline Cached cached(const Point& p) { return {p.Y + p.X, p.Y - p.X, p.Z + p.Z, p.T * two_d}; }
inline Projective projective(const Point& p) { return {p.X, p.Y, p.Z}; }

// Doubling. The paper's F and H stand here with their signs turned, which turns all four coordinates.
inline Completed twice(const Projective& p) {
  const Fe xx = square(p.X);
  const Fe yy = square(p.Y);
  const Fe zz = square(p.Z);
  return {square(p.X + p.Y) - xx - yy, zz + zz + (xx - yy), yy - xx, xx + yy};
}

namespace detail {
inline Completed sum(const Point& p, const Fe& y_plus_x, const Fe& y_minus_x, const Fe& t2d, const Fe& zz2) {
  const Fe a = (p.Y - p.X) * y_minus_x;
  const Fe b = (p.Y + p.X) * y_plus_x;
  const Fe c = p.T * t2d;
  return {b - a, zz2 - c, zz2 + c, b + a};
}
inline Completed difference(const Point& p, const Fe& y_plus_x, const Fe& y_minus_x, const Fe& t2d, const Fe& zz2) {
  const Fe a = (p.Y - p.X) * y_plus_x;
  const Fe b = (p.Y + p.X) * y_minus_x;
  const Fe c = p.T * t2d;
  return {b - a, zz2 + c, zz2 - c, b + a};
}
}  // namespace detail

inline Completed operator+(const Point& p, const Cached& q) {
  return detail::sum(p, q.y_plus_x, q.y_minus_x, q.t2d, p.Z * q.z2);
}
inline Completed operator-(const Point& p, const Cached& q) {
  return detail::difference(p, q.y_plus_x, q.y_minus_x, q.t2d, p.Z * q.z2);
}
inline Completed operator+(const Point& p, const Niels& q) {
  return detail::sum(p, q.y_plus_x, q.y_minus_x, q.xy2d, p.Z + p.Z);
}
inline Completed operator-(const Point& p, const Niels& q) {
  return detail::difference(p, q.y_plus_x, q.y_minus_x, q.xy2d, p.Z + p.Z);
}

// Whether two points are the same.
inline bool operator==(const Point& p, const Point& q) { return p.X * q.Z == q.X * p.Z && p.Y * q.Z == q.Y * p.Z; }
inline bool is_identity(const Point& p) { return is_zero(p.X) && p.Y == p.Z; }

// Divides the coordinates of many points by their Z, with a single inversion (Montgomery's trick); with none if
// they are 1 already, as they are after decoding.
void normalize(std::span<Point> points);
// The table form of points with Z = 1.
inline Niels niels(const Point& p) { return {p.Y + p.X, p.Y - p.X, p.T * two_d}; }

// RFC 8032's 32 bytes of a point with Z = 1: y, and in the highest bit whether x is odd ("negative").
using Encoding = std::array<std::uint8_t, 32>;
Encoding compress(const Point& p);
// The reverse. Nothing if the bytes are of no point, or not the ones that compress() makes (y ≥ p, or x = 0
// "negative").
std::optional<Point> uncompress(const Encoding& bytes);

// The constants of in_subgroup; point.cpp says what they are for.
namespace membership {
inline constexpr Fe A{{486662}};
inline constexpr Root root_of_A_plus_2 = sqrt_ratio(Fe{{486664}}, one);
static_assert(root_of_A_plus_2.is_square);
inline constexpr Fe t = root_of_A_plus_2.root;
inline constexpr Fe c = t * sqrt_minus_one;
inline constexpr Fe A2_minus_4 = tight(square(A) - Fe{{4}});
static_assert(!sqrt_ratio(A2_minus_4, one).is_square);
// sqrt(−sqrt(−1)/(A² − 4)): the root of a quotient of two numbers that are not squares.
inline constexpr Root root_of_quotient = sqrt_ratio(tight(-sqrt_minus_one), A2_minus_4);
static_assert(root_of_quotient.is_square);
}  // namespace membership

// Whether a point (with Z = 1) lies in the subgroup of order q; the same as p^q = 1, but cheaper (two square
// roots and a fourth-power symbol).
bool in_subgroup(const Point& p);

}  // namespace folkmoot::group::ed25519
