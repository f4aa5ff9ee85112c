// A decision of an organ, on the record. A power reserved to one organ is no other's (R27). One that goes against an
// earlier decision has to cite what allows it, or stands "in breach", where everybody sees it (R26).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Decision& decision_of(const Matter& m) { return get(m.state.decisions, m.body.text("decision")); }

// Whether that decision of an organ may overrule the earlier one: the same organ or one above it has decided, later.
bool overrules(const State& state, const Decision& later, const Decision& earlier) {
  return later.since >= earlier.since && later.stage == "in-force" && state.charter().binds(later.organ, earlier.organ);
}

// Whether a decision may go against an earlier one: of its own right, or by what it cites.
bool is_allowed(const State& state, const Decision& decision, const Decision& earlier) {
  if (state.charter().binds(decision.organ, earlier.organ)) return true;
  if (decision.citing.empty()) return false;
  return overrules(state, get(state.decisions, decision.citing), earlier);
}

Verdict may_take(const Matter& m) {
  const std::string& name = m.body.text("organ");
  const Organ& organ = get(m.charter.organs, name);
  const std::string where = fmt::format("organs.{}", name);
  const auto members = static_cast<std::int64_t>(seated(m.state, name).size());
  const std::int64_t present = m.body.count("present"), yes = m.body.count("yes"), no = m.body.count("no");
  if (const std::string* holder = m.charter.reserved_to(m.body.text("power")); holder && *holder != name) {
    Refusal refusal = refuse(fmt::format("organs.{}.reserved", *holder), "\"{}\" is reserved to \"{}\"",
                             m.body.text("power"), *holder);
    refusal.recorded = true;
    return refusal;
  }
  if (organ.kind == "membership") return refuse(where, "members decide by a motion's ballot");
  if (members > 0 && present > members) return refuse(where, "{} present of {}", present, members);
  if (!organ.quorum.met(present, members)) {
    return refuse(where + ".quorum", "{} present of {}, and {} are needed", present, members,
                  organ.quorum.needed(members));
  }
  if (yes + no > present) return refuse(where, "{} votes of {} present", yes + no, present);
  if (yes <= no) return refuse(where, "{} for, {} against: not carried", yes, no);
  for (const std::string_view field : {"contrary_to", "citing"}) {
    if (m.body.has(field) && get(m.state.decisions, m.body.text(field)).stage != "in-force") {
      return refuse("organs.*.above", "{} is not in force", m.body.text(field));
    }
  }
  return {};
}

void take(State& state, const Done& done) {
  const std::string id = new_id(state, "decision");
  Decision& decision = open(state.decisions, id, done);
  decision.organ = done.body().text("organ");
  decision.power = done.body().text("power");
  decision.title = done.body().text("title");
  decision.hash = done.body().text("hash");
  decision.contrary_to = done.body().text("contrary_to");
  decision.citing = done.body().text("citing");
  if (decision.contrary_to.empty()) return;
  const Decision& earlier = get(state.decisions, decision.contrary_to);
  wake(state, is_allowed(state, decision, earlier) ? decision.contrary_to : id, done.act.time);
}

// The decision in force that overrules this one; empty if none does.
std::string overruled_by(const State& state, const std::string& id, const Decision& earlier) {
  for (const auto& [other, decision] : state.decisions) {
    if (decision.contrary_to == id && decision.stage == "in-force" && is_allowed(state, decision, earlier)) {
      return other;
    }
  }
  return "";
}

Verdict is_overruled(const Matter& m) {
  if (!overruled_by(m.state, m.body.text("decision"), decision_of(m)).empty()) return {};
  return refuse("organs.*.above", "no decision in force overrules it");
}

Verdict is_in_breach(const Matter& m) {
  const Decision& decision = decision_of(m);
  if (decision.contrary_to.empty()) return refuse("organs.*.above", "it goes against no decision");
  const Decision& earlier = get(m.state.decisions, decision.contrary_to);
  if (earlier.stage != "reversed" && !is_allowed(m.state, decision, earlier)) return {};
  return refuse("organs.*.above", "it may go against {}", decision.contrary_to);
}

