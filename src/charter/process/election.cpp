// An election: one secret ballot, for a contest, a slate, a motion, an amendment or a recall. Its cryptographic record
// lies elsewhere; here stand who runs it, who may vote, when, and what was declared, with the fingerprints of the
// proof.
#include <algorithm>

#include "charter/process/ballot.hpp"
#include "charter/process/contest.hpp"
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

constexpr std::string_view officer = "returning-officer", registrar = "registrar", trustee = "trustee";

const Election& election_of(const Matter& m) { return get(m.state.elections, m.body.text("election")); }
Election& election_of(State& state, const Done& done) { return get(state.elections, done.body().text("election")); }
std::string what_it_decides(const State& state, const Body& body) {
  return get(state.elections, body.text("election")).of;
}

const Names& people(const Election& election, std::string_view role) {
  static const Names none;
  const auto found = election.roles.find(role);
  return found == election.roles.end() ? none : found->second;
}

Verdict has_role(const Matter& m, std::string_view role) {
  if (contains(people(election_of(m), role), m.who())) return {};
  return refuse("elections", "{} is not {} of this election", m.who(), role);
}

Verdict may_prepare(const Matter& m) {
  State& unchanged = const_cast<State&>(m.state);  // only looked at
  const std::string& election = charter::election_of(unchanged, m.body.text("of"));
  if (!election.empty()) return refuse("elections", "{} is prepared already", election);
  const Names candidates = ballot_of(m.state, m.charter, m.body.text("of"), m.now).candidates;
  if (contains(candidates, m.who())) return refuse("elections", "{} is a candidate", m.who());
  return {};
}

void prepare(State& state, const Done& done) {
  const std::string id = new_id(state, "election");
  Election& election = open(state.elections, id, done);
  election.of = done.body().text("of");
  election.roles[std::string(officer)] = {done.who()};
  election.electorate = ballot_of(state, done.charter, election.of, done.act.time).electorate;
  charter::election_of(state, election.of) = id;
}

// R39: nobody has two of these roles, and nobody who stands has one.
Verdict may_appoint(const Matter& m) {
  const std::string& role = m.body.text("role");
  const std::string& person = m.body.text("member");
  if (Verdict refusal = has_role(m, officer)) return refusal;
  if (role != registrar && role != trustee) return refuse("elections", "the roles are registrar and trustee");
  if (!is_active(m.state, person)) return refuse("elections", "{} is not an active member", person);
  for (const auto& [other, holders] : election_of(m).roles) {
    if (contains(holders, person)) {
      return refuse("elections", "{} is {} of this election: nobody has two of its roles", person, other);
    }
  }
  if (role == registrar && !people(election_of(m), registrar).empty()) {
    return refuse("elections", "there is a registrar already");
  }
  if (contains(ballot_of(m.state, m.charter, election_of(m).of, m.now).candidates, person)) {
    return refuse("elections", "{} is a candidate", person);
  }
  return {};
}

struct Size {
  std::int64_t electors = 0, weight = 0;
};

Size size_of(const std::vector<Elector>& electors) {
  Size size{static_cast<std::int64_t>(electors.size()), 0};
  for (const Elector& elector : electors) size.weight += elector.weight;
  return size;
}

// The commitment is made where the salts are; that it is to exactly as many as the charter entitles is checked here,
// and which of them, with the salts, by whoever may see them (electorate.hpp).
Verdict may_freeze(const Matter& m) {
  const Election& election = election_of(m);
  const Size size = size_of(electors(m.state, m.charter, election.electorate, m.now));
  const std::string rule = fmt::format("electorates.{}", election.electorate);
  if (size.electors == 0) return refuse(rule, "nobody is entitled to vote");
  if (size.electors != m.body.count("size") || size.weight != m.body.count("weight")) {
    return refuse(rule, "{} electors of weight {} are entitled to vote, not {} of weight {}", size.electors,
                  size.weight, m.body.count("size"), m.body.count("weight"));
  }
  if (contains(people(election, officer), m.who()) || contains(people(election, trustee), m.who())) {
    return refuse("elections", "{} has another role in this election", m.who());
  }
  return {};
}

void freeze(State& state, const Done& done) {
  Election& election = election_of(state, done);
  election.frozen = done.act.time;
  election.root = done.body().text("root");
  election.size = done.body().count("size");
  election.weight = done.body().count("weight");
  for (const Elector& elector : electors(state, done.charter, election.electorate, done.act.time)) {
    election.electors.push_back(elector.member);
  }
  const auto contest = state.contests.find(election.of);
  if (contest != state.contests.end() && contest->second.stage == "ready") {
    wake(state, contest->first, contest->second.opens);
  }
}

bool is_elector(const Election& election, const std::string& member) {
  return std::ranges::binary_search(election.electors, member);
}

