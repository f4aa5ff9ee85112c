// Counting votes: papers in, winners and a complete transcript out, by any of the rules that member organisations use.
// Start here. What is counted: contest.hpp. What comes out: transcript.hpp. The rules: rules/, one file each.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "count/contest.hpp"
#include "count/options.hpp"
#include "count/transcript.hpp"

namespace folkmoot::count {

enum class Trait {
  single_seat,        // elects one only
  parts_papers,       // can part papers at shared ranks (Options::equal_ranks)
  keeps_constraints,  // can keep constraints by guarding and dooming (Options::constraints)
  by_paper_order,     // the order of the papers matters
  by_totals           // each candidate's total suffices (count_totals)
};

class Traits {
 public:
  constexpr Traits(std::initializer_list<Trait> traits) {
    for (const Trait trait : traits) bits_ |= 1U << static_cast<unsigned>(trait);
  }
  [[nodiscard]] constexpr bool has(Trait trait) const { return (bits_ >> static_cast<unsigned>(trait) & 1U) != 0; }

 private:
  unsigned bits_ = 0;
};

// A counting rule, as `folkmoot count rules` lists it.
struct Rule {
  std::string_view name;    // "scottish-2011"
  std::string_view title;   // "Scottish council elections"
  std::string_view source;  // the normative text
  Traits traits;
  Result<Transcript> (*count)(const Contest&, const Options&);
};

// All rules, by family.
std::span<const Rule* const> rules();

// The rule with that name, or nullptr.
const Rule* find_rule(std::string_view name);

// Counts a contest. The contest is checked first; fails if it can't be counted, the rule is unknown, the number of
// seats is 0 or doesn't suit the rule, a tie has to be decided by lot and `options.lots` can't, or a number overflows.
// With fewer candidates than seats all are elected. A transcript's lots are those of a copy of `options.lots`, called
// in the order of the ties: a seed gives the same lots in every count.
Result<Transcript> count(std::string_view rule, const Contest& contest, const Options& options);

// Counts with the constraints of `options` by recounting, which works with every rule: whoever is elected to the seats
// without constraints, in the order in which they would still be elected to fewer seats, then whoever would be to more
// seats, in the order of how many it takes; each in turn is elected unless that leaves no way to keep the constraints.
// The transcript is that of the count for the seats, with the winners so found and a note of every recount.
Result<Transcript> count_with_recounts(std::string_view rule, const Contest& contest, const Options& options);

// Counts a contest of which only each candidate's total is known (the tally of a homomorphic question), by a rule for
// which that suffices (Trait::by_totals). `totals` by candidate; `papers` the number of papers.
Result<Transcript> count_totals(std::string_view rule, const Contest& contest, std::span<const std::int64_t> totals,
                                std::int64_t papers, const Options& options);

}  // namespace folkmoot::count
