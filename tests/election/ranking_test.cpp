#include "election/ranking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

namespace folkmoot::election {
namespace {

std::vector<std::string> names(std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(fmt::format("Candidate {}", i + 1));
  return all;
}

RankingScheme ranks(std::size_t candidates) {
  return RankingScheme::of({NonHomomorphicQuestion{names(candidates), "Q"}, {}}).value();
}
RankingScheme slots(std::size_t places, std::size_t candidates) {
  return RankingScheme::of(RankingScheme::slots_question("Q", names(places), names(candidates)).value()).value();
}

using Numbers = std::vector<std::uint64_t>;
Ranking read(const RankingScheme& scheme, const Numbers& numbers) { return scheme.read(numbers); }

TEST(Ranking, ofRanks) {
  EXPECT_EQ(read(ranks(4), {2, 0, 1, 3}), (Ranking{2, 0, 3}));
  EXPECT_EQ(read(ranks(4), {0, 0, 0, 0}), Ranking());
  EXPECT_EQ(read(ranks(4), {7, 0, 255, 3}), (Ranking{3, 0, 2})) << "gaps are closed up";
  EXPECT_EQ(read(ranks(4), {1, 2, 2, 3}), (Ranking{0})) << "a repeated rank ends the ranking";
  EXPECT_EQ(read(ranks(4), {1, 1, 2, 3}), Ranking());
  EXPECT_EQ(read(ranks(4), {3, 1, 2, 3}), (Ranking{1, 2}));
}

TEST(Ranking, ofSlots) {
  EXPECT_EQ(read(slots(3, 70), {70, 1, 35}), (Ranking{69, 0, 34}));
  EXPECT_EQ(read(slots(3, 70), {0, 1, 0}), (Ranking{0})) << "empty slots are passed over";
  EXPECT_EQ(read(slots(3, 70), {2, 71, 3}), (Ranking{1, 2})) << "nobody has the number 71";
  EXPECT_EQ(read(slots(3, 70), {2, 2, 3}), (Ranking{1, 2})) << "the higher place counts";
  EXPECT_EQ(read(slots(3, 70), {255, 255, 255}), Ranking());
}

TEST(Ranking, whatASchemeSays) {
  const auto scheme = slots(30, 70);
  EXPECT_TRUE(scheme.slots());
  EXPECT_EQ(scheme.places(), 30U);
  EXPECT_EQ(scheme.candidates().size(), 70U);
  EXPECT_EQ(slots(3, 2).places(), 2U);
  EXPECT_FALSE(ranks(5).slots());
  EXPECT_EQ(ranks(5).places(), 5U);
}

TEST(Ranking, slotsQuestionIsAQuestionLikeAnyOther) {
  const auto question = RankingScheme::slots_question("Q?", {"1st", "2nd"}, {"A", "B \"b\""}).value();
  const std::string text = json::to_text(question);
  EXPECT_EQ(text, R"({"type":"NonHomomorphic","value":{"answers":["1st","2nd"],"question":"Q?"},)"
                  R"("extra":{"type":"PreferenceSlots","candidates":["A","B \"b\""]}})");
  const auto again = json::read_canonical(text, read_question).value();
  EXPECT_THAT(RankingScheme::of(again)->candidates(), testing::ElementsAre("A", "B \"b\""));
}

TEST(Ranking, refusals) {
  EXPECT_FALSE(RankingScheme::of({HomomorphicQuestion{{"A"}, {}, 0, 1, "Q"}, {}}));
  EXPECT_FALSE(RankingScheme::slots_question("Q", {}, {"A"}));
  EXPECT_FALSE(RankingScheme::slots_question("Q", {"1st"}, {}));
  EXPECT_FALSE(RankingScheme::slots_question("Q", {"1st"}, names(256)));
  EXPECT_TRUE(RankingScheme::slots_question("Q", {"1st"}, names(255)));
  const auto with_extra = [](std::string extra) {
    return RankingScheme::of({NonHomomorphicQuestion{{"A", "B"}, "Q"}, std::move(extra)});
  };
  for (const auto* other : {"null", "{}", "[]", R"({"type":"STV","seats":2})", R"({"type":2})", "7"}) {
    const auto scheme = with_extra(other);
    ASSERT_TRUE(scheme) << other;
    EXPECT_FALSE(scheme->slots()) << "extra fields of others are none of ours: " << other;
  }
  EXPECT_FALSE(with_extra(R"({"type":"PreferenceSlots"})"));
  EXPECT_FALSE(with_extra(R"({"type":"PreferenceSlots","candidates":[]})"));
  EXPECT_FALSE(with_extra(R"({"type":"PreferenceSlots","candidates":[1]})"));
  EXPECT_FALSE(with_extra(R"({"type":"PreferenceSlots")"));
  EXPECT_FALSE(ranks(3).write({0, 1, 2, 0}));
  EXPECT_FALSE(ranks(3).write({0, 0}));
  EXPECT_FALSE(ranks(3).write({3}));
  EXPECT_FALSE(slots(2, 9).write({0, 1, 2}));
  EXPECT_FALSE(slots(2, 9).write({9}));
}

RC_GTEST_PROP(Ranking, whatIsWrittenIsRead, ()) {
  const auto candidates = *rc::gen::inRange<std::size_t>(1, 256);
  const bool in_slots = *rc::gen::arbitrary<bool>();
  const auto scheme = in_slots ? slots(*rc::gen::inRange<std::size_t>(1, 31), candidates) : ranks(candidates);
  // Some of the candidates in any order.
  auto keys = *rc::gen::container<std::vector<std::uint32_t>>(candidates, rc::gen::arbitrary<std::uint32_t>());
  Ranking ranking(candidates);
  std::iota(ranking.begin(), ranking.end(), std::size_t{});
  std::ranges::stable_sort(ranking, {}, [&](std::size_t candidate) { return keys[candidate]; });
  ranking.resize(*rc::gen::inRange<std::size_t>(0, scheme.places() + 1));
  const auto numbers = scheme.write(ranking).value();
  RC_ASSERT(std::ranges::all_of(numbers, [](std::int64_t n) { return 0 <= n && n <= 255; }));
  RC_ASSERT(read(scheme, Numbers(numbers.begin(), numbers.end())) == ranking);
}

RC_GTEST_PROP(Ranking, everyVectorOfNumbersHasAReading, ()) {
  const auto candidates = *rc::gen::inRange<std::size_t>(1, 40);
  const bool in_slots = *rc::gen::arbitrary<bool>();
  const auto places = in_slots ? *rc::gen::inRange<std::size_t>(1, 31) : candidates;
  const auto scheme = in_slots ? slots(places, candidates) : ranks(candidates);
  const auto ranking =
      read(scheme, *rc::gen::container<Numbers>(places, rc::gen::inRange<std::uint64_t>(0, 2 * candidates)));
  RC_ASSERT(ranking.size() <= places);
  auto sorted = ranking;
  std::ranges::sort(sorted);
  RC_ASSERT(std::ranges::adjacent_find(sorted) == sorted.end());
  RC_ASSERT(std::ranges::all_of(sorted, [&](std::size_t candidate) { return candidate < candidates; }));
}

}  // namespace
}  // namespace folkmoot::election
