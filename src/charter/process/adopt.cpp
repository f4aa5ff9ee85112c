#include "charter/process/adopt.hpp"

#include <cassert>

#include "charter/standing.hpp"

namespace folkmoot::charter {

void adopt(State& state, const std::string& text, const Done& done) {
  auto charter = read_charter(text);
  assert(charter);
  state.charters.push_back(std::make_shared<const Charter>(*std::move(charter)));
  Names kept;
  for (const auto& [name, post] : state.charter().posts) {
    for (std::int64_t number = 1; number <= post.seats; ++number) {
      const std::string id = fmt::format("seat-{}-{}", name, number);
      kept.push_back(id);
      const auto found = state.seats.find(id);
      if (found == state.seats.end()) {
        open(state.seats, id, done).post = name;
      } else if (found->second.stage == "abolished") {
        move_along(state, id, done);
      } else {
        continue;
      }
      if (state.organisation.stage == "constituted") empty_seat(state, id, done.act.time);
    }
  }
  for (const auto& [id, seat] : state.seats) {
    if (contains(kept, id) || seat.stage == "abolished") continue;
    move_along(state, id, done);
    empty_seat(state, id, done.act.time);
    wake(state, id, never);
  }
}

}  // namespace folkmoot::charter
