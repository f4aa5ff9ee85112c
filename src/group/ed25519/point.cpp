#include "group/ed25519/point.hpp"

#include <algorithm>
#include <cassert>

namespace folkmoot::group::ed25519 {

void normalize(std::span<Point> points) {
  if (std::ranges::all_of(points, [](const Point& p) { return p.Z.limb == one.limb; })) return;
  std::vector<Fe> before(points.size());  // the product of all Z that come before
  Fe product = one;
  for (std::size_t i = 0; i < points.size(); ++i) {
    before[i] = product;
    product = product * points[i].Z;
  }
  Fe inverse = invert(product);  // of the product of all Z up to the i-th
  for (std::size_t i = points.size(); i-- > 0;) {
    Point& p = points[i];
    const Fe z_inverse = inverse * before[i];
    inverse = inverse * p.Z;
    p.X = p.X * z_inverse;
    p.Y = p.Y * z_inverse;
    p.Z = one;
    p.T = p.X * p.Y;
  }
}

std::array<std::uint8_t, 32> compress(const Point& p) {
  auto bytes = fe_to_bytes(p.Y);
  if (is_odd(p.X)) bytes[31] |= 0x80;
  return bytes;
}

std::optional<Point> uncompress(const std::array<std::uint8_t, 32>& bytes) {
  const bool odd = (bytes[31] & 0x80) != 0;
  const Fe y = fe_from_bytes(bytes);
  const Fe yy = square(y);
  // x² = (y² − 1)/(d·y² + 1); the denominator is never 0, as −1/d is not a square.
  const auto [root, is_square] = sqrt_ratio(tight(yy - one), tight(d * yy + one));
  if (!is_square) return std::nullopt;
  const Fe x = is_odd(root) == odd ? root : tight(-root);
  const Point p{x, y, one, x * y};
  if (compress(p) != bytes) return std::nullopt;
  return p;
}

// Membership by halving. The idea of testing membership by halving points is Pornin's ("Point-Halving and Subgroup
// Membership in Twisted Edwards Curves", eprint 2022/1164); here only one halving is left, since the Tate pairing of
// order 4 tells the rest.
//
// The curve's group E is cyclic of order 8q, so the subgroup of order q is 8E. On the Montgomery form v² = u³ + A·u² +
// u, A = 486662, of the same curve (RFC 7748, section 4.1), where
//   u = (1 + y)/(1 − y),   v = c·u/x,   c² = −(A + 2),
// let T2 = (0, 0) be the point of order 2 and T4 = (1, t), t² = A + 2, one of order 4, with 2·T4 = T2.
//
// 1. f = (v − t·u)²/u is a function with divisor 4(T4) − 4(O), for v = t·u is the tangent at T4 and meets the curve
//    in T2 as well; f·(u/v)⁴ is 1 in O; and 4 divides p − 1. So P ↦ f(P)^((p−1)/4) is the Tate pairing with T4: a
//    homomorphism from E to the fourth roots of unity that maps 4E to 1 (but T4 itself, where f is 0). A point of order
//    8, whose class generates E/4E, is mapped to a generator: its u is not a square (a test checks that), so
//    f^((p−1)/2) = −1. Hence P lies in 4E just if f(P) is a fourth power; and in 2E just if f(P) is a square, which is:
//    if u is one.
// 2. Let P = (u, v) have u = w². Put k = v/w and U = A + 2w² + 2k. The U of w and the U of −w have the product A² − 4
//    (because k² = w⁴ + A·w² + 1), which is not a square, so just one of them is: choose the sign of w so that U = s².
//    Then Q = (h, s·h) with h = w² + k + w·s has 2Q = ±P. For h is a root of h + 1/h = U − A (the product of w² + k +
//    w·s and w² + k − w·s is (w² + k)² − w²·U = k² − w⁴ − A·w² = 1), so (s·h)² = h²(h + 1/h + A) = h³ + A·h² + h: Q is
//    on the curve; and the u of 2Q is (h² − 1)²/(4(s·h)²) = (h − 1/h)²/(4s²) = (2ws)²/(4s²) = w².
// 3. P = ±2Q lies in 8E just if Q lies in 4E (if P = 8R, then Q is ±4R or ±4R + T2, and T2 lies in 4E, being four times
//    a point of order 8): just if f(Q) = (s·h − t·h)²/h = h·(s − t)² is a fourth power.
bool in_subgroup(const Point& p) {
  using namespace membership;
  assert(p.Z == one);
  if (is_zero(p.X)) return p.Y == one;  // the identity; or (0, −1), which is T2
  // r = 1/sqrt(1 − y²): of u = (1 + y)²/(1 − y²) it tells whether it is a square, and the root w.
  const auto [r, u_is_square] = sqrt_ratio(one, tight(one - square(p.Y)));
  if (!u_is_square) return false;
  const Fe w = (one + p.Y) * r;
  const Fe ww = square(w);
  // k = v/w = c·w/x, and 1/x = −x·(1 + d·y²)·r², because the curve's equation is 1 − y² = −x²(1 + d·y²).
  const Fe k = -(c * w) * (p.X * (one + d * square(p.Y)) * square(r));
  // s = sqrt(U). If U is not a square, what we have is root² = ±sqrt(−1)·U, and with U' = (A² − 4)/U, the U of −w,
  //   (root·U'·sqrt(−sqrt(−1)/(A² − 4)))² = ±U'.
  const Fe U = tight(A + ww + ww + k + k);
  const auto [root, U_is_square] = sqrt_ratio(U, one);
  if (U_is_square) return quartic_symbol((ww + k + w * root) * square(root - t)) == one;
  const Fe U_other = tight(A + ww + ww - k - k);
  Fe s = root * U_other * root_of_quotient.root;
  if (!(square(s) == U_other)) s = s * sqrt_minus_one;
  return quartic_symbol((ww - k - w * s) * square(s - t)) == one;
}

}  // namespace folkmoot::group::ed25519
