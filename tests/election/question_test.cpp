#include "election/question.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace folkmoot::election {
namespace {

using Numbers = std::vector<std::int64_t>;

Result<Question> read(std::string_view text) { return json::read_canonical(text, read_question); }

TEST(Question, roundTrips) {
  for (const std::string text : {
           R"({"answers":["A","B"],"min":0,"max":1,"question":"Q?"})",
           R"({"answers":["A \"B\" é","\\"],"blank":true,"min":1,"max":2,"question":""})",
           R"({"answers":[],"blank":false,"min":0,"max":0,"question":"Q?"})",
           R"({"type":"NonHomomorphic","value":{"answers":["A","B"],"question":"Q?"}})",
           R"({"type":"NonHomomorphic","value":{"answers":["A"],"question":"Q?"},"extra":{"type":"STV","seats":2}})",
           R"({"type":"NonHomomorphic","value":{"answers":["A"],"question":"Q?"},"extra":null})",
           R"({"type":"Lists","value":{"answers":[["L","C 1"],["M"]],"question":"Q?"}})",
           R"({"type":"Lists","value":{"answers":[],"question":"Q?"},"extra":[1,"x"]})",
       }) {
    const auto question = read(text);
    ASSERT_TRUE(question) << question.error().message;
    EXPECT_EQ(json::to_text(*question), text);
  }
}

TEST(Question, refusals) {
  const auto message = [](std::string_view text) {
    const auto question = read(text);
    return question ? "accepted" : question.error().message;
  };
  using testing::HasSubstr;
  EXPECT_THAT(message(R"({"answers":["A"],"min":2,"max":1,"question":"Q"})"), HasSubstr("max 1 is below min 2"));
  EXPECT_THAT(message(R"({"answers":["A"],"min":-1,"max":1,"question":"Q"})"), HasSubstr("min: -1"));
  EXPECT_THAT(message(R"({"answers":["A"],"min":0,"max":9223372036854775807,"question":"Q"})"), HasSubstr("max"));
  EXPECT_THAT(message(R"({"answers":["A"],"max":1,"min":0,"question":"Q"})"), HasSubstr("not in canonical form"));
  EXPECT_THAT(message(R"({"answers":["A"],"blank":1,"min":0,"max":1,"question":"Q"})"), HasSubstr("blank"));
  EXPECT_THAT(message(R"({"answers":["A"],"min":0,"max":1})"), HasSubstr("no field \"question\""));
  EXPECT_THAT(message(R"({"type":"Lists","value":{"answers":[],"question":"Q"},"extra":[{"a":1,"b":2,"a":1}]})"),
              HasSubstr("extra: field \"a\" is there twice"));
  EXPECT_THAT(message(R"({"type":"Other","value":{"answers":[],"question":"Q"}})"), HasSubstr("type of question"));
  EXPECT_THAT(message(R"({"type":"Lists","value":{"answers":[[]],"question":"Q"}})"), HasSubstr("without a name"));
  EXPECT_THAT(message("[]"), HasSubstr("expected an object"));
}

TEST(Question, thatNobodyCanAnswer) {
  const auto check = [](const Question& question, std::size_t max_ints) {
    const auto status = check_question(question, max_ints);
    return status ? "" : status.error().message;
  };
  EXPECT_EQ(check({HomomorphicQuestion{{"A", "B"}, {}, 0, 2, "Q"}, {}}, 0), "");
  EXPECT_EQ(check({HomomorphicQuestion{{"A", "B"}, {}, 0, 3, "Q"}, {}}, 0), "max 3 is above the 2 answers");
  EXPECT_NE(check({HomomorphicQuestion{{}, {}, 0, 0, "Q"}, {}}, 0), "");
  const NonHomomorphicQuestion ranking{{"A", "B", "C"}, "Q"};
  EXPECT_EQ(check({ranking, {}}, 3), "");
  EXPECT_EQ(check({ranking, {}}, 2), "3 answers, and the group carries 2 numbers at most");
  EXPECT_EQ(check({ranking, {}}, 0), "the group cannot carry numbers for each answer");
  EXPECT_NE(check({NonHomomorphicQuestion{{}, "Q"}, {}}, 30), "");
  EXPECT_EQ(check({ListsQuestion{{{"L", "C"}, {"M", "D"}}, "Q"}, {}}, 0), "");
  EXPECT_EQ(check({ListsQuestion{{{"L", "C"}, {"M"}}, "Q"}, {}}, 0), "list \"M\" has no candidates");
  EXPECT_NE(check({ListsQuestion{{}, "Q"}, {}}, 0), "");
}

std::string refusal(const Question& question, const PlainAnswer& answer) {
  const auto status = check_answer(question, answer);
  return status ? "" : status.error().message;
}

