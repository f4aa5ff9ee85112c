// What is refused, and totals alone.
#include "count/count.hpp"

#include <gtest/gtest.h>

namespace folkmoot::count {
namespace {

TEST(Count, RefusesWhatCannotBeCounted) {
  Contest contest;
  contest.candidates = {"A", "B"};
  EXPECT_EQ(count("nonsense", contest, {}).error().message, "there is no counting rule called “nonsense”");
  EXPECT_EQ(count("av", contest, {}).error().message, "the number of seats is not given");
  contest.seats = 2;
  EXPECT_EQ(count("av", contest, {}).error().message, "av elects one candidate, not 2");
  contest.seats = 1;
  contest.papers.add_ranking(std::vector<Candidate>{0}, 1);
  contest.papers.add_ranking(std::vector<Candidate>{1}, 1);
  EXPECT_EQ(count("av", contest, {}).error().message,
            "a tie has to be decided by lot (election): “A”, “B”; give a seed or enter the lot drawn");
  contest.papers.add_ranking(std::vector<Candidate>{2}, 1);
  EXPECT_EQ(count("av", contest, {}).error().message, "paper 3 marks a candidate that does not exist");
}

// Numbers that don't fit are refused, not wrapped.
TEST(Count, OverflowIsAnError) {
  Contest contest;
  contest.candidates = {"A", "B", "C"};
  contest.seats = 1;
  contest.papers.add_ranking(std::vector<Candidate>{0, 1}, most_votes);
  EXPECT_TRUE(count("scottish-2011", contest, {}));
  contest.papers.add_ranking(std::vector<Candidate>{1, 0}, 1);
  EXPECT_EQ(count("scottish-2011", contest, {}).error().message,
            "9000000001 votes are more than 9000000000, the most that can be counted");
}

// Nearly all papers end with the two who are elected: the quota falls towards nothing, and nine decimals can't follow
// it.
TEST(Count, MeekEndsWhereDecimalsAreTooFew) {
  Contest contest;
  contest.candidates = {"A", "B", "C", "D", "E"};
  contest.seats = 3;
  contest.papers.add_ranking(std::vector<Candidate>{4}, 14);
  contest.papers.add_ranking(std::vector<Candidate>{4, 0}, 11);
  Options options;
  options.lots = seeded_lots("s");
  for (const char* rule : {"meek-nz", "meek-2006"}) {
    const auto transcript = count(rule, contest, options);
    ASSERT_TRUE(transcript) << transcript.error().message;
    EXPECT_EQ(transcript->winners.size(), 3U) << rule;
    EXPECT_EQ(transcript->winners.front(), 4) << rule;
  }
}

// Without any vote everybody is equal: lots fill the seats, and no rule takes no votes for a quota.
TEST(Count, NoVotesAtAll) {
  Contest contest;
  contest.candidates = {"A", "B", "C", "D"};
  contest.seats = 1;
  contest.papers.add_ranking(std::vector<Candidate>{}, 8);
  Options options;
  options.lots = seeded_lots("s");
  for (const Rule* rule : rules()) {
    const auto transcript = count(rule->name, contest, options);
    ASSERT_TRUE(transcript) << rule->name << ": " << transcript.error().message;
    EXPECT_LE(transcript->winners.size(), 1U) << rule->name;
  }
}

TEST(Count, TotalsAlone) {
  Contest contest;
  contest.candidates = {"A", "B", "C"};
  contest.seats = 2;
  const std::vector<std::int64_t> totals{5, 9, 7};
  const auto transcript = count_totals("approval", contest, totals, 11, {});
  ASSERT_TRUE(transcript) << transcript.error().message;
  EXPECT_EQ(transcript->winners, (std::vector<Candidate>{1, 2}));
  EXPECT_EQ(transcript->papers, 11);
  EXPECT_EQ(count_totals("scottish-2011", contest, totals, 11, {}).error().message,
            "scottish-2011 can’t count totals alone");
  EXPECT_FALSE(count_totals("plurality", contest, std::vector<std::int64_t>{1}, 1, {}));
}

}  // namespace
}  // namespace folkmoot::count
