// Two ways to one result, which share no code beyond reading the papers.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>

#include "count/count.hpp"
#include "count/generate.hpp"
#include "count/pairwise.hpp"

namespace folkmoot::count {
namespace {

using test::counted;

// Meek's method against itself: from the keep values of a stage, each paper handled alone in exact fractions gives the
// votes of the tree in fixed decimals, but for what rounding adds.
RC_GTEST_PROP(Differential, KeepValuesByTreeAndByPaper, ()) {
  const std::string rule = *rc::gen::element<std::string>("meek-prf", "meek-nz", "meek-2006", "meek-1987", "warren");
  const Contest contest = test::any_contest();
  const Rankings rankings(contest);
  const Transcript transcript = counted(rule, contest);
  std::vector<bool> continuing(contest.candidates.size(), true);
  for (const Stage& stage : transcript.stages) {
    std::vector<Rational> votes(contest.candidates.size());
    for (std::size_t entry = 0; entry < rankings.size(); ++entry) {
      Rational value = 1;
      for (const Candidate candidate : rankings.preferences(entry)) {
        Rational kept =
            rule == "warren" ? std::min(value, stage.keep[candidate]) : Rational(value * stage.keep[candidate]);
        if (stage.keep[candidate] == 1) kept = value;
        votes[candidate] += kept * static_cast<long>(rankings.weight(entry));
        value -= kept;
      }
    }
    const Rational bound = Rational(1, 1'000'000'000) * static_cast<long>(rankings.valid() * 8);
    for (std::size_t c = 0; c < votes.size(); ++c)
      if (stage.keep[c] != 0) RC_ASSERT(bool(abs(votes[c] - stage.votes[c]) <= bound));
  }
}

// The same method with few and with all decimals elects the same, unless a decision was closer than rounding reaches.
RC_GTEST_PROP(Differential, RoundingDoesNotDecide, ()) {
  const auto pair = *rc::gen::element(std::pair<std::string, std::string>("wigm-prf", "wigm-exact"),
                                      std::pair<std::string, std::string>("meek-prf", "meek-1987"));
  const Contest contest = test::any_contest();
  const Transcript rounded = counted(pair.first, contest);
  const Transcript exact = counted(pair.second, contest);
  const Rational close = pair.first == "wigm-prf" ? Rational(1) : Rational(1, 1000);
  for (const Transcript* transcript : {&rounded, &exact}) {
    if (!transcript->ties.empty()) return;
    for (const Stage& stage : transcript->stages) {
      const Rational& quota = stage.quota ? *stage.quota : *transcript->quota;
      for (std::size_t a = 0; a < stage.votes.size(); ++a) {
        if (abs(stage.votes[a] - quota) < close && abs(stage.votes[a] - quota) != 0) return;
        for (std::size_t b = 0; b < a; ++b)
          if (stage.votes[a] > 0 && abs(stage.votes[a] - stage.votes[b]) < close) return;
      }
    }
  }
  RC_LOG() << pair.first << " and " << pair.second;
  std::vector<Candidate> a = rounded.winners;
  std::vector<Candidate> b = exact.winners;
  std::ranges::sort(a);
  std::ranges::sort(b);
  RC_ASSERT(a == b);
}

// One seat, by the rules that exclude the lowest: four implementations, one winner. (Without ties: each has its own way
// to break them.)
RC_GTEST_PROP(Differential, RulesForOneSeat, ()) {
  const Contest contest = test::any_contest(1);
  std::vector<Candidate> winners;
  for (const char* rule : {"av", "av-optional", "rcv-us", "scottish-2011", "wigm-exact", "senate-2021", "ers97"}) {
    const Transcript transcript = counted(rule, contest);
    if (!transcript.ties.empty()) return;
    winners.insert(winners.end(), transcript.winners.begin(), transcript.winners.end());
  }
  RC_ASSERT(std::ranges::adjacent_find(winners, std::not_equal_to()) == winners.end());
}

// Kemeny's order against all orders.
RC_GTEST_PROP(Differential, KemenyByTryingAllOrders, ()) {
  Contest contest = test::any_contest(1);
  contest.withdrawn.clear();
  if (contest.candidates.size() > 5) return;
  const Pairwise pairs(contest);
  std::vector<Candidate> order(contest.candidates.size());
  std::iota(order.begin(), order.end(), Candidate{0});
  std::int64_t best = -1;
  std::vector<Candidate> first;  // in any best order
  do {
    std::int64_t agreement = 0;
    for (std::size_t i = 0; i < order.size(); ++i)
      for (std::size_t j = i + 1; j < order.size(); ++j) agreement += pairs.prefer(order[i], order[j]);
    if (agreement > best) first.clear();
    best = std::max(best, agreement);
    if (agreement == best && std::ranges::count(first, order.front()) == 0) first.push_back(order.front());
  } while (std::ranges::next_permutation(order).found);
  std::ranges::sort(first);
  RC_ASSERT(counted("kemeny", contest).order.front() == first);
}

// Borda's points from the ranks on each paper, instead of from pairs.
RC_GTEST_PROP(Differential, BordaByPaper, ()) {
  Contest contest = test::any_contest(1);
  contest.withdrawn.clear();
  const auto n = static_cast<std::int64_t>(contest.candidates.size());
  std::vector<Rational> points(contest.candidates.size());
  const Rankings rankings(contest);
  for (std::size_t entry = 0; entry < rankings.size(); ++entry) {
    const auto preferences = rankings.preferences(entry);
    const auto marked = static_cast<std::int64_t>(preferences.size());
    if (marked == 0) continue;
    for (std::size_t c = 0; c < points.size(); ++c) {
      const auto at = std::ranges::find(preferences, static_cast<Candidate>(c));
      const std::int64_t halves = at != preferences.end() ? 2 * (n - (at - preferences.begin())) : n - marked + 1;
      points[c] += Rational(static_cast<long>(halves), 2) * static_cast<long>(rankings.weight(entry));
    }
  }
  const Transcript transcript = counted("borda", contest);
  for (std::size_t c = 0; c < points.size(); ++c) {
    points[c].canonicalize();
    RC_ASSERT(bool(transcript.stages.front().votes[c] == points[c]));
  }
}

// Constraints judged by numbers of cells, against trying every choice of candidates.
RC_GTEST_PROP(Differential, ConstraintsByTryingAllChoices, ()) {
  const auto candidates = *rc::gen::inRange<std::size_t>(1, 7);
  const auto seats = *rc::gen::inRange<std::size_t>(1, candidates + 1);
  std::vector<Candidate> standing(candidates);
  std::iota(standing.begin(), standing.end(), Candidate{0});
  std::vector<Constraint> constraints;
  const auto groups = *rc::gen::inRange(1, 4);
  for (int i = 0; i < groups; ++i) {
    Constraint constraint{fmt::format("group {}", i), test::any_ranking(candidates)};
    constraint.least = *rc::gen::inRange<std::size_t>(0, 3);
    constraint.most = constraint.least + *rc::gen::inRange<std::size_t>(0, 3);
    constraints.push_back(constraint);
  }
  std::vector<bool> in_some(candidates);
  std::vector<bool> in_all(candidates, true);
  bool possible = false;
  for (unsigned choice = 0; choice < 1U << candidates; ++choice) {
    if (static_cast<std::size_t>(std::popcount(choice)) != seats) continue;
    const bool kept = std::ranges::all_of(constraints, [&](const Constraint& constraint) {
      const auto chosen =
          std::ranges::count_if(constraint.members, [&](Candidate member) { return (choice >> member & 1) != 0; });
      return static_cast<std::size_t>(chosen) >= constraint.least &&
             static_cast<std::size_t>(chosen) <= constraint.most;
    });
    if (!kept) continue;
    possible = true;
    for (std::size_t c = 0; c < candidates; ++c) {
      if ((choice >> c & 1) != 0) in_some[c] = true;
      if ((choice >> c & 1) == 0) in_all[c] = false;
    }
  }
  const auto table = ConstraintTable::make(constraints, standing, seats);
  RC_ASSERT(table.has_value() == possible);
  if (!possible) return;
  const ConstraintTable::Verdict verdict = table->judge({}, standing, seats);
  for (std::size_t c = 0; c < candidates; ++c) {
    RC_ASSERT((std::ranges::count(verdict.guarded, static_cast<Candidate>(c)) == 1) == in_all[c]);
    RC_ASSERT((std::ranges::count(verdict.doomed, static_cast<Candidate>(c)) == 1) == !in_some[c]);
  }
}

}  // namespace
}  // namespace folkmoot::count
