#include "secret/voter.hpp"

#include "election/claims.hpp"
#include "secret/trustee.hpp"
#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

using election::PlainAnswer;
using election::Question;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Numbers = std::vector<std::int64_t>;
using Lists = std::vector<Numbers>;

const Question choose{election::HomomorphicQuestion{{"Ada", "Berta", "Carla"}, std::nullopt, 1, 2, "Who?"}, {}};
const Question choose_or_blank{election::HomomorphicQuestion{{"Ada", "Berta"}, true, 1, 2, "Who, if anyone?"}, {}};
const Question lists{election::ListsQuestion{{{"Reds", "Ada", "Berta"}, {"Greens", "Carla"}}, "Which list?"}, {}};
const Question rank{election::NonHomomorphicQuestion{{"Ada", "Berta", "Carla"}, "In which order?"}, {}};

template <class G>
class VoterTest : public testing::Test {
 protected:
  // An election with these questions.
  void ask(std::vector<Question> questions) {
    election.name = "A test";
    election.uuid = "uTmyc3uinoeoKM";
    election.public_key = power_of_g(SecretScalar<G>::random(random)).reveal();
    election.questions = std::move(questions);
    fingerprint = election::fingerprint(json::to_text(election));
  }
  Result<election::Ballot<G>> vote(const std::vector<PlainAnswer>& answers) {
    return Booth<G>(election, fingerprint).make_ballot(credential, answers, random);
  }
  std::vector<std::string> failures(const election::Ballot<G>& ballot) {
    const typename G::FixedBase y(election.public_key);
    group::Batch<G> batch(y);
    const election::BallotClaims<G> claims(batch, election, fingerprint, ballot);
    batch.run();
    std::vector<std::string> messages;
    for (const auto& failure : claims.failures(batch)) messages.push_back(failure.message);
    return messages;
  }

  // The ballot passes all checks, also after it was written and read.
  void expect_valid(const std::vector<PlainAnswer>& answers) {
    const auto ballot = vote(answers);
    ASSERT_TRUE(ballot) << ballot.error().message;
    EXPECT_EQ(ballot->credential, public_credential<G>(credential, election.uuid));
    EXPECT_THAT(failures(*ballot), IsEmpty());
    const std::string text = json::to_text(*ballot);
    const auto read = json::read_canonical(
        text, [&](json::Value value) { return election::read_ballot<G>(election.questions, value); });
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(failures(*read), IsEmpty());
  }
  std::string refusal(const std::vector<PlainAnswer>& answers) {
    const auto ballot = vote(answers);
    return ballot ? "" : ballot.error().message;
  }

  SeededRandom random{50};
  PrivateCredential credential = PrivateCredential::generate(random);
  election::Election<G> election;
  std::string fingerprint;
};
TYPED_TEST_SUITE(VoterTest, Groups, GroupNames);

TYPED_TEST(VoterTest, ChoosesMinToMax) {
  this->ask({choose});
  this->expect_valid({Numbers{0, 1, 0}});
  this->expect_valid({Numbers{1, 0, 1}});
}

TYPED_TEST(VoterTest, VotesBlank) {
  this->ask({choose_or_blank});
  this->expect_valid({Numbers{1, 0, 0}});
  this->expect_valid({Numbers{0, 0, 1}});
}

TYPED_TEST(VoterTest, ChoosesAList) {
  this->ask({lists});
  this->expect_valid({Lists{{1, 1, 1}, {0, 0}}});
  this->expect_valid({Lists{{0, 0, 0}, {1, 1}}});
}

TYPED_TEST(VoterTest, Ranks) {
  this->ask({rank});
  if (TypeParam::max_ints == 0) {
    EXPECT_THAT(this->refusal({Numbers{2, 0, 1}}), HasSubstr("question 1"));
  } else {
    this->expect_valid({Numbers{2, 0, 1}});
    this->expect_valid({Numbers{255, 255, 0}});
  }
}

using Ed25519VoterTest = VoterTest<Ed25519>;

TEST_F(Ed25519VoterTest, AnswersQuestionsOfAllKinds) {
  ask({choose, choose_or_blank, lists, rank});
  expect_valid({Numbers{1, 1, 0}, Numbers{0, 1, 1}, Lists{{1, 0, 1}, {0, 0}}, Numbers{1, 2, 3}});
}

TEST_F(Ed25519VoterTest, IsRefusedWhatTheQuestionDoesNotAllow) {
  this->ask({choose});
  EXPECT_THAT(refusal({}), HasSubstr("0 answers to 1 questions"));
  EXPECT_THAT(refusal({Numbers{1, 1, 1}}), HasSubstr("question 1"));
  EXPECT_THAT(refusal({Numbers{0, 0, 0}}), HasSubstr("question 1"));
  EXPECT_THAT(refusal({Numbers{2, 0, 0}}), HasSubstr("question 1"));
  EXPECT_THAT(refusal({Numbers{1, 0}}), HasSubstr("question 1"));
  EXPECT_THAT(refusal({Lists{{1, 0, 0}}}), HasSubstr("question 1"));
  this->ask({choose, choose_or_blank});
  EXPECT_THAT(refusal({Numbers{1, 0, 0}, Numbers{1, 1, 0}}), HasSubstr("question 2")) << "blank, and a choice";
  EXPECT_THAT(refusal({Numbers{1, 0, 0}, Numbers{0, 0, 0}}), HasSubstr("question 2")) << "nothing, not even blank";
  this->ask({lists});
  EXPECT_THAT(refusal({Lists{{1, 0, 0}, {0, 0}}}), HasSubstr("question 1")) << "a list without a candidate";
  EXPECT_THAT(refusal({Lists{{1, 1, 0}, {0, 1}}}), HasSubstr("question 1")) << "a candidate without their list";
  EXPECT_THAT(refusal({Lists{{1, 1, 0}, {1, 1}}}), HasSubstr("question 1")) << "two lists";
  EXPECT_THAT(refusal({Lists{{0, 0, 0}, {0, 0}}}), HasSubstr("question 1")) << "no list";
  this->ask({rank});
  EXPECT_THAT(refusal({Numbers{1, 2, 256}}), HasSubstr("question 1"));
  EXPECT_THAT(refusal({Numbers{1, 2, -1}}), HasSubstr("question 1"));
}

TEST_F(Ed25519VoterTest, MakesAnotherBallotEachTime) {
  ask({choose});
  const auto first = vote({Numbers{0, 1, 0}});
  const auto second = vote({Numbers{0, 1, 0}});
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->signature.hash, second->signature.hash);
}

TEST_F(Ed25519VoterTest, UsesAnOldCredential) {
  ask({choose});
  credential = value_of(PrivateCredential::parse("zig-4XN-7VD-TTJ-1SW"));
  expect_valid({Numbers{0, 1, 0}});
}

}  // namespace
}  // namespace folkmoot::secret::test
