// What waits for somebody in office: what the lifecycle allows now, in their posts, and nothing for anybody else.
#include "charter/work.hpp"

#include <gmock/gmock.h>

#include "charter/organisation.hpp"

namespace folkmoot::charter {
namespace {

using test::Organisation;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// "called: election.prepare of=contest-41 as returning-officer"
std::vector<std::string> waiting(const Organisation& org, const std::string& who) {
  std::vector<std::string> lines;
  for (const Work& work : work_of(org.state(), org.actor(who).member, org.now())) {
    for (const Step& step : work.steps) {
      lines.push_back(fmt::format("{}: {} {}={} as {}{}{}", work.stage, step.act, step.field, work.thing, step.office,
                                  step.organ.empty() ? "" : " for ", step.organ));
    }
  }
  return lines;
}

TEST(Work, IsWhatAnOfficeCanMoveAlong) {
  Organisation org("campaign", 20);
  org.act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  EXPECT_THAT(waiting(org, "returning-officer:"), IsEmpty());
  org.act("returning-officer:", "contest.call", {{"post", "chair"}, {"seats", 1}});
  const std::string contest = org.last("contest"), abandon = "called: contest.abandon contest=" + contest;
  EXPECT_THAT(waiting(org, "returning-officer:"),
              ElementsAre("called: election.prepare of=" + contest + " as returning-officer",
                          abandon + " as returning-officer"));
  EXPECT_THAT(waiting(org, "membership-secretary:"), IsEmpty()) << "another duty";
  EXPECT_THAT(waiting(org, Organisation::member(1)), IsEmpty()) << "no office";

  // What needs no more than the thing is asked already: this one is prepared.
  org.act("returning-officer:", "election.prepare", {{"of", contest}});
  const std::string election = org.last("election");
  EXPECT_THAT(waiting(org, "returning-officer:"),
              ElementsAre(abandon + " as returning-officer",
                          "preparing: election.appoint election=" + election + " as returning-officer"));
  EXPECT_THAT(waiting(org, "membership-secretary:"),
              ElementsAre("preparing: election.freeze election=" + election + " as membership-secretary"));
}

TEST(Work, IsThatOfTheRightOrgan) {
  Organisation org("campaign", 20);
  const std::string accused = Organisation::member(8);
  org.act("conduct-officer:", "case.open",
          {{"member", Organisation::ref(accused)},
           {"rule", "harassment"},
           {"evidence", Organisation::hash("e")},
           {"notice", Organisation::hash("n")}});
  const std::string id = org.last("case");
  EXPECT_THAT(waiting(org, "conduct-officer:"), ElementsAre("noticed: case.seat case=" + id + " as conduct-officer"));
  for (int i = 1; i <= 3; ++i) {
    const Seat& seat = get(org.state().seats, Organisation::seat("coordinator", i));
    org.act("conduct-officer:", "case.seat", {{"case", id}, {"member", seat.holder}});
  }
  EXPECT_THAT(waiting(org, "general-secretary:"), IsEmpty()) << "the accused has not been heard";
  org.act(accused, "case.reply", {{"case", id}, {"statement", Organisation::hash("no")}});
  const std::string dismiss = "heard: case.dismiss case=" + id;
  EXPECT_THAT(waiting(org, "general-secretary:"), Contains(dismiss + " as general-secretary for coordinating"));
  EXPECT_THAT(waiting(org, "appeals-convener:"), Not(Contains(HasSubstr("case.dismiss"))));
}

TEST(Work, IsAskedOfWhoHoldsASeat) {
  Organisation org("campaign", 20);
  org.act(Organisation::member(3), "question.put", {{"seat", "seat-chair-1"}, {"hash", Organisation::hash("why?")}});
  const std::string answer = ": question.answer question=" + org.last("question") + " as chair";
  EXPECT_THAT(waiting(org, "chair:"), ElementsAre("asked" + answer));
  EXPECT_THAT(waiting(org, "treasurer:"), IsEmpty());
  org.pass(days(15));
  EXPECT_THAT(waiting(org, "chair:"), ElementsAre("overdue" + answer));
}

TEST(Work, IsNoneWherePetitionsAreSignedByName) {
  const auto open = [](Organisation& org, const std::string& rule) {
    org.act(Organisation::member(1), "petition.open",
            {{"rule", rule}, {"title", "t"}, {"hash", Organisation::hash("p")}});
    return org.last("petition");
  };
  Organisation campaign("campaign", 20), bakery("cooperative", 20);
  const std::string petition = open(campaign, "policy") + " as membership-secretary";
  EXPECT_THAT(waiting(campaign, "membership-secretary:"),
              ElementsAre("collecting: petition.freeze petition=" + petition,
                          "collecting: petition.sign_privately petition=" + petition));
  open(bakery, "members");
  EXPECT_THAT(waiting(bakery, "secretary:"), IsEmpty());
}

}  // namespace
}  // namespace folkmoot::charter
