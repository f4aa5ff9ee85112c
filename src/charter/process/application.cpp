// An application: one member puts their name forward. Published rules decide on it; only the candidate withdraws it.
#include <algorithm>

#include "charter/process/contest.hpp"
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Application& application_of(const Matter& m) { return get(m.state.applications, m.body.text("application")); }
const Contest& contest_of(const Matter& m) { return get(m.state.contests, application_of(m).contest); }
const ContestRule& rule_of(const Matter& m) { return get(m.charter.contests, contest_of(m).rule); }
std::string path(const Contest& contest, std::string_view key) {
  return fmt::format("contests.{}.{}", contest.rule, key);
}

bool is_open(const Application& application) {
  return application.stage == "received" || application.stage == "standing" || application.stage == "appealed";
}

// Every rule that a person could dispute, each by its name (R10).
Verdict may_submit(const Matter& m) {
  const Contest& contest = get(m.state.contests, m.body.text("contest"));
  const ContestRule& rule = get(m.charter.contests, contest.rule);
  const Membership& member = get(m.state.members, m.who());
  if (m.now > contest.closes) {
    return refuse(path(contest, "applications"), "received at {}, and the deadline was {}", text(m.now),
                  text(contest.closes));
  }
  const std::string reason = unfit(m.state, m.charter, contest.post, m.who());
  if (!reason.empty()) return refuse(fmt::format("posts.{}.max_terms", contest.post), "{} {}", m.who(), reason);
  if (member.joined + rule.member_for > m.now) {
    return refuse(path(contest, "member_for"), "a member since {}, and {} are needed", text(member.joined),
                  text(rule.member_for));
  }
  if (member.declined.contains(contest.post)) {
    return refuse(fmt::format("posts.{}", contest.post), "declared on {} not to stand again",
                  text(member.declined.find(contest.post)->second));
  }
  for (const std::string& id : contest.applications) {
    const Application& other = get(m.state.applications, id);
    if (other.member == m.who() && is_open(other)) return refuse(path(contest, "applications"), "applied with {}", id);
  }
  if (!contest.election.empty()) {
    for (const auto& [role, people] : get(m.state.elections, contest.election).roles) {
      if (contains(people, m.who())) return refuse("elections", "{} is {} of this election", m.who(), role);
    }
  }
  return {};
}

void submit(State& state, const Done& done) {
  const std::string id = new_id(state, "application");
  Contest& contest = get(state.contests, done.body().text("contest"));
  Application& application = open(state.applications, id, done);
  application.contest = done.body().text("contest");
  application.member = done.who();
  application.statement = done.body().text("statement");
  contest.applications.push_back(id);
  wake(state, id, get(done.charter.contests, contest.rule).nominations == 0 ? done.act.time : contest.closes);
}

std::int64_t nominations(const Matter& m) { return static_cast<std::int64_t>(application_of(m).nominators.size()); }

Verdict may_nominate(const Matter& m) {
  const Contest& contest = contest_of(m);
  if (contest.stage != "applications") {
    return refuse(path(contest, "applications"), "the contest is \"{}\" since {}", contest.stage, text(contest.since));
  }
  if (application_of(m).member == m.who()) return refuse(path(contest, "nominations"), "nobody nominates themselves");
  if (contains(application_of(m).nominators, m.who()))
    return refuse(path(contest, "nominations"), "has done so already");
  if (!in_electorate(m.state, m.charter, rule_of(m).electorate, m.who(), m.now)) {
    return refuse(path(contest, "electorate"), "{} is not in \"{}\"", m.who(), rule_of(m).electorate);
  }
  return {};
}

void nominate(State& state, const Done& done) {
  const std::string& id = done.body().text("application");
  Application& application = get(state.applications, id);
  application.nominators.push_back(done.who());
  const Contest& contest = get(state.contests, application.contest);
  if (static_cast<std::int64_t>(application.nominators.size()) >=
      get(done.charter.contests, contest.rule).nominations) {
    wake(state, id, done.act.time);
  }
}

Verdict has_enough(const Matter& m) {
  if (nominations(m) >= rule_of(m).nominations) return {};
  return refuse(path(contest_of(m), "nominations"), "{} of {}", nominations(m), rule_of(m).nominations);
}

// A candidate who is suspended by now may have to be struck.
void stand(State& state, const Done& done) {
  const std::string& id = done.body().text("application");
  if (!is_active(state, get(state.applications, id).member)) wake(state, id, done.act.time);
}

Verdict has_too_few(const Matter& m) {
  if (contest_of(m).stage == "applications") return refuse(path(contest_of(m), "applications"), "is open");
  if (nominations(m) < rule_of(m).nominations) return {};
  return refuse(path(contest_of(m), "nominations"), "there are {}", nominations(m));
}

Verdict is_candidate(const Matter& m) {
  if (application_of(m).member == m.who()) return {};
  return refuse("lifecycle.application", "only the candidate's own act does this");
}

Verdict before_ballot(const Matter& m) {
  const Contest& contest = contest_of(m);
  if (contest.stage == "applications" || contest.stage == "closed" || contest.stage == "candidates") return {};
  return refuse(path(contest, "campaign"), "the contest is \"{}\" since {}", contest.stage, text(contest.since));
}

// The contest may have fallen short; and a late withdrawal lets the officer extend the deadline (R8).
void leave_contest(State& state, const Done& done) {
  const std::string& id = get(state.applications, done.body().text("application")).contest;
  Contest& contest = get(state.contests, id);
  const Length window = get(done.charter.contests, contest.rule).withdrawal_window;
  if (contest.stage == "applications" && done.act.time + window >= contest.closes && window.seconds > 0) {
    contest.extension_offered = true;
  }
  if (contest.stage == "closed" || contest.stage == "candidates") wake(state, id, done.act.time);
}

