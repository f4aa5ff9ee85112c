// The processes as people see them, made from the tables by which they run: state diagrams and the reference of acts.
#pragma once

#include <string>

#include "charter/process.hpp"

namespace folkmoot::charter {

// docs/state/NAME.md: the lifecycle as a Mermaid state diagram, then its transitions with the rules they rest on, then
// its acts with their fields.
std::string drawing(const Process& process);
// docs/state/README.md: all of them.
std::string index_of_drawings();

}  // namespace folkmoot::charter
