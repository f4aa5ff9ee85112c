// A contest: the filling of a post, from the call to the declaration. Its ballot is an election (election.cpp).
#include "charter/process/contest.hpp"

#include <algorithm>

#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

// A regular election may be called while the holders whose terms it follows are still seated.
constexpr Length handover = days(120);

const Contest& contest_of(const Matter& m) { return get(m.state.contests, m.body.text("contest")); }
const ContestRule& rule_of(const Matter& m) { return get(m.charter.contests, contest_of(m).rule); }
std::string path(const Contest& contest, std::string_view key) {
  return fmt::format("contests.{}.{}", contest.rule, key);
}

bool is_over(const Contest& contest) { return contest.stage == "declared" || contest.stage == "abandoned"; }

// The seats of the post that are vacant or about to be, and in no other contest.
Names free_seats(const State& state, std::string_view post, Time now) {
  Names free;
  for (const auto& [id, seat] : state.seats) {
    if (seat.post != post || seat.stage == "abolished") continue;
    if (seat.stage == "held" && seat.until > now + handover) continue;
    const bool taken = std::ranges::any_of(
        state.contests, [&](const auto& entry) { return !is_over(entry.second) && contains(entry.second.seats, id); });
    if (!taken) free.push_back(id);
  }
  return free;
}

Verdict may_call(const Matter& m) {
  const std::string& name = m.body.text("post");
  const Post& post = get(m.charter.posts, name);
  if (post.contest.empty()) {
    return refuse(fmt::format("posts.{}.contest", name), "this post is not filled by a contest");
  }
  const auto free = static_cast<std::int64_t>(free_seats(m.state, name, m.now).size());
  if (m.body.count("seats") < 1 || m.body.count("seats") > free) {
    return refuse(fmt::format("posts.{}.seats", name), "{} seats are vacant or end within {}, not {}", free,
                  text(handover), m.body.count("seats"));
  }
  return {};
}

void derive_call(const Matter& m, Body& body) {
  const ContestRule& rule = get(m.charter.contests, get(m.charter.posts, m.body.text("post")).contest);
  const Time opens = m.now + rule.notice, closes = opens + rule.applications;
  body.add("opens", text(opens));
  body.add("closes", text(closes));
  body.add("ballot_from", text(closes + rule.campaign));
}

void call(State& state, const Done& done) {
  const std::string id = new_id(state, "contest");
  Names seats = free_seats(state, done.body().text("post"), done.act.time);
  seats.resize(static_cast<std::size_t>(done.body().count("seats")));
  Contest& contest = open(state.contests, id, done);
  contest.post = done.body().text("post");
  contest.rule = get(done.charter.posts, contest.post).contest;
  contest.seats = std::move(seats);
  contest.opens = done.body().time("opens");
  contest.closes = done.body().time("closes");
  contest.ballot_from = done.body().time("ballot_from");
}

void set_closing(State& state, const Done& done) {
  const std::string& id = done.body().text("contest");
  Contest& contest = get(state.contests, id);
  contest.closes = done.body().time("closes");
  contest.ballot_from = contest.closes + get(done.charter.contests, contest.rule).campaign;
  contest.extension_offered = false;
  wake(state, id, contest.closes);
}

Verdict has_come(const Matter& m) {
  if (m.now >= contest_of(m).opens) return {};
  return refuse(path(contest_of(m), "notice"), "applications open at {}", text(contest_of(m).opens));
}

Verdict may_move_deadline(const Matter& m) {
  const Contest& contest = contest_of(m);
  if (m.body.time("closes") > contest.closes) return {};
  return refuse(path(contest, "applications"), "a published deadline, {}, is never brought forward",
                text(contest.closes));
}

Verdict may_extend(const Matter& m) {
  const Contest& contest = contest_of(m);
  if (!contest.extension_offered) {
    return refuse(path(contest, "withdrawal_window"), "no candidate has withdrawn within {} of the deadline",
                  text(rule_of(m).withdrawal_window));
  }
  return {};
}

