// The pattern attack: decrypted rankings are published one by one, so a voter can be told to rank in an order that
// nobody else would, and be looked for. What stands against it is that there are fewer papers to tell apart than
// voters, which a limit on the number of preferences sees to. It bounds what honest devices make, and no more
// (THREAT_MODEL.md).
#pragma once

#include <cstddef>
#include <string>

#include "service/ballot_paper.hpp"

namespace folkmoot::service {

// How many papers can be told apart that rank up to `preferences` of `candidates`, in order: Σ c!/(c − j)! for j from 0
// to `preferences` ≤ c. Infinite where a double is.
double distinguishable_papers(std::size_t candidates, std::size_t preferences);

// The most preferences with which a paper, were all alike, would be cast by ten of the voters or more; at least 1.
std::size_t suggested_preferences(std::size_t candidates, std::size_t voters);

// For people: the estimate for a ranking contest with so many voters, as its paper is, and as suggested. Empty for
// another kind of contest, whose papers are not decrypted one by one.
std::string describe_pattern(const Contest& contest, std::size_t voters);

}  // namespace folkmoot::service
