// Lifecycles name the charter's rule on which an act rests for all contests, motions, … alike: "contests.*.notice".
// People read it by the name that the charter gives: "contests.chair.notice".
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "charter/act.hpp"
#include "charter/state.hpp"

namespace folkmoot::server {

// The rule of an act about these things, whether it has been done in that state or would be. As it is where it has no
// star, or what the act is about does not say which one is meant.
std::string named_rule(const charter::State& state, const charter::Act& act, std::string_view rule,
                       std::span<const std::string> things);

}  // namespace folkmoot::server
