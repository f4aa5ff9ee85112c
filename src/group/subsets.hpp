// Random subsets of elements, by which it is decided of many at once whether all lie in the subgroup of prime order.
//
// Where the whole group is the direct sum of that subgroup and of a rest, an element lies in the subgroup just if its
// part in the rest is the identity, and so does a sum. If some element has another part t, then, whatever has been
// decided about the others, a random subset's sum lies in the subgroup with that element or without it, not both, for
// the two differ by t: it does with probability at most 1/2 (this holds for every order of t, which sums with random
// factors would not give), all 128 do with at most 2^-128. Each sum is decided exactly. The subsets are drawn by
// hashing all the elements: whoever makes elements for which they come out well must try 2^128 times. What fails is
// decided element by element, so that the answer is the exact one always, but for that probability.
//
// Not to be included between ed25519/lanes/begin_*.hpp and ed25519/lanes/end.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace folkmoot::group {

inline constexpr std::size_t subsets = 128;

// In groups of how many the subsets are cheapest: a group costs an addition for each element, and two for each of its
// 2^width − 1 buckets, of as many groups at a time as there are lanes.
std::size_t subset_width(std::size_t elements, std::size_t lanes);

// For each of so many elements and each group of `width` subsets, a number whose bits tell in which of them the element
// is; those of one group together. `bytes`: what the elements are, all of them.
std::vector<std::int16_t> draw_subsets(std::span<const std::uint8_t> bytes, std::size_t elements, std::size_t width);

}  // namespace folkmoot::group
