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
    &ers76,
    &cofe_stv,
    &dail,
    &cambridge,
    // STV: Australia
    &senate_2016,
    &senate_2019,
    &senate_2021,
    &vic_2018,
    &wa_2008,
    &nsw_lg_2021,
    &act_2021,
    &prsa77,
    &wright,
    // STV: Meek, Warren and QPQ
    &meek_prf,
    &meek_nz,
    &meek_2006,
    &meek_1987,
    &warren,
    &meek_openstv,
    &warren_openstv,
    &qpq,
    // one seat
    &av,
    &av_optional,
    &rcv_us,
    // pairs
    &schulze,
    &ranked_pairs,
    &minimax,
    &copeland,
    &kemeny,
    &borda,
    // totals, grades, lists
    &plurality,
    &block_vote,
    &approval,
    &score,
    &majority_judgement,
    &ordered_list,
};

std::vector<Candidate> standing(const Contest& contest) {
  std::vector<Candidate> which;
  for (std::size_t candidate = 0; candidate < contest.candidates.size(); ++candidate)
    if (std::ranges::count(contest.withdrawn, static_cast<Candidate>(candidate)) == 0)
      which.push_back(static_cast<Candidate>(candidate));
  return which;
}

// A transcript, and the table of pairs, grow with the square of the candidates; rules that move single papers hold each
// in memory.
constexpr std::size_t most_counted = 2000;
constexpr std::int64_t most_single_papers = 10'000'000;

// Runs a count; what every rule asks is checked here. The count has options of its own, so that a seed for lots begins
// anew with every count.
template <class Run>
Result<Transcript> checked(std::string_view name, const Contest& contest, Options options, Run run) {
  const Rule* rule = find_rule(name);
  if (rule == nullptr) return fail("there is no counting rule called “{}”", name);
  TRY(check(contest));
  if (contest.candidates.size() > most_counted)
    return fail("{} candidates are more than {}, the most that can be counted", contest.candidates.size(),
                most_counted);
  const std::size_t seats = options.seats == 0 ? contest.seats : options.seats;
  if (seats == 0) return fail("the number of seats is not given");
  if (seats > most_counted) return fail("{} seats are more than {}", seats, most_counted);
  if (rule->traits.has(Trait::by_paper_order) && contest.papers.total() > most_single_papers)
    return fail("{} moves single papers, and {} are more than {}", name, contest.papers.total(), most_single_papers);
  if (rule->traits.has(Trait::single_seat) && seats != 1) return fail("{} elects one candidate, not {}", name, seats);
  const EqualRanks equal = options.equal_ranks;
  if (!rule->traits.has(Trait::parts_papers) && (equal == EqualRanks::share || equal == EqualRanks::permute))
    return fail("{} can’t part papers at shared ranks", name);
  if (equal == EqualRanks::share || equal == EqualRanks::permute)
    TRY(part_papers(contest, equal == EqualRanks::permute));
  if (!options.constraints.empty()) {
    if (!rule->traits.has(Trait::keeps_constraints))
      return fail("{} can’t keep constraints by guarding and dooming: count with recounts instead", name);
    TRY(ConstraintTable::make(options.constraints, standing(contest), seats));
  }
  try {
    Transcript transcript = TRY(run(*rule, options));
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
  return checked(rule, contest, options, [&](const Rule& by, const Options& own) { return by.count(contest, own); });
}

Result<Transcript> count_with_recounts(std::string_view rule, const Contest& contest, const Options& options) {
  Options plain = options;
  plain.constraints.clear();
  Transcript result = TRY(count(rule, contest, plain));
  const std::vector<Candidate> all = standing(contest);
  const ConstraintTable table = TRY(ConstraintTable::make(options.constraints, all, result.seats));
  std::vector<Candidate> left = all;
  // In order of merit: for those elected, the fewest seats from which on they are elected up to here; then the others
  // by the seats it takes.
  std::vector<Candidate> merit;
  std::vector<Candidate> lasting = result.winners;
  std::vector<std::vector<Candidate>> lost;  // with one seat fewer each time
  const auto recount = [&](std::size_t seats) -> Result<std::vector<Candidate>> {
    plain.seats = seats;
    const Transcript again = TRY(count(rule, contest, plain));
    result.notes.push_back(fmt::format("a count for {} seats elects {}", seats, again.names(again.winners)));
    return again.winners;
  };
  if (!table.possible(result.winners, {}, 0)) {
    for (std::size_t seats = result.seats - 1; seats > 0 && !lasting.empty(); --seats) {
      const std::vector<Candidate> winners = TRY(recount(seats));
      std::vector<Candidate>& out = lost.emplace_back();
      for (const Candidate candidate : lasting)
        if (std::ranges::count(winners, candidate) == 0) out.push_back(candidate);
      std::erase_if(lasting, [&](Candidate candidate) { return std::ranges::count(out, candidate) > 0; });
    }
    merit = lasting;
    for (auto group = lost.rbegin(); group != lost.rend(); ++group)
      merit.insert(merit.end(), group->begin(), group->end());
    for (std::size_t seats = result.seats + 1; seats <= all.size() && merit.size() < all.size(); ++seats)
      for (const Candidate candidate : TRY(recount(seats)))
        if (std::ranges::count(merit, candidate) == 0) merit.push_back(candidate);
    for (const Candidate candidate : all)
      if (std::ranges::count(merit, candidate) == 0) merit.push_back(candidate);
  } else {
    merit = result.winners;
  }
  std::vector<Candidate> elected;
  const std::size_t filled = std::min(result.seats, all.size());
  for (const Candidate candidate : merit) {
    if (elected.size() == filled) break;
    std::erase(left, candidate);
    std::vector<Candidate> with = elected;
    with.push_back(candidate);
    if (table.possible(with, left, filled - with.size())) elected = std::move(with);
  }
  result.winners = std::move(elected);
  return result;
}

Result<Transcript> count_totals(std::string_view rule, const Contest& contest, std::span<const std::int64_t> totals,
                                std::int64_t papers, const Options& options) {
  return checked(rule, contest, options, [&](const Rule& by, const Options& own) -> Result<Transcript> {
    if (!by.traits.has(Trait::by_totals)) return fail("{} can’t count totals alone", by.name);
    if (totals.size() != contest.candidates.size())
      return fail("there are {} totals for {} candidates", totals.size(), contest.candidates.size());
    for (const std::int64_t total : totals)
      if (total < 0 || total > most_votes) return fail("a total is not between 0 and {}", most_votes);
    return count_given_totals(contest, own, totals, papers);
  });
}

}  // namespace folkmoot::count
