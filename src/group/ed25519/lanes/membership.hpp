// Whether many points all lie in the subgroup of prime order, by the sums of 128 random subsets of them.
//
// The curve's group is the direct sum of that subgroup and of the eight points of small order, so a point lies in the
// subgroup just if its part of small order is the identity, and so does a sum. If some point has another part t, then,
// whatever has been decided about the others, a random subset's sum lies in the subgroup with that point or without it,
// not both, for the two differ by t: it does with probability at most 1/2 (this holds for every order of t, which sums
// with random factors would not give), all 128 do with at most 2^-128. Each sum is decided exactly. The subsets are
// drawn by hashing all the points: whoever makes points for which they come out well must try 2^128 times. What fails
// is decided point by point, so that the answer is the exact one always, but for that probability.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "group/ed25519/lanes/decode.hpp"
#include "group/ed25519/lanes/pippenger.hpp"
#include "group/ed25519/lanes/subsets.hpp"

namespace folkmoot::group::ed25519::in_lanes {

// From here on this is cheaper than the exact check of each point.
inline constexpr std::size_t many_points = 384;

// The points have Z = 1; `encodings` are theirs.
template <class Fe>
bool all_in_subgroup(std::span<const Point> points, std::span<const Encoding> encodings) {
  const std::size_t width = subset_width(points.size(), Fe::lanes);
  auto sums = Buckets<Fe>::subset_sums(points, draw_subsets(encodings, width), width);
  normalize(sums);
  for (std::size_t i = 0; i < sums.size(); i += Fe::lanes) {
    const Point* point[Fe::lanes];
    for (std::size_t lane = 0; lane < Fe::lanes; ++lane) point[lane] = &sums[std::min(i + lane, sums.size() - 1)];
    const auto [x, y] = load_affine<Fe>(point);
    if ((~in_subgroup(x, y)).number() != 0) return false;
  }
  return true;
}

// The points of these encodings; `members` asks for points of the subgroup only. Sums are in the lanes of Fe, powers of
// field elements, which is all the rest, in those of Wide (pair.hpp).
template <class Fe, class Wide = Fe>
std::vector<std::optional<Point>> uncompress_all(std::span<const Encoding> encodings, bool members) {
  auto points = uncompress_each<Wide>(encodings);
  if (!members) return points;
  std::vector<Point> found;
  std::vector<Encoding> of_found;
  if (points.size() >= many_points) {
    found.reserve(points.size());
    of_found.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (!points[i]) continue;
      found.push_back(*points[i]);
      of_found.push_back(encodings[i]);
    }
  }
  if (found.size() < many_points || !all_in_subgroup<Fe>(found, of_found)) keep_members<Wide>(points);
  return points;
}

}  // namespace folkmoot::group::ed25519::in_lanes
