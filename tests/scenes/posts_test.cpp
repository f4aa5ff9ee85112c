// R1–R10: posts and contests.
#include "charter/notices.hpp"
#include "scenes/scene.hpp"

namespace folkmoot::scenes {
namespace {

TEST_F(Scenes, R01_AnOfficeHolderStandsDown) {
  const std::string chair = seat("chair").holder;
  const std::string deputy = seat("deputy-chair").holder;
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  EXPECT_TRUE(org.did("seat.announce"));
  EXPECT_EQ(seat("chair").stage, "interim");
  EXPECT_EQ(seat("chair").holder, deputy);
  EXPECT_NE(chair, deputy);
  EXPECT_EQ(seat("chair").vacant_since, org.now());
  EXPECT_EQ(seat("chair").call_by, org.now() + days(14));
  const Act call = org.act("returning-officer:", "contest.call", {{"post", "chair"}, {"seats", 1}});
  EXPECT_EQ(call.body.time("closes"), org.now() + days(28));
}

TEST_F(Scenes, R02_AHolderWillNotStandAgain) {
  org.act("deputy-chair:", "seat.resign", {{"seat", "seat-deputy-chair-1"}});
  const std::string contest = call("deputy-chair");
  const std::string application = stand(contest, member(1));
  // Not while an application is open; those who nominated the member are told.
  org.refused(member(1), "member.decline", {{"post", "deputy-chair"}}, "lifecycle.application");
  org.act(member(1), "application.withdraw", {{"application", application}});
  const Act declaration = org.act(member(1), "member.decline", {{"post", "deputy-chair"}});
  EXPECT_EQ(told(org.state(), declaration).people, (Names{ref(member(30)), ref(member(31))}));
  const Refusal refusal =
      org.refused(member(1), "application.submit", {{"contest", contest}, {"statement", hash("I will after all")}},
                  "posts.deputy-chair");
  EXPECT_TRUE(refusal.recorded);
}

TEST_F(Scenes, R03_OnePersonSeveralOffices) {
  org.act("deputy-chair:", "seat.resign", {{"seat", "seat-deputy-chair-1"}});
  const std::string holder = seat("coordinator").holder;
  std::string name;
  for (const std::string_view person : holders_of_posts) {
    if (ref(std::string(person)) == holder) name = person;
  }
  const std::string contest = call("deputy-chair");
  stand(contest, name);
  stand(contest, member(1));
  campaign(contest);
  const std::string election = get(org.state().contests, contest).election;
  org.open(election);
  org.declare(election, {name});
  EXPECT_EQ(seat("deputy-chair").holder, holder);
  EXPECT_EQ(seat("coordinator").holder, holder);
  org.act(name, "seat.resign", {{"seat", "seat-deputy-chair-1"}});
  EXPECT_EQ(seat("deputy-chair").stage, "vacant");
  EXPECT_EQ(seat("coordinator").holder, holder);
  EXPECT_TRUE(contains(seated(org.state(), "coordinating"), holder));
}

TEST_F(Scenes, R04_ResignationWhileACaseIsOpen) {
  org.act("conduct-officer:", "case.open",
          {{"member", seat("treasurer").holder},
           {"rule", "misuse-of-funds"},
           {"evidence", hash("e")},
           {"notice", hash("n")}});
  const std::string id = org.last("case");
  const Case before = get(org.state().cases, id);
  org.act("treasurer:", "seat.resign", {{"seat", "seat-treasurer-1"}});
  EXPECT_EQ(seat("treasurer").stage, "vacant");
  const Case& after = get(org.state().cases, id);
  EXPECT_EQ(after.stage, "noticed");
  EXPECT_EQ(after.reply_by, before.reply_by);
  EXPECT_EQ(after.decide_by, before.decide_by);
}

TEST_F(Scenes, R05_AllMembersElectALeader) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = call("chair");
  stand(contest, member(1));
  stand(contest, member(2));
  campaign(contest);
  const std::string election = get(org.state().contests, contest).election;
  org.open(election);
  org.declare(election, {member(2)});
  EXPECT_EQ(seat("chair").holder, ref(member(2)));
  EXPECT_EQ(seat("chair").stage, "held");
  EXPECT_EQ(seat("chair").electorate, "members");
  // From the record of that fingerprint anyone can repeat the count to that transcript.
  EXPECT_EQ(get(org.state().elections, election).transcript, hash("count of " + election));
  EXPECT_EQ(stage(contest), "declared");
}

TEST_F(Scenes, R06_AppointmentByACommittee) {
  org.act("adviser:", "seat.resign", {{"seat", "seat-adviser-1"}});
  org.act("general-secretary:", "seat.resign", {{"seat", "seat-general-secretary-1"}});
  const std::string contest = [&] {
    org.act("returning-officer:", "contest.call", {{"post", "general-secretary"}, {"seats", 1}});
    return org.last("contest");
  }();
  const std::string election = org.prepare(contest);
  const Election& frozen = get(org.state().elections, election);
  EXPECT_EQ(frozen.electors, seated(org.state(), "coordinating"));
  // Somebody who comes to the committee later has no vote in it.
  const std::string delegates = [&] {
    org.act("convener:", "seat.resign", {{"seat", "seat-convener-1"}});
    return call("convener");
  }();
  EXPECT_FALSE(delegates.empty());
  org.refused("Rua Registrar", "election.issue", {{"election", election}, {"member", ref(member(5))}},
              "electorates.coordinating");
  org.act("Rua Registrar", "election.issue", {{"election", election}, {"member", seat("chair").holder}});
}

TEST_F(Scenes, R07_ApplicationsWithADeadline) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = call("chair");
  const Time closes = get(org.state().contests, contest).closes;
  // Nobody moves the deadline alone, or forward.
  org.refused("returning-officer:", "contest.move_deadline",
              {{"contest", contest}, {"closes", text(closes + days(2))}, {"reasons", hash("r")}}, "privileged");
  org.refused("returning-officer:", "contest.move_deadline",
              {{"contest", contest}, {"closes", text(closes - days(2))}, {"reasons", hash("r")}},
              "contests.leader.applications", "treasurer:");
  org.until(closes);
  stand(contest, member(1));
  org.until(closes + Length{1});
  const Refusal late = org.refused(member(2), "application.submit", {{"contest", contest}, {"statement", hash("s")}},
                                   "contests.*.applications");
  EXPECT_TRUE(late.recorded);
  EXPECT_EQ(org.acts().back().time, closes + Length{1});
  EXPECT_TRUE(org.acts().back().refused);
}

