// R12–R16, R24: slates, endorsements, caucuses.
#include "charter/notices.hpp"
#include "scenes/scene.hpp"

namespace folkmoot::scenes {
namespace {

// A contest for one of the nine seats of coordinators with two candidates; applications are open.
struct Slated {
  std::string contest, first, second;
};

class Slates : public Scenes {
 protected:
  Slated begin() {
    std::string name;
    for (const std::string_view person : holders_of_posts) {
      if (ref(std::string(person)) == seat("coordinator").holder) name = person;
    }
    org.act(name, "seat.resign", {{"seat", "seat-coordinator-1"}});
    Slated slated;
    slated.contest = call("coordinator");
    slated.first = stand(slated.contest, member(1));
    slated.second = stand(slated.contest, member(2));
    return slated;
  }
  // Selected by the members' ballot: the first candidate.
  std::string choose(const Slated& slated) {
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
};

TEST_F(Slates, R12_NoSlateIsChosenInSecret) {
  const Slated slated = begin();
  org.act("returning-officer:", "slate.call", {{"rule", "members-slate"}, {"contest", slated.contest}});
  const std::string slate = org.last("slate");
  const Refusal refusal =
      org.refused("general-secretary:", "slate.adopt", {{"organ", "membership"}, {"slate", slate}}, "slates", "chair:");
  EXPECT_TRUE(refusal.recorded);
}

TEST_F(Slates, R13_MembersChooseWhomToEndorse) {
  const Slated slated = begin();
  const std::string slate = choose(slated);
  // Chosen, but not yet adopted; then not whom they did not choose.
  org.refused("general-secretary:", "endorsement.give_for_organ",
              {{"organ", "membership"}, {"application", slated.first}, {"slate", slate}}, "slates.members-slate");
  org.act("general-secretary:", "slate.adopt", {{"organ", "membership"}, {"slate", slate}}, "chair:");
  org.act("general-secretary:", "endorsement.give_for_organ",
          {{"organ", "membership"}, {"application", slated.first}, {"slate", slate}});
  org.refused("general-secretary:", "endorsement.give_for_organ",
              {{"organ", "membership"}, {"application", slated.second}, {"slate", slate}}, "slates.members-slate");
}

TEST_F(Slates, R14_ASlateThatDropsOneShowsAGap) {
  const Slated slated = begin();
  const std::string slate = choose(slated);
  org.act("general-secretary:", "slate.adopt", {{"organ", "membership"}, {"slate", slate}}, "chair:");
  org.act("general-secretary:", "slate.drop",
          {{"slate", slate}, {"application", slated.first}, {"reasons", hash("r")}});
  EXPECT_EQ(get(org.state().slates, slate).chosen.size(), 1U);
  EXPECT_EQ(get(org.state().slates, slate).dropped, Names{slated.first});
  org.refused("general-secretary:", "endorsement.give_for_organ",
              {{"organ", "membership"}, {"application", slated.first}, {"slate", slate}}, "slates.members-slate");
}

TEST_F(Slates, R15_NothingShowsAsAnEndorsementUntilConfirmed) {
  const Slated slated = begin();
  org.act(member(1), "endorsement.claim", {{"application", slated.first}, {"endorser", ref(member(7))}});
  const std::string endorsement = org.last("endorsement");
  EXPECT_EQ(stage(endorsement), "claimed");
  EXPECT_TRUE(org.refused(member(1), "endorsement.confirm", {{"endorsement", endorsement}}, "lifecycle").recorded);
  org.act(member(7), "endorsement.confirm", {{"endorsement", endorsement}});
  EXPECT_EQ(stage(endorsement), "given");
}

TEST_F(Slates, R16_WithdrawingAnEndorsement) {
  const Slated slated = begin();
  org.act(member(7), "endorsement.give", {{"application", slated.first}});
  const std::string endorsement = org.last("endorsement");
  org.until(get(org.state().contests, slated.contest).closes + days(1));
  const Act withdrawal = org.act(member(7), "endorsement.withdraw",
                                 {{"endorsement", endorsement}, {"reasons", hash("what was said on Monday")}});
  EXPECT_EQ(told(org.state(), withdrawal).election, get(org.state().contests, slated.contest).election);
  EXPECT_EQ(stage(endorsement), "withdrawn");
  EXPECT_EQ(get(org.state().endorsements, endorsement).reason, hash("what was said on Monday"));
  EXPECT_EQ(stage(slated.first), "standing");
  EXPECT_TRUE(org.did("endorsement.give"));
}

TEST_F(Scenes, R24_CaucusesHaveEqualMeans) {
  org.act(member(10), "motion.propose", {{"rule", "policy"}, {"title", "Free ferries"}, {"hash", hash("m")}});
  const std::string motion = org.last("motion");
  org.act(member(1), "caucus.form", {{"title", "Open Shore Left"}});
  const std::string caucus = org.last("caucus");
  const Body statement{{"caucus", caucus}, {"on", motion}, {"hash", hash("s")}, {"length", 3000}};
  org.refused(member(1), "caucus.state", statement, "caucuses");
  org.act(member(2), "caucus.join", {{"caucus", caucus}});
  org.act(member(3), "caucus.join", {{"caucus", caucus}});
  EXPECT_EQ(stage(caucus), "recognised");
  org.act(member(1), "caucus.state", statement);
  org.refused(member(1), "caucus.state", {{"caucus", caucus}, {"on", motion}, {"hash", hash("s")}, {"length", 3001}},
              "caucuses.statement_length");
  for (int i = 0; i < 2; ++i)
    org.act(member(2), "caucus.mail", {{"caucus", caucus}, {"on", motion}, {"hash", hash("l")}});
  org.refused(member(2), "caucus.mail", {{"caucus", caucus}, {"on", motion}, {"hash", hash("l")}}, "caucuses.mailings");
}

}  // namespace
}  // namespace folkmoot::scenes
