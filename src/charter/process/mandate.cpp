// A mandate to spend, from the organ that gives them.
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

Verdict may_grant(const Matter& m) {
  const Decision& decision = get(m.state.decisions, m.body.text("decision"));
  const std::string& organ = m.charter.spending.mandates;
  if (m.body.text("organ") != organ) return refuse("spending.mandates", "\"{}\" gives mandates", organ);
  if (decision.organ != organ || decision.stage != "in-force") {
    return refuse("spending.mandates", "needs a decision of \"{}\" in force", organ);
  }
  if (m.body.time("until") <= m.now) return refuse("spending.mandates", "would be over already");
  return {};
}

void grant(State& state, const Done& done) {
  const std::string id = new_id(state, "mandate");
  Mandate& mandate = open(state.mandates, id, done);
  mandate.decision = done.body().text("decision");
  mandate.amount = done.body().count("amount");
  mandate.until = done.body().time("until");
  wake(state, id, mandate.until);
}

Verdict is_over(const Matter& m) {
  const Time until = get(m.state.mandates, m.body.text("mandate")).until;
  if (m.now > until) return {};
  return refuse("spending.mandates", "lasts until {}", text(until));
}

}  // namespace

const Process& mandate_process() {
  static const Process process{.name = "mandate",
                               .title = "A mandate to spend",
                               .rows = "R37",
                               .keeps_charter = false,
                               .transitions = {{"", "mandate.grant", "open", "spending.mandates"},
                                               {"open", "mandate.expire", "expired", "spending.mandates"}},
                               .acts = {{.name = "mandate.grant",
                                         .about = "an organ lets an amount be spent, by a decision of its own",
                                         .who = {By::organ},
                                         .fields = {word("organ"), thing("decision"), count("amount"), time("until")},
                                         .privileged = true,
                                         .guard = may_grant,
                                         .effect = grant},
                                        {.name = "mandate.expire",
                                         .about = "its time is over",
                                         .who = {By::clock},
                                         .fields = {thing("mandate")},
                                         .moves = "mandate",
                                         .guard = is_over}},
                               .find = find_in<&State::mandates>};
  return process;
}

}  // namespace folkmoot::charter
