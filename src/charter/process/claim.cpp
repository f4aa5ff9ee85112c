// The register of what is said about somebody: unconfirmed until they confirm it, and without effect until then, for
// only one's own act in the system has one (R41, R42).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

Verdict is_about(const Matter& m) {
  if (get(m.state.claims, m.body.text("claim")).about == m.who()) return {};
  return refuse("lifecycle.claim", "only whom it is about confirms or denies it");
}

void note(State& state, const Done& done) {
  Claim& claim = open(state.claims, new_id(state, "claim"), done);
  claim.about = done.body().text("member");
  claim.hash = done.body().text("hash");
  claim.source = done.body().text("source");
}

}  // namespace

const Process& claim_process() {
  static const Process process{.name = "claim",
                               .title = "Something said about a member",
                               .rows = "R41 R42",
                               .keeps_charter = false,
                               .transitions = {{"", "claim.note", "unconfirmed", "duties.texts"},
                                               {"unconfirmed", "claim.confirm", "confirmed", ""},
                                               {"unconfirmed", "claim.deny", "denied", ""}},
                               .acts = {{.name = "claim.note",
                                         .about = "notes what is said, and where",
                                         .who = {By::duty, "texts"},
                                         .fields = {member("member"), hash("hash"), hash("source")},
                                         .effect = note},
                                        {.name = "claim.confirm",
                                         .about = "whom it is about confirms it",
                                         .who = {By::anyone},
                                         .fields = {thing("claim")},
                                         .moves = "claim",
                                         .refusals_recorded = true,
                                         .guard = is_about},
                                        {.name = "claim.deny",
                                         .about = "whom it is about denies it",
                                         .who = {By::anyone},
                                         .fields = {thing("claim")},
                                         .moves = "claim",
                                         .guard = is_about}},
                               .find = find_in<&State::claims>};
  return process;
}

}  // namespace folkmoot::charter
