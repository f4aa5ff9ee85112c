// What must hold of every count, whatever the papers.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "count/count.hpp"
#include "count/generate.hpp"
#include "count/pairwise.hpp"
#include "count/shared.hpp"

namespace folkmoot::count {
namespace {

using test::counted;

const std::set<std::string, std::less<>> pair_rules{"schulze",  "ranked-pairs", "minimax",
                                                    "copeland", "kemeny",       "borda"};
const std::set<std::string, std::less<>> graded_rules{"approval", "score", "majority-judgement", "block-vote"};
// By their text these leave a seat empty rather than give it to somebody without votes.
const std::set<std::string, std::less<>> may_leave_empty{"cambridge", "meek-openstv", "warren-openstv"};
// Here a quota has to be exceeded.
const std::set<std::string, std::less<>> exceeding_rules{"wigm-exact", "meek-1987", "warren", "qpq", "labour-nec"};

std::string any_rule() {
  std::vector<std::string> names;
  for (const Rule* rule : rules()) names.emplace_back(rule->name);
  return *rc::gen::elementOf(names);
}

Contest contest_for(const std::string& rule) {
  return test::any_contest(find_rule(rule)->traits.has(Trait::single_seat) ? 1 : 4);
}

RC_GTEST_PROP(EveryRule, ElectsAsManyAsItCan, ()) {
  const std::string rule = any_rule();
  const Contest contest = contest_for(rule);
  const Transcript transcript = counted(rule, contest);
  RC_LOG() << rule;
  if (!may_leave_empty.contains(rule))
    RC_ASSERT(transcript.winners.size() == std::min(contest.seats, test::standing(contest)));
  std::vector<Candidate> different = transcript.winners;
  std::ranges::sort(different);
  RC_ASSERT(std::ranges::adjacent_find(different) == different.end());
  for (const Candidate withdrawn : contest.withdrawn) RC_ASSERT(!std::ranges::binary_search(different, withdrawn));
}

// Every vote is somewhere at every stage, to the last digit.
RC_GTEST_PROP(EveryRule, ConservesVotes, ()) {
  const std::string rule = any_rule();
  if (pair_rules.contains(rule) || graded_rules.contains(rule) || rule == "qpq")
    return;  // votes there are other figures
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
  if (find_rule(rule)->traits.has(Trait::by_paper_order)) return;
  Contest contest = contest_for(rule);
  const Transcript before = counted(rule, contest);
  std::vector<std::size_t> order(contest.papers.size());
  std::iota(order.begin(), order.end(), 0);
  const auto keys = *rc::gen::container<std::vector<int>>(order.size(), rc::gen::arbitrary<int>());
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(keys[i], i); });
  Papers shuffled;
  for (const std::size_t entry : order) shuffled.add(contest.papers.marks(entry), contest.papers.weight(entry));
  contest.papers = shuffled;
  const Transcript after = counted(rule, contest);
  RC_LOG() << rule;
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

// Listing the candidates in another order changes nothing where no lot was drawn.
RC_GTEST_PROP(EveryRule, OrderOfCandidatesDoesNotMatter, ()) {
  const std::string rule = any_rule();
  const Contest contest = contest_for(rule);
  const Transcript before = counted(rule, contest);
  if (std::ranges::any_of(before.ties, &Tie::by_lot)) return;
  const auto n = static_cast<Candidate>(contest.candidates.size());
  std::vector<Candidate> place(n);
  std::iota(place.begin(), place.end(), Candidate{0});
  const auto keys = *rc::gen::container<std::vector<int>>(n, rc::gen::arbitrary<int>());
  std::ranges::sort(place, {}, [&](Candidate c) { return std::pair(keys[c], c); });
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
  std::set<std::string> winners_before;
  std::set<std::string> winners_after;
  for (const Candidate winner : before.winners) winners_before.insert(before.name(winner));
  for (const Candidate winner : after.winners) winners_after.insert(after.name(winner));
  RC_LOG() << rule;
  RC_ASSERT(winners_after == winners_before);
}

// Whoever has the quota in first preferences is elected.
RC_GTEST_PROP(EveryRule, QuotaOfFirstPreferencesElects, ()) {
  const std::string rule = any_rule();
  if (rule == "ordered-list") return;  // its places are counted one after the other
  const Transcript transcript = counted(rule, contest_for(rule));
  RC_LOG() << rule;
  const Stage& first = transcript.stages.front();
  const std::optional<Rational>& quota = first.quota ? first.quota : transcript.quota;
  if (!quota) return;
  for (std::size_t c = 0; c < first.votes.size(); ++c) {
    const bool enough = exceeding_rules.contains(rule) ? first.votes[c] > *quota : first.votes[c] >= *quota;
    if (enough && *quota > 0) RC_ASSERT(std::ranges::count(transcript.winners, static_cast<Candidate>(c)) == 1);
  }
}

// Droop proportionality: voters who all put the same candidates before all others get as many of them as they fill
// quotas, and a vote more for what rounding may lose.
RC_GTEST_PROP(StvRules, SolidCoalitionsGetTheirSeats, ()) {
  const std::string rule =
      *rc::gen::element<std::string>("scottish-2011", "wigm-exact", "wigm-prf", "meek-prf", "meek-nz", "meek-2006",
                                     "meek-1987", "warren", "wright", "qpq");
  Contest contest = test::any_contest();
  contest.withdrawn.clear();
  const auto members = *rc::gen::inRange<std::size_t>(1, contest.candidates.size() + 1);
  std::int64_t coalition = 0;
  const auto entries = *rc::gen::inRange<std::size_t>(1, 12);
  for (std::size_t i = 0; i < entries; ++i) {
    std::vector<Candidate> ranking = test::any_ranking(members);
    for (std::size_t c = 0; c < members; ++c)
      if (std::ranges::count(ranking, static_cast<Candidate>(c)) == 0) ranking.push_back(static_cast<Candidate>(c));
    const std::int64_t weight = *rc::gen::inRange(1, 60);
    contest.papers.add_ranking(ranking, weight);
    coalition += weight;
  }
  const Transcript transcript = counted(rule, contest);
  const std::int64_t quota = transcript.papers / static_cast<std::int64_t>(contest.seats + 1) + 1;
  const std::size_t owed = std::min<std::size_t>(static_cast<std::size_t>((coalition - 1) / quota), members);
  const auto elected = std::ranges::count_if(transcript.winners, [&](Candidate c) { return c < members; });
  RC_LOG() << rule << ": " << coalition << " of " << transcript.papers << " for " << members << ", owed " << owed;
  RC_ASSERT(static_cast<std::size_t>(elected) >= owed);
}

RC_GTEST_PROP(PairRules, CondorcetWinnerWins, ()) {
  const std::string rule = *rc::gen::element<std::string>("schulze", "ranked-pairs", "minimax", "copeland", "kemeny");
  const Contest contest = test::any_contest(1);
  const Pairwise pairs(contest);
  for (std::size_t c = 0; c < contest.candidates.size(); ++c) {
    const auto candidate = static_cast<Candidate>(c);
    bool beats_all = std::ranges::count(contest.withdrawn, candidate) == 0;
    for (std::size_t o = 0; o < contest.candidates.size(); ++o) {
      const auto other = static_cast<Candidate>(o);
      if (other != candidate && std::ranges::count(contest.withdrawn, other) == 0)
        beats_all = beats_all && pairs.beats(candidate, other);
    }
    if (beats_all) RC_ASSERT(counted(rule, contest).winners.front() == candidate);
  }
}

// Constraints are kept, or it is said before the count that they can't be.
RC_GTEST_PROP(Constraints, AreNeverBroken, ()) {
  std::vector<std::string> names;
  for (const Rule* rule : rules())
    if (rule->traits.has(Trait::keeps_constraints)) names.emplace_back(rule->name);
  const std::string rule = *rc::gen::elementOf(names);
  const Contest contest = test::any_contest();
  Options options;
  options.lots = test::first_lot();
  const auto groups = *rc::gen::inRange(1, 4);
  for (int i = 0; i < groups; ++i) {
    Constraint constraint{fmt::format("group {}", i), test::any_ranking(contest.candidates.size())};
    constraint.least = *rc::gen::inRange<std::size_t>(0, 3);
    constraint.most = constraint.least + *rc::gen::inRange<std::size_t>(0, 4);
    options.constraints.push_back(constraint);
  }
  const bool recounts = *rc::gen::arbitrary<bool>();
  const auto transcript = recounts ? count_with_recounts(rule, contest, options) : count(rule, contest, options);
  RC_LOG() << rule << (recounts ? " with recounts" : "");
  if (!transcript) {
    RC_ASSERT(transcript.error().message.find("can’t") != std::string::npos);
    return;
  }
  RC_ASSERT(transcript->winners.size() == std::min(contest.seats, test::standing(contest)));
  for (const Constraint& constraint : options.constraints) {
    std::size_t elected = 0;
    for (const Candidate winner : transcript->winners)
      elected += std::ranges::count(constraint.members, winner) > 0 ? 1 : 0;
    RC_ASSERT(elected >= constraint.least);
    RC_ASSERT(elected <= constraint.most);
  }
}

}  // namespace
}  // namespace folkmoot::count
