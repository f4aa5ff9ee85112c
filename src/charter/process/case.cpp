// A disciplinary case: a rule, evidence, notice, a reply, a panel without an interest, a decision, an appeal, and a
// clock on each (R30, R31, R34). What was voted before a suspension keeps counting: nothing here touches a ballot.
#include <algorithm>

#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Case& case_of(const Matter& m) { return get(m.state.cases, m.body.text("case")); }
const Discipline& rules_of(const Matter& m) { return m.charter.discipline; }

void derive_open(const Matter& m, Body& body) {
  const Time reply_by = m.now + rules_of(m).notice;
  body.add("reply_by", text(reply_by));
  body.add("decide_by", text(reply_by + rules_of(m).decide_within));
}

void open_case(State& state, const Done& done) {
  const std::string id = new_id(state, "case");
  Case& opened = open(state.cases, id, done);
  opened.member = done.body().text("member");
  opened.rule = done.body().text("rule");
  opened.evidence = done.body().text("evidence");
  opened.officer = done.who();
  opened.reply_by = done.body().time("reply_by");
  opened.decide_by = done.body().time("decide_by");
  wake(state, id, opened.reply_by);
}

// Why somebody may not sit in judgment; empty if nothing is known against it.
std::string interest(const State& state, const Case& found, const std::string& person) {
  if (person == found.member) return "is the accused";
  if (person == found.officer) return "brought the case";
  if (contains(get(state.members, person).interests, found.member)) return "has declared an interest";
  for (const auto& [id, application] : state.applications) {
    if (application.member == found.member && contains(application.nominators, person)) {
      return fmt::format("nominated the accused ({})", id);
    }
  }
  for (const auto& [id, endorsement] : state.endorsements) {
    if (endorsement.endorser == person && get(state.applications, endorsement.application).member == found.member) {
      return fmt::format("endorsed the accused ({})", id);
    }
  }
  return "";
}

Verdict may_seat(const Matter& m) {
  const std::string& person = m.body.text("member");
  if (!contains(seated(m.state, rules_of(m).panel), person)) {
    return refuse("discipline.panel", "{} does not sit on \"{}\"", person, rules_of(m).panel);
  }
  const std::string reason = interest(m.state, case_of(m), person);
  if (!reason.empty()) return refuse("discipline.panel", "{} {}", person, reason);
  if (contains(case_of(m).panel, person)) return refuse("discipline.panel_size", "{} is on the panel", person);
  if (static_cast<std::int64_t>(case_of(m).panel.size()) >= rules_of(m).panel_size) {
    return refuse("discipline.panel_size", "the panel has its {} members", rules_of(m).panel_size);
  }
  return {};
}

Verdict may_stand_down(const Matter& m) {
  if (contains(case_of(m).panel, m.who())) return {};
  return refuse("discipline.panel", "{} is not on the panel", m.who());
}

Verdict is_accused(const Matter& m) {
  if (case_of(m).member == m.who()) return {};
  return refuse("discipline.notice", "only the accused may do this");
}

Verdict has_had_notice(const Matter& m) {
  if (m.now > case_of(m).reply_by) return {};
  return refuse("discipline.notice", "a reply is possible until {}", text(case_of(m).reply_by));
}

void hear(State& state, const Done& done) {
  const std::string& id = done.body().text("case");
  wake(state, id, get(state.cases, id).decide_by);
}

Verdict may_decide(const Matter& m) {
  const auto size = static_cast<std::int64_t>(case_of(m).panel.size());
  if (m.body.text("organ") != rules_of(m).panel) {
    return refuse("discipline.panel", "\"{}\" decides", rules_of(m).panel);
  }
  if (size < rules_of(m).panel_size) {
    return refuse("discipline.panel_size", "{} of {} are seated", size, rules_of(m).panel_size);
  }
  // Interests may have come up since the panel was seated.
  for (const std::string& person : case_of(m).panel) {
    const std::string reason = interest(m.state, case_of(m), person);
    if (!reason.empty()) return refuse("discipline.panel", "{} {}", person, reason);
  }
  return {};
}

