// What the processes around a contest share.
#pragma once

#include "charter/process.hpp"

namespace folkmoot::charter {

// The applications that are candidatures now, in the order in which they came.
Names standing(const State& state, const Contest& contest);

// For effects: seats those elected, in their order, for a term. Who may not hold the post any more is passed over, and
// that seat stays vacant.
void fill_seats(State& state, const std::string& contest, const Names& elected, const Done& done,
                const std::string& by);

}  // namespace folkmoot::charter
