// An amendment to a motion under debate: the whole text that the motion would have. The mover may take it up. One that
// is not, and has its seconders when the debate is over, is voted on before the motion is, in the order in which they
// were proposed; more for it than against it, and its text is the motion's. Any other lapses with the debate.
#include <algorithm>

#include "charter/process/motion.hpp"
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Amendment& amendment_of(const Matter& m) { return get(m.state.amendments, m.body.text("amendment")); }

Verdict may_propose(const Matter& m) {
  const Motion& motion = get(m.state.motions, m.body.text("motion"));
  const MotionRule& rule = get(m.charter.motions, motion.rule);
  if (m.now > motion.amendments_close) {
    return refuse(fmt::format("motions.{}.amendments", motion.rule), "amendments could be proposed until {}",
                  text(motion.amendments_close));
  }
  if (!in_electorate(m.state, m.charter, rule.electorate, m.who(), m.now)) {
    return refuse(fmt::format("motions.{}.electorate", motion.rule), "{} is not in \"{}\"", m.who(), rule.electorate);
  }
  return check_motion_text(rule, m.body.text("text"), m.body.text("hash"));
}

Verdict is_movers(const Matter& m) {
  if (get(m.state.motions, amendment_of(m).motion).mover == m.who()) return {};
  return refuse("lifecycle.amendment", "only the motion's mover takes an amendment up");
}

Verdict is_own(const Matter& m) {
  if (amendment_of(m).mover == m.who()) return {};
  return refuse("lifecycle.amendment", "only whoever proposed it withdraws it");
}

const Motion& motion_of(const Matter& m) { return get(m.state.motions, amendment_of(m).motion); }
const MotionRule& rule_of(const Matter& m) { return get(m.charter.motions, motion_of(m).rule); }
std::string path(const Matter& m, std::string_view key) { return fmt::format("motions.{}.{}", motion_of(m).rule, key); }

Verdict may_second(const Matter& m) {
  const Amendment& amendment = amendment_of(m);
  if (rule_of(m).amendment_seconders == 0) {
    return refuse(path(m, "amendment_seconders"), "only the motion's mover takes amendments up");
  }
  if (m.now > motion_of(m).debate_until) return refuse(path(m, "debate"), "the debate is over");
  if (amendment.mover == m.who()) return refuse(path(m, "amendment_seconders"), "is its mover");
  if (contains(amendment.seconders, m.who())) {
    return refuse(path(m, "amendment_seconders"), "has seconded it already");
  }
  if (in_electorate(m.state, m.charter, rule_of(m).electorate, m.who(), m.now)) return {};
  return refuse(path(m, "electorate"), "{} is not in \"{}\"", m.who(), rule_of(m).electorate);
}

bool is_seconded(const Matter& m) {
  const std::int64_t needed = rule_of(m).amendment_seconders;
  return needed > 0 && static_cast<std::int64_t>(amendment_of(m).seconders.size()) >= needed;
}

Verdict is_over(const Matter& m) {
  if (motion_of(m).stage != "debate") return {};
  return refuse("lifecycle.amendment", "the debate is open");
}

Verdict may_table(const Matter& m) {
  if (const Verdict early = is_over(m)) return early;
  if (is_seconded(m)) return {};
  return refuse(path(m, "amendment_seconders"), "{} of {}", amendment_of(m).seconders.size(),
                rule_of(m).amendment_seconders);
}

Verdict may_lapse(const Matter& m) {
  if (const Verdict early = is_over(m)) return early;
  if (!is_seconded(m)) return {};
  return refuse(path(m, "amendment_seconders"), "it has its seconders");
}

bool is_carried(const Matter& m) {
  const Election& election = get(m.state.elections, amendment_of(m).election);
  return election.yes > election.no;
}

Verdict may_carry(const Matter& m) {
  if (is_carried(m)) return {};
  return refuse("lifecycle.amendment", "there are not more for it than against it");
}

Verdict may_fail(const Matter& m) {
  if (!is_carried(m)) return {};
  return refuse("lifecycle.amendment", "there are more for it than against it");
}

void take_up(State& state, const Done& done) {
  const Amendment& amendment = get(state.amendments, done.body().text("amendment"));
  Motion& motion = get(state.motions, amendment.motion);
  motion.hash = amendment.hash;
  motion.text = amendment.text;
}

