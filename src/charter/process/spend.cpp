// Money spent. Over the limit it needs a mandate and two officers; an entry without them is not turned away, which
// would only hide it, but flagged, and any member can refer it (R37).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Spend& spend_of(const Matter& m) { return get(m.state.spends, m.body.text("spend")); }

Verdict may_enter(const Matter& m) {
  if (!m.body.has("mandate")) return {};
  const Mandate& mandate = get(m.state.mandates, m.body.text("mandate"));
  const std::int64_t rest = mandate.amount - mandate.spent;
  if (mandate.stage != "open") return refuse("spending.mandates", "the mandate is \"{}\"", mandate.stage);
  if (m.body.count("amount") <= rest) return {};
  return refuse("spending.mandates", "{} of the mandate are left, not {}", rest, m.body.count("amount"));
}

void enter(State& state, const Done& done) {
  const std::string id = new_id(state, "spend");
  Spend& spend = open(state.spends, id, done);
  spend.amount = done.body().count("amount");
  spend.mandate = done.body().text("mandate");
  spend.purpose = done.body().text("purpose");
  spend.entered_by = done.who();
  if (!done.act.seconded_by.empty()) spend.second = done.act.seconded_by.front().member;
  if (!spend.mandate.empty()) get(state.mandates, spend.mandate).spent += spend.amount;
  wake(state, id, done.act.time);
}

std::string lacks(const Matter& m) {
  const Spend& spend = spend_of(m);
  if (spend.amount <= m.charter.spending.limit) return "";
  if (spend.mandate.empty()) return "over the limit without a mandate";
  if (spend.second.empty()) return "over the limit by one officer alone";
  return "";
}

Verdict is_flagged(const Matter& m) {
  if (!lacks(m).empty()) return {};
  return refuse("spending.limit", "it is in order");
}

Verdict is_in_order(const Matter& m) {
  if (lacks(m).empty()) return {};
  return refuse("spending.limit", "{}", lacks(m));
}

Verdict may_settle(const Matter& m) {
  const std::string& organ = m.charter.spending.mandates;
  const Decision& decision = get(m.state.decisions, m.body.text("decision"));
  if (m.body.text("organ") == organ && decision.organ == organ && decision.stage == "in-force") return {};
  return refuse("spending.mandates", "needs a decision of \"{}\" in force", organ);
}

}  // namespace

const Process& spend_process() {
  static const Process process{
      .name = "spend",
      .title = "An entry of spending",
      .rows = "R37",
      .transitions = {{"", "spend.enter", "entered", "spending.limit"},
                      {"entered", "spend.flag", "flagged", "spending.limit"},
                      {"entered", "spend.pass", "passed", "spending.limit"},
                      {"passed", "spend.refer", "referred", ""},
                      {"flagged", "spend.refer", "referred", ""},
                      {"referred", "spend.settle", "settled", "spending.mandates"}},
      .acts = {{.name = "spend.enter",
                .about = "enters money spent",
                .who = {By::duty, "spending"},
                .fields = {count("amount"), thing("mandate").may_be_absent(), published("purpose")},
                .may_be_seconded = true,
                .guard = may_enter,
                .effect = enter},
               {.name = "spend.flag",
                .about = "it lacks the mandate or the second officer that it needs",
                .who = {By::clock},
                .fields = {thing("spend"), title("lacks").worked_out()},
                .moves = "spend",
                .guard = is_flagged,
                .derive = [](const Matter& m, Body& b) { b.add("lacks", lacks(m)); }},
               {.name = "spend.pass",
                .about = "it has what it needs",
                .who = {By::clock},
                .fields = {thing("spend")},
                .moves = "spend",
                .guard = is_in_order},
               {.name = "spend.refer",
                .about = "a member has it examined",
                .who = {By::member},
                .fields = {thing("spend"), published("reasons")},
                .moves = "spend",
                .effect = [](State& s, const Done& d) { get(s.spends, d.body().text("spend")).referred_by = d.who(); }},
               {.name = "spend.settle",
                .about = "the organ decides on it",
                .who = {By::organ},
                .fields = {word("organ"), thing("spend"), thing("decision")},
                .moves = "spend",
                .guard = may_settle,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.spends, d.body().text("spend")).decision = d.body().text("decision");
                    }}},
      .find = find_in<&State::spends>};
  return process;
}

}  // namespace folkmoot::charter
