// What a process is: the lifecycle of one sort of thing, and the acts that move it. Each file of process/ declares one.
//
// decide() does for every act what can be said about all of them: it exists, its body has the declared form, what it
// refers to exists, the actor may do such acts, two people where two are needed, and the lifecycle has a way from the
// thing's stage. The act's own guard says the rest. apply() moves the thing along the table, and the act's effect
// writes down the rest.
#pragma once

#include <span>

#include "charter/act.hpp"
#include "charter/state.hpp"

namespace folkmoot::charter {

struct Transition {
  std::string_view from;  // empty: the thing does not exist yet
  std::string_view act;
  std::string_view to;
  std::string_view rule;  // of the charter, on which it rests ("petitions.*.threshold"); may be empty
};

enum class By {
  clock,        // nobody: the time has come, or a condition is met
  founder,      // whoever founds the organisation, until it is constituted
  anyone,       // whoever is on the roll, whatever their standing
  participant,  // active members and supporters
  member,       // active members
  duty,         // the holder of a post with that duty
  organ,        // the secretary of the organ in the field "organ"
};

struct Who {
  By by = By::member;
  std::string_view duty = "";
};

// What a guard may look at. The body has its declared form, and what it refers to exists.
struct Matter {
  const State& state;
  const Request& request;
  const Body& body;
  Time now;
  const Charter& charter;  // the version under which the thing began, else the one in force
  [[nodiscard]] const std::string& who() const { return request.actor.member; }
};

// What refuses, or nothing.
using Verdict = std::optional<Refusal>;

template <class... Args>
[[nodiscard]] Refusal refuse(std::string rule, fmt::format_string<Args...> format, Args&&... args) {
  return {std::move(rule), fmt::format(format, std::forward<Args>(args)...), false};
}

// What an effect is told: the act as decided.
struct Done {
  const Act& act;
  const Charter& charter;
  [[nodiscard]] const Body& body() const { return act.body; }
  [[nodiscard]] const std::string& who() const { return act.actor.member; }
};

struct ActType {
  std::string_view name;
  std::string_view about;  // one phrase, for the reference
  Who who;
  std::vector<Field> fields;
  std::string_view moves = "";  // the field with the id of the thing that it moves; empty: it opens a new one
  std::string (*carries)(const State&, const Body&) = nullptr;  // the id of another thing that it moves along
  bool privileged = false;                                      // takes a second person
  bool always_signed = false;                                   // also where nobody acts in an office: signers.hpp
  bool may_be_seconded = false;                                 // or may have one
  bool refusals_recorded = false;
  Verdict (*guard)(const Matter&) = nullptr;
  void (*derive)(const Matter&, Body&) = nullptr;  // adds the fields that are worked out; after the guard has agreed
  void (*effect)(State&, const Done&) = nullptr;

  [[nodiscard]] const Field* field(std::string_view field_name) const;
};

struct Process {
  std::string_view name;      // as in the ids of its things
  std::string_view title;     // what it is, for the drawing
  std::string_view rows;      // of REQUIREMENTS.md
  bool keeps_charter = true;  // is finished under the version under which it began
  std::vector<Transition> transitions;
  std::vector<ActType> acts;
  Thing* (*find)(State&, std::string_view id) = nullptr;

  [[nodiscard]] const Transition* transition(std::string_view from, std::string_view act) const;
};

// Every process, in the order of the reference; and one row of it by name, or null.
std::span<const Process* const> processes();
const Process* find_process(std::string_view name);
const ActType* find_act_type(std::string_view name);

// The process to which an id belongs: what stands before its first hyphen ("m" is member). Null if there is none.
const Process* process_of(std::string_view id);
// The thing of that id, or null.
Thing* find_thing(State& state, std::string_view id);
const Thing* find_thing(const State& state, std::string_view id);

// For Process::find.
template <auto map>
Thing* find_in(State& state, std::string_view id) {
  const auto found = (state.*map).find(id);
  return found == (state.*map).end() ? nullptr : &found->second;
}

// For effects: a new thing, in the stage to which the act leads from nothing. Its id is the process's name and the
// act's number unless one is given.
std::string new_id(const State& state, std::string_view process);
void begin(Thing& thing, std::string_view process, const Done& done);
template <class T>
T& open(Named<T>& things, const std::string& id, const Done& done) {
  T& thing = things[id];
  begin(thing, id.substr(0, id.find('-')), done);
  return thing;
}

// For effects: the clock is to look at the thing from then on.
void wake(State& state, const std::string& id, Time due);
// For effects: moves a thing that the act touches beside the one in its body, as the table says; the table has to.
void move_along(State& state, const std::string& id, const Done& done);

}  // namespace folkmoot::charter
