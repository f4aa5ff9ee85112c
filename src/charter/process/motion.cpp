// A motion: proposed, seconded, debated, amended, decided by ballot, carried out. The windows have to have elapsed
// before the ballot opens (R25); a change of the charter that is carried comes into force by itself (R23).
#include "charter/process/motion.hpp"

#include "base/sha256.hpp"
#include "charter/process/adopt.hpp"
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Motion& motion_of(const Matter& m) { return get(m.state.motions, m.body.text("motion")); }
const MotionRule& rule_of(const Matter& m) { return get(m.charter.motions, motion_of(m).rule); }
std::string path(const Motion& motion, std::string_view key) { return fmt::format("motions.{}.{}", motion.rule, key); }

Verdict may_propose(const Matter& m) {
  const std::string& name = m.body.text("rule");
  const MotionRule& rule = get(m.charter.motions, name);
  if (!in_electorate(m.state, m.charter, rule.electorate, m.who(), m.now)) {
    return refuse(fmt::format("motions.{}.electorate", name), "{} is not in \"{}\"", m.who(), rule.electorate);
  }
  return check_motion_text(rule, m.body.text("text"), m.body.text("hash"));
}

void propose(State& state, const Done& done) {
  const std::string id = new_id(state, "motion");
  Motion& motion = open(state.motions, id, done);
  motion.rule = done.body().text("rule");
  motion.mover = done.who();
  motion.title = done.body().text("title");
  motion.hash = done.body().text("hash");
  motion.text = done.body().text("text");
  wake(state, id, done.act.time);
}

Verdict may_second(const Matter& m) {
  const Motion& motion = motion_of(m);
  if (motion.mover == m.who()) return refuse(path(motion, "seconders"), "is the mover");
  if (contains(motion.seconders, m.who())) return refuse(path(motion, "seconders"), "has seconded it already");
  if (in_electorate(m.state, m.charter, rule_of(m).electorate, m.who(), m.now)) return {};
  return refuse(path(motion, "electorate"), "{} is not in \"{}\"", m.who(), rule_of(m).electorate);
}

Verdict is_seconded(const Matter& m) {
  const auto found = static_cast<std::int64_t>(motion_of(m).seconders.size());
  if (found >= rule_of(m).seconders) return {};
  return refuse(path(motion_of(m), "seconders"), "{} of {}", found, rule_of(m).seconders);
}

Verdict is_mover(const Matter& m) {
  if (motion_of(m).mover == m.who()) return {};
  return refuse("lifecycle.motion", "only the mover may do this");
}

Verdict is_debated(const Matter& m) {
  if (m.now > motion_of(m).debate_until) return {};
  return refuse(path(motion_of(m), "debate"), "the debate lasts until {}", text(motion_of(m).debate_until));
}

// Of the votes cast, with enough of the electorate.
bool is_carried(const Matter& m) {
  const Election& election = get(m.state.elections, motion_of(m).election);
  const MotionRule& rule = rule_of(m);
  return rule.majority.met(election.yes, election.yes + election.no) &&
         (!rule.turnout.is_share() || rule.turnout.met(election.cast, election.size));
}

Verdict may_carry(const Matter& m) {
  if (is_carried(m)) return {};
  return refuse(path(motion_of(m), "majority"), "it has not been carried");
}

Verdict may_fail(const Matter& m) {
  if (!is_carried(m)) return {};
  return refuse(path(motion_of(m), "majority"), "it has been carried");
}

void carry(State& state, const Done& done) {
  const std::string& id = done.body().text("motion");
  Motion& motion = get(state.motions, id);
  const MotionRule& rule = get(done.charter.motions, motion.rule);
  motion.decision = new_id(state, "decision");
  Decision& decision = open(state.decisions, motion.decision, done);
  decision.organ = rule.organ;
  decision.power = rule.changes_charter ? "charter" : "";
  decision.title = motion.title;
  decision.hash = motion.hash;
  if (rule.changes_charter) wake(state, id, done.act.time);
}

Verdict may_amend_charter(const Matter& m) {
  if (rule_of(m).changes_charter) return {};
  return refuse(path(motion_of(m), "changes_charter"), "it does not change the charter");
}

}  // namespace

Verdict check_motion_text(const MotionRule& rule, std::string_view text, std::string_view hash) {
  const std::string where = fmt::format("{}.changes_charter", rule.place.path);
  if (!rule.changes_charter && text.empty()) return {};
  if (!rule.changes_charter) return refuse(where, "only a change of the charter has its text here");
  if (sha256_hex(text) != hash) return refuse(where, "the hash is not that of the text");
  const auto charter = read_charter(text);
  if (!charter) return refuse(where, "{}", describe(charter.error()).substr(0, 2000));
  return {};
}

