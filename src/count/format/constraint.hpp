// A constraint as a returning officer writes it on the command line or in a file.
#pragma once

#include <string_view>

#include "count/constraints.hpp"

namespace folkmoot::count {

// “women >= 3: Ada; Bea; Cleo”: at least three of the group “women”, who are these candidates. Instead of >= also <=
// (at most), = (exactly) and = 2..4 (from 2 to 4). Fails, saying what was expected, if the text is not of that form or
// names somebody who isn't a candidate.
Result<Constraint> read_constraint(std::string_view text, const Contest& contest);

}  // namespace folkmoot::count