Verdict may_issue(const Matter& m) {
  if (Verdict refusal = has_role(m, registrar)) return refusal;
  if (!is_elector(election_of(m), m.body.text("member"))) {
    return refuse(fmt::format("electorates.{}", election_of(m).electorate),
                  "{} was not in the electorate when it was frozen at {}", m.body.text("member"),
                  text(election_of(m).frozen));
  }
  if (election_of(m).issued.contains(m.body.text("member"))) {
    return refuse("elections", "{} has a credential", m.body.text("member"));
  }
  return {};
}

Verdict may_open(const Matter& m) {
  const Election& election = election_of(m);
  const Ballot ballot = ballot_of(m.state, m.charter, election.of, m.now);
  if (Verdict refusal = has_role(m, officer)) return refusal;
  if (people(election, registrar).empty()) return refuse("elections", "there is no registrar");
  const auto trustees = static_cast<std::int64_t>(people(election, trustee).size());
  if (trustees < m.charter.elections.trustees) {
    return refuse("elections.trustees", "{} trustees of {}", trustees, m.charter.elections.trustees);
  }
  for (const auto& [role, holders] : election.roles) {
    for (const std::string& person : holders) {
      if (contains(ballot.candidates, person)) return refuse("elections", "{}, {}, is a candidate", person, role);
    }
  }
  if (!ballot.not_yet.empty()) return refuse(ballot.rule, "{}", ballot.not_yet);
  if (!ballot.yes_or_no && ballot.candidates.empty()) return refuse(ballot.rule, "nobody stands");
  // One record is of one election: its ballots would count in both.
  for (const auto& [id, other] : m.state.elections) {
    if (other.fingerprint == m.body.text("fingerprint")) return refuse("elections", "{} has that fingerprint", id);
  }
  return {};
}

void open_ballot(State& state, const Done& done) {
  Election& election = election_of(state, done);
  election.opened = done.act.time;
  election.closes = done.body().time("closes");
  election.fingerprint = done.body().text("fingerprint");
  election.candidates = done.body().list("candidates");
  wake(state, done.body().text("election"), election.closes);
}

Verdict is_closing(const Matter& m) {
  if (m.now >= election_of(m).closes) return {};
  return refuse("elections", "the ballot is open until {}", text(election_of(m).closes));
}

Verdict check_elected(const Matter& m, const Ballot& ballot) {
  const Election& election = election_of(m);
  const Names& elected = m.body.list("elected");
  const auto most = std::min<std::int64_t>(ballot.places, static_cast<std::int64_t>(ballot.candidates.size()));
  if (static_cast<std::int64_t>(elected.size()) > most) {
    return refuse("elections", "{} elected for {} places", elected.size(), most);
  }
  for (const std::string& person : elected) {
    if (!contains(ballot.candidates, person)) return refuse("elections", "{} is not a candidate", person);
  }
  if (const auto contest = m.state.contests.find(election.of); contest != m.state.contests.end()) {
    if (const auto broken = would_break(m.state, {contest->second.seats, election.electorate, ""})) {
      return Refusal{broken->rule, broken->message};
    }
  }
  return {};
}

Verdict may_declare(const Matter& m) {
  const Election& election = election_of(m);
  const Ballot ballot = ballot_of(m.state, m.charter, election.of, m.now);
  if (Verdict refusal = has_role(m, officer)) return refusal;
  if (m.body.count("cast") > election.size) {
    return refuse("elections", "{} ballots of {} electors", m.body.count("cast"), election.size);
  }
  if (!suspended_since_opening(m.state, election).empty() && !m.body.has("other_transcript")) {
    return refuse("contests.*.suspended",
                  "a candidate was suspended during the election: the count is needed both ways");
  }
  if (ballot.yes_or_no != (m.body.has("yes") && m.body.has("no")) || ballot.yes_or_no == m.body.has("elected")) {
    return refuse("elections", "this ballot {}", ballot.yes_or_no ? "has a yes and a no" : "elects people");
  }
  if (!ballot.yes_or_no) return check_elected(m, ballot);
  if (m.body.count("yes") + m.body.count("no") > election.weight) {
    return refuse("elections", "more votes than the electorate's weight, {}", election.weight);
  }
  return {};
}

void declare(State& state, const Done& done) {
  Election& election = election_of(state, done);
  election.record = done.body().text("record");
  election.supplement = done.body().text("supplement");
  election.transcript = done.body().text("transcript");
  election.other_transcript = done.body().text("other_transcript");
  election.cast = done.body().count("cast");
  election.yes = done.body().count("yes");
  election.no = done.body().count("no");
  election.elected = done.body().list("elected");
  const std::string of = election.of;
  if (state.contests.contains(of)) {
    fill_seats(state, of, done.body().list("elected"), done, done.body().text("election"));
  } else if (const auto slate = state.slates.find(of); slate != state.slates.end()) {
    for (const std::string& person : done.body().list("elected")) {
      for (const std::string& id : slate->second.proposed) {
        if (get(state.applications, id).member == person) slate->second.chosen.push_back(id);
      }
    }
  } else {
    wake(state, of, done.act.time);  // the clock carries it or not
  }
}

}  // namespace

