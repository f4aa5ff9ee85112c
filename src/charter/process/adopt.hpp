// For effects: a new version of the charter comes into force.
#pragma once

#include "charter/process.hpp"

namespace folkmoot::charter {

// The text has been read without a problem. New posts get vacant seats; seats that the new version does not have are
// abolished, and their holders' terms end.
void adopt(State& state, const std::string& text, const Done& done);

}  // namespace folkmoot::charter
