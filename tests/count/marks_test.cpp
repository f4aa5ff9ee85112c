// Papers as voters may mark them: shared and skipped ranks, candidates marked twice, overvotes that name nobody,
// grades.
#include <rapidcheck/gtest.h>

#include "base/json.hpp"
#include "count/analysis.hpp"
#include "count/format/blt.hpp"
#include "count/format/format.hpp"
#include "count/generate.hpp"
#include "count/render/html.hpp"
#include "count/render/text.hpp"
#include "count/shared.hpp"

namespace folkmoot::count {
namespace {

Contest any_marked_contest() {
  Contest contest = test::any_contest(2);
  const auto candidates = static_cast<Candidate>(contest.candidates.size());
  if (*rc::gen::arbitrary<bool>()) contest.grades = {"3", "2", "1", "0"};
  contest.papers = {};
  const auto entries = *rc::gen::inRange(0, 12);
  for (int entry = 0; entry < entries; ++entry) {
    std::vector<Mark> marks;
    const auto length = *rc::gen::inRange(0, 9);
    for (int i = 0; i < length; ++i) {
      const auto named = *rc::gen::inRange<Candidate>(0, static_cast<Candidate>(candidates + 1));
      const auto rank = *rc::gen::inRange<std::uint16_t>(1, contest.grades.empty() ? 9 : 5);
      marks.push_back({named == candidates ? overvote : named, rank});
    }
    std::ranges::stable_sort(marks, {}, &Mark::rank);
    contest.papers.add(marks, *rc::gen::inRange(1, 20));
  }
  return contest;
}

// Every rule counts any papers: nobody who can't be is elected, and the count can be written and read.
RC_GTEST_PROP(AnyMarks, EveryRuleCountsThem, ()) {
  const Contest contest = any_marked_contest();
  const Rule* rule = *rc::gen::elementOf(std::vector<const Rule*>(rules().begin(), rules().end()));
  Options options;
  options.lots = test::first_lot();
  options.equal_ranks = *rc::gen::element(EqualRanks::by_rule, EqualRanks::by_rule, EqualRanks::share);
  options.ranked_choice.overvote = *rc::gen::element(RankedChoice::Overvote::exhaust, RankedChoice::Overvote::skip,
                                                     RankedChoice::Overvote::exhaust_if_several_continue);
  if (rule->traits.has(Trait::single_seat)) options.seats = 1;
  const auto transcript = count(rule->name, contest, options);
  RC_LOG() << rule->name;
  if (!transcript) {
    RC_ASSERT(options.equal_ranks == EqualRanks::share);
    return;
  }
  RC_ASSERT(transcript->winners.size() <= transcript->seats);
  for (const Candidate winner : transcript->winners) RC_ASSERT(std::ranges::count(contest.withdrawn, winner) == 0);
  RC_ASSERT(bool(json::Document::parse(to_json(*transcript))));
  RC_ASSERT(!to_table(*transcript).empty());
  RC_ASSERT(!to_html(*transcript).empty());
  for (std::size_t c = 0; c < contest.candidates.size(); ++c)
    RC_ASSERT(bool(explain(rule->name, contest, options, static_cast<Candidate>(c))));
}

// What is written in any format can be read, with as many papers.
RC_GTEST_PROP(AnyMarks, EveryFormatHoldsThem, ()) {
  const Contest contest = any_marked_contest();
  const auto holds = [&](const Result<Contest>& again) {
    if (!again) RC_FAIL(again.error().message);
    RC_ASSERT(again->papers.total() == contest.papers.total());
  };
  holds(read_cdf(write_cdf(contest)));
  holds(read_preflib(write_preflib(contest)));
  if (contest.grades.empty()) holds(read_blt(write_blt(contest)));
}

}  // namespace
}  // namespace folkmoot::count
