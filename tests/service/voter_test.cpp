// The voter's side: filling in the paper, and what is refused before a ballot is made.
#include "service/trial.hpp"

namespace folkmoot::service {
namespace {

using testing::HasSubstr;

constexpr const char* paper = R"({"name": "N", "contests": [
  {"kind": "ranking", "question": "Leader?", "candidates": ["Ada", "Ben", "Cy"], "rule": "av", "seats": 1},
  {"kind": "choice", "question": "Two?", "candidates": ["X", "Y", "Z"], "min": 2, "max": 2},
  {"kind": "lists", "question": "List?", "lists": [["Green", "Gil"], ["Blue", "Bo"]]}]})";

struct VoterTest : testing::Test {
  Trial trial{paper, "Ed25519", roll_of(2), 1};

  std::string error(const Names& names) {
    return error_of(make_ballot(trial.record(), trial.credential("A"), {names, {}}));
  }
};

TEST_F(VoterTest, IsToldWhatIsWrongWithThePaperAndWhere) {
  EXPECT_THAT(error({{"Ada"}, {"X", "Y"}}), HasSubstr("2 answers to 3 questions"));
  EXPECT_THAT(error({{"Eve"}, {"X", "Y"}, {"Green", "Gil"}}), HasSubstr("Leader?: \"Eve\" is not on the paper"));
  EXPECT_THAT(error({{"Ada", "Ada"}, {"X", "Y"}, {"Green", "Gil"}}), HasSubstr("\"Ada\" is given twice"));
  EXPECT_THAT(error({{"Ada"}, {"X"}, {"Green", "Gil"}}), HasSubstr("Two?"));
  EXPECT_THAT(error({{"Ada"}, {}, {"Green", "Gil"}}), HasSubstr("Two?")) << "blank is not allowed";
  EXPECT_THAT(error({{"Ada"}, {"X", "Y"}, {"Green", "Bo"}}), HasSubstr("Green: \"Bo\" is not on the paper"));
  EXPECT_THAT(error({{"Ada"}, {"X", "Y"}, {"Green"}}), HasSubstr("List?"));
  EXPECT_THAT(error({{"Ada"}, {"X", "Y"}, {}}), HasSubstr("name a list"));
}

TEST_F(VoterTest, MayAnswerInNumbersAsTheOriginalToolsDo) {
  const auto credential = trial.credential("A");
  const MadeBallot made = ok(make_ballot(trial.record(), credential, {{}, "[[2,1,0],[1,0,1],[[1,1],[0,0]]]"}));
  EXPECT_EQ(ok(accept_ballots(trial.record(), {trial.file(made.text)})).accepted, 1U);
  EXPECT_FALSE(make_ballot(trial.record(), credential, {{}, "[[2,1,0]]"}));
  EXPECT_FALSE(make_ballot(trial.record(), credential, {{}, "[[2,1,0],[1,0,2],[[1,1],[0,0]]]"}));
  EXPECT_FALSE(make_ballot(trial.record(), credential, {{}, "nonsense"}));
}

TEST_F(VoterTest, NeedsACredentialOfThisElection) {
  const auto stranger = secret::PrivateCredential::generate(secret::Random::system());
  EXPECT_THAT(error_of(make_ballot(trial.record(), stranger, {{{"Ada"}, {"X", "Y"}, {"Green", "Gil"}}, {}})),
              HasSubstr("not one of this election's"));
}

TEST_F(VoterTest, TwoBallotsOfOneVoteAreNotAlike) {
  const Names names = {{"Ada"}, {"X", "Y"}, {"Green", "Gil"}};
  EXPECT_NE(trial.ballot("A", names).tracker, trial.ballot("A", names).tracker);
}

TEST_F(VoterTest, LooksForTrackersThatAreNotThere) {
  const MadeBallot made = trial.ballot("A", {{"Ada"}, {"X", "Y"}, {"Green", "Gil"}});
  EXPECT_THAT(error_of(look_up(trial.record(), made.tracker)), HasSubstr("no ballot of the record"));
  EXPECT_THAT(error_of(look_up(trial.record(), "not base64!")), HasSubstr("tracker"));
  EXPECT_THAT(error_of(look_up(trial.folder() / "nowhere", made.tracker)), HasSubstr("nowhere"));
}

TEST_F(VoterTest, CanAskWhatThereIsToAnswer) {
  std::string all;
  for (const auto& question : ok(read_questions(trial.record()))) all += describe(question) + "\n";
  EXPECT_THAT(all, HasSubstr("Rank up to 3 of: \"Ada\", \"Ben\", \"Cy\""));
  EXPECT_THAT(all, HasSubstr("Choose 2 to 2: \"X\", \"Y\", \"Z\""));
  EXPECT_THAT(all, HasSubstr("\"Green\", \"Gil\""));
}

}  // namespace
}  // namespace folkmoot::service
