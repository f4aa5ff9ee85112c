// What the processes around a motion share.
#pragma once

#include "charter/process.hpp"

namespace folkmoot::charter {

// What is wrong with the text of a motion: a change of the charter needs one that is a good charter and has that hash,
// other motions have none (their text is published elsewhere, under its hash).
Verdict check_motion_text(const MotionRule& rule, std::string_view text, std::string_view hash);

// For effects: the motion's debate begins now.
void begin_debate(State& state, const std::string& id, const Done& done);

}  // namespace folkmoot::charter