Verdict may_suspend(const Matter& m) {
  if (Verdict refusal = may_decide(m)) return refusal;
  const Time until = m.body.time("until");
  if (until > m.now && until <= m.now + rules_of(m).longest_suspension) return {};
  return refuse("discipline.longest_suspension", "at most {}", text(rules_of(m).longest_suspension));
}

void suspend(State& state, const Done& done) {
  const std::string& id = done.body().text("case");
  Case& decided = get(state.cases, id);
  decided.outcome = "suspended";
  decided.until = done.body().time("until");
  decided.reasons = done.body().text("reasons");
  decided.appeal_by = done.body().time("appeal_by");
  wake(state, id, decided.appeal_by);
  Membership& member = get(state.members, decided.member);
  member.suspended_by = id;
  member.until = std::max(member.until, decided.until);
  wake(state, decided.member, member.until);
  for (auto& [application_id, application] : state.applications) {
    const bool open = application.stage == "received" || application.stage == "standing";
    if (application.member == decided.member && open) application.suspended_at = done.act.time;
  }
  wake_all_of(state, decided.member, done.act.time);
}

Verdict may_appeal(const Matter& m) {
  if (Verdict refusal = is_accused(m)) return refusal;
  if (m.now <= case_of(m).appeal_by) return {};
  return refuse("discipline.appeal_within", "an appeal was possible until {}", text(case_of(m).appeal_by));
}

Verdict may_decide_appeal(const Matter& m) {
  if (m.body.text("organ") == rules_of(m).appeals) return {};
  return refuse("discipline.appeals", "\"{}\" hears appeals", rules_of(m).appeals);
}

void overturn(State& state, const Done& done) {
  const std::string& id = done.body().text("case");
  Case& overturned = get(state.cases, id);
  overturned.outcome = "overturned";
  Membership& member = get(state.members, overturned.member);
  if (member.stage != "suspended" || member.suspended_by != id) return;
  move_along(state, overturned.member, done);
  member.suspended_by.clear();
  member.until = {};
}

Verdict is_final(const Matter& m) {
  if (m.now > case_of(m).appeal_by) return {};
  return refuse("discipline.appeal_within", "an appeal is possible until {}", text(case_of(m).appeal_by));
}

Verdict is_late(const Matter& m) {
  if (m.now > case_of(m).decide_by) return {};
  return refuse("discipline.decide_within", "the deadline is {}", text(case_of(m).decide_by));
}

}  // namespace

