// What is declared, and what is not.
#include "service/trial.hpp"

namespace folkmoot::service {
namespace {

using testing::HasSubstr;

std::string paper(const std::string& lots) {
  return R"({"name": "N", )" + lots + R"("contests": [
    {"kind": "ranking", "question": "?", "candidates": ["Ada", "Ben"], "rule": "av", "seats": 1}]})";
}

TEST(Declaration, NeedsASeedWhereLotsMustBeDrawn) {
  Trial trial(paper(""), "Ed25519", roll_of(2), 1);
  trial.cast("A", {{"Ada"}});
  trial.cast("B", {{"Ben"}});
  EXPECT_THAT(error_of(declare(trial.record(), trial.paper(), {})), HasSubstr("no result yet"));
  trial.tally();
  EXPECT_THAT(error_of(declare(trial.record(), trial.paper(), {})), HasSubstr("?: "));
  const auto one = ok(declare(trial.record(), trial.paper(), "drawn in public"));
  const auto two = ok(declare(trial.record(), trial.paper(), "drawn in public"));
  EXPECT_EQ(count::to_json(*one.contests[0].transcript), count::to_json(*two.contests[0].transcript));
  ASSERT_EQ(one.contests[0].transcript->ties.size(), 1U);
}

TEST(Declaration, TakesThePublishedPaperAndNoOther) {
  Trial trial(paper(R"("lots": "seed", )"), "Ed25519", roll_of(2), 1);
  trial.cast("A", {{"Ada"}});
  trial.tally();
  EXPECT_EQ(trial.declaration().contests[0].transcript->winners, std::vector<count::Candidate>{0});
  BallotPaper changed = trial.paper();
  changed.contests[0].rule = "plurality";
  EXPECT_THAT(error_of(declare(trial.record(), changed, {})), HasSubstr("not the one of this election"));
  changed = trial.paper();
  changed.lots = "another seed";
  EXPECT_THAT(error_of(declare(trial.record(), changed, {})), HasSubstr("not the one of this election"));
  EXPECT_THAT(error_of(declare(trial.record(), trial.paper(), "mine")), HasSubstr("has the seed"));
}

TEST(Declaration, CountsEqualPapersTogether) {
  Trial trial(paper(R"("lots": "seed", )"), "Ed25519", roll_of(4), 1);
  for (const char* voter : {"A", "B", "C"}) trial.cast(voter, {{"Ben", "Ada"}});
  trial.cast("D", {{}});
  trial.tally();
  const DeclaredContest contest = trial.declaration().contests[0];
  EXPECT_THAT(contest.blt, HasSubstr("3 2 1 0\n"));
  EXPECT_EQ(contest.transcript->papers, 3);
}

}  // namespace
}  // namespace folkmoot::service
