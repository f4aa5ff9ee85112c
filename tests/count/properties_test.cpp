// What must hold of every count, whatever the papers.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "count/count.hpp"
#include "count/generate.hpp"
#include "count/shared.hpp"

namespace folkmoot::count {
namespace {

std::string any_rule() {
  std::vector<std::string> names;
  for (const Rule* rule : rules()) names.emplace_back(rule->name);
  return *rc::gen::elementOf(names);
}

Contest contest_for(const std::string& rule) { return test::any_contest(find_rule(rule)->single_seat ? 1 : 4); }

Transcript counted(const std::string& rule, const Contest& contest) {
  Options options;
  options.lots = test::first_lot();
  const auto transcript = count(rule, contest, options);
  if (!transcript) RC_FAIL(rule + ": " + transcript.error().message);
  return *transcript;
}

RC_GTEST_PROP(EveryRule, ElectsAsManyAsItCan, ()) {
  const std::string rule = any_rule();
  const Contest contest = contest_for(rule);
  const Transcript transcript = counted(rule, contest);
  RC_LOG() << rule;
  RC_ASSERT(transcript.winners.size() == std::min(contest.seats, test::standing(contest)));
  std::vector<Candidate> different = transcript.winners;
  std::ranges::sort(different);
  RC_ASSERT(std::ranges::adjacent_find(different) == different.end());
  for (const Candidate withdrawn : contest.withdrawn) RC_ASSERT(!std::ranges::binary_search(different, withdrawn));
}

// Every vote is somewhere at every stage, to the last digit.
RC_GTEST_PROP(EveryRule, ConservesVotes, ()) {
  const std::string rule = any_rule();
  if (rule == "block-vote" || rule == "approval") return;  // a paper there counts for several candidates
  const Transcript transcript = counted(rule, contest_for(rule));
  RC_LOG() << rule;
  for (const Stage& stage : transcript.stages) {
    Rational sum = stage.nontransferable + stage.loss;
    for (const Rational& votes : stage.votes) {
      RC_ASSERT(bool(votes >= 0));
      sum += votes;
    }
    RC_ASSERT(bool(sum == rational(transcript.papers)));
  }
}

RC_GTEST_PROP(EveryRule, OrderOfPapersDoesNotMatter, ()) {
  const std::string rule = any_rule();
  Contest contest = contest_for(rule);
  const Transcript before = counted(rule, contest);
  std::vector<std::size_t> order(contest.papers.size());
  std::iota(order.begin(), order.end(), 0);
  const auto keys = *rc::gen::container<std::vector<int>>(order.size(), rc::gen::arbitrary<int>());
  std::ranges::sort(order, {}, [&](std::size_t i) { return keys[i]; });
  Papers shuffled;
  for (const std::size_t entry : order) shuffled.add(contest.papers.marks(entry), contest.papers.weight(entry));
  contest.papers = shuffled;
  const Transcript after = counted(rule, contest);
  RC_LOG() << rule;
  RC_ASSERT(after.winners == before.winners);
  RC_ASSERT(to_json(after) == to_json(before));
}

RC_GTEST_PROP(EveryRule, SplittingWeightsDoesNotMatter, ()) {
  const std::string rule = any_rule();
  Contest contest = contest_for(rule);
  const Transcript before = counted(rule, contest);
  Papers split;
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry) {
    const std::int64_t weight = contest.papers.weight(entry);
    const std::int64_t part = *rc::gen::inRange<std::int64_t>(0, weight + 1);
    for (const std::int64_t each : {part, weight - part})
      if (each > 0) split.add(contest.papers.marks(entry), each);
  }
  contest.papers = split;
  RC_LOG() << rule;
  RC_ASSERT(to_json(counted(rule, contest)) == to_json(before));
}

// Renaming candidates (listing them in another order) changes nothing where no lot was drawn.
RC_GTEST_PROP(EveryRule, OrderOfCandidatesDoesNotMatter, ()) {
  const std::string rule = any_rule();
  const Contest contest = contest_for(rule);
  const Transcript before = counted(rule, contest);
  if (std::ranges::any_of(before.ties, &Tie::by_lot)) return;
  const auto n = static_cast<Candidate>(contest.candidates.size());
  std::vector<Candidate> place(n);
  std::iota(place.begin(), place.end(), Candidate{0});
  const auto keys = *rc::gen::container<std::vector<int>>(n, rc::gen::arbitrary<int>());
  std::ranges::stable_sort(place, {}, [&](Candidate c) { return keys[c]; });
  Contest other = contest;
  for (Candidate c = 0; c < n; ++c) other.candidates[place[c]] = contest.candidates[c];
  for (Candidate& withdrawn : other.withdrawn) withdrawn = place[withdrawn];
  other.papers = {};
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry) {
    std::vector<Mark> marks(contest.papers.marks(entry).begin(), contest.papers.marks(entry).end());
    for (Mark& mark : marks) mark.candidate = place[mark.candidate];
    other.papers.add(marks, contest.papers.weight(entry));
  }
  const Transcript after = counted(rule, other);
  std::vector<std::string> winners_before;
  std::vector<std::string> winners_after;
  for (const Candidate winner : before.winners) winners_before.push_back(before.name(winner));
  for (const Candidate winner : after.winners) winners_after.push_back(after.name(winner));
  std::ranges::sort(winners_before);
  std::ranges::sort(winners_after);
  RC_LOG() << rule;
  RC_ASSERT(winners_after == winners_before);
}

// Whoever has the quota in first preferences is elected.
RC_GTEST_PROP(EveryRule, QuotaOfFirstPreferencesElects, ()) {
  const std::string rule = any_rule();
  const Transcript transcript = counted(rule, contest_for(rule));
  RC_LOG() << rule;
  const Stage& first = transcript.stages.front();
  const std::optional<Rational>& quota = first.quota ? first.quota : transcript.quota;
  if (!quota) return;
  for (std::size_t candidate = 0; candidate < first.votes.size(); ++candidate)
    if (first.votes[candidate] >= *quota && *quota > 0)
      RC_ASSERT(std::ranges::count(transcript.winners, static_cast<Candidate>(candidate)) == 1);
}

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
