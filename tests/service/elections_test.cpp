// Whole elections, small ones: each kind of question, in each group, with each kind of trustees.
#include "service/trial.hpp"

namespace folkmoot::service {
namespace {

constexpr const char* all_kinds = R"({"name": "All kinds", "lots": "seed", "contests": [
  {"kind": "ranking", "question": "Leader?", "candidates": ["Ada", "Ben", "Cy"], "rule": "av", "seats": 1},
  {"kind": "choice", "question": "Yes?", "candidates": ["Yes", "No"], "min": 1, "max": 1, "blank": true,
   "rule": "plurality", "seats": 1},
  {"kind": "lists", "question": "List?", "lists": [["Green", "Gil", "Gus"], ["Blue", "Bo"]]}]})";

std::vector<std::string> winners(const DeclaredContest& contest) {
  std::vector<std::string> names;
  for (const count::Candidate winner : contest.transcript->winners) names.push_back(contest.transcript->name(winner));
  return names;
}

using testing::ElementsAre;

TEST(Elections, AllKindsOfQuestionsWithSingleAndThresholdTrustees) {
  Trial trial(all_kinds, "Ed25519", roll_of(5), 1, 2, 3);
  trial.cast("A", {{"Ada", "Ben"}, {"Yes"}, {"Green", "Gus"}});
  trial.cast("B", {{"Ben"}, {"Yes"}, {"Blue", "Bo"}});
  trial.cast("C", {{"Ben", "Cy", "Ada"}, {}, {"Green", "Gil", "Gus"}});
  trial.cast("D", {{}, {"No"}, {"Green", "Gil"}});
  EXPECT_EQ(ok(verify_record(trial.record())).verdict(), record::Verdict::incomplete);
  trial.tally();
  const record::Report report = ok(verify_record(trial.record()));
  EXPECT_EQ(report.verdict(), record::Verdict::valid) << record::to_text(report);

  const Declaration declaration = trial.declaration();
  EXPECT_EQ(declaration.voters, 5U);
  EXPECT_EQ(declaration.voted, 4U);
  EXPECT_THAT(winners(declaration.contests[0]), ElementsAre("Ben"));
  EXPECT_EQ(declaration.contests[0].transcript->papers, 3) << "a paper without preferences does not count";
  EXPECT_THAT(winners(declaration.contests[1]), ElementsAre("Yes"));
  EXPECT_THAT(declaration.contests[1].totals, ElementsAre(2U, 1U));
  EXPECT_EQ(declaration.contests[1].blank, 1U);
  EXPECT_THAT(declaration.contests[2].totals, ElementsAre(3U, 2U, 2U, 1U, 1U)) << "lists, each with its candidates";
  EXPECT_FALSE(declaration.contests[2].transcript);

  ok(write_declaration(declaration, trial.folder() / "declared"));
  const std::string text = ok(read_file(trial.folder() / "declared/declaration.txt"));
  EXPECT_THAT(text, testing::HasSubstr("Elected: Ben"));
  EXPECT_THAT(text, testing::HasSubstr("Voted         4 (80.0 %)"));
  EXPECT_THAT(text, testing::HasSubstr("1  blank"));
  EXPECT_THAT(ok(read_file(trial.folder() / "declared/contest-1.json")), testing::HasSubstr(R"("winners":["Ben"])"));
}

TEST(Elections, TheLastBallotOfAVoterCounts) {
  Trial trial(all_kinds, "Ed25519", roll_of(3), 2);
  const std::string first = trial.cast("A", {{"Ada"}, {"Yes"}, {"Green", "Gus"}});
  EXPECT_TRUE(ok(look_up(trial.record(), first)).voting_open);
  trial.cast("B", {{"Ben"}, {"No"}, {"Blue", "Bo"}});
  const std::string second = trial.cast("A", {{"Ben"}, {"No"}, {"Blue", "Bo"}});
  trial.tally();

  const TrackedBallot replaced = ok(look_up(trial.record(), first));
  EXPECT_EQ(replaced.number, 1U);
  EXPECT_TRUE(replaced.replaced);
  EXPECT_EQ(replaced.replaced_by, second);
  const TrackedBallot counted = ok(look_up(trial.record(), second));
  EXPECT_EQ(counted.number, 3U);
  EXPECT_FALSE(counted.replaced);
  EXPECT_FALSE(counted.voting_open);

  const Declaration declaration = trial.declaration();
  EXPECT_EQ(declaration.ballots, 3U);
  EXPECT_EQ(declaration.voted, 2U);
  EXPECT_THAT(declaration.contests[1].totals, ElementsAre(0U, 2U));
}

TEST(Elections, WeightsAreCountedInBelenios2048) {
  constexpr const char* paper = R"({"name": "Weighted", "contests": [
    {"kind": "choice", "question": "Who?", "candidates": ["Ada", "Ben"], "blank": true, "rule": "plurality",
     "seats": 1}]})";
  Trial trial(paper, "BELENIOS-2048", roll_of(3, true), 1);
  trial.cast("A", {{"Ada"}});
  const std::string tracker = trial.cast("C", {{"Ben"}});
  EXPECT_EQ(ok(look_up(trial.record(), tracker)).weight, 3U);
  EXPECT_EQ(trial.tally(), R"({"result":[[0,1,3]]})");
  const Declaration declaration = trial.declaration();
  EXPECT_EQ(declaration.total_weight, 4U);
  EXPECT_THAT(winners(declaration.contests[0]), ElementsAre("Ben"));
}

TEST(Elections, RankingsInRfc3526) {
  constexpr const char* paper = R"({"name": "Ranked", "contests": [
    {"kind": "ranking", "question": "Who?", "candidates": ["Ada", "Ben", "Cy"], "rule": "scottish-2011",
     "seats": 1}]})";
  Trial trial(paper, "RFC-3526-2048", roll_of(2), 1);
  trial.cast("A", {{"Cy", "Ada"}});
  trial.cast("B", {{"Cy", "Ben"}});
  trial.tally();
  EXPECT_THAT(winners(trial.declaration().contests[0]), ElementsAre("Cy"));
}

TEST(Elections, MoreCandidatesThanTheGroupCarriesAreRankedBySlots) {
  std::string paper = R"({"name": "Many", "contests": [{"kind": "ranking", "question": "Who?", "candidates": [)";
  for (int i = 1; i <= 40; ++i) paper += fmt::format("{}\"Candidate {}\"", i == 1 ? "" : ", ", i);
  Trial trial(paper + R"(], "rule": "av", "seats": 1}]})", "Ed25519", roll_of(3), 1);
  trial.cast("A", {{"Candidate 40", "Candidate 7"}});
  trial.cast("B", {{"Candidate 7"}});
  trial.cast("C", {{"Candidate 7", "Candidate 39"}});
  trial.tally();
  const Declaration declaration = trial.declaration();
  EXPECT_THAT(winners(declaration.contests[0]), ElementsAre("Candidate 7"));
  EXPECT_THAT(declaration.contests[0].blt, testing::HasSubstr("1 40 7 0\n"));
}

}  // namespace
}  // namespace folkmoot::service
