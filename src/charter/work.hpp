// What goes on and waits for somebody in office: each thing with the acts by which they can move it along.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "charter/state.hpp"

namespace folkmoot::charter {

// An act that the charter's lifecycle allows now, and the charter as far as it can be asked before all of the act's
// fields are known.
struct Step {
  std::string_view act;    // its type
  std::string_view field;  // that names the thing
  std::string office;      // the post in which it is done
  std::string organ;       // for which it is done; empty unless it is an organ's act
};

struct Work {
  std::string thing;  // id
  std::string stage;
  Time since;
  std::vector<Step> steps;  // at least one
};

// Process by process, and in each by id; nothing of those who hold no post. Only processes that come to an end: a
// member can be moved to another section, and a statement revised, at any time, without anything waiting for it.
std::vector<Work> work_of(const State& state, const std::string& member, Time now);

}  // namespace folkmoot::charter