Verdict may_justify(const Matter& m) {
  Decision decision = decision_of(m);
  if (decision.organ != m.body.text("organ"))
    return refuse("organs.*.above", "is a decision of \"{}\"", decision.organ);
  decision.citing = m.body.text("citing");
  if (is_allowed(m.state, decision, get(m.state.decisions, decision.contrary_to))) return {};
  return refuse("organs.*.above",
                "{} does not overrule {}: a later decision of the same organ or one above it is needed",
                decision.citing, decision.contrary_to);
}

Verdict may_challenge(const Matter& m) {
  const Decision& decision = decision_of(m);
  const Decision& earlier = get(m.state.decisions, m.body.text("contrary_to"));
  if (earlier.stage != "in-force" || earlier.since > decision.since || &earlier == &decision) {
    return refuse("organs.*.above", "{} is no earlier decision in force", m.body.text("contrary_to"));
  }
  if (contains(decision.challenges, m.body.text("contrary_to"))) return refuse("organs.*.above", "is challenged");
  return {};
}

}  // namespace

const Process& decision_process() {
  static const Process process{
      .name = "decision",
      .title = "A decision",
      .rows = "R6 R19 R26 R27",
      .keeps_charter = false,
      .transitions = {{"", "decision.take", "in-force", "organs.*.quorum"},
                      {"", "motion.carry", "in-force", "motions.*.majority"},
                      {"in-force", "decision.challenge", "in-force", ""},
                      {"in-breach", "decision.challenge", "in-breach", ""},
                      {"in-force", "decision.flag", "in-breach", "organs.*.above"},
                      {"in-breach", "decision.justify", "in-force", "organs.*.above"},
                      {"in-force", "decision.reverse", "reversed", "organs.*.above"},
                      {"in-breach", "decision.reverse", "reversed", "organs.*.above"}},
      .acts = {{.name = "decision.take",
                .about = "records a decision of an organ, with the votes for it",
                .who = {By::organ},
                .fields = {named("organ", "@organ"), word("power").may_be_absent(), title("title"), published("hash"),
                           count("present"), count("yes"), count("no"),
                           thing("contrary_to", "decision").may_be_absent(),
                           thing("citing", "decision").may_be_absent()},
                .guard = may_take,
                .effect = take},
               {.name = "decision.flag",
                .about = "it goes against an earlier decision without the right to",
                .who = {By::clock},
                .fields = {thing("decision")},
                .moves = "decision",
                .guard = is_in_breach},
               {.name = "decision.justify",
                .about = "cites the decision that allows it after all",
                .who = {By::organ},
                .fields = {named("organ", "@organ"), thing("decision"), thing("citing", "decision")},
                .moves = "decision",
                .guard = may_justify,
                .effect =
                    [](State& s, const Done& d) {
                      Decision& decision = get(s.decisions, d.body().text("decision"));
                      decision.citing = d.body().text("citing");
                      wake(s, decision.contrary_to, d.act.time);
                    }},
               {.name = "decision.reverse",
                .about = "a later decision, with the right to, goes against it",
                .who = {By::clock},
                .fields = {thing("decision"), thing("by", "decision").worked_out()},
                .moves = "decision",
                .guard = is_overruled,
                .derive = [](const Matter& m,
                             Body& b) { b.add("by", overruled_by(m.state, m.body.text("decision"), decision_of(m))); }},
               {.name = "decision.challenge",
                .about = "a member says that it goes against an earlier decision",
                .who = {By::member},
                .fields = {thing("decision"), thing("contrary_to", "decision"), published("reasons")},
                .moves = "decision",
                .guard = may_challenge,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.decisions, d.body().text("decision")).challenges.push_back(d.body().text("contrary_to"));
                    }}},
      .find = find_in<&State::decisions>};
  return process;
}

}  // namespace folkmoot::charter
