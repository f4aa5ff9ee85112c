// The random subsets of points by which membership.hpp decides. Not to be included between lanes/begin_*.hpp and
// lanes/end.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "group/ed25519/point.hpp"

namespace folkmoot::group::ed25519::in_lanes {

inline constexpr std::size_t subsets = 128;

// In groups of how many the subsets are cheapest: a group costs an addition for each point, and two for each of its
// 2^width − 1 buckets, of as many groups at a time as there are lanes.
std::size_t subset_width(std::size_t points, std::size_t lanes);

// For each point and each group of `width` subsets, a number whose bits tell in which of them the point is; those of
// one group together. A hash of all the points draws them.
std::vector<std::int16_t> draw_subsets(std::span<const Encoding> points, std::size_t width);

}  // namespace folkmoot::group::ed25519::in_lanes
