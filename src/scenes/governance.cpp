// R30–R42, R45, R46, R49: due process, separation of powers.
#include "charter/commitment.hpp"
#include "charter/flags.hpp"
#include "scenes/scene.hpp"

namespace folkmoot::scenes {
namespace {

std::string open_case(Stage& org, const std::string& accused) {
  org.act("conduct-officer:", "case.open",
          {{"member", id_of(accused)}, {"rule", "harassment"}, {"evidence", hash("e")}, {"notice", hash("n")}});
  return org.last("case");
}
void seat_panel(Stage& org, const std::string& id) {
  for (int i = 1; i <= 3; ++i) {
    org.act("conduct-officer:", "case.seat", {{"case", id}, {"member", org.seat("coordinator", i).holder}});
  }
}
void suspend(Stage& org, const std::string& id) {
  org.act("general-secretary:", "case.suspend",
          {{"organ", "coordinating"}, {"case", id}, {"until", text(org.now() + days(60))}, {"reasons", hash("r")}},
          "chair:");
}

void suspension_with_due_process(Stage& org) {
  const std::string accused = member(8);
  const std::string id = open_case(org, accused);
  seat_panel(org, id);
  // Not before the member was heard.
  org.refused("general-secretary:", "case.suspend",
              {{"organ", "coordinating"}, {"case", id}, {"until", text(org.now() + days(60))}, {"reasons", hash("r")}},
              "discipline", "chair:");
  org.act(accused, "case.reply", {{"case", id}, {"statement", hash("it was not like that")}});
  org.refused("general-secretary:", "case.suspend",
              {{"organ", "coordinating"}, {"case", id}, {"until", text(org.now() + days(600))}, {"reasons", hash("r")}},
              "discipline.longest_suspension", "chair:");
  suspend(org, id);
  org.equal(get(org.state().members, id_of(accused)).stage, "suspended");
  org.equal(get(org.state().members, id_of(accused)).suspended_by, id);
  org.act(accused, "case.appeal", {{"case", id}, {"statement", hash("a")}});
  org.act("appeals-convener:", "case.overturn", {{"organ", "appeals"}, {"case", id}, {"reasons", hash("o")}});
  org.equal(get(org.state().members, id_of(accused)).stage, "active");
}

void a_suspension_ends_by_itself(Stage& org) {
  const std::string id = open_case(org, member(8));
  seat_panel(org, id);
  org.pass(days(15));
  suspend(org, id);
  org.pass(days(61));
  org.equal(org.stage(id), "final");
  org.equal(get(org.state().members, id_of(member(8))).stage, "active");
}

void recusal(Stage& org) {
  const std::string backer = org.seat("coordinator", 1).holder;
  const std::string name = org.name_of(backer);
  org.act(name, "member.declare_interest", {{"member", id_of(member(8))}});
  const std::string id = open_case(org, member(8));
  org.check(
      org.refused("conduct-officer:", "case.seat", {{"case", id}, {"member", backer}}, "discipline.panel").recorded);
  org.equal(org.state().attempts.size(), 1U);
  org.check(get(org.state().cases, id).panel.empty());
}

void a_candidate_is_suspended_during_the_election(Stage& org) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = org.call("chair");
  const std::string application = org.stand(contest, member(1));
  org.stand(contest, member(2));
  org.campaign(contest);
  const std::string id = open_case(org, member(1));
  org.act(member(1), "case.reply", {{"case", id}, {"statement", hash("s")}});
  seat_panel(org, id);
  const std::string election = get(org.state().contests, contest).election;
  org.open(election);
  suspend(org, id);
  org.equal(org.stage(application), "standing");  // "stays", says the charter
  org.until(get(org.state().elections, election).closes);
  Body result{{"election", election},
              {"record", hash("r")},
              {"transcript", hash("with")},
              {"cast", 50},
              {"elected", std::vector<std::string>{id_of(member(2))}}};
  org.refused("returning-officer:", "election.declare", result, "contests.*.suspended", "chair:");
  result.add("other_transcript", hash("without"));
  org.act("returning-officer:", "election.declare", result, "chair:");
  org.equal(org.seat("chair").holder, id_of(member(2)));
}

void abuse_of_candidates(Stage& org) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = org.call("chair");
  const std::string application = org.stand(contest, member(1));
  org.act(member(1), "complaint.report", {{"about", application}, {"evidence", hash("a message")}});
  const std::string id = org.last("complaint");
  org.refused(member(2), "complaint.decide",
              {{"complaint", id}, {"action", "removed"}, {"rule", "harassment"}, {"reasons", hash("r")}},
              "duties.moderation");
  org.act("conduct-officer:", "complaint.decide",
          {{"complaint", id}, {"action", "removed"}, {"rule", "harassment"}, {"reasons", hash("r")}});
  org.equal(get(org.state().complaints, id).evidence, hash("a message"));
}

