// An amendment to a motion under debate. The mover may take it up; one that is not lapses with the debate.
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

Verdict is_late(const Matter& m) {
  if (get(m.state.motions, amendment_of(m).motion).stage != "debate") return {};
  return refuse("lifecycle.amendment", "the debate is open");
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
                      {"proposed", "amendment.lapse", "lapsed", "motions.*.debate"}},
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
                .effect =
                    [](State& s, const Done& d) {
                      const Amendment& amendment = get(s.amendments, d.body().text("amendment"));
                      Motion& motion = get(s.motions, amendment.motion);
                      motion.hash = amendment.hash;
                      motion.text = amendment.text;
                    }},
               {.name = "amendment.withdraw",
                .about = "withdraws it",
                .who = {By::member},
                .fields = {thing("amendment")},
                .moves = "amendment",
                .guard = is_own},
               {.name = "amendment.lapse",
                .about = "the debate is over",
                .who = {By::clock},
                .fields = {thing("amendment")},
                .moves = "amendment",
                .guard = is_late}},
      .find = find_in<&State::amendments>};
  return process;
}

}  // namespace folkmoot::charter
