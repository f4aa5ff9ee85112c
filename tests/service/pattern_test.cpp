// How many rankings can be told apart, and limits on preferences.
#include "service/pattern.hpp"

#include "election/ranking.hpp"
#include "service/trial.hpp"

namespace folkmoot::service {
namespace {

using testing::HasSubstr;

TEST(Pattern, CountsEveryOrderOfUpToSoMany) {
  EXPECT_EQ(distinguishable_papers(3, 0), 1);
  EXPECT_EQ(distinguishable_papers(3, 1), 4);   // nobody, A, B, C
  EXPECT_EQ(distinguishable_papers(3, 2), 10);  // and AB, AC, BA, BC, CA, CB
  EXPECT_EQ(distinguishable_papers(3, 3), 16);  // and six orders of all
  EXPECT_EQ(distinguishable_papers(24, 2), 1 + 24 + 24 * 23);
}

TEST(Pattern, SuggestsWhatLeavesTenVotersForEachPaper) {
  EXPECT_EQ(suggested_preferences(24, 1000), 1U);
  EXPECT_EQ(suggested_preferences(24, 5769), 1U);
  EXPECT_EQ(suggested_preferences(24, 5770), 2U);
  EXPECT_EQ(suggested_preferences(3, 160), 3U);
  EXPECT_EQ(suggested_preferences(3, 0), 1U);
  EXPECT_EQ(suggested_preferences(255, 1'000'000'000), 3U);
}

constexpr const char* paper = R"({"name": "N", "contests": [
  {"kind": "ranking", "question": "Who?", "candidates": ["Ada", "Ben", "Cyd"], "preferences": 2, "rule": "av",
   "seats": 1}]})";

TEST(Pattern, ALimitIsPartOfThePaperAndOfTheQuestion) {
  const BallotPaper limited = ok(draft(ok(read_ballot_paper(paper)), "Ed25519", secret::Random::system()));
  EXPECT_EQ(limited.contests[0].preferences, 2);
  EXPECT_EQ(json::to_text(ok(read_ballot_paper(json::to_text(limited)))), json::to_text(limited));
  const auto scheme = ok(election::RankingScheme::of(ok(questions(limited)).front()));
  EXPECT_EQ(scheme.places(), 2U);
  EXPECT_EQ(scheme.candidates().size(), 3U);
  const std::string all = R"("preferences": 2)";
  for (const char* wrong : {R"("preferences": 0)", R"("preferences": 4)"}) {
    std::string text = paper;
    text.replace(text.find(all), all.size(), wrong);
    EXPECT_THAT(error_of(read_ballot_paper(text)), HasSubstr("preferences"));
  }
}

TEST(Pattern, IsDescribedWithTheEstimate) {
  BallotPaper limited = ok(read_ballot_paper(paper));
  EXPECT_THAT(describe_pattern(limited.contests[0], 100), HasSubstr("2 preferences: 10 papers that can be told apart"));
  EXPECT_THAT(describe_pattern(limited.contests[0], 100), testing::Not(HasSubstr("safer")));
  limited.contests[0].preferences = 0;
  EXPECT_THAT(describe_pattern(limited.contests[0], 9), HasSubstr("fewer voters than papers"));
  EXPECT_THAT(describe_pattern(limited.contests[0], 9), HasSubstr("\"preferences\": 1"));
  limited.contests[0].kind = Contest::Kind::choice;
  EXPECT_EQ(describe_pattern(limited.contests[0], 9), "");
}

TEST(Pattern, AnElectionWithALimitIsHeldAndCounted) {
  Trial trial(paper, "Ed25519", roll_of(2), 1);
  EXPECT_THAT(error_of(make_ballot(trial.record(), trial.credential("A"), {{{"Ada", "Ben", "Cyd"}}, {}})),
              HasSubstr("at most 2"));
  trial.cast("A", {{"Cyd", "Ada"}});
  trial.cast("B", {{"Cyd"}});
  trial.tally();
  EXPECT_THAT(to_text(trial.declaration()), HasSubstr("Elected: Cyd"));
}

}  // namespace
}  // namespace folkmoot::service
