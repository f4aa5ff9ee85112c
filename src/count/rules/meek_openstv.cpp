// Meek's and Warren's methods with six decimals, as the program OpenSTV counts them: kept for organisations whose rules
// say “as counted by OpenSTV”.
//
// Readings.
// - All papers of a node of the tree are multiplied before the product is cut off, and so is what each passes on.
// - The quota is the votes still held / (seats + 1), cut off, plus 0.000001; keep values are rounded up.
// - A stage is one iteration, or the exclusion of all who can't be elected even with all surpluses. The lowest is
//   excluded when no surplus is left or keep values change no more.
// - Ties look at the latest stage at which the votes were unequal. At the end candidates without votes aren't elected.
#include "count/keep_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<6>;

class OpenStv : KeepCount<Votes> {
 public:
  OpenStv(const Contest& contest, const Options& options, bool warren) : KeepCount(contest, options), warren_(warren) {}

  Result<Transcript> run() {
    count_votes({});
    while (vacancies() > 0 && continuing().size() > vacancies()) {
      const bool stuck = last_keep_ == keep_ && transcript_.stages.size() > 1;
      const std::vector<Candidate> together = sure();
      if (surplus_ >= Votes::epsilon() && together.empty() && !stuck) {
        update_keep_values();
        count_votes({});
      } else {
        TRY(exclude_some(together, stuck));
      }
    }
    for (const Candidate candidate : continuing())
      if (vacancies() > 0 && votes_[candidate] > Votes{}) elect(candidate, "seats are left for all who remain", "end");
    return std::move(transcript_);
  }

 private:
  // Without any votes or surplus left, everyone who continues is a sure loser.
  [[nodiscard]] std::vector<Candidate> sure() const {
    return sure_losers(continuing(), votes_, surplus_, vacancies(), false);
  }

  void count_votes(const std::vector<Candidate>& from) {
    distribute([this](Votes value, Votes keep, std::int64_t papers) -> Split {
      if (warren_) {
        const Votes kept = std::min(keep, value);
        return {kept * papers, value - kept};
      }
      const Int128 product = static_cast<Int128>(value.units()) * keep.units() * papers / Votes::unit;
      return {Votes::of_units(checked_narrow(product)), multiply(value, Votes(1) - keep, Round::down)};
    });
    quota_ = muldiv(active_, Votes(1), Votes(static_cast<std::int64_t>(seats() + 1)), Round::down) + Votes::epsilon();
    record(from, quota_);
    surplus_ = surplus_over(quota_);
    for (const Candidate candidate : continuing())
      if (votes_[candidate] >= quota_ && vacancies() > 0) elect(candidate, "has the quota", "election");
  }

  void update_keep_values() {
    last_keep_ = keep_;
    for (std::size_t candidate = 0; candidate < candidates(); ++candidate)
      if (votes_[candidate] > quota_) keep_[candidate] = muldiv(keep_[candidate], quota_, votes_[candidate], Round::up);
  }

  Status exclude_some(std::vector<Candidate> together, bool stuck) {
    if (stuck) together.clear();
    Votes sum{};
    for (const Candidate candidate : together) sum += votes_[candidate];
    const bool room = continuing().size() - together.size() > vacancies();
    if (together.empty() || (first_exclusion_ && sum == Votes{} && surplus_ == Votes{} && room)) {
      std::vector<Candidate> others = continuing();
      std::erase_if(others, [&](Candidate candidate) { return std::ranges::count(together, candidate) > 0; });
      together.push_back(TRY(decide(extremes(others, Extreme::fewest, votes_), Extreme::fewest, Look::backwards,
                                    "exclusion", "equality")));
      std::ranges::sort(together);
    }
    first_exclusion_ = false;
    exclude(together, "can’t be elected, or has the fewest votes", "exclusion");
    last_keep_ = keep_;
    drop(together);
    count_votes(together);
    return {};
  }

  bool warren_;
  Votes quota_{};
  Votes surplus_{};
  std::vector<Votes> last_keep_;
  bool first_exclusion_ = true;
};

}  // namespace

const Rule meek_openstv{
    "meek-openstv",
    "Meek (OpenSTV)",
    "OpenSTV 1.7, MeekSTV",
    {Trait::parts_papers},
    [](const Contest& contest, const Options& options) { return OpenStv(contest, options, false).run(); }};
const Rule warren_openstv{
    "warren-openstv",
    "Warren (OpenSTV)",
    "OpenSTV 1.7, WarrenSTV",
    {Trait::parts_papers},
    [](const Contest& contest, const Options& options) { return OpenStv(contest, options, true).run(); }};

}  // namespace folkmoot::count