// One second after the deadline, so that the deadline itself is in time.
Verdict has_passed(const Matter& m) {
  if (m.now > contest_of(m).closes) return {};
  return refuse(path(contest_of(m), "applications"), "applications are open until {}", text(contest_of(m).closes));
}

Verdict may_count_characteristic(const Matter& m) {
  const auto& minima = rule_of(m).minima;
  const std::string& name = m.body.text("characteristic");
  if (std::ranges::find(minima, name, &Minimum::characteristic) == minima.end()) {
    return refuse(path(contest_of(m), "minima"), "there is no minimum of \"{}\"", name);
  }
  const auto applicants = static_cast<std::int64_t>(standing(m.state, contest_of(m)).size());
  if (m.body.count("applicants") > applicants) {
    return refuse(path(contest_of(m), "minima"), "there are {} applicants", applicants);
  }
  return {};
}

// What the contest lacks to go to a ballot: empty if nothing. Only once applications are closed and each is settled.
std::string shortage(const State& state, const Contest& contest, const ContestRule& rule) {
  const std::size_t candidates = standing(state, contest).size();
  if (candidates == 0) return "nobody stands";
  if (candidates <= contest.seats.size() && rule.unopposed == "reopen") {
    return fmt::format("{} stand for {} seats, and nobody is elected unopposed", candidates, contest.seats.size());
  }
  if (contest.reopened > 0) return "";  // the published remedy has been used
  for (const Minimum& minimum : rule.minima) {
    const auto found = contest.characteristics.find(minimum.characteristic);
    if (found != contest.characteristics.end() && found->second < minimum.at_least) {
      return fmt::format("{} of at least {} applicants are \"{}\"", found->second, minimum.at_least,
                         minimum.characteristic);
    }
  }
  return "";
}

Verdict is_settled(const Matter& m) {
  for (const std::string& id : contest_of(m).applications) {
    if (get(m.state.applications, id).stage == "received") return refuse("lifecycle.application", "{} is open", id);
  }
  for (const Minimum& minimum : rule_of(m).minima) {
    if (!contest_of(m).characteristics.contains(minimum.characteristic)) {
      return refuse(path(contest_of(m), "minima"), "\"{}\" has not been counted", minimum.characteristic);
    }
  }
  return {};
}

Verdict is_enough(const Matter& m) {
  if (Verdict refusal = is_settled(m)) return refusal;
  const std::string lacks = shortage(m.state, contest_of(m), rule_of(m));
  if (!lacks.empty()) return refuse(path(contest_of(m), "unopposed"), "{}", lacks);
  return {};
}

Verdict is_short(const Matter& m) {
  if (Verdict refusal = is_settled(m)) return refusal;
  if (shortage(m.state, contest_of(m), rule_of(m)).empty()) {
    return refuse(path(contest_of(m), "unopposed"), "there are enough candidates");
  }
  return {};
}

void fall_short(State& state, const Done& done) {
  // They are counted again after the contest has re-opened.
  get(state.contests, done.body().text("contest")).characteristics.clear();
}

Verdict may_elect_unopposed(const Matter& m) {
  const Contest& contest = contest_of(m);
  const Names candidates = standing(m.state, contest);
  if (rule_of(m).unopposed != "elected" || candidates.empty() || candidates.size() > contest.seats.size()) {
    return refuse(path(contest, "unopposed"), "nobody is elected unopposed here");
  }
  if (const auto broken = would_break(m.state, {contest.seats, rule_of(m).electorate, ""})) {
    return Refusal{broken->rule, broken->message};
  }
  return {};
}

void derive_unopposed(const Matter& m, Body& body) {
  Names elected;
  for (const std::string& id : standing(m.state, contest_of(m))) {
    elected.push_back(get(m.state.applications, id).member);
  }
  body.add("elected", std::move(elected));
}

