// What anybody can see is not as it should be: overdue, in breach, without a mandate, without an election. Nothing here
// has an effect; that it is seen is the point.
#pragma once

#include <string>
#include <vector>

#include "charter/state.hpp"

namespace folkmoot::charter {

struct Flag {
  std::string rule;   // of the charter
  std::string thing;  // id
  std::string message;
};

// In the order of the rules and ids; `now` is not before the state's time. Under the charter in force.
//   R46 holders without an election        R22 composition of an organ       R1  vacancies that nobody fills
//   R26 decisions in breach, challenged    R19 views without a response      R28 questions and reports overdue
//   R29 recalls and motions without their ballot    R34 cases out of time    R37 spending without its mandate
std::vector<Flag> flags(const State& state, Time now);

}  // namespace folkmoot::charter
