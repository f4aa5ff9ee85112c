// A seat: one place in a post. Who holds it, until when, and by what right.
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Seat& seat_of(const Matter& m) { return get(m.state.seats, m.body.text("seat")); }
const Post& post_of(const Matter& m) { return get(m.state.charter().posts, seat_of(m).post); }

Verdict breaks_composition(const Matter& m, const std::string& holder, const std::string& by) {
  const auto broken = would_break(m.state, {{m.body.text("seat")}, by, holder});
  return broken ? Verdict(Refusal{broken->rule, broken->message}) : Verdict();
}

Verdict may_found(const Matter& m) {
  const Time until = m.body.time("until");
  if (!is_active(m.state, m.body.text("member"))) return refuse("founding", "is not an active member");
  if (until <= m.now || until > m.now + post_of(m).term) {
    return refuse(fmt::format("posts.{}.term", seat_of(m).post), "a term is at most {}", text(post_of(m).term));
  }
  return {};
}

Verdict is_holder(const Matter& m) {
  if (seat_of(m).holder == m.who()) return {};
  return refuse("lifecycle.seat", "only its holder may resign it");
}

Verdict has_ended(const Matter& m) {
  const Seat& seat = seat_of(m);
  const std::string& standing = get(m.state.members, seat.holder).stage;
  if (m.now >= seat.until) return {};
  if (standing != "active" && standing != "suspended") return {};
  return refuse(fmt::format("posts.{}.term", seat.post), "the term lasts until {}", text(seat.until));
}

// Who stands in, as the charter says; empty if nobody does.
std::string deputy(const Matter& m) {
  for (const std::string& holder : holders(m.state, post_of(m).interim)) {
    if (is_active(m.state, holder)) return holder;
  }
  return "";
}

Verdict may_stand_in(const Matter& m) {
  const Seat& seat = seat_of(m);
  if (m.state.organisation.stage != "constituted") return refuse("founding", "the founding is not over");
  if (post_of(m).interim.empty() || deputy(m).empty()) {
    return refuse(fmt::format("posts.{}.interim", seat.post), "nobody stands in");
  }
  if (seat.had_interim) {
    return refuse(fmt::format("posts.{}.interim_for", seat.post), "somebody has stood in for this vacancy already");
  }
  return breaks_composition(m, deputy(m), "");
}

Verdict may_announce(const Matter& m) {
  if (m.state.organisation.stage == "constituted" && seat_of(m).call_by == Time{}) return {};
  return refuse("lifecycle.seat", "the vacancy is announced already");
}

Verdict may_appoint(const Matter& m) {
  const std::string& organ = m.body.text("organ");
  const Post& post = post_of(m);
  const Decision& decision = get(m.state.decisions, m.body.text("decision"));
  if (post.appointed_by != organ) {
    return refuse(fmt::format("posts.{}.appointed_by", seat_of(m).post), "\"{}\" does not appoint this post", organ);
  }
  if (decision.organ != organ || decision.stage != "in-force") {
    return refuse(fmt::format("posts.{}.appointed_by", seat_of(m).post), "needs a decision of \"{}\" in force", organ);
  }
  const std::string reason = unfit(m.state, m.state.charter(), seat_of(m).post, m.body.text("member"));
  if (!reason.empty()) {
    return refuse(fmt::format("posts.{}", seat_of(m).post), "{} {}", m.body.text("member"), reason);
  }
  return breaks_composition(m, m.body.text("member"), "");
}

// R1, countback: who is next by the record of the last election takes the place, without another ballot. That it is who
// the papers say is checked by whoever has the record.
Verdict may_count_back(const Matter& m) {
  const Seat& seat = seat_of(m);
  const Post& post = post_of(m);
  if (post.contest.empty() || get(m.state.charter().contests, post.contest).vacancy != "countback") {
    return refuse(fmt::format("posts.{}.contest", seat.post), "vacancies in this post are not filled by a countback");
  }
  const Election& election = get(m.state.elections, m.body.text("election"));
  if (m.body.text("election") != seat.elected_in || election.stage != "declared") {
    return refuse("lifecycle.seat", "the seat was filled by {}",
                  seat.elected_in.empty() ? "no election" : seat.elected_in);
  }
  const std::string& next = m.body.text("member");
  bool stood = false;
  for (const std::string& id : get(m.state.contests, election.of).applications) {
    const Application& application = get(m.state.applications, id);
    stood |= application.member == next && application.stage == "standing";
  }
  if (!stood || contains(election.elected, next) || contains(election.counted_back, next)) {
    return refuse("lifecycle.seat", "{} did not stand there, or has had a seat", next);
  }
  const std::string reason = unfit(m.state, m.state.charter(), seat.post, next);
  if (!reason.empty()) return refuse(fmt::format("posts.{}", seat.post), "{} {}", next, reason);
  return breaks_composition(m, next, election.electorate);
}

void vacate(State& state, const Done& done) { empty_seat(state, done.body().text("seat"), done.act.time); }

}  // namespace