const Process& election_process() {
  static const Process process{
      .name = "election",
      .title = "An election: one secret ballot",
      .rows = "R5 R6 R32 R39 R40 R45",
      .transitions = {{"", "election.prepare", "preparing", "elections"},
                      {"preparing", "election.appoint", "preparing", "elections"},
                      {"preparing", "election.freeze", "frozen", "electorates"},
                      {"frozen", "election.appoint", "frozen", "elections"},
                      {"frozen", "election.issue", "frozen", "electorates"},
                      {"frozen", "election.open", "open", "elections.trustees"},
                      {"open", "election.issue", "open", "electorates"},
                      {"open", "election.close", "closed", "contests.*.ballot"},
                      {"open", "election.annul", "annulled", "privileged"},
                      {"closed", "election.annul", "annulled", "privileged"},
                      {"closed", "election.declare", "declared", "privileged"}},
      .acts = {{.name = "election.prepare",
                .about = "begins an election; whoever does is its returning officer",
                .who = {By::duty, "contests"},
                .fields = {thing("of", "thing")},
                .carries = [](const State&, const Body& body) { return body.text("of"); },
                .guard = may_prepare,
                .effect = prepare},
               {.name = "election.appoint",
                .about = "gives somebody a role in it",
                .who = {By::duty, "contests"},
                .fields = {thing("election"), word("role"), member("member")},
                .moves = "election",
                .refusals_recorded = true,
                .guard = may_appoint,
                .effect =
                    [](State& s, const Done& d) {
                      election_of(s, d).roles[d.body().text("role")].push_back(d.body().text("member"));
                    }},
               {.name = "election.freeze",
                .about = "freezes the electorate, and commits to it",
                .who = {By::duty, "roll"},
                .fields = {thing("election"), hash("root"), count("size"), count("weight")},
                .moves = "election",
                .carries = what_it_decides,
                .guard = may_freeze,
                .effect = freeze},
               {.name = "election.issue",
                .about = "records that an elector was given a credential",
                .who = {By::anyone},
                .fields = {thing("election"), member("member")},
                .moves = "election",
                .refusals_recorded = true,
                .guard = may_issue,
                .effect = [](State& s, const Done& d) { election_of(s, d).issued.insert(d.body().text("member")); }},
               {.name = "election.open",
                .about = "opens the ballot, with the fingerprint of the election",
                .who = {By::duty, "contests"},
                .fields = {thing("election"), hash("fingerprint"), time("closes").worked_out(),
                           of_kind(Kind::members, "candidates").worked_out()},
                .moves = "election",
                .carries = what_it_decides,
                .privileged = true,
                .guard = may_open,
                .derive =
                    [](const Matter& m, Body& b) {
                      const Ballot ballot = ballot_of(m.state, m.charter, election_of(m).of, m.now);
                      b.add("closes", text(m.now + ballot.length));
                      b.add("candidates", in_ballot_order(ballot.candidates, election_of(m)));
                    },
                .effect = open_ballot},
               {.name = "election.close",
                .about = "the time to vote is over",
                .who = {By::clock},
                .fields = {thing("election")},
                .moves = "election",
                .carries = what_it_decides,
                .guard = is_closing},
               {.name = "election.annul",
                .about = "annuls a ballot, for published reasons; it has to be held again",
                .who = {By::duty, "contests"},
                .fields = {thing("election"), published("reasons")},
                .moves = "election",
                .carries = what_it_decides,
                .privileged = true,
                .guard = [](const Matter& m) { return has_role(m, officer); },
                .effect = [](State& s, const Done& d) { charter::election_of(s, election_of(s, d).of).clear(); }},
               {.name = "election.declare",
                .about = "declares the result, with the fingerprints of the election's record and of the count",
                .who = {By::duty, "contests"},
                .fields = {thing("election"), published("record", Document::record),
                           published("supplement", Document::supplement).may_be_absent(),
                           published("transcript", Document::transcript),
                           published("other_transcript", Document::transcript).may_be_absent(), count("cast"),
                           count("yes").may_be_absent(), count("no").may_be_absent(),
                           of_kind(Kind::members, "elected").may_be_absent()},
                .moves = "election",
                .carries = what_it_decides,
                .privileged = true,
                .guard = may_declare,
                .effect = declare}},
      .find = find_in<&State::elections>};
  return process;
}

}  // namespace folkmoot::charter
