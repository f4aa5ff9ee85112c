// Counting votes: papers in, winners and a complete transcript out, by any of the rules that member organisations use.
// Start here. What is counted: contest.hpp. What comes out: transcript.hpp. The rules: rules/, one file each.
#pragma once

#include <span>
#include <string_view>

#include "count/contest.hpp"
#include "count/options.hpp"
#include "count/transcript.hpp"

namespace folkmoot::count {

// A counting rule, as `folkmoot count rules` lists it.
struct Rule {
  std::string_view name;    // "scottish-2011"
  std::string_view title;   // "Scottish council elections"
  std::string_view source;  // the normative text
  bool single_seat;         // elects one only
  Result<Transcript> (*count)(const Contest&, const Options&);
};

// All rules, by family.
std::span<const Rule* const> rules();

// The rule with that name, or nullptr.
const Rule* find_rule(std::string_view name);

// Counts a contest. The contest is checked first; fails if it can't be counted, the rule is unknown, the number of
// seats is 0 or doesn't suit the rule, a tie has to be decided by lot and `options.lots` can't, or a number overflows.
// With fewer candidates than seats all are elected. A transcript's lots are those of `options.lots`, called in the
// order of the ties.
Result<Transcript> count(std::string_view rule, const Contest& contest, const Options& options);

// Counts a contest of which only each candidate's total is known (the tally of a homomorphic question), by a rule for
// which that suffices: plurality, block-vote, approval. `totals` by candidate; `papers` the number of papers.
Result<Transcript> count_totals(std::string_view rule, const Contest& contest, std::span<const std::int64_t> totals,
                                std::int64_t papers, const Options& options);

}  // namespace folkmoot::count