TEST_F(Scenes, R08_WithdrawalBeforeTheDeadline) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = call("chair");
  const std::string first = stand(contest, member(1));
  stand(contest, member(2));
  const Time closes = get(org.state().contests, contest).closes;
  org.until(closes - days(2));
  const Act withdrawal = org.act(member(1), "application.withdraw", {{"application", first}});
  EXPECT_EQ(told(org.state(), withdrawal).election, get(org.state().contests, contest).election);
  EXPECT_TRUE(get(org.state().contests, contest).extension_offered);
  org.until(closes + Length{1});
  // One candidate for one seat: nobody is elected unopposed, so the contest is short and opens again.
  EXPECT_EQ(stage(contest), "short");
  EXPECT_EQ(seat("chair").stage, "interim");
  org.act("returning-officer:", "contest.reopen", {{"contest", contest}});
  EXPECT_EQ(stage(contest), "applications");
  stand(contest, member(3));
  campaign(contest);
}

TEST_F(Scenes, R08_TheExtensionIsOffered) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = call("chair");
  const std::string first = stand(contest, member(1));
  org.refused("returning-officer:", "contest.extend", {{"contest", contest}}, "contests.leader.withdrawal_window");
  const Time closes = get(org.state().contests, contest).closes;
  org.until(closes - days(2));
  org.act(member(1), "application.withdraw", {{"application", first}});
  org.act("returning-officer:", "contest.extend", {{"contest", contest}});
  EXPECT_EQ(get(org.state().contests, contest).closes, closes + days(5));
}

TEST_F(Scenes, R09_AMinimumIsCheckedAtTheClose) {
  for (int i = 1; i <= 2; ++i) {
    std::string name;
    for (const std::string_view person : holders_of_posts) {
      if (ref(std::string(person)) == seat("coordinator", i).holder) name = person;
    }
    org.act(name, "seat.resign", {{"seat", Organisation::seat("coordinator", i)}});
  }
  const std::string contest = call("coordinator", 2);
  for (int i = 1; i <= 4; ++i) stand(contest, member(i));
  org.until(get(org.state().contests, contest).closes + Length{1});
  EXPECT_EQ(stage(contest), "closed");
  org.act("returning-officer:", "contest.count_characteristic",
          {{"contest", contest}, {"characteristic", "woman"}, {"applicants", 3}});
  EXPECT_EQ(stage(contest), "short");
  org.act("returning-officer:", "contest.reopen", {{"contest", contest}});
  for (int i = 5; i <= 6; ++i) stand(contest, member(i));
  campaign(contest);
}

TEST_F(Scenes, R10_AnyEligibleMemberMayStand) {
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  const std::string contest = call("chair");
  org.act("membership-secretary:", "member.admit", {{"members", std::vector<std::string>{ref("New Nils")}}});
  org.refused("New Nils", "application.submit", {{"contest", contest}, {"statement", hash("s")}},
              "contests.leader.member_for");
  const std::string application = stand(contest, member(1));
  org.act("returning-officer:", "application.reject",
          {{"application", application}, {"rule", "false-statement"}, {"reasons", hash("r")}});
  EXPECT_EQ(get(org.state().applications, application).rule, "false-statement");
  org.act(member(1), "application.appeal", {{"application", application}, {"statement", hash("a")}});
  org.act("appeals-convener:", "application.allow",
          {{"organ", "appeals"}, {"application", application}, {"reasons", hash("x")}});
  EXPECT_EQ(stage(application), "standing");
}

}  // namespace
}  // namespace folkmoot::scenes
