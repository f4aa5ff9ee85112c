// R12–R16, R24: slates, endorsements, caucuses.
#include <algorithm>

#include "charter/notices.hpp"
#include "count/count.hpp"
#include "scenes/scene.hpp"

namespace folkmoot::scenes {
namespace {

// A contest for one of the nine seats of coordinators with two candidates; applications are open.
struct Slated {
  std::string contest, first, second;
};

Slated begin(Stage& org) {
  const std::string name = org.name_of(org.seat("coordinator").holder);
  org.act(name, "seat.resign", {{"seat", "seat-coordinator-1"}});
  Slated slated;
  slated.contest = org.call("coordinator");
  slated.first = org.stand(slated.contest, member(1));
  slated.second = org.stand(slated.contest, member(2));
  return slated;
}
// Selected by the members' ballot: the first candidate.
std::string choose(Stage& org, const Slated& slated) {
  org.act("returning-officer:", "slate.call", {{"rule", "members-slate"}, {"contest", slated.contest}});
  const std::string slate = org.last("slate");
  org.act(member(1), "slate.propose", {{"slate", slate}, {"application", slated.first}});
  org.act(member(3), "slate.propose", {{"slate", slate}, {"application", slated.second}});
  const std::string election = org.prepare(slate);
  org.until(get(org.state().slates, slate).proposals_close + Length{1});
  org.open(election);
  org.declare(election, {member(1)});
  return slate;
}

void no_slate_is_chosen_in_secret(Stage& org) {
  const Slated slated = begin(org);
  org.act("returning-officer:", "slate.call", {{"rule", "members-slate"}, {"contest", slated.contest}});
  const std::string slate = org.last("slate");
  const Refusal refusal =
      org.refused("general-secretary:", "slate.adopt", {{"organ", "membership"}, {"slate", slate}}, "slates", "chair:");
  org.check(refusal.recorded);
}

void members_choose_whom_to_endorse(Stage& org) {
  const Slated slated = begin(org);
  const std::string slate = choose(org, slated);
  // Chosen, but not yet adopted; then not whom they did not choose.
  org.refused("general-secretary:", "endorsement.give_for_organ",
              {{"organ", "membership"}, {"application", slated.first}, {"slate", slate}}, "slates.members-slate");
  org.act("general-secretary:", "slate.adopt", {{"organ", "membership"}, {"slate", slate}}, "chair:");
  org.act("general-secretary:", "endorsement.give_for_organ",
          {{"organ", "membership"}, {"application", slated.first}, {"slate", slate}});
  org.refused("general-secretary:", "endorsement.give_for_organ",
              {{"organ", "membership"}, {"application", slated.second}, {"slate", slate}}, "slates.members-slate");
}

void a_slate_that_drops_one_shows_a_gap(Stage& org) {
  const Slated slated = begin(org);
  const std::string slate = choose(org, slated);
  org.act("general-secretary:", "slate.adopt", {{"organ", "membership"}, {"slate", slate}}, "chair:");
  org.act("general-secretary:", "slate.drop",
          {{"slate", slate}, {"application", slated.first}, {"reasons", hash("r")}});
  org.equal(get(org.state().slates, slate).chosen.size(), 1U);
  org.equal(get(org.state().slates, slate).dropped, Names{slated.first});
  org.refused("general-secretary:", "endorsement.give_for_organ",
              {{"organ", "membership"}, {"application", slated.first}, {"slate", slate}}, "slates.members-slate");
}

// A current of 60 in 100 cannot agree on one candidate: where each paper is for one person it loses to 40, and under
// STV its papers meet on whoever of the two has more. For three places they take two of them, as they have the votes.
void like_minded_candidates_do_not_sink_each_other(Stage& org) {
  count::Contest contest;
  contest.title = "Who is to be the chair?";
  contest.candidates = {"Ash, for open ferries", "Birch, for open ferries", "Cedar", "Dogwood"};
  const auto papers = [&](const std::vector<count::Candidate>& order, std::int64_t number) {
    contest.papers.add_ranking(order, number);
  };
  papers({0, 1}, 33);
  papers({1, 0}, 27);
  papers({2, 3}, 40);
  const auto winners = [&](const char* rule, std::size_t seats) {
    contest.seats = seats;
    const count::Transcript transcript = expect(count::count(rule, contest, {}));
    std::string names;
    for (const count::Candidate winner : transcript.winners) names += contest.candidates[winner].substr(0, 1);
    org.say(fmt::format("{} for {}: {}", rule, seats, names));
    return names;
  };
  org.equal(winners("plurality", 1), "C");
  org.equal(winners("av", 1), "A");
  std::string three = winners("scottish-2011", 3);
  std::ranges::sort(three);
  org.equal(three, "ABC");
}

void nothing_shows_as_an_endorsement_until_confirmed(Stage& org) {
  const Slated slated = begin(org);
  org.act(member(1), "endorsement.claim", {{"application", slated.first}, {"endorser", id_of(member(7))}});
  const std::string endorsement = org.last("endorsement");
  org.equal(org.stage(endorsement), "claimed");
  org.check(org.refused(member(1), "endorsement.confirm", {{"endorsement", endorsement}}, "lifecycle").recorded);
  org.act(member(7), "endorsement.confirm", {{"endorsement", endorsement}});
  org.equal(org.stage(endorsement), "given");
}

void withdrawing_an_endorsement(Stage& org) {
  const Slated slated = begin(org);
  org.act(member(7), "endorsement.give", {{"application", slated.first}});
  const std::string endorsement = org.last("endorsement");
  org.until(get(org.state().contests, slated.contest).closes + days(1));
  const Act withdrawal = org.act(member(7), "endorsement.withdraw",
                                 {{"endorsement", endorsement}, {"reasons", hash("what was said on Monday")}});
  org.equal(told(org.state(), withdrawal).election, get(org.state().contests, slated.contest).election);
  org.equal(org.stage(endorsement), "withdrawn");
  org.equal(get(org.state().endorsements, endorsement).reason, hash("what was said on Monday"));
  org.equal(org.stage(slated.first), "standing");
  org.check(org.did("endorsement.give"));
}

void caucuses_have_equal_means(Stage& org) {
  org.act(member(10), "motion.propose", {{"rule", "policy"}, {"title", "Free ferries"}, {"hash", hash("m")}});
  const std::string motion = org.last("motion");
  org.act(member(1), "caucus.form", {{"title", "Open Shore Left"}});
  const std::string caucus = org.last("caucus");
  const Body statement{{"caucus", caucus}, {"on", motion}, {"hash", hash("s")}, {"length", 3000}};
  org.refused(member(1), "caucus.state", statement, "caucuses");
  org.act(member(2), "caucus.join", {{"caucus", caucus}});
  org.act(member(3), "caucus.join", {{"caucus", caucus}});
  org.equal(org.stage(caucus), "recognised");
  org.act(member(1), "caucus.state", statement);
  org.refused(member(1), "caucus.state", {{"caucus", caucus}, {"on", motion}, {"hash", hash("s")}, {"length", 3001}},
              "caucuses.statement_length");
  for (int i = 0; i < 2; ++i)
    org.act(member(2), "caucus.mail", {{"caucus", caucus}, {"on", motion}, {"hash", hash("l")}});
  org.refused(member(2), "caucus.mail", {{"caucus", caucus}, {"on", motion}, {"hash", hash("l")}}, "caucuses.mailings");
}

constexpr Scene list[] = {
    {12, "No slate is chosen in secret", no_slate_is_chosen_in_secret},
    {13, "Members choose whom to endorse", members_choose_whom_to_endorse},
    {14, "A slate that drops one shows a gap", a_slate_that_drops_one_shows_a_gap},
    {14, "Like-minded candidates do not sink each other", like_minded_candidates_do_not_sink_each_other},
    {15, "Nothing shows as an endorsement until confirmed", nothing_shows_as_an_endorsement_until_confirmed},
    {16, "Withdrawing an endorsement", withdrawing_an_endorsement},
    {24, "Caucuses have equal means", caucuses_have_equal_means},
};

}  // namespace

std::span<const Scene> endorsement_scenes() { return list; }

}  // namespace folkmoot::scenes
