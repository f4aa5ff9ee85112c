// What things are called.
#pragma once

#include <string>
#include <string_view>

#include "charter/state.hpp"

namespace folkmoot::service {

// In the organisation's own words: the title of a petition, a motion or a caucus; the post that a contest, a seat or an
// application is for; for an election what it decides. Empty for what has no title, and for what is not there. Nothing
// about a person.
std::string title_of(const charter::State& state, std::string_view id);

}  // namespace folkmoot::service
