// Whether many points all lie in the subgroup of prime order, by the sums of 128 random subsets of them
// (group/subsets.hpp): the curve's group is the direct sum of that subgroup and of the eight points of small order.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "group/ed25519/lanes/decode.hpp"
#include "group/ed25519/lanes/pippenger.hpp"
#include "group/subsets.hpp"

namespace folkmoot::group::ed25519::in_lanes {

// From here on this is cheaper than the exact check of each point.
inline constexpr std::size_t many_points = 384;

// The points have Z = 1; `encodings` are theirs.
template <class Fe>
bool all_in_subgroup(std::span<const Point> points, std::span<const Encoding> encodings) {
  const std::size_t width = subset_width(points.size(), Fe::lanes);
  const std::span<const std::uint8_t> bytes(encodings.front().data(), encodings.size() * sizeof(Encoding));
  auto sums = Buckets<Fe>::subset_sums(points, draw_subsets(bytes, points.size(), width), width);
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