Verdict may_withdraw(const Matter& m) {
  if (Verdict refusal = is_candidate(m)) return refusal;
  return before_ballot(m);
}

Verdict may_appeal(const Matter& m) {
  if (Verdict refusal = is_candidate(m)) return refusal;
  if (rule_of(m).appeals.empty()) return refuse(path(contest_of(m), "appeals"), "there is no appeal");
  return before_ballot(m);
}

Verdict may_decide_appeal(const Matter& m) {
  if (rule_of(m).appeals != m.body.text("organ")) {
    return refuse(path(contest_of(m), "appeals"), "\"{}\" hears appeals", rule_of(m).appeals);
  }
  return before_ballot(m);
}

// A candidate who is a member no longer, or suspended where the published rule strikes (R32).
Verdict is_out(const Matter& m) {
  const std::string& standing = get(m.state.members, application_of(m).member).stage;
  const bool out = standing != "active" && (standing != "suspended" || rule_of(m).suspended == "struck");
  if (out && contest_of(m).stage != "declared") return {};
  return refuse(path(contest_of(m), "suspended"), "the candidate is {}", standing);
}

}  // namespace

const Process& application_process() {
  static const Process process{
      .name = "application",
      .title = "An application in a contest",
      .rows = "R2 R7 R8 R10 R32 R41",
      .transitions = {{"", "application.submit", "received", "contests.*.applications"},
                      {"received", "application.nominate", "received", "contests.*.nominations"},
                      {"standing", "application.nominate", "standing", "contests.*.nominations"},
                      {"received", "application.stand", "standing", "contests.*.nominations"},
                      {"received", "application.lapse", "lapsed", "contests.*.nominations"},
                      {"received", "application.withdraw", "withdrawn", ""},
                      {"standing", "application.withdraw", "withdrawn", ""},
                      {"received", "application.reject", "rejected", "discipline.rules"},
                      {"standing", "application.reject", "rejected", "discipline.rules"},
                      {"rejected", "application.appeal", "appealed", "contests.*.appeals"},
                      {"appealed", "application.allow", "standing", "contests.*.appeals"},
                      {"appealed", "application.uphold", "refused", "contests.*.appeals"},
                      {"received", "application.strike", "struck", "contests.*.suspended"},
                      {"standing", "application.strike", "struck", "contests.*.suspended"}},
      .acts = {{.name = "application.submit",
                .about = "puts one's name forward",
                .who = {By::member},
                .fields = {thing("contest"), published("statement")},
                .carries = [](const State&, const Body& body) { return body.text("contest"); },
                .refusals_recorded = true,
                .guard = may_submit,
                .effect = submit},
               {.name = "application.nominate",
                .about = "supports somebody's application",
                .who = {By::member},
                .fields = {thing("application")},
                .moves = "application",
                .guard = may_nominate,
                .effect = nominate},
               {.name = "application.stand",
                .about = "the nominations suffice",
                .who = {By::clock},
                .fields = {thing("application")},
                .moves = "application",
                .guard = has_enough,
                .effect = stand},
               {.name = "application.lapse",
                .about = "applications have closed, and the nominations do not suffice",
                .who = {By::clock},
                .fields = {thing("application")},
                .moves = "application",
                .guard = has_too_few,
                .effect = leave_contest},
               {.name = "application.withdraw",
                .about = "withdraws one's own application",
                .who = {By::anyone},
                .fields = {thing("application"), published("reasons").may_be_absent()},
                .moves = "application",
                .refusals_recorded = true,
                .guard = may_withdraw,
                .effect = leave_contest},
               {.name = "application.reject",
                .about = "rejects an application under a named rule of conduct",
                .who = {By::duty, "contests"},
                .fields = {thing("application"), named("rule", "@conduct"), published("reasons")},
                .moves = "application",
                .guard = before_ballot,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.applications, d.body().text("application")).rule = d.body().text("rule");
                      leave_contest(s, d);
                    }},
               {.name = "application.appeal",
                .about = "appeals against the rejection",
                .who = {By::anyone},
                .fields = {thing("application"), hash("statement")},
                .moves = "application",
                .guard = may_appeal},
               {.name = "application.allow",
                .about = "the appeal succeeds: the candidate stands",
                .who = {By::organ},
                .fields = {word("organ"), thing("application"), published("reasons")},
                .moves = "application",
                .guard = may_decide_appeal,
                .effect =
                    [](State& s, const Done& d) {
                      stand(s, d);
                      const std::string& contest = get(s.applications, d.body().text("application")).contest;
                      if (get(s.contests, contest).due != never) wake(s, contest, d.act.time);
                    }},
               {.name = "application.uphold",
                .about = "the appeal fails",
                .who = {By::organ},
                .fields = {word("organ"), thing("application"), published("reasons")},
                .moves = "application",
                .guard = may_decide_appeal},
               {.name = "application.strike",
                .about = "the candidate is no longer a member, or suspended where the rule strikes",
                .who = {By::clock},
                .fields = {thing("application")},
                .moves = "application",
                .guard = is_out,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.applications, d.body().text("application")).suspended_at = d.act.time;
                      leave_contest(s, d);
                    }}},
      .find = find_in<&State::applications>};
  return process;
}

}  // namespace folkmoot::charter