const Process& seat_process() {
  static const Process process{
      .name = "seat",
      .title = "A seat of a post",
      .rows = "R1 R3 R4 R22 R46",
      .keeps_charter = false,
      .transitions = {{"", "organisation.found", "vacant", "posts.*.seats"},
                      {"", "charter.amend", "vacant", "posts.*.seats"},
                      {"vacant", "seat.found", "held", ""},
                      {"vacant", "seat.announce", "vacant", "posts.*.call_within"},
                      {"vacant", "seat.interim", "interim", "posts.*.interim"},
                      {"vacant", "seat.appoint", "held", "posts.*.appointed_by"},
                      {"interim", "seat.appoint", "held", "posts.*.appointed_by"},
                      {"vacant", "seat.count_back", "held", "contests.*.vacancy"},
                      {"interim", "seat.count_back", "held", "contests.*.vacancy"},
                      {"vacant", "election.declare", "held", "posts.*.contest"},
                      {"interim", "election.declare", "held", "posts.*.contest"},
                      {"held", "election.declare", "held", "posts.*.term"},
                      {"vacant", "contest.elect_unopposed", "held", "contests.*.unopposed"},
                      {"interim", "contest.elect_unopposed", "held", "contests.*.unopposed"},
                      {"held", "contest.elect_unopposed", "held", "posts.*.term"},
                      {"held", "report.fall_due", "held", "posts.*.report_every"},
                      {"held", "seat.resign", "vacant", ""},
                      {"interim", "seat.resign", "vacant", ""},
                      {"held", "seat.end", "vacant", "posts.*.term"},
                      {"interim", "seat.end", "vacant", "posts.*.interim_for"},
                      {"held", "recall.carry", "vacant", "petitions.*.majority"},
                      {"interim", "recall.carry", "vacant", "petitions.*.majority"},
                      {"vacant", "charter.amend", "abolished", ""},
                      {"held", "charter.amend", "abolished", ""},
                      {"interim", "charter.amend", "abolished", ""},
                      {"abolished", "charter.amend", "vacant", ""}},
      .acts = {{.name = "seat.found",
                .about = "seats a first holder, without an election, which stays visible",
                .who = {By::founder},
                .fields = {thing("seat"), member("member"), time("until")},
                .moves = "seat",
                .guard = may_found,
                .effect =
                    [](State& s, const Done& d) {
                      seat_member(s, d.body().text("seat"), d.body().text("member"), d, "founding", "",
                                  d.body().time("until"));
                    }},
               {.name = "seat.resign",
                .about = "gives up a seat; others that the holder has are untouched",
                .who = {By::anyone},
                .fields = {thing("seat")},
                .moves = "seat",
                .guard = is_holder,
                .effect = vacate},
               {.name = "seat.end",
                .about = "the term is over, or the holder is no longer a member",
                .who = {By::clock},
                .fields = {thing("seat")},
                .moves = "seat",
                .guard = has_ended,
                .effect = vacate},
               {.name = "seat.announce",
                .about = "opens a dated vacancy",
                .who = {By::clock},
                .fields = {thing("seat"), time("vacant_since").worked_out(), time("call_by").worked_out()},
                .moves = "seat",
                .guard = may_announce,
                .derive =
                    [](const Matter& m, Body& body) {
                      body.add("vacant_since", text(seat_of(m).vacant_since));
                      body.add("call_by", text(m.now + post_of(m).call_within));
                    },
                .effect =
                    [](State& s, const Done& d) {
                      get(s.seats, d.body().text("seat")).call_by = d.body().time("call_by");
                    }},
               {.name = "seat.interim",
                .about = "the charter's deputy stands in",
                .who = {By::clock},
                .fields = {thing("seat"), member("member").worked_out(), time("until").worked_out()},
                .moves = "seat",
                .guard = may_stand_in,
                .derive =
                    [](const Matter& m, Body& body) {
                      body.add("member", deputy(m));
                      body.add("until", text(m.now + post_of(m).interim_for));
                    },
                .effect =
                    [](State& s, const Done& d) {
                      const Seat before = get(s.seats, d.body().text("seat"));
                      seat_member(s, d.body().text("seat"), d.body().text("member"), d, "interim", "",
                                  d.body().time("until"));
                      Seat& seat = get(s.seats, d.body().text("seat"));
                      seat.had_interim = true;
                      seat.vacant_since = before.vacant_since;
                      seat.call_by = before.call_by;
                    }},
               {.name = "seat.appoint",
                .about = "an organ fills a post that it appoints, by a decision of its own",
                .who = {By::organ},
                .fields = {thing("seat"), word("organ"), member("member"), thing("decision")},
                .moves = "seat",
                .refusals_recorded = true,
                .guard = may_appoint,
                .effect =
                    [](State& s, const Done& d) {
                      const std::string& seat = d.body().text("seat");
                      const Length term = get(s.charter().posts, get(s.seats, seat).post).term;
                      seat_member(s, seat, d.body().text("member"), d, d.body().text("decision"), "",
                                  d.act.time + term);
                    }},
               {.name = "seat.count_back",
                .about = "fills a vacancy from the count of the election that filled the seat before",
                .who = {By::duty, "contests"},
                .fields = {thing("seat"), thing("election"), member("member"),
                           published("transcript", Document::transcript)},
                .moves = "seat",
                .privileged = true,
                .guard = may_count_back,
                .effect =
                    [](State& s, const Done& d) {
                      const std::string& seat = d.body().text("seat");
                      Election& election = get(s.elections, d.body().text("election"));
                      election.counted_back.push_back(d.body().text("member"));
                      const Time until = get(s.seats, seat).elected_until;
                      seat_member(s, seat, d.body().text("member"), d, d.body().text("election"), election.electorate,
                                  std::max(until, d.act.time));
                    }}},
      .find = find_in<&State::seats>};
  return process;
}

}  // namespace folkmoot::charter