const Process& case_process() {
  static const Process process{
      .name = "case",
      .title = "A disciplinary case",
      .rows = "R4 R30 R31 R32 R34",
      .transitions = {{"", "case.open", "noticed", "discipline.rules"},
                      {"noticed", "case.seat", "noticed", "discipline.panel"},
                      {"heard", "case.seat", "heard", "discipline.panel"},
                      {"noticed", "case.stand_down", "noticed", "discipline.panel"},
                      {"heard", "case.stand_down", "heard", "discipline.panel"},
                      {"noticed", "case.reply", "heard", "discipline.notice"},
                      {"noticed", "case.hear", "heard", "discipline.notice"},
                      {"heard", "case.breach", "heard", "discipline.decide_within"},
                      {"appealed", "case.breach", "appealed", "discipline.appeal_decided_within"},
                      {"heard", "case.suspend", "suspended", "discipline.longest_suspension"},
                      {"heard", "case.dismiss", "dismissed", "discipline.panel"},
                      {"suspended", "case.appeal", "appealed", "discipline.appeal_within"},
                      {"suspended", "case.conclude", "final", "discipline.appeal_within"},
                      {"appealed", "case.uphold", "final", "discipline.appeals"},
                      {"appealed", "case.overturn", "overturned", "discipline.appeals"}},
      .acts = {{.name = "case.open",
                .about = "opens a case under a rule of conduct, with notice to the member",
                .who = {By::duty, "discipline"},
                .fields = {member("member"), named("rule", "@conduct"), hash("evidence"), hash("notice"),
                           time("reply_by").worked_out(), time("decide_by").worked_out()},
                .guard = [](const Matter& m) -> Verdict {
                  const std::string& standing = get(m.state.members, m.body.text("member")).stage;
                  if (standing == "active" || standing == "suspended") return {};
                  return refuse("discipline.rules", "{} is {}", m.body.text("member"), standing);
                },
                .derive = derive_open,
                .effect = open_case},
               {.name = "case.seat",
                .about = "seats a member of the panel, who has no interest in the case",
                .who = {By::duty, "discipline"},
                .fields = {thing("case"), member("member")},
                .moves = "case",
                .refusals_recorded = true,
                .guard = may_seat,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.cases, d.body().text("case")).panel.push_back(d.body().text("member"));
                    }},
               {.name = "case.stand_down",
                .about = "leaves the panel",
                .who = {By::anyone},
                .fields = {thing("case")},
                .moves = "case",
                .guard = may_stand_down,
                .effect = [](State& s,
                             const Done& d) { std::erase(get(s.cases, d.body().text("case")).panel, d.who()); }},
               {.name = "case.reply",
                .about = "the member replies",
                .who = {By::anyone},
                .fields = {thing("case"), hash("statement")},
                .moves = "case",
                .guard = is_accused,
                .effect = hear},
               {.name = "case.hear",
                .about = "the time for a reply is over",
                .who = {By::clock},
                .fields = {thing("case")},
                .moves = "case",
                .guard = has_had_notice,
                .effect = hear},
               {.name = "case.breach",
                .about = "a deadline of those who decide has passed: it is counted",
                .who = {By::clock},
                .fields = {thing("case")},
                .moves = "case",
                .guard = is_late,
                .effect =
                    [](State& s, const Done& d) {
                      Case& late = get(s.cases, d.body().text("case"));
                      ++late.breaches;
                      late.decide_by = never;
                      wake(s, d.body().text("case"), never);
                    }},
               {.name = "case.suspend",
                .about = "the panel suspends the member for a time",
                .who = {By::organ},
                .fields = {word("organ"), thing("case"), time("until"), hash("reasons"),
                           time("appeal_by").worked_out()},
                .moves = "case",
                .carries = [](const State& s, const Body& body) { return get(s.cases, body.text("case")).member; },
                .privileged = true,
                .guard = may_suspend,
                .derive = [](const Matter& m, Body& b) { b.add("appeal_by", text(m.now + rules_of(m).appeal_within)); },
                .effect = suspend},
               {.name = "case.dismiss",
                .about = "the panel dismisses the case",
                .who = {By::organ},
                .fields = {word("organ"), thing("case"), hash("reasons")},
                .moves = "case",
                .guard = may_decide,
                .effect =
                    [](State& s, const Done& d) {
                      Case& dismissed = get(s.cases, d.body().text("case"));
                      dismissed.outcome = "dismissed";
                      dismissed.reasons = d.body().text("reasons");
                    }},
               {.name = "case.appeal",
                .about = "the member appeals",
                .who = {By::anyone},
                .fields = {thing("case"), hash("statement"), time("decide_by").worked_out()},
                .moves = "case",
                .guard = may_appeal,
                .derive = [](const Matter& m,
                             Body& b) { b.add("decide_by", text(m.now + rules_of(m).appeal_decided_within)); },
                .effect =
                    [](State& s, const Done& d) {
                      const std::string& id = d.body().text("case");
                      get(s.cases, id).decide_by = d.body().time("decide_by");
                      wake(s, id, d.body().time("decide_by"));
                    }},
               {.name = "case.conclude",
                .about = "no appeal came in time",
                .who = {By::clock},
                .fields = {thing("case")},
                .moves = "case",
                .guard = is_final},
               {.name = "case.uphold",
                .about = "the appeal fails",
                .who = {By::organ},
                .fields = {word("organ"), thing("case"), hash("reasons")},
                .moves = "case",
                .guard = may_decide_appeal},
               {.name = "case.overturn",
                .about = "the appeal succeeds, and the suspension ends",
                .who = {By::organ},
                .fields = {word("organ"), thing("case"), hash("reasons")},
                .moves = "case",
                .guard = may_decide_appeal,
                .effect = overturn}},
      .find = find_in<&State::cases>};
  return process;
}

}  // namespace folkmoot::charter