void cases_have_clocks(Stage& org) {
  const std::string id = open_case(org, member(8));
  org.pass(days(14 + 28 + 2));
  org.equal(get(org.state().cases, id).breaches, 1);
  org.check(org.flagged(id));
}

void confidential_papers(Stage& org) {
  const std::string paper_text = "the draft accounts";
  const Salt salt = sha256("a salt that the private store keeps");
  org.act("general-secretary:", "paper.deposit",
          {{"organ", "coordinating"}, {"title", "Draft accounts"}, {"commitment", to_hex(commit(salt, paper_text))}});
  const std::string id = org.last("paper");
  org.check(org.refused(member(3), "paper.read", {{"paper", id}}, "organs.coordinating").recorded);
  org.act("treasurer:", "paper.read", {{"paper", id}});
  org.equal(get(org.state().papers, id).readings.size(), 1U);
  org.act("general-secretary:", "paper.release", {{"paper", id}}, "chair:");
  org.equal(get(org.state().papers, id).commitment, to_hex(commit(salt, paper_text)));
  org.check(get(org.state().papers, id).commitment != to_hex(commit(salt, "the final accounts")));
}

void misuse_of_funds(Stage& org) {
  org.act("treasurer:", "spend.enter", {{"amount", 100'000}, {"purpose", hash("stamps")}});
  org.equal(org.stage(org.last("spend")), "passed");
  org.act("treasurer:", "spend.enter", {{"amount", 100'001}, {"purpose", hash("a boat")}});
  const std::string boat = org.last("spend");
  org.check(org.flagged(boat));
  org.act(member(9), "spend.refer", {{"spend", boat}, {"reasons", hash("which boat?")}});
  const std::string decision = org.decide_in("coordinating", "A hall");
  org.act(
      "general-secretary:", "mandate.grant",
      {{"organ", "coordinating"}, {"decision", decision}, {"amount", 300'000}, {"until", text(org.now() + days(90))}},
      "chair:");
  const std::string mandate = org.last("mandate");
  org.act("treasurer:", "spend.enter", {{"amount", 200'000}, {"mandate", mandate}, {"purpose", hash("hall")}},
          "chair:");
  org.equal(org.stage(org.last("spend")), "passed");
  org.refused("treasurer:", "spend.enter", {{"amount", 200'000}, {"mandate", mandate}, {"purpose", hash("hall")}},
              "spending.mandates", "chair:");
}

void no_quiet_use_of_privilege(Stage& org) {
  const std::string decision = org.decide_in("coordinating", "A hall");
  const Body grant{
      {"organ", "coordinating"}, {"decision", decision}, {"amount", 1}, {"until", text(org.now() + days(9))}};
  org.check(org.refused("general-secretary:", "mandate.grant", grant, "privileged").recorded);
  org.refused("general-secretary:", "mandate.grant", grant, "privileged", "general-secretary:");
  org.refused("general-secretary:", "mandate.grant", grant, "privileged", member(1));
  org.check(org.state().mandates.empty());
}

void separation_of_powers_in_an_election(Stage& org) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  org.act("returning-officer:", "contest.call", {{"post", "chair"}, {"seats", 1}});
  org.act("returning-officer:", "election.prepare", {{"of", org.last("contest")}});
  const std::string id = org.last("election");
  const auto appoint = [&](const char* role, const std::string& person) {
    return Body{{"election", id}, {"role", role}, {"member", person}};
  };
  org.refused("returning-officer:", "election.appoint", appoint("registrar", org.seat("returning-officer").holder),
              "elections");
  org.act("returning-officer:", "election.appoint", appoint("registrar", id_of(member(1))));
  org.check(org.refused("returning-officer:", "election.appoint", appoint("trustee", id_of(member(1))), "elections")
                .recorded);
  org.act("returning-officer:", "election.appoint", appoint("trustee", org.seat("membership-secretary").holder));
  org.refused("membership-secretary:", "election.freeze",
              {{"election", id}, {"root", hash("r")}, {"size", 78}, {"weight", 78}}, "elections");
}

void official_acts_are_made_in_the_system(Stage& org) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = org.call("chair");
  const std::string application = org.stand(contest, member(1));
  org.act("general-secretary:", "claim.note",
          {{"member", id_of(member(1))}, {"hash", hash("she withdraws")}, {"source", hash("a paper")}});
  org.equal(org.stage(application), "standing");
  org.check(
      org.refused("returning-officer:", "application.withdraw", {{"application", application}}, "lifecycle").recorded);
  org.act(member(1), "application.withdraw", {{"application", application}});
  org.equal(org.stage(application), "withdrawn");
}

void fact_and_rumour(Stage& org) {
  org.act("general-secretary:", "claim.note",
          {{"member", id_of(member(1))}, {"hash", hash("will stand")}, {"source", hash("a friend")}});
  const std::string id = org.last("claim");
  org.equal(org.stage(id), "unconfirmed");
  org.refused("general-secretary:", "claim.confirm", {{"claim", id}}, "lifecycle.claim");
  org.act(member(1), "claim.confirm", {{"claim", id}});
  org.equal(org.stage(id), "confirmed");
}

void electorates_are_frozen_before_nominations(Stage& org) {
  org.act("affiliate-member:", "seat.resign", {{"seat", "seat-affiliate-member-1"}});
  org.act("returning-officer:", "contest.call", {{"post", "affiliate-member"}, {"seats", 1}});
  const std::string contest = org.last("contest");
  org.pass(days(3));
  org.equal(org.stage(contest), "called");  // nothing opens without an electorate
  const std::string election = org.prepare(contest);
  org.equal(org.stage(contest), "applications");
  org.equal(get(org.state().elections, election).size, 2);
  org.equal(get(org.state().elections, election).weight, 420);  // 300 rowers, 120 harbour workers
}

void the_freeze_is_to_exactly_those_entitled(Stage& org) {
  org.act("north-shore-secretary:", "seat.resign", {{"seat", "seat-north-shore-secretary-1"}});
  org.act("returning-officer:", "contest.call", {{"post", "north-shore-secretary"}, {"seats", 1}});
  org.act("returning-officer:", "election.prepare", {{"of", org.last("contest")}});
  const std::string election = org.last("election");
  org.refused("membership-secretary:", "election.freeze",
              {{"election", election}, {"root", hash("r")}, {"size", 29}, {"weight", 29}}, "electorates.north-shore");
  org.act("membership-secretary:", "election.freeze",
          {{"election", election}, {"root", hash("r")}, {"size", 30}, {"weight", 30}});
}

void terms_and_holders_without_an_election(Stage& org) {
  org.check(org.flagged("seat-chair-1"));
  std::string once = org.charter().text;
  once.replace(once.find("max_terms = 3"), 13, "max_terms = 1");
  const std::unique_ptr<Stage> limited = org.under(once);
  const std::string first = limited->name_of(limited->seat("chair").holder);
  limited->act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = limited->call("chair");
  limited->refused(first, "application.submit", {{"contest", contest}, {"statement", hash("s")}},
                   "posts.chair.max_terms");
  org.pass(days(2 * 365));
  org.equal(org.seat("treasurer").stage, "vacant");
}

void supporters_without_a_vote(Stage& org) {
  org.act("membership-secretary:", "supporter.admit",
          {{"members", std::vector<std::string>{id_of("Sunniva Supporter")}}});
  org.act(member(10), "motion.propose", {{"rule", "policy"}, {"title", "Free ferries"}, {"hash", hash("m")}});
  const std::string motion = org.last("motion");
  for (int i = 1; i <= 2; ++i) org.act(member(i), "motion.second", {{"motion", motion}});
  org.act("Sunniva Supporter", "motion.contribute", {{"motion", motion}, {"hash", hash("I think")}});
  org.refused("Sunniva Supporter", "motion.second", {{"motion", motion}}, "supporters");
  org.refused("Sunniva Supporter", "petition.open", {{"rule", "policy"}, {"title", "t"}, {"hash", hash("h")}},
              "supporters");
}

constexpr Scene list[] = {
    {30, "Suspension with due process", suspension_with_due_process},
    {30, "A suspension ends by itself", a_suspension_ends_by_itself},
    {31, "Recusal", recusal},
    {32, "A candidate is suspended during the election", a_candidate_is_suspended_during_the_election},
    {33, "Abuse of candidates", abuse_of_candidates},
    {34, "Cases have clocks", cases_have_clocks},
    {35, "Confidential papers", confidential_papers},
    {37, "Misuse of funds", misuse_of_funds},
    {38, "No quiet use of privilege", no_quiet_use_of_privilege},
    {39, "Separation of powers in an election", separation_of_powers_in_an_election},
    {41, "Official acts are made in the system", official_acts_are_made_in_the_system},
    {42, "Fact and rumour", fact_and_rumour},
    {45, "Electorates are frozen before nominations", electorates_are_frozen_before_nominations},
    {45, "The freeze is to exactly those entitled", the_freeze_is_to_exactly_those_entitled},
    {46, "Terms and holders without an election", terms_and_holders_without_an_election},
    {49, "Supporters without a vote", supporters_without_a_vote},
};

}  // namespace

std::span<const Scene> governance_scenes() { return list; }

}  // namespace folkmoot::scenes
