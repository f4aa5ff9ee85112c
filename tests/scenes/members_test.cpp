// R17–R29: what members start, and what binds those who lead.
#include "charter/flags.hpp"
#include "scenes/scene.hpp"

namespace folkmoot::scenes {
namespace {

class Members : public Scenes {
 protected:
  std::string petition(const std::string& rule, Body more = {}) {
    Body body{{"rule", rule}, {"title", "What we ask"}, {"hash", hash("what we ask")}};
    for (const auto& [name, value] : more.fields()) body.set(name, value);
    org.act(member(1), "petition.open", body);
    return org.last("petition");
  }
  void sign(const std::string& id, int who) {
    org.act(member(who), "petition.sign", {{"petition", id}, {"pseudonym", hash(fmt::format("{} {}", id, who))}});
  }
  // Signed by as many as it needs, the last of whom tables it.
  void reach(const std::string& id) {
    const auto needed = get(org.state().petitions, id).needed;
    for (int i = 1; i <= needed; ++i) sign(id, i);
    EXPECT_EQ(stage(id), "tabled");
  }
  [[nodiscard]] bool flagged(const std::string& id) const {
    for (const Flag& flag : flags(org.state(), org.now())) {
      if (flag.thing == id) return true;
    }
    return false;
  }
};

TEST_F(Members, R17_APetitionForcesAMemberVote) {
  const std::string id = petition("policy");
  reach(id);
  const std::string motion = get(org.state().petitions, id).outcome;
  EXPECT_EQ(stage(motion), "debate");
  const std::string election = org.prepare(motion);
  org.until(get(org.state().motions, motion).debate_until + days(1));
  org.open(election);
  org.declare(election, 40, 20);
  EXPECT_EQ(stage(motion), "carried");
  EXPECT_EQ(get(org.state().decisions, get(org.state().motions, motion).decision).organ, "membership");
}

TEST_F(Members, R18_LocalGroupsMayDissent) {
  org.act(member(10), "motion.propose", {{"rule", "policy"}, {"title", "Free ferries"}, {"hash", hash("m")}});
  const std::string motion = org.last("motion");
  org.act("general-secretary:", "recommendation.publish",
          {{"organ", "coordinating"}, {"on", motion}, {"position", "for"}, {"hash", hash("yes")}});
  org.act("north-shore-secretary:", "recommendation.publish",
          {{"organ", "north-shore"}, {"on", motion}, {"position", "against"}, {"hash", hash("no")}});
  const std::string dissent = org.last("recommendation");
  org.refused("general-secretary:", "recommendation.withdraw", {{"organ", "coordinating"}, {"recommendation", dissent}},
              "organs.north-shore");
  org.refused("general-secretary:", "recommendation.withdraw", {{"organ", "north-shore"}, {"recommendation", dissent}},
              "organs.north-shore.secretary");
  EXPECT_EQ(stage(dissent), "published");
  EXPECT_EQ(org.state().recommendations.size(), 2U);
}

TEST_F(Members, R19_AffiliatesHaveAVoice) {
  const std::string id = petition("policy");
  reach(id);
  const std::string motion = get(org.state().petitions, id).outcome;
  org.act("rowers-delegate:", "view.give", {{"organ", "rowers"}, {"on", motion}, {"hash", hash("v")}});
  const std::string view = org.last("view");
  const std::string election = org.prepare(motion);
  org.until(get(org.state().motions, motion).debate_until + days(1));
  org.open(election);
  EXPECT_TRUE(flagged(view));
  org.act("general-secretary:", "view.respond", {{"organ", "coordinating"}, {"view", view}, {"hash", hash("r")}});
  EXPECT_FALSE(flagged(view));
}

TEST_F(Members, R20_PetitionsSignedByMembers) {
  const std::string id = petition("policy");
  EXPECT_EQ(get(org.state().petitions, id).needed, 4);  // 5 % of 78
  sign(id, 1);
  org.refused(member(1), "petition.sign", {{"petition", id}, {"pseudonym", hash("another")}},
              "petitions.policy.electorate");
  org.refused(member(2), "petition.sign", {{"petition", id}, {"pseudonym", hash(fmt::format("{} {}", id, 1))}},
              "petitions.policy.electorate");
  sign(id, 2);
  sign(id, 3);
  org.act(member(3), "petition.withdraw_signature",
          {{"petition", id}, {"pseudonym", hash(fmt::format("{} {}", id, 3))}});
  EXPECT_EQ(stage(id), "collecting");
  sign(id, 3);  // again, having withdrawn
  EXPECT_EQ(stage(id), "collecting");
  sign(id, 5);
  EXPECT_EQ(stage(id), "tabled");
  // Anyone counts them again from the acts.
  std::set<std::string> signatures;
  for (const Act& act : org.acts()) {
    if (act.type == "petition.sign" && !act.refused) signatures.insert(act.body.text("pseudonym"));
    if (act.type == "petition.withdraw_signature") signatures.erase(act.body.text("pseudonym"));
  }
  EXPECT_EQ(static_cast<std::int64_t>(signatures.size()), get(org.state().petitions, id).needed);
}

TEST_F(Members, R21_NamedOrPrivateSignatories) {
  const std::string id = petition("policy");
  sign(id, 1);
  org.act("membership-secretary:", "petition.sign_privately",
          {{"petition", id}, {"pseudonym", hash("p")}, {"leaf", hash("entry of somebody")}});
  const Petition& petition = get(org.state().petitions, id);
  EXPECT_EQ(petition.signatures.at(hash("p")).member, "");
  EXPECT_EQ(petition.signatures.at(hash("p")).leaf, hash("entry of somebody"));
  org.refused("membership-secretary:", "petition.sign_privately",
              {{"petition", id}, {"pseudonym", hash("p")}, {"leaf", hash("entry of somebody")}}, "petitions.policy");
  org.refused(member(2), "petition.sign_privately",
              {{"petition", id}, {"pseudonym", hash("q")}, {"leaf", hash("entry")}}, "duties.roll");
}

TEST_F(Members, R23_AChangedCharterIsANewVersion) {
  std::string text = org.charter().text;
  const std::string old_rule = "seats = 4\nappointed_by = \"coordinating\"";
  text.replace(text.find(old_rule), old_rule.size(), "seats = 1\nappointed_by = \"coordinating\"");
  const std::string before = [&] {
    org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
    return call("chair");
  }();
  const std::string id = petition("rule-change", {{"text", text}, {"hash", hash(text)}});
  reach(id);
  const std::string motion = get(org.state().petitions, id).outcome;
  const std::string election = org.prepare(motion);
  org.until(get(org.state().motions, motion).debate_until + days(1));
  org.act("returning-officer:", "election.open", {{"election", election}, {"fingerprint", hash("f")}}, "treasurer:");
  org.until(get(org.state().elections, election).closes);
  org.act(
      "returning-officer:", "election.declare",
      {{"election", election}, {"record", hash("r")}, {"transcript", hash("t")}, {"cast", 60}, {"yes", 50}, {"no", 10}},
      "treasurer:");
  EXPECT_EQ(org.state().version(), 2);
  EXPECT_EQ(stage(motion), "in-force");
  EXPECT_EQ(seat("adviser", 2).stage, "abolished");
  EXPECT_EQ(seat("adviser", 2).holder, "");
  EXPECT_EQ(get(org.state().contests, before).charter, 1);  // and is finished under it
  // A charter that cannot work is refused before anybody debates it.
  std::string broken = text;
  broken.replace(broken.find("quorum = \"majority\""), 19, "quorum = 99");
  const Refusal refusal = org.refused(
      member(1), "petition.open", {{"rule", "rule-change"}, {"title", "t"}, {"hash", hash(broken)}, {"text", broken}},
      "motions.rule-change.changes_charter");
  EXPECT_NE(refusal.message.find("organs.coordinating.quorum"), std::string::npos);
}

TEST_F(Members, R25_DeliberationBeforeDecision) {
  org.act(member(10), "motion.propose", {{"rule", "policy"}, {"title", "Free ferries"}, {"hash", hash("m")}});
  const std::string motion = org.last("motion");
  for (int i = 1; i <= 2; ++i) org.act(member(i), "motion.second", {{"motion", motion}});
  EXPECT_EQ(stage(motion), "debate");
  const std::string election = org.prepare(motion);
  org.refused("returning-officer:", "election.open", {{"election", election}, {"fingerprint", hash("f")}}, "motions",
              "chair:");
  org.act(member(5), "amendment.propose", {{"motion", motion}, {"hash", hash("better")}});
  org.act(member(10), "amendment.accept", {{"amendment", org.last("amendment")}});
  EXPECT_EQ(get(org.state().motions, motion).hash, hash("better"));
  org.pass(days(8));
  org.refused(member(6), "amendment.propose", {{"motion", motion}, {"hash", hash("late")}},
              "motions.policy.amendments");
  org.until(get(org.state().motions, motion).debate_until + days(1));
  org.open(election);
  org.declare(election, 10, 50);
  EXPECT_EQ(stage(motion), "rejected");
}

TEST_F(Members, R26_ConferenceCannotBeOverruledUnseen) {
  const std::string policy = decide_in("conference", "No dredging in the bay", {{"power", "policy"}});
  org.pass(days(30));
  const std::string contrary = decide_in("coordinating", "Some dredging in the bay", {{"contrary_to", policy}});
  EXPECT_EQ(stage(contrary), "in-breach");
  EXPECT_EQ(stage(policy), "in-force");
  EXPECT_TRUE(flagged(contrary));
  const std::string later = decide_in("conference", "The coordinating group may allow dredging once");
  org.act("general-secretary:", "decision.justify",
          {{"organ", "coordinating"}, {"decision", contrary}, {"citing", later}});
  EXPECT_EQ(stage(contrary), "in-force");
  EXPECT_EQ(stage(policy), "reversed");
  EXPECT_FALSE(flagged(contrary));
}

TEST_F(Members, R27_OrgansKeepTheirPowers) {
  const Refusal refusal = org.refused("general-secretary:", "decision.take",
                                      {{"organ", "coordinating"},
                                       {"power", "policy"},
                                       {"title", "A new policy"},
                                       {"hash", hash("p")},
                                       {"present", 10},
                                       {"yes", 10},
                                       {"no", 0}},
                                      "organs.conference.reserved");
  EXPECT_TRUE(refusal.recorded);
  ASSERT_EQ(org.state().attempts.size(), 1U);
  EXPECT_EQ(org.state().attempts.front().rule, "organs.conference.reserved");
}

TEST_F(Members, R28_TheLeadershipAnswers) {
  org.act(member(3), "question.put", {{"seat", "seat-chair-1"}, {"hash", hash("why?")}});
  const std::string question = org.last("question");
  org.pass(days(15));
  EXPECT_TRUE(flagged(question));
  org.refused("treasurer:", "question.answer", {{"question", question}, {"hash", hash("because")}}, "accountability");
  org.act("chair:", "question.answer", {{"question", question}, {"hash", hash("because")}});
  EXPECT_FALSE(flagged(question));
  EXPECT_TRUE(get(org.state().questions, question).late);
  org.pass(days(26 * 7));
  EXPECT_TRUE(org.did("report.fall_due"));
  EXPECT_TRUE(flagged(org.last("report")));
  org.act("chair:", "report.give", {{"report", org.last("report")}, {"hash", hash("what we did")}});
  EXPECT_FALSE(flagged(org.last("report")));
}

TEST_F(Members, R29_ARecallThatNobodyCanCancel) {
  const std::string treasurer = seat("treasurer").holder;
  const std::string id = petition("recall", {{"seat", "seat-treasurer-1"}});
  reach(id);
  const std::string recall = get(org.state().petitions, id).outcome;
  EXPECT_EQ(get(org.state().recalls, recall).ballot_on, org.now() + days(28));
  const std::string election = org.prepare(recall);
  org.until(get(org.state().recalls, recall).ballot_on);
  org.open(election);
  org.refused("returning-officer:", "election.annul", {{"election", election}, {"reasons", hash("r")}},
              "lifecycle.recall", "chair:");
  org.declare(election, 50, 10);
  EXPECT_EQ(stage(recall), "carried");
  EXPECT_EQ(seat("treasurer").stage, "vacant");
  EXPECT_NE(seat("treasurer").holder, treasurer);
}

TEST_F(Members, R22_AMajorityElectedByMembers) {
  // As a charter: 14 of 28 seats are refused, 15 accepted.
  const auto with = [&](int elected) {
    std::string text = example_charter("campaign");
    const auto set = [&](const std::string& from, const std::string& to) {
      text.replace(text.find(from), from.size(), to);
    };
    // 3 officers and the coordinators are elected; the general secretary, two affiliates and the advisers are not.
    set("seats = 9", fmt::format("seats = {}", elected - 3));
    set("seats = 4\nappointed_by = \"coordinating\"",
        fmt::format("seats = {}\nappointed_by = \"coordinating\"", 28 - elected - 3));
    return read_charter(text);
  };
  EXPECT_TRUE(with(15));
  ASSERT_FALSE(with(14));
  EXPECT_NE(describe(with(14).error()).find("14 of 28 seats are elected by \"members\", and 15 are needed"),
            std::string::npos);
  // As seated: at the founding nobody is elected, which is flagged; nobody else may be appointed until it is mended.
  EXPECT_TRUE(flagged("coordinating"));
  org.act("general-secretary:", "seat.resign", {{"seat", "seat-general-secretary-1"}});
  org.act("adviser:", "seat.resign", {{"seat", "seat-adviser-1"}});
}

TEST_F(Members, R22_CheckedAgainAfterEachVacancy) {
  const std::string decision = decide_in("coordinating", "To appoint an adviser");
  org.act("adviser:", "seat.resign", {{"seat", "seat-adviser-1"}});
  const Refusal refusal = org.refused(
      "general-secretary:", "seat.appoint",
      {{"seat", "seat-adviser-1"}, {"organ", "coordinating"}, {"member", ref(member(1))}, {"decision", decision}},
      "organs.coordinating.composition[0].share");
  EXPECT_TRUE(refusal.recorded);
}

}  // namespace
}  // namespace folkmoot::scenes
