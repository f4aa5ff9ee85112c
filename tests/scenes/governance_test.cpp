// R30–R46, R49: due process, separation of powers, the record.
#include "charter/commitment.hpp"
#include "charter/flags.hpp"
#include "scenes/scene.hpp"

namespace folkmoot::scenes {
namespace {

class Governance : public Scenes {
 protected:
  std::string open_case(const std::string& accused) {
    org.act("conduct-officer:", "case.open",
            {{"member", ref(accused)}, {"rule", "harassment"}, {"evidence", hash("e")}, {"notice", hash("n")}});
    return org.last("case");
  }
  void seat_panel(const std::string& id) {
    for (int i = 1; i <= 3; ++i) {
      org.act("conduct-officer:", "case.seat", {{"case", id}, {"member", seat("coordinator", i).holder}});
    }
  }
  void suspend(const std::string& id) {
    org.act("general-secretary:", "case.suspend",
            {{"organ", "coordinating"}, {"case", id}, {"until", text(org.now() + days(60))}, {"reasons", hash("r")}},
            "chair:");
  }
  [[nodiscard]] bool flagged(const std::string& id) const {
    return std::ranges::any_of(flags(org.state(), org.now()), [&](const Flag& flag) { return flag.thing == id; });
  }
};

TEST_F(Governance, R30_SuspensionWithDueProcess) {
  const std::string accused = member(8);
  const std::string id = open_case(accused);
  seat_panel(id);
  // Not before the member was heard.
  org.refused("general-secretary:", "case.suspend",
              {{"organ", "coordinating"}, {"case", id}, {"until", text(org.now() + days(60))}, {"reasons", hash("r")}},
              "discipline", "chair:");
  org.act(accused, "case.reply", {{"case", id}, {"statement", hash("it was not like that")}});
  org.refused("general-secretary:", "case.suspend",
              {{"organ", "coordinating"}, {"case", id}, {"until", text(org.now() + days(600))}, {"reasons", hash("r")}},
              "discipline.longest_suspension", "chair:");
  suspend(id);
  EXPECT_EQ(get(org.state().members, ref(accused)).stage, "suspended");
  EXPECT_EQ(get(org.state().members, ref(accused)).suspended_by, id);
  org.act(accused, "case.appeal", {{"case", id}, {"statement", hash("a")}});
  org.act("appeals-convener:", "case.overturn", {{"organ", "appeals"}, {"case", id}, {"reasons", hash("o")}});
  EXPECT_EQ(get(org.state().members, ref(accused)).stage, "active");
}

TEST_F(Governance, R30_ASuspensionEndsByItself) {
  const std::string id = open_case(member(8));
  seat_panel(id);
  org.pass(days(15));
  suspend(id);
  org.pass(days(61));
  EXPECT_EQ(stage(id), "final");
  EXPECT_EQ(get(org.state().members, ref(member(8))).stage, "active");
}

TEST_F(Governance, R31_Recusal) {
  const std::string backer = seat("coordinator", 1).holder;
  std::string name;
  for (const std::string_view person : holders_of_posts) {
    if (ref(std::string(person)) == backer) name = person;
  }
  org.act(name, "member.declare_interest", {{"member", ref(member(8))}});
  const std::string id = open_case(member(8));
  EXPECT_TRUE(
      org.refused("conduct-officer:", "case.seat", {{"case", id}, {"member", backer}}, "discipline.panel").recorded);
  EXPECT_EQ(org.state().attempts.size(), 1U);
  EXPECT_TRUE(get(org.state().cases, id).panel.empty());
}

TEST_F(Governance, R32_ACandidateIsSuspendedDuringTheElection) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = call("chair");
  const std::string application = stand(contest, member(1));
  stand(contest, member(2));
  campaign(contest);
  const std::string id = open_case(member(1));
  org.act(member(1), "case.reply", {{"case", id}, {"statement", hash("s")}});
  seat_panel(id);
  const std::string election = get(org.state().contests, contest).election;
  org.open(election);
  suspend(id);
  EXPECT_EQ(stage(application), "standing");  // "stays", says the charter
  org.until(get(org.state().elections, election).closes);
  Body result{{"election", election},
              {"record", hash("r")},
              {"transcript", hash("with")},
              {"cast", 50},
              {"elected", std::vector<std::string>{ref(member(2))}}};
  org.refused("returning-officer:", "election.declare", result, "contests.*.suspended", "chair:");
  result.add("other_transcript", hash("without"));
  org.act("returning-officer:", "election.declare", result, "chair:");
  EXPECT_EQ(seat("chair").holder, ref(member(2)));
}

TEST_F(Governance, R33_AbuseOfCandidates) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = call("chair");
  const std::string application = stand(contest, member(1));
  org.act(member(1), "complaint.report", {{"about", application}, {"evidence", hash("a message")}});
  const std::string id = org.last("complaint");
  org.refused(member(2), "complaint.decide",
              {{"complaint", id}, {"action", "removed"}, {"rule", "harassment"}, {"reasons", hash("r")}},
              "duties.moderation");
  org.act("conduct-officer:", "complaint.decide",
          {{"complaint", id}, {"action", "removed"}, {"rule", "harassment"}, {"reasons", hash("r")}});
  EXPECT_EQ(get(org.state().complaints, id).evidence, hash("a message"));
}

