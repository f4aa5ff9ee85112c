#include "count/count.hpp"

#include <algorithm>
#include <array>

#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

// Every rule, by family.
const std::array all_rules{
    // STV: weighted inclusive Gregory
    &scottish_2011,
    &scottish_2007,
    &wigm_prf,
    &wigm_prf_batch,
    &wigm_exact,
    &minneapolis,
    &cfer,
    // STV: Gregory by the last batch
    &ers97,
    &labour_nec,
    &ni_1985,
    // STV: Australia
    // STV: Meek, Warren and QPQ
    &meek_prf,
    &meek_nz,
    &meek_2006,
    // one seat
    &av,
    // totals
    &plurality,
    &block_vote,
    &approval,
};

// Runs a count; what every rule asks is checked here.
template <class Run>
Result<Transcript> checked(std::string_view name, const Contest& contest, const Options& options, Run run) {
  const Rule* rule = find_rule(name);
  if (rule == nullptr) return fail("there is no counting rule called “{}”", name);
  TRY(check(contest));
  const std::size_t seats = options.seats == 0 ? contest.seats : options.seats;
  if (seats == 0) return fail("the number of seats is not given");
  if (rule->single_seat && seats != 1) return fail("{} elects one candidate, not {}", name, seats);
  try {
    Transcript transcript = TRY(run(*rule));
    transcript.rule = rule->name;
    transcript.source = rule->source;
    return transcript;
  } catch (const Overflow& overflow) {
    return fail("{}", overflow.what());
  }
}

}  // namespace

std::span<const Rule* const> rules() { return all_rules; }

const Rule* find_rule(std::string_view name) {
  const auto found = std::ranges::find(all_rules, name, &Rule::name);
  return found == all_rules.end() ? nullptr : *found;
}

Result<Transcript> count(std::string_view rule, const Contest& contest, const Options& options) {
  return checked(rule, contest, options, [&](const Rule& by) { return by.count(contest, options); });
}

Result<Transcript> count_totals(std::string_view rule, const Contest& contest, std::span<const std::int64_t> totals,
                                std::int64_t papers, const Options& options) {
  return checked(rule, contest, options, [&](const Rule& by) -> Result<Transcript> {
    if (&by != &plurality && &by != &block_vote && &by != &approval)
      return fail("{} can’t count totals alone", by.name);
    if (totals.size() != contest.candidates.size())
      return fail("there are {} totals for {} candidates", totals.size(), contest.candidates.size());
    for (const std::int64_t total : totals)
      if (total < 0 || total > most_votes) return fail("a total is not between 0 and {}", most_votes);
    return count_given_totals(contest, options, totals, papers);
  });
}

}  // namespace folkmoot::count