Verdict may_abandon(const Matter& m) {
  const Decision& decision = get(m.state.decisions, m.body.text("decision"));
  if (decision.stage == "in-force") return {};
  return refuse("lifecycle.contest", "needs a decision in force");
}

}  // namespace

Names standing(const State& state, const Contest& contest) {
  Names ids;
  for (const std::string& id : contest.applications) {
    if (get(state.applications, id).stage == "standing") ids.push_back(id);
  }
  return ids;
}

void fill_seats(State& state, const std::string& contest_id, const Names& elected, const Done& done,
                const std::string& by) {
  const Contest contest = get(state.contests, contest_id);
  const std::string electorate = get(done.charter.contests, contest.rule).electorate;
  const auto post = state.charter().posts.find(contest.post);
  if (post == state.charter().posts.end()) return;  // abolished meanwhile
  Names seats = contest.seats;
  std::erase_if(seats, [&](const std::string& id) { return get(state.seats, id).stage == "abolished"; });
  // Vacant seats first, then those whose terms end earliest.
  std::ranges::stable_sort(seats, {}, [&](const std::string& id) { return get(state.seats, id).until; });
  std::size_t next = 0;
  for (const std::string& member : elected) {
    if (next == seats.size()) break;
    if (!unfit(state, state.charter(), contest.post, member).empty()) continue;  // the seat stays vacant
    move_along(state, seats[next], done);
    seat_member(state, seats[next++], member, done, by, electorate, done.act.time + post->second.term);
  }
}

