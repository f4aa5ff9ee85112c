// A report of abuse: the evidence is preserved when it is made, and what is decided has a rule and reasons (R33, R34).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Complaint& complaint_of(const Matter& m) { return get(m.state.complaints, m.body.text("complaint")); }

void report(State& state, const Done& done) {
  const std::string id = new_id(state, "complaint");
  Complaint& complaint = open(state.complaints, id, done);
  complaint.about = done.body().text("about");
  complaint.evidence = done.body().text("evidence");
  complaint.decide_by = done.body().time("decide_by");
  wake(state, id, complaint.decide_by);
}

void decide_it(State& state, const Done& done) {
  Complaint& complaint = get(state.complaints, done.body().text("complaint"));
  complaint.action = done.body().text("action");
  complaint.reasons = done.body().text("reasons");
}

Verdict is_known_action(const Matter& m) {
  for (const std::string_view action : {"kept", "hidden", "removed", "referred"}) {
    if (m.body.text("action") == action) return {};
  }
  return refuse("acts.complaint.decide.action", "is kept, hidden, removed or referred");
}

Verdict may_resolve(const Matter& m) {
  if (m.body.text("organ") == m.charter.moderation.appeals) return is_known_action(m);
  return refuse("moderation.appeals", "\"{}\" hears appeals", m.charter.moderation.appeals);
}

Verdict is_late(const Matter& m) {
  if (m.now > complaint_of(m).decide_by) return {};
  return refuse("moderation.decide_within", "the deadline is {}", text(complaint_of(m).decide_by));
}

}  // namespace

const Process& complaint_process() {
  static const Process process{
      .name = "complaint",
      .title = "A report of abuse",
      .rows = "R33 R34",
      .transitions = {{"", "complaint.report", "reported", "moderation.decide_within"},
                      {"reported", "complaint.breach", "overdue", "moderation.decide_within"},
                      {"reported", "complaint.decide", "decided", "moderation"},
                      {"overdue", "complaint.decide", "decided", "moderation"},
                      {"decided", "complaint.appeal", "appealed", "moderation.appeals"},
                      {"appealed", "complaint.resolve", "resolved", "moderation.appeals"}},
      .acts = {{.name = "complaint.report",
                .about = "reports abuse; the evidence is preserved under its hash",
                .who = {By::anyone},
                .fields = {thing("about", "thing"), hash("evidence"), time("decide_by").worked_out()},
                .derive = [](const Matter& m,
                             Body& b) { b.add("decide_by", text(m.now + m.charter.moderation.decide_within)); },
                .effect = report},
               {.name = "complaint.breach",
                .about = "nobody has decided in time: it is counted",
                .who = {By::clock},
                .fields = {thing("complaint")},
                .moves = "complaint",
                .guard = is_late,
                .effect = [](State& s, const Done& d) { ++get(s.complaints, d.body().text("complaint")).breaches; }},
               {.name = "complaint.decide",
                .about = "a moderator decides, under a rule and with reasons",
                .who = {By::duty, "moderation"},
                .fields = {thing("complaint"), word("action"), named("rule", "@conduct"), published("reasons")},
                .moves = "complaint",
                .guard = is_known_action,
                .effect = decide_it},
               {.name = "complaint.appeal",
                .about = "appeals against what was decided",
                .who = {By::anyone},
                .fields = {thing("complaint"), hash("statement")},
                .moves = "complaint"},
               {.name = "complaint.resolve",
                .about = "the organ of appeal decides",
                .who = {By::organ},
                .fields = {word("organ"), thing("complaint"), word("action"), published("reasons")},
                .moves = "complaint",
                .guard = may_resolve,
                .effect = decide_it}},
      .find = find_in<&State::complaints>};
  return process;
}

}  // namespace folkmoot::charter