TEST_F(Governance, R34_CasesHaveClocks) {
  const std::string id = open_case(member(8));
  org.pass(days(14 + 28 + 2));
  EXPECT_EQ(get(org.state().cases, id).breaches, 1);
  EXPECT_TRUE(flagged(id));
}

TEST_F(Governance, R35_ConfidentialPapers) {
  const std::string paper_text = "the draft accounts";
  const Salt salt = sha256("a salt that the private store keeps");
  org.act("general-secretary:", "paper.deposit",
          {{"organ", "coordinating"}, {"title", "Draft accounts"}, {"commitment", to_hex(commit(salt, paper_text))}});
  const std::string id = org.last("paper");
  EXPECT_TRUE(org.refused(member(3), "paper.read", {{"paper", id}}, "organs.coordinating").recorded);
  org.act("treasurer:", "paper.read", {{"paper", id}});
  EXPECT_EQ(get(org.state().papers, id).readings.size(), 1U);
  org.act("general-secretary:", "paper.release", {{"paper", id}}, "chair:");
  EXPECT_EQ(get(org.state().papers, id).commitment, to_hex(commit(salt, paper_text)));
  EXPECT_NE(get(org.state().papers, id).commitment, to_hex(commit(salt, "the final accounts")));
}

TEST_F(Governance, R36_AnEvidencePackReplays) {
  const std::string id = open_case(member(8));
  org.act(member(8), "case.reply", {{"case", id}, {"statement", hash("s")}});
  // What concerns the case, and that the whole of which it is part keeps the rules (inclusion proofs are the ledger's).
  std::size_t pack = 0;
  for (const Act& act : org.acts()) pack += act.body.text("case") == id || act.type == "case.open";
  EXPECT_EQ(pack, 2U);
  std::vector<Act> forged = org.acts();
  forged.back().body.set("statement", hash("another"));
  forged.back().actor = {ref(member(9)), ""};
  EXPECT_FALSE(replay(forged));
}