// The motion's own ballot has waited for this one.
void give_time(State& state, const Done& done) {
  Motion& motion = get(state.motions, get(state.amendments, done.body().text("amendment")).motion);
  const MotionRule& rule = get(done.charter.motions, motion.rule);
  motion.ballot_by = std::max(motion.ballot_by, done.act.time + rule.ballot_within);
}

}  // namespace

const Process& amendment_process() {
  static const Process process{
      .name = "amendment",
      .title = "An amendment",
      .rows = "R25",
      .transitions = {{"", "amendment.propose", "proposed", "motions.*.amendments"},
                      {"proposed", "amendment.accept", "accepted", "motions.*.amendments"},
                      {"proposed", "amendment.withdraw", "withdrawn", ""},
                      {"proposed", "amendment.second", "proposed", "motions.*.amendment_seconders"},
                      {"proposed", "amendment.lapse", "lapsed", "motions.*.amendment_seconders"},
                      {"proposed", "amendment.table", "ready", "motions.*.amendment_seconders"},
                      {"ready", "election.prepare", "ready", "elections"},
                      {"ready", "election.freeze", "ready", "motions.*.electorate"},
                      {"ready", "election.open", "balloting", "motions.*.amendment_seconders"},
                      {"balloting", "election.close", "counting", "motions.*.ballot"},
                      {"balloting", "election.annul", "ready", "privileged"},
                      {"counting", "election.annul", "ready", "privileged"},
                      {"counting", "election.declare", "decided", "motions.*.amendment_seconders"},
                      {"decided", "amendment.carry", "carried", "motions.*.amendment_seconders"},
                      {"decided", "amendment.fail", "failed", "motions.*.amendment_seconders"}},
      .acts = {{.name = "amendment.propose",
                .about = "proposes an amendment",
                .who = {By::member},
                .fields = {thing("motion"), published("hash"), of_kind(Kind::text, "text").may_be_absent()},
                .carries = [](const State&, const Body& body) { return body.text("motion"); },
                .guard = may_propose,
                .effect =
                    [](State& s, const Done& d) {
                      const std::string id = new_id(s, "amendment");
                      Amendment& amendment = open(s.amendments, id, d);
                      amendment.motion = d.body().text("motion");
                      amendment.mover = d.who();
                      amendment.hash = d.body().text("hash");
                      amendment.text = d.body().text("text");
                      get(s.motions, amendment.motion).amendments.push_back(id);
                      wake(s, id, get(s.motions, amendment.motion).debate_until);
                    }},
               {.name = "amendment.accept",
                .about = "the motion's mover takes it up: the motion's text is now the amendment's",
                .who = {By::member},
                .fields = {thing("amendment")},
                .moves = "amendment",
                .carries = [](const State& s,
                              const Body& body) { return get(s.amendments, body.text("amendment")).motion; },
                .guard = is_movers,
                .effect = take_up},
               {.name = "amendment.second",
                .about = "seconds it, so that it is voted on",
                .who = {By::member},
                .fields = {thing("amendment")},
                .moves = "amendment",
                .guard = may_second,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.amendments, d.body().text("amendment")).seconders.push_back(d.who());
                    }},
               {.name = "amendment.withdraw",
                .about = "withdraws it",
                .who = {By::member},
                .fields = {thing("amendment")},
                .moves = "amendment",
                .guard = is_own},
               {.name = "amendment.lapse",
                .about = "the debate is over, and it is not to be voted on",
                .who = {By::clock},
                .fields = {thing("amendment")},
                .moves = "amendment",
                .guard = may_lapse},
               {.name = "amendment.table",
                .about = "the debate is over, and it has the seconders to be voted on",
                .who = {By::clock},
                .fields = {thing("amendment")},
                .moves = "amendment",
                .guard = may_table},
               {.name = "amendment.carry",
                .about = "more are for it: the motion's text is now the amendment's",
                .who = {By::clock},
                .fields = {thing("amendment")},
                .moves = "amendment",
                .guard = may_carry,
                .effect =
                    [](State& s, const Done& d) {
                      take_up(s, d);
                      give_time(s, d);
                    }},
               {.name = "amendment.fail",
                .about = "not more are for it: the motion stays as it is",
                .who = {By::clock},
                .fields = {thing("amendment")},
                .moves = "amendment",
                .guard = may_fail,
                .effect = give_time}},
      .find = find_in<&State::amendments>};
  return process;
}

}  // namespace folkmoot::charter
