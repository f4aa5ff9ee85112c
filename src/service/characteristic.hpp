// How many of those who apply in a contest have declared something about themselves: the number is published, so that a
// minimum can be checked (R9), and nobody's answer.
#pragma once

#include "charter/act.hpp"
#include "charter/state.hpp"
#include "database/database.hpp"

namespace folkmoot::service {

// contest.count_characteristic, for the officer (with the duty "contests") to submit: of the contest's candidatures,
// how many belong to members with that characteristic in the private store. Fails if there is no such contest, and as
// the database can.
Result<charter::Request> count_characteristic(database::Database& database, const charter::State& state,
                                              const std::string& contest, const std::string& characteristic,
                                              const charter::Actor& officer);

}  // namespace folkmoot::service