TEST_F(Governance, R37_MisuseOfFunds) {
  org.act("treasurer:", "spend.enter", {{"amount", 100'000}, {"purpose", hash("stamps")}});
  EXPECT_EQ(stage(org.last("spend")), "passed");
  org.act("treasurer:", "spend.enter", {{"amount", 100'001}, {"purpose", hash("a boat")}});
  const std::string boat = org.last("spend");
  EXPECT_TRUE(flagged(boat));
  org.act(member(9), "spend.refer", {{"spend", boat}, {"reasons", hash("which boat?")}});
  const std::string decision = decide_in("coordinating", "A hall");
  org.act(
      "general-secretary:", "mandate.grant",
      {{"organ", "coordinating"}, {"decision", decision}, {"amount", 300'000}, {"until", text(org.now() + days(90))}},
      "chair:");
  const std::string mandate = org.last("mandate");
  org.act("treasurer:", "spend.enter", {{"amount", 200'000}, {"mandate", mandate}, {"purpose", hash("hall")}},
          "chair:");
  EXPECT_EQ(stage(org.last("spend")), "passed");
  org.refused("treasurer:", "spend.enter", {{"amount", 200'000}, {"mandate", mandate}, {"purpose", hash("hall")}},
              "spending.mandates", "chair:");
}

TEST_F(Governance, R38_NoQuietUseOfPrivilege) {
  const std::string decision = decide_in("coordinating", "A hall");
  const Body grant{
      {"organ", "coordinating"}, {"decision", decision}, {"amount", 1}, {"until", text(org.now() + days(9))}};
  EXPECT_TRUE(org.refused("general-secretary:", "mandate.grant", grant, "privileged").recorded);
  org.refused("general-secretary:", "mandate.grant", grant, "privileged", "general-secretary:");
  org.refused("general-secretary:", "mandate.grant", grant, "privileged", member(1));
  EXPECT_TRUE(org.state().mandates.empty());
}

TEST_F(Governance, R39_SeparationOfPowersInAnElection) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  org.act("returning-officer:", "contest.call", {{"post", "chair"}, {"seats", 1}});
  org.act("returning-officer:", "election.prepare", {{"of", org.last("contest")}});
  const std::string id = org.last("election");
  const auto appoint = [&](const char* role, const std::string& person) {
    return Body{{"election", id}, {"role", role}, {"member", person}};
  };
  org.refused("returning-officer:", "election.appoint", appoint("registrar", seat("returning-officer").holder),
              "elections");
  org.act("returning-officer:", "election.appoint", appoint("registrar", ref(member(1))));
  EXPECT_TRUE(
      org.refused("returning-officer:", "election.appoint", appoint("trustee", ref(member(1))), "elections").recorded);
  org.act("returning-officer:", "election.appoint", appoint("trustee", seat("membership-secretary").holder));
  org.refused("membership-secretary:", "election.freeze",
              {{"election", id}, {"root", hash("r")}, {"size", 78}, {"weight", 78}}, "elections");
}

TEST_F(Governance, R40_TheRecordIsNamedInTheDeclaration) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = call("chair");
  stand(contest, member(1));
  stand(contest, member(2));
  campaign(contest);
  const std::string election = get(org.state().contests, contest).election;
  org.open(election);
  org.refused("returning-officer:", "election.declare",
              {{"election", election},
               {"record", hash("r")},
               {"transcript", hash("t")},
               {"cast", 1},
               {"elected", std::vector<std::string>{ref(member(1))}}},
              "privileged", "chair:");  // the ballot is open
  org.declare(election, {member(1)});
  EXPECT_EQ(get(org.state().elections, election).record, hash("record of " + election));
}

TEST_F(Governance, R41_OfficialActsAreMadeInTheSystem) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = call("chair");
  const std::string application = stand(contest, member(1));
  org.act("general-secretary:", "claim.note",
          {{"member", ref(member(1))}, {"hash", hash("she withdraws")}, {"source", hash("a paper")}});
  EXPECT_EQ(stage(application), "standing");
  EXPECT_TRUE(
      org.refused("returning-officer:", "application.withdraw", {{"application", application}}, "lifecycle").recorded);
  org.act(member(1), "application.withdraw", {{"application", application}});
  EXPECT_EQ(stage(application), "withdrawn");
}

TEST_F(Governance, R42_FactAndRumour) {
  org.act("general-secretary:", "claim.note",
          {{"member", ref(member(1))}, {"hash", hash("will stand")}, {"source", hash("a friend")}});
  const std::string id = org.last("claim");
  EXPECT_EQ(stage(id), "unconfirmed");
  org.refused("general-secretary:", "claim.confirm", {{"claim", id}}, "lifecycle.claim");
  org.act(member(1), "claim.confirm", {{"claim", id}});
  EXPECT_EQ(stage(id), "confirmed");
}

TEST_F(Governance, R43_DefacementIsDetected) {
  const std::string good = "Members decide on 1 May.";
  org.act("general-secretary:", "statement.publish", {{"title", "The ballot"}, {"hash", hash(good)}});
  const std::string id = org.last("statement");
  EXPECT_EQ(get(org.state().statements, id).hash, hash(good));
  EXPECT_NE(get(org.state().statements, id).hash, hash(good + " Cheap watches!"));
}

TEST_F(Governance, R44_ProvenanceOfOfficialText) {
  org.act("general-secretary:", "statement.publish", {{"title", "The ballot"}, {"hash", hash("one")}});
  const std::string id = org.last("statement");
  org.act("general-secretary:", "statement.revise", {{"statement", id}, {"hash", hash("two")}});
  EXPECT_EQ(get(org.state().statements, id).office, "general-secretary");
  EXPECT_EQ(get(org.state().statements, id).versions, (Names{hash("one"), hash("two")}));
  org.refused(member(1), "statement.publish", {{"title", "Buy this"}, {"hash", hash("three")}}, "duties.texts");
}

TEST_F(Governance, R45_ElectoratesAreFrozenBeforeNominations) {
  org.act("affiliate-member:", "seat.resign", {{"seat", "seat-affiliate-member-1"}});
  org.act("returning-officer:", "contest.call", {{"post", "affiliate-member"}, {"seats", 1}});
  const std::string contest = org.last("contest");
  org.pass(days(3));
  EXPECT_EQ(stage(contest), "called");  // nothing opens without an electorate
  const std::string election = org.prepare(contest);
  EXPECT_EQ(stage(contest), "applications");
  EXPECT_EQ(get(org.state().elections, election).size, 2);
  EXPECT_EQ(get(org.state().elections, election).weight, 420);  // 300 rowers, 120 harbour workers
}

TEST_F(Governance, R45_TheFreezeIsToExactlyThoseEntitled) {
  org.act("north-shore-secretary:", "seat.resign", {{"seat", "seat-north-shore-secretary-1"}});
  org.act("returning-officer:", "contest.call", {{"post", "north-shore-secretary"}, {"seats", 1}});
  org.act("returning-officer:", "election.prepare", {{"of", org.last("contest")}});
  const std::string election = org.last("election");
  org.refused("membership-secretary:", "election.freeze",
              {{"election", election}, {"root", hash("r")}, {"size", 29}, {"weight", 29}}, "electorates.north-shore");
  org.act("membership-secretary:", "election.freeze",
          {{"election", election}, {"root", hash("r")}, {"size", 30}, {"weight", 30}});
}

TEST_F(Governance, R46_TermsAndHoldersWithoutAnElection) {
  EXPECT_TRUE(flagged("seat-chair-1"));
  Organisation limited("campaign", 40, [](std::string text) {
    text.replace(text.find("max_terms = 3"), 13, "max_terms = 1");
    return text;
  });
  limited.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  limited.act("returning-officer:", "contest.call", {{"post", "chair"}, {"seats", 1}});
  const std::string contest = limited.last("contest");
  limited.prepare(contest);
  limited.until(get(limited.state().contests, contest).opens);
  std::string first;
  for (const Act& act : limited.acts()) {
    if (act.type == "seat.found" && act.body.text("seat") == "seat-chair-1") first = act.body.text("member");
  }
  for (const std::string_view person : holders_of_posts) {
    if (ref(std::string(person)) != first) continue;
    limited.refused(std::string(person), "application.submit", {{"contest", contest}, {"statement", hash("s")}},
                    "posts.chair.max_terms");
  }
  limited.expect_replays();
  org.pass(days(2 * 365));
  EXPECT_EQ(seat("treasurer").stage, "vacant");
}

TEST_F(Governance, R49_SupportersWithoutAVote) {
  org.act("membership-secretary:", "supporter.admit",
          {{"members", std::vector<std::string>{ref("Sunniva Supporter")}}});
  org.act(member(10), "motion.propose", {{"rule", "policy"}, {"title", "Free ferries"}, {"hash", hash("m")}});
  const std::string motion = org.last("motion");
  for (int i = 1; i <= 2; ++i) org.act(member(i), "motion.second", {{"motion", motion}});
  org.act("Sunniva Supporter", "motion.contribute", {{"motion", motion}, {"hash", hash("I think")}});
  org.refused("Sunniva Supporter", "motion.second", {{"motion", motion}}, "supporters");
  org.refused("Sunniva Supporter", "petition.open", {{"rule", "policy"}, {"title", "t"}, {"hash", hash("h")}},
              "supporters");
}

TEST_F(Governance, R11_ErasureLeavesTheRecordWhole) {
  org.act(member(5), "member.leave", {{"member", ref(member(5))}});
  org.act("membership-secretary:", "member.erase", {{"member", ref(member(5))}}, "chair:");
  EXPECT_EQ(get(org.state().members, ref(member(5))).stage, "erased");
  EXPECT_EQ(get(org.state().members, ref(member(5))).section, "");
}

}  // namespace
}  // namespace folkmoot::scenes
