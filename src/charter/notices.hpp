// Who is told of an act. Only references: addresses, preferences and delivery are the service's.
#pragma once

#include "charter/act.hpp"
#include "charter/state.hpp"

namespace folkmoot::charter {

struct Notice {
  Names people;          // members' references, each once
  std::string election;  // and all electors of that one; empty: none
};

// Of an act that was just applied and gave that state. Nobody is told of a refusal but whoever asked.
Notice told(const State& state, const Act& act);

}  // namespace folkmoot::charter
