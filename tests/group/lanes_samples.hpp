// Numbers and points with which arithmetic in lanes is tested. Not to be included between lanes/begin_*.hpp and
// lanes/end.hpp.
#pragma once

#include <cstdlib>
#include <vector>

#include "group/ed25519/point.hpp"
#include "group/generators.hpp"

namespace folkmoot::group::ed25519 {

// A tight number, the extreme ones often.
inline ed25519::Fe any_tight() {
  constexpr std::uint64_t end = (std::uint64_t{1} << 51) + (1 << 13);
  Fe a;
  for (auto& limb : a.limb) switch (*rc::gen::inRange(0, 5)) {
      case 0:
        limb = 0;
        break;
      case 1:
        limb = end - 1 - *rc::gen::inRange<std::uint64_t>(0, 3);
        break;
      case 2:
        limb = detail::low51 - *rc::gen::inRange<std::uint64_t>(0, 40);  // of p and its neighbours
        break;
      default:
        limb = *rc::gen::inRange<std::uint64_t>(0, end);
    }
  return a;
}

// The points of small order, some of the subgroup (with Z = 1), their negatives, and the sums of the one and the other.
inline std::vector<Point> points_to_test() {
  Encoding order8;
  if (!from_hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", order8)) std::abort();
  const Point torsion = *uncompress(order8);
  std::vector<Point> points;
  for (std::uint64_t i = 0; i < 6; ++i) {
    Point p = i == 0 ? Point()
                     : Ed25519::fixed_generator().power_vartime(scalar_from_seed<Scalar>(std::to_string(i))).point();
    for (int k = 0; k < 8; ++k) {
      points.push_back(p);
      points.push_back((Point() - cached(p)).point());
      p = (p + cached(torsion)).point();
    }
  }
  normalize(points);
  return points;
}

}  // namespace folkmoot::group::ed25519
