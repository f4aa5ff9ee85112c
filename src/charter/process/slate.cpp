// A slate: candidates whom an organ is to back together. Members choose them by ballot before anything is done in their
// name (R12, R13); who drops out leaves a gap (R14).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Slate& slate_of(const Matter& m) { return get(m.state.slates, m.body.text("slate")); }
std::string path(const Slate& slate, std::string_view key) { return fmt::format("slates.{}.{}", slate.rule, key); }

Verdict may_call(const Matter& m) {
  const std::string& name = m.body.text("rule");
  const SlateRule& rule = get(m.charter.slates, name);
  const Contest& contest = get(m.state.contests, m.body.text("contest"));
  if (rule.contest != contest.rule) {
    return refuse(fmt::format("slates.{}.contest", name), "this slate is for contests \"{}\"", rule.contest);
  }
  if (contest.stage == "declared" || contest.stage == "abandoned" || contest.stage == "counting") {
    return refuse(fmt::format("slates.{}.contest", name), "the contest is \"{}\"", contest.stage);
  }
  for (const auto& [id, other] : m.state.slates) {
    if (other.contest == m.body.text("contest") && other.rule == name) {
      return refuse(fmt::format("slates.{}", name), "{} is called already", id);
    }
  }
  return {};
}

void call(State& state, const Done& done) {
  const std::string id = new_id(state, "slate");
  Slate& slate = open(state.slates, id, done);
  slate.rule = done.body().text("rule");
  slate.contest = done.body().text("contest");
  slate.proposals_close = done.body().time("proposals_close");
}

Verdict may_propose(const Matter& m) {
  const Slate& slate = slate_of(m);
  const Application& application = get(m.state.applications, m.body.text("application"));
  if (m.now > slate.proposals_close) {
    return refuse(path(slate, "proposals"), "names could be proposed until {}", text(slate.proposals_close));
  }
  if (application.contest != slate.contest || application.stage != "standing") {
    return refuse(path(slate, "contest"), "{} does not stand in {}", m.body.text("application"), slate.contest);
  }
  if (contains(slate.proposed, m.body.text("application"))) return refuse(path(slate, "proposals"), "is proposed");
  const SlateRule& rule = get(m.charter.slates, slate.rule);
  if (application.member != m.who() && !in_electorate(m.state, m.charter, rule.electorate, m.who(), m.now)) {
    return refuse(path(slate, "electorate"), "{} is neither the candidate nor in \"{}\"", m.who(), rule.electorate);
  }
  return {};
}

Verdict may_adopt(const Matter& m) {
  const SlateRule& rule = get(m.charter.slates, slate_of(m).rule);
  if (m.body.text("organ") == rule.organ) return {};
  return refuse(path(slate_of(m), "organ"), "the slate is that of \"{}\"", rule.organ);
}

Verdict may_drop(const Matter& m) {
  const Slate& slate = slate_of(m);
  const std::string& id = m.body.text("application");
  if (!contains(slate.chosen, id) || contains(slate.dropped, id)) {
    return refuse(path(slate, "size"), "{} is not on the slate", id);
  }
  if (get(m.state.applications, id).member == m.who()) return {};
  if (is_secretary(m.state, get(m.charter.slates, slate.rule).organ, m.request.actor.office)) return {};
  return refuse(path(slate, "organ"), "the candidate, or the secretary of its organ, may do this");
}

}  // namespace

const Process& slate_process() {
  static const Process process{
      .name = "slate",
      .title = "The selection of a slate",
      .rows = "R12 R13 R14",
      .transitions = {{"", "slate.call", "proposing", "slates"},
                      {"proposing", "slate.propose", "proposing", "slates.*.proposals"},
                      {"proposing", "election.prepare", "proposing", "elections"},
                      {"proposing", "election.freeze", "proposing", "slates.*.electorate"},
                      {"proposing", "election.open", "balloting", "slates.*.proposals"},
                      {"balloting", "election.close", "counting", "slates.*.ballot"},
                      {"balloting", "election.annul", "proposing", "privileged"},
                      {"counting", "election.annul", "proposing", "privileged"},
                      {"counting", "election.declare", "chosen", "slates.*.rule"},
                      {"chosen", "slate.adopt", "official", "slates.*.organ"},
                      {"chosen", "slate.drop", "chosen", "slates.*.size"},
                      {"official", "slate.drop", "official", "slates.*.size"}},
      .acts = {{.name = "slate.call",
                .about = "calls the selection of a slate, open to all who stand",
                .who = {By::duty, "contests"},
                .fields = {named("rule", "@slate"), thing("contest"), time("proposals_close").worked_out()},
                .guard = may_call,
                .derive =
                    [](const Matter& m, Body& b) {
                      b.add("proposals_close", text(m.now + get(m.charter.slates, m.body.text("rule")).proposals));
                    },
                .effect = call},
               {.name = "slate.propose",
                .about = "proposes a candidate for it",
                .who = {By::member},
                .fields = {thing("slate"), thing("application")},
                .moves = "slate",
                .guard = may_propose,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.slates, d.body().text("slate")).proposed.push_back(d.body().text("application"));
                    }},
               {.name = "slate.adopt",
                .about = "marks the slate official, as the members chose it",
                .who = {By::organ},
                .fields = {word("organ"), thing("slate")},
                .moves = "slate",
                .privileged = true,
                .guard = may_adopt},
               {.name = "slate.drop",
                .about = "takes a candidate off it, which leaves a gap",
                .who = {By::member},
                .fields = {thing("slate"), thing("application"), published("reasons")},
                .moves = "slate",
                .guard = may_drop,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.slates, d.body().text("slate")).dropped.push_back(d.body().text("application"));
                    }}},
      .find = find_in<&State::slates>};
  return process;
}

}  // namespace folkmoot::charter
