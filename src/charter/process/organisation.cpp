// The founding: a charter, first holders of its posts, and the day from which the founder has no power left. Later
// versions of the charter come by a motion that was carried (motion.cpp).
#include "charter/process/adopt.hpp"
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

Verdict may_found(const Matter& m) {
  if (!m.state.charters.empty()) return refuse("founding", "the organisation exists already");
  if (!is_member(m.who()) || !m.request.actor.office.empty()) return refuse("founding", "a founder is a member");
  const auto charter = read_charter(m.body.text("text"));
  if (!charter) return refuse("founding", "{}", describe(charter.error()).substr(0, 2000));
  return {};
}

void found(State& state, const Done& done) {
  begin(state.organisation, "organisation", done);
  state.organisation.founder = done.who();
  Membership& founder = open(state.members, done.who(), done);
  founder.joined = done.act.time;
  founder.key = done.body().text("key");
  adopt(state, done.body().text("text"), done);
}

// Everything that needs somebody has somebody.
Verdict may_constitute(const Matter& m) {
  for (const auto& [duty, posts] : m.charter.duties) {
    bool held = false;
    for (const std::string& post : posts) held |= !holders(m.state, post).empty();
    if (!held) return refuse(fmt::format("duties.{}", duty), "nobody holds {}", fmt::join(posts, " or "));
  }
  std::set<std::string> people;
  for (const std::string& post : m.charter.privileged) {
    for (const std::string& holder : holders(m.state, post)) people.insert(holder);
  }
  if (people.size() < 2) return refuse("privileged", "privileged acts need two people, and one holds all these posts");
  return {};
}

void constitute(State& state, const Done& done) {
  move_along(state, "organisation", done);
  for (const auto& [id, seat] : state.seats) {
    if (seat.stage == "vacant") empty_seat(state, id, done.act.time);
  }
}

}  // namespace

const Process& organisation_process() {
  static const Process process{
      .name = "organisation",
      .title = "The organisation, from its founding",
      .rows = "R46",
      .keeps_charter = false,
      .transitions = {{"", "organisation.found", "founding", ""},
                      {"founding", "organisation.constitute", "constituted", "duties"}},
      .acts = {{.name = "organisation.found",
                .about = "gives the organisation its first charter",
                .who = {By::founder},
                .fields = {of_kind(Kind::text, "text"), hash("key")},
                .guard = may_found,
                .effect = found},
               {.name = "organisation.constitute",
                .about = "ends the founding: from now on only the charter's own rules give power",
                .who = {By::founder},
                .fields = {},
                .guard = may_constitute,
                .effect = constitute}},
      .find = [](State& state, std::string_view id) -> Thing* {
        return id == "organisation" && !state.organisation.stage.empty() ? &state.organisation : nullptr;
      }};
  return process;
}

}  // namespace folkmoot::charter
