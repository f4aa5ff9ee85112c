#include "charter/process.hpp"

#include <algorithm>
#include <cassert>
#include <map>

#include "charter/processes.hpp"

namespace folkmoot::charter {

const Field* ActType::field(std::string_view field_name) const {
  const auto found = std::ranges::find(fields, field_name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

const Transition* Process::transition(std::string_view from, std::string_view act) const {
  for (const Transition& transition : transitions) {
    if (transition.from == from && transition.act == act) return &transition;
  }
  return nullptr;
}

std::span<const Process* const> processes() {
  static const std::vector<const Process*> all = all_processes();
  return all;
}

const Process* find_process(std::string_view name) {
  static const auto by_name = [] {
    std::map<std::string_view, const Process*> map;
    for (const Process* process : processes()) map.emplace(process->name, process);
    return map;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

const ActType* find_act_type(std::string_view name) {
  static const auto by_name = [] {
    std::map<std::string_view, const ActType*> map;
    for (const Process* process : processes()) {
      for (const ActType& type : process->acts) {
        const bool first = map.emplace(type.name, &type).second;
        assert(first);
        (void)first;
      }
    }
    return map;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

const Process* process_of(std::string_view id) {
  const std::string_view name = id.substr(0, id.find('-'));
  return find_process(name == "m" ? "member" : name);
}

Thing* find_thing(State& state, std::string_view id) {
  const Process* process = process_of(id);
  return process ? process->find(state, id) : nullptr;
}

const Thing* find_thing(const State& state, std::string_view id) { return find_thing(const_cast<State&>(state), id); }

std::string new_id(const State& state, std::string_view process) { return fmt::format("{}-{}", process, state.acts); }

void begin(Thing& thing, std::string_view process_name, const Done& done) {
  const Process* process = process_of(process_name);
  assert(process && thing.stage.empty());
  const Transition* transition = process->transition("", done.act.type);
  assert(transition);
  thing.stage = transition->to;
  thing.since = done.act.time;
  thing.charter = done.act.charter;
}

void wake(State& state, const std::string& id, Time due) {
  Thing* thing = find_thing(state, id);
  assert(thing);
  if (thing->due != never) state.agenda.erase({thing->due, id});
  const bool has_business = std::ranges::any_of(process_of(id)->transitions, [&](const Transition& transition) {
    return transition.from == thing->stage && find_act_type(transition.act)->who.by == By::clock;
  });
  if (!has_business) due = never;
  thing->due = due;
  if (due != never) state.agenda.emplace(due, id);
}

void move_along(State& state, const std::string& id, const Done& done) {
  const Process* process = process_of(id);
  Thing* thing = find_thing(state, id);
  assert(process && thing);
  const Transition* transition = process->transition(thing->stage, done.act.type);
  assert(transition);
  if (thing->stage == transition->to) return;  // and what it waits for stays
  thing->stage = transition->to;
  thing->since = done.act.time;
  wake(state, id, never);
}

}  // namespace folkmoot::charter