const Process& contest_process() {
  static const Process process{
      .name = "contest",
      .title = "A contest for a post",
      .rows = "R5 R6 R7 R8 R9 R10 R32 R45",
      .transitions = {{"", "contest.call", "called", "posts.*.contest"},
                      {"called", "election.prepare", "called", "elections"},
                      {"called", "election.freeze", "ready", "contests.*.electorate"},
                      {"ready", "contest.open", "applications", "contests.*.notice"},
                      {"applications", "application.submit", "applications", "contests.*.applications"},
                      {"applications", "contest.move_deadline", "applications", "privileged"},
                      {"applications", "contest.extend", "applications", "contests.*.withdrawal_window"},
                      {"applications", "contest.close", "closed", "contests.*.applications"},
                      {"closed", "contest.count_characteristic", "closed", "contests.*.minima"},
                      {"closed", "contest.admit", "candidates", "contests.*.unopposed"},
                      {"closed", "contest.fall_short", "short", "contests.*.unopposed"},
                      {"candidates", "contest.fall_short", "short", "contests.*.unopposed"},
                      {"short", "contest.reopen", "applications", "contests.*.reopen_for"},
                      {"candidates", "contest.elect_unopposed", "declared", "contests.*.unopposed"},
                      {"candidates", "election.prepare", "candidates", "elections"},
                      {"candidates", "election.freeze", "candidates", "contests.*.electorate"},
                      {"candidates", "election.open", "balloting", "contests.*.campaign"},
                      {"balloting", "election.close", "counting", "contests.*.ballot"},
                      {"balloting", "election.annul", "candidates", "privileged"},
                      {"counting", "election.annul", "candidates", "privileged"},
                      {"counting", "election.declare", "declared", "contests.*.rule"},
                      {"called", "contest.abandon", "abandoned", "privileged"},
                      {"ready", "contest.abandon", "abandoned", "privileged"},
                      {"short", "contest.abandon", "abandoned", "privileged"}},
      .acts = {{.name = "contest.call",
                .about = "calls a contest and publishes its timetable",
                .who = {By::duty, "contests"},
                .fields = {named("post", "@post"), count("seats"), time("opens").worked_out(),
                           time("closes").worked_out(), time("ballot_from").worked_out()},
                .guard = may_call,
                .derive = derive_call,
                .effect = call},
               {.name = "contest.open",
                .about = "applications open",
                .who = {By::clock},
                .fields = {thing("contest"), time("closes").worked_out()},
                .moves = "contest",
                .guard = has_come,
                .derive = [](const Matter& m, Body& b) { b.add("closes", text(m.now + rule_of(m).applications)); },
                .effect = set_closing},
               {.name = "contest.move_deadline",
                .about = "moves the published deadline to a later one, in the open",
                .who = {By::duty, "contests"},
                .fields = {thing("contest"), time("closes"), published("reasons")},
                .moves = "contest",
                .privileged = true,
                .guard = may_move_deadline,
                .effect = set_closing},
               {.name = "contest.extend",
                .about = "extends the deadline after a late withdrawal, as the charter offers",
                .who = {By::duty, "contests"},
                .fields = {thing("contest"), time("closes").worked_out()},
                .moves = "contest",
                .guard = may_extend,
                .derive =
                    [](const Matter& m, Body& b) {
                      b.add("closes", text(std::max(contest_of(m).closes, m.now + rule_of(m).reopen_for)));
                    },
                .effect = set_closing},
               {.name = "contest.close",
                .about = "the deadline has passed",
                .who = {By::clock},
                .fields = {thing("contest")},
                .moves = "contest",
                .guard = has_passed,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.contests, d.body().text("contest")).extension_offered = false;
                      wake(s, d.body().text("contest"), d.act.time);
                    }},
               {.name = "contest.count_characteristic",
                .about = "says how many applicants have declared a characteristic: the number, nobody's name",
                .who = {By::duty, "contests"},
                .fields = {thing("contest"), word("characteristic"), count("applicants")},
                .moves = "contest",
                .guard = may_count_characteristic,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.contests, d.body().text("contest")).characteristics[d.body().text("characteristic")] =
                          d.body().count("applicants");
                    }},
               {.name = "contest.admit",
                .about = "there are enough candidates: they are published",
                .who = {By::clock},
                .fields = {thing("contest"), of_kind(Kind::names, "candidates").worked_out()},
                .moves = "contest",
                .guard = is_enough,
                .derive = [](const Matter& m, Body& b) { b.add("candidates", standing(m.state, contest_of(m))); },
                .effect = [](State& s, const Done& d) { wake(s, d.body().text("contest"), d.act.time); }},
               {.name = "contest.fall_short",
                .about = "there are too few candidates, or too few of those whom a minimum is for",
                .who = {By::clock},
                .fields = {thing("contest"), title("lacks").worked_out()},
                .moves = "contest",
                .guard = is_short,
                .derive = [](const Matter& m,
                             Body& b) { b.add("lacks", shortage(m.state, contest_of(m), rule_of(m))); },
                .effect = fall_short},
               {.name = "contest.reopen",
                .about = "opens applications again",
                .who = {By::duty, "contests"},
                .fields = {thing("contest"), time("closes").worked_out()},
                .moves = "contest",
                .derive = [](const Matter& m, Body& b) { b.add("closes", text(m.now + rule_of(m).reopen_for)); },
                .effect =
                    [](State& s, const Done& d) {
                      ++get(s.contests, d.body().text("contest")).reopened;
                      set_closing(s, d);
                    }},
               {.name = "contest.elect_unopposed",
                .about = "no more stand than there are seats, and the charter elects them",
                .who = {By::clock},
                .fields = {thing("contest"), of_kind(Kind::members, "elected").worked_out()},
                .moves = "contest",
                .guard = may_elect_unopposed,
                .derive = derive_unopposed,
                .effect =
                    [](State& s, const Done& d) {
                      fill_seats(s, d.body().text("contest"), d.body().list("elected"), d, d.body().text("contest"));
                    }},
               {.name = "contest.abandon",
                .about = "gives a contest up, before there are candidates, by a decision of an organ",
                .who = {By::duty, "contests"},
                .fields = {thing("contest"), thing("decision")},
                .moves = "contest",
                .privileged = true,
                .guard = may_abandon}},
      .find = find_in<&State::contests>};
  return process;
}

}  // namespace folkmoot::charter
