// Questions that many rules ask of the state: who holds what, who may vote, who may stand, how an organ is composed.
#pragma once

#include <cassert>
#include <optional>

#include "charter/state.hpp"

namespace folkmoot::charter {

// The thing of that id, which is there.
template <class T>
const T& get(const Named<T>& things, std::string_view id) {
  const auto found = things.find(id);
  assert(found != things.end());
  return found->second;
}
template <class T>
T& get(Named<T>& things, std::string_view id) {
  const auto found = things.find(id);
  assert(found != things.end());
  return found->second;
}

bool contains(const Names& names, std::string_view name);

bool holds(const State& state, std::string_view member, std::string_view post);
// Who sits in it now, in the order of its seats.
Names holders(const State& state, std::string_view post);
bool is_active(const State& state, std::string_view member);
// Whether that post speaks for the organ on the record, under the charter in force.
bool is_secretary(const State& state, std::string_view organ, std::string_view post);

// Those seated on an organ, under the charter in force; each once, in order of their references.
Names seated(const State& state, std::string_view organ);

struct Elector {
  std::string member;
  std::int64_t weight = 1;
};
// Who may vote in that electorate of the charter at that time, in order of their references.
std::vector<Elector> electors(const State& state, const Charter& charter, std::string_view electorate, Time now);
bool in_electorate(const State& state, const Charter& charter, std::string_view electorate, std::string_view member,
                   Time now);

// What keeps a member from being seated in that post, for a person ("has served 2 of 2 terms"); empty if nothing does.
std::string unfit(const State& state, const Charter& charter, std::string_view post, std::string_view member);

// How many people sit on an organ, and how many of them the electorate elected (to one of their seats, if they have
// several: who stands in for the chair beside their own seat is not one more).
struct Seated {
  std::int64_t elected = 0, all = 0;
};
// Seats that are about to be given.
struct Seating {
  Names seats;         // ids, of any organ
  std::string by;      // the electorate that elected them; empty: none did
  std::string holder;  // if it is known who; else everyone is somebody new
};
// The same once those seats had been given.
Seated composition(const State& state, std::string_view organ, std::string_view electorate, const Seating& next = {});
// The composition rule of the charter in force that giving those seats would break, with why; nothing if none would be.
// Seating those whom the rule wants more of never breaks it.
struct Broken {
  std::string rule, message;
};
std::optional<Broken> would_break(const State& state, const Seating& next);

// For effects.
struct Done;
// Gives a seat that has just moved to "held" or "interim" to a member.
void seat_member(State& state, const std::string& seat, const std::string& member, const Done& done,
                 const std::string& by, const std::string& electorate, Time until);
// Takes a seat that has just moved to "vacant" from its holder.
void empty_seat(State& state, const std::string& seat, Time now);
// Lets the clock look at everything that depends on a member's standing.
void wake_all_of(State& state, std::string_view member, Time now);

}  // namespace folkmoot::charter
