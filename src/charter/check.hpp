// Whether a charter can work as a whole, before anybody lives under it.
#pragma once

#include "charter/charter.hpp"

namespace folkmoot::charter {

// All that is wrong, none if nothing is: a name that nothing has, an organ that cannot be filled, a rule that nobody
// can satisfy, a circle of authority, two posts' work in one hand. The charter has been read (read_charter.cpp).
std::vector<Problem> check(const Charter& charter);

}  // namespace folkmoot::charter