TEST(CheckAnswer, messages) {
  const Question choose{HomomorphicQuestion{{"A", "B", "C"}, {}, 1, 2, "Q"}, {}};
  EXPECT_EQ(refusal(choose, Numbers{0, 1, 1}), "");
  EXPECT_EQ(refusal(choose, Numbers{1, 1, 1}), "chosen 3, at most 2");
  EXPECT_EQ(refusal(choose, Numbers{0, 0, 0}), "chosen 0, at least 1");
  EXPECT_EQ(refusal(choose, Numbers{0, 1}), "2 values for 3 answers");
  EXPECT_EQ(refusal(choose, Numbers{2, 0, 0}), "2 where only 0 or 1 can be");
  EXPECT_EQ(refusal(choose, Numbers{-1, 1, 1}), "-1 where only 0 or 1 can be");
  EXPECT_EQ(refusal(choose, std::vector<Numbers>{{0, 1, 1}}), "expected numbers, not lists");
  const Question blank{HomomorphicQuestion{{"A", "B", "C"}, true, 1, 2, "Q"}, {}};
  EXPECT_EQ(refusal(blank, Numbers{1, 0, 0, 0}), "");
  EXPECT_EQ(refusal(blank, Numbers{1, 1, 0, 0}), "blank, and yet 1 chosen");
  EXPECT_EQ(refusal(blank, Numbers{0, 0, 0, 0}), "chosen 0, at least 1");
  EXPECT_EQ(refusal(blank, Numbers{0, 1, 0}), "3 values for 4 answers");
  const Question rank{NonHomomorphicQuestion{{"A", "B"}, "Q"}, {}};
  EXPECT_EQ(refusal(rank, Numbers{0, 255}), "");
  EXPECT_EQ(refusal(rank, Numbers{0, 256}), "256 is not in 0..255");
  EXPECT_EQ(refusal(rank, Numbers{0, -1}), "-1 is not in 0..255");
  EXPECT_EQ(refusal(rank, Numbers{0}), "1 values for 2 answers");
  const Question lists{ListsQuestion{{{"L", "A", "B"}, {"M", "C"}}, "Q"}, {}};
  using Lists = std::vector<Numbers>;
  EXPECT_EQ(refusal(lists, Lists{{1, 0, 1}, {0, 0}}), "");
  EXPECT_EQ(refusal(lists, Lists{{1, 0, 0}, {0, 0}}), "no candidate chosen, at least 1");
  EXPECT_EQ(refusal(lists, Lists{{0, 0, 0}, {0, 0}}), "chosen 0 lists, exactly 1");
  EXPECT_EQ(refusal(lists, Lists{{1, 1, 0}, {1, 1}}), "chosen 2 lists, exactly 1");
  EXPECT_EQ(refusal(lists, Lists{{1, 1, 0}, {0, 1}}), "list 2: candidates chosen, and not the list");
  EXPECT_EQ(refusal(lists, Lists{{1, 1, 0}}), "1 lists for 2");
  EXPECT_EQ(refusal(lists, Lists{{1, 1}, {0, 0}}), "list 1: 2 values for 3 answers");
  EXPECT_EQ(refusal(lists, Numbers{1, 1, 0}), "expected an array for each list");
}

// Against the statements that the proofs make: m_0 = 1 or Σ in min..max, and m_0 = 0 or Σ = 0.
RC_GTEST_PROP(CheckAnswer, homomorphicIsWhatTheProofsCanProve, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 6);
  const auto min = *rc::gen::inRange<std::int64_t>(0, 4);
  const auto max = min + *rc::gen::inRange<std::int64_t>(0, 4);
  const bool blank = *rc::gen::arbitrary<bool>();
  const Question question{HomomorphicQuestion{std::vector<std::string>(count, "A"), blank, min, max, "Q"}, {}};
  const auto bits = *rc::gen::container<Numbers>(count + (blank ? 1 : 0), rc::gen::inRange<std::int64_t>(0, 2));
  const std::int64_t m0 = blank ? bits[0] : 0;
  const std::int64_t sum = std::accumulate(bits.begin(), bits.end(), std::int64_t{}) - m0;
  const bool provable = (m0 == 1 || (min <= sum && sum <= max)) && (m0 == 0 || sum == 0);
  RC_ASSERT(refusal(question, bits).empty() == provable);
}

// L_i = 1 or Σ_j C_ij = 0; Σ L_i = 1; Σ Σ C_ij ≠ 0.
RC_GTEST_PROP(CheckAnswer, listsAreWhatTheProofsCanProve, ()) {
  const auto sizes = *rc::gen::resize(
      3, rc::gen::nonEmpty(rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 3))));
  ListsQuestion question;
  std::vector<Numbers> answer;
  std::int64_t lists = 0;
  std::int64_t candidates = 0;
  bool constraints = true;
  for (const std::size_t size : sizes) {
    question.answers.emplace_back(size + 1, "A");
    const auto& bits = answer.emplace_back(
        *rc::gen::container<Numbers>(size + 1, rc::gen::weightedElement<std::int64_t>({{3, 0}, {1, 1}})));
    const std::int64_t chosen = std::accumulate(bits.begin() + 1, bits.end(), std::int64_t{});
    lists += bits[0];
    candidates += chosen;
    constraints = constraints && (bits[0] == 1 || chosen == 0);
  }
  RC_ASSERT(refusal({question, {}}, answer).empty() == (constraints && lists == 1 && candidates != 0));
}

TEST(PlainAnswers, asTheOriginalToolsTakeThem) {
  const auto read_text = [](std::string_view text) {
    const auto document = json::Document::parse(text).value();
    return read_plain_answers(document.root());
  };
  const auto answers = read_text("[[0,1],[[1,0],[0]],[]]").value();
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(std::get<Numbers>(answers[0]), (Numbers{0, 1}));
  EXPECT_EQ(std::get<std::vector<Numbers>>(answers[1]), (std::vector<Numbers>{{1, 0}, {0}}));
  EXPECT_EQ(std::get<Numbers>(answers[2]), Numbers());
  for (const auto* text : {"{}", "[1]", "[[0.5]]", "[[\"1\"]]", "[[[1],2]]", "[[1,[2]]]", "[[[[1]]]]"}) {
    EXPECT_FALSE(read_text(text)) << text;
  }
}

}  // namespace
}  // namespace folkmoot::election
