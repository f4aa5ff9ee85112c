// May this be done, and what does it change?
#pragma once

#include <span>
#include <variant>

#include "charter/act.hpp"
#include "charter/state.hpp"

namespace folkmoot::charter {

using Decided = std::variant<Act, Refusal>;

// Whether the request may be granted at that time (not before the last act, RFC 3339 range). Any request may come in.
// Before anybody else may act, the clock has to have done what is due: a deadline cannot pass unrecorded.
Decided decide(const State& state, const Request& request, Time now);

// The refused request as an act, for refusals that are recorded.
Act recorded(const State& state, const Request& request, const Refusal& refusal, Time now);

// The state after an act that decide() or recorded() gave for this very state.
State apply(State state, const Act& act);

// What the clock may do now, each a request that decide() grants. After one of them has been applied, ask again.
std::vector<Request> due(const State& state, Time now);

// Does all that is due, and says what it did.
std::vector<Act> settle(State& state, Time now);

// The state after all acts, each of which is decided again. Fails at the first that the rules in force did not give:
// "act 17 (petition.sign): …".
Result<State> replay(std::span<const Act> acts);
// The same, one act at a time, for histories that do not fit in memory. What fails changes nothing.
Status replay_one(State& state, const Act& act);

}  // namespace folkmoot::charter
