// Questions about a count: why a candidate was not elected, what other rules would give, where a paper went, who fills
// a vacancy.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "count/count.hpp"

namespace folkmoot::count {

// Why a candidate was elected or not: the stages that decided it, with figures and paragraphs; for an exclusion, how
// many votes were missing then, and how many further papers with only that candidate on them are just enough that a new
// count would not have excluded the candidate then (found by counting again). Plain text. Fails as `count` does.
Result<std::string> explain(std::string_view rule, const Contest& contest, const Options& options, Candidate candidate);

// The same papers by several rules.
struct Comparison {
  std::string rule;
  Result<Transcript> result;
};
// `rules`: names; empty: every rule that elects as many.
std::vector<Comparison> compare(const std::vector<std::string>& rules, const Contest& contest, const Options& options);
// A row a rule: its winners, and who differs from the first rule's.
std::string to_table(const std::vector<Comparison>& comparisons);

// Follows one paper: `paper` is its number in the file, from 1, counting each of identical ones. Text with a line a
// move. Fails if there is no such paper, or the rule doesn't move papers that can be followed.
Result<std::string> trail(std::string_view rule, const Contest& contest, const Options& options, std::int64_t paper);

enum class Vacancy {
  act_countback,  // the papers that elected the leaver are counted again (rule act-2021)
  recount,        // all papers are counted again without the leaver
  recount_kept    // the same, and those elected before keep their seats (rules that keep constraints)
};
// Who takes the seat of `leaver`, who was elected by `rule` (act_countback: by act-2021). `contestants`: who is
// willing; empty: all who weren't elected. A by-election is a contest of its own: `count` it. The transcript is that of
// the new count; its winners are those who are new.
Result<Transcript> fill_vacancy(Vacancy how, std::string_view rule, const Contest& contest, Candidate leaver,
                                const std::vector<Candidate>& contestants, const Options& options);

}  // namespace folkmoot::count
