// Any bytes as acts, a line each, after a founded organisation: reading, deciding and applying end without a crash;
// what is read is the same when written again; and what decide() grants, replaying grants.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "charter/decide.hpp"

namespace {

using namespace folkmoot;
using namespace folkmoot::charter;

// The co-operative of examples/, founded by one person who holds every post, not yet constituted.
const State& founded() {
  static const State state = [] {
    std::ifstream file("examples/cooperative.toml");
    std::stringstream text;
    text << file.rdbuf();
    if (text.str().empty()) std::abort();  // run from the root of the tree
    const Time now{1'700'000'000};
    const std::string founder = "m-0123456789abcdef", second = "m-0123456789abcdee";
    State founding;
    const auto act = [&](const std::string& type, Body body) {
      const Decided decided = decide(founding, Request{type, {founder, ""}, {}, std::move(body)}, now);
      if (!std::holds_alternative<Act>(decided)) std::abort();
      founding = apply(std::move(founding), std::get<Act>(decided));
    };
    act("organisation.found", {{"text", text.str()}, {"key", std::string(64, 'a')}});
    act("member.admit", {{"members", std::vector<std::string>{second}}});
    const State seats = founding;
    for (const auto& [id, seat] : seats.seats) {
      act("seat.found", {{"seat", id},
                         {"member", seat.post == "chair" ? second : founder},
                         {"until", charter::text(now + days(300))}});
    }
    act("organisation.constitute", {});
    settle(founding, now);
    return founding;
  }();
  return state;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  State state = founded();
  std::stringstream lines(std::string(reinterpret_cast<const char*>(data), size));
  std::string line;
  for (int count = 0; count < 50 && std::getline(lines, line); ++count) {
    const Result<Act> act = read_act(line);
    if (!act) continue;
    if (json::to_text(*act) != line) std::abort();
    const Decided decided = decide(state, request_of(*act), act->time);
    if (const auto* granted = std::get_if<Act>(&decided)) {
      State replayed = state;
      if (!replay_one(replayed, *granted)) std::abort();
      state = apply(std::move(state), *granted);
      if (to_json(replayed) != to_json(state)) std::abort();
      // Far times make years of clock acts; a few are enough.
      for (int clock = 0; clock < 20; ++clock) {
        const auto requests = due(state, state.time);
        if (requests.empty()) break;
        const Decided next = decide(state, requests.front(), state.time);
        if (!std::holds_alternative<Act>(next)) std::abort();
        state = apply(std::move(state), std::get<Act>(next));
      }
    } else if (std::get<Refusal>(decided).recorded) {
      const Act attempt = recorded(state, request_of(*act), std::get<Refusal>(decided), act->time);
      state = apply(std::move(state), attempt);
    }
  }
  return 0;
}