void begin_debate(State& state, const std::string& id, const Done& done) {
  Motion& motion = get(state.motions, id);
  const MotionRule& rule = get(state.charter_of(motion.charter).motions, motion.rule);
  motion.amendments_close = done.act.time + rule.amendments;
  motion.debate_until = done.act.time + rule.debate;
  motion.ballot_by = motion.debate_until + rule.ballot_within;
  wake(state, id, motion.debate_until);
}

const Process& motion_process() {
  static const Process process{
      .name = "motion",
      .title = "A motion",
      .rows = "R17 R20 R23 R25 R49",
      .transitions = {{"", "motion.propose", "proposed", "motions.*.electorate"},
                      {"", "petition.table", "debate", "petitions.*.threshold"},
                      {"proposed", "motion.second", "proposed", "motions.*.seconders"},
                      {"proposed", "motion.withdraw", "withdrawn", ""},
                      {"proposed", "motion.table", "debate", "motions.*.seconders"},
                      {"debate", "motion.contribute", "debate", "supporters"},
                      {"debate", "amendment.propose", "debate", "motions.*.amendments"},
                      {"debate", "amendment.accept", "debate", "motions.*.amendments"},
                      {"debate", "election.prepare", "debate", "elections"},
                      {"debate", "election.freeze", "debate", "motions.*.electorate"},
                      {"debate", "motion.close_debate", "ready", "motions.*.debate"},
                      {"ready", "election.prepare", "ready", "elections"},
                      {"ready", "election.freeze", "ready", "motions.*.electorate"},
                      {"ready", "election.open", "balloting", "motions.*.debate"},
                      {"balloting", "election.close", "counting", "motions.*.ballot"},
                      {"balloting", "election.annul", "ready", "privileged"},
                      {"counting", "election.annul", "ready", "privileged"},
                      {"counting", "election.declare", "decided", "motions.*.majority"},
                      {"decided", "motion.carry", "carried", "motions.*.majority"},
                      {"decided", "motion.fail", "rejected", "motions.*.majority"},
                      {"carried", "charter.amend", "in-force", "motions.*.changes_charter"}},
      .acts = {{.name = "motion.propose",
                .about = "proposes a motion",
                .who = {By::member},
                .fields = {named("rule", "@motion"), title("title"), published("hash"),
                           of_kind(Kind::text, "text").may_be_absent()},
                .guard = may_propose,
                .effect = propose},
               {.name = "motion.second",
                .about = "seconds it",
                .who = {By::member},
                .fields = {thing("motion")},
                .moves = "motion",
                .guard = may_second,
                .effect = [](State& s,
                             const Done& d) { get(s.motions, d.body().text("motion")).seconders.push_back(d.who()); }},
               {.name = "motion.withdraw",
                .about = "withdraws one's own motion before it is tabled",
                .who = {By::member},
                .fields = {thing("motion")},
                .moves = "motion",
                .guard = is_mover},
               {.name = "motion.table",
                .about = "it has its seconders: the debate begins",
                .who = {By::clock},
                .fields = {thing("motion")},
                .moves = "motion",
                .guard = is_seconded,
                .effect = [](State& s, const Done& d) { begin_debate(s, d.body().text("motion"), d); }},
               {.name = "motion.contribute",
                .about = "takes part in the debate; supporters may, too",
                .who = {By::participant},
                .fields = {thing("motion"), published("hash")},
                .moves = "motion"},
               {.name = "motion.close_debate",
                .about = "the debate has lasted as long as it must",
                .who = {By::clock},
                .fields = {thing("motion")},
                .moves = "motion",
                .guard = is_debated},
               {.name = "motion.carry",
                .about = "it has its majority, and becomes a decision",
                .who = {By::clock},
                .fields = {thing("motion")},
                .moves = "motion",
                .guard = may_carry,
                .effect = carry},
               {.name = "motion.fail",
                .about = "it does not have its majority",
                .who = {By::clock},
                .fields = {thing("motion")},
                .moves = "motion",
                .guard = may_fail},
               {.name = "charter.amend",
                .about = "the carried change is the charter from now on",
                .who = {By::clock},
                .fields = {thing("motion"), count("version").worked_out()},
                .moves = "motion",
                .guard = may_amend_charter,
                .derive = [](const Matter& m, Body& b) { b.add("version", m.state.version() + 1); },
                .effect =
                    [](State& s, const Done& d) {
                      const std::string new_charter = get(s.motions, d.body().text("motion")).text;
                      adopt(s, new_charter, d);
                    }}},
      .find = find_in<&State::motions>};
  return process;
}

}  // namespace folkmoot::charter
