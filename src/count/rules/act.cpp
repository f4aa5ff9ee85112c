// The Legislative Assembly of the Australian Capital Territory: Gregory by the last parcel, six decimals; and the
// recount of the papers that elected a member whose seat falls vacant.
//
// Electoral Act 1992 (ACT), Schedule 4 (as amended 2020, counted as corrected in 2021): part 4.1 (definitions), 4.2
// (the count), 4.3 (casual vacancies).
//
// Readings. Any excess over the quota is a surplus, also less than a whole vote (Elections ACT, 2020). A transfer value
// greater than the papers had is not taken (cl. 1C(4)): the votes so set aside count as lost by fractions, and so do
// those of papers that are not transferable.
#include "count/rules/rules.hpp"
#include "count/transfer_count.hpp"

namespace folkmoot::count {
namespace {

constexpr Procedure act{.surplus = Procedure::Surplus::last_parcel,  // cl. 1C, 6
                        .order = Procedure::Order::by_value,         // cl. 9
                        .tied_lowest = Look::backwards,              // cl. 8
                        .tied_elected = Look::backwards,             // cl. 6(4)
                        .elect_during_surplus = true,
                        .elect_during_exclusion = true,  // cl. 9(3)
                        .last_two = Procedure::When::never,
                        .all_remaining = Procedure::When::settled,  // cl. 7(3)
                        .overwhelming = Procedure::When::never,
                        .quota_by = "Sch. 4 cl. 1B",
                        .elected_by = "Sch. 4 cl. 4",
                        .surplus_by = "Sch. 4 cl. 6",
                        .exclusion_by = "Sch. 4 cl. 7, 9",
                        .last_two_by = "",
                        .remaining_by = "Sch. 4 cl. 7(3)",
                        .overwhelming_by = "",
                        .tie_by = "Sch. 4 cl. 6(4), 8"};

// Papers with one value, for a recount.
struct Pile {
  Rational value;
  std::vector<std::uint32_t> entries;
};

class Act : public TransferCount<Fixed<6>> {
 public:
  Act(const Contest& contest, const Options& options, Candidate vacated = nobody)
      : TransferCount(contest, options, act), vacated_(vacated) {}

  // The papers that elected `vacated`, with the values they have for the recount, highest first.
  [[nodiscard]] const std::vector<Pile>& piles() const { return piles_of_vacated_; }

  // Counts those papers for one seat: one transfer for each value.
  Result<Transcript> recount(const std::vector<Pile>& piles) {
    transcript_.papers = 0;
    nontransferable_ = Fixed<6>{};
    for (std::size_t i = 0; i < piles.size(); ++i) {
      std::int64_t papers = 0;
      for (const std::uint32_t entry : piles[i].entries) papers += rankings_.weight(entry);
      transcript_.papers += papers;
      open_transfer(Stage::Kind::first, {});
      stage().transfer_value = piles[i].value;
      const Fixed<6> worth = worth_of<Fixed<6>>(piles[i].value, papers);
      give(nobody, piles[i].entries, piles[i].value, worth, true, 1);
      if (i + 1 == piles.size()) break;
      record();
      stage().part = true;
    }
    Fixed<6> held{};
    for (const Fixed<6>& votes : votes_) held += votes;
    fix_quota(held.units() / Fixed<6>::unit);
    return finish();
  }

 private:
  // Part 4.3, cl. 13 and 14: Q is the quota, N the votes of the member at the count before; NCP papers of the last
  // parcel don't go on, CP do; TV is their value. The parts of the last parcel are worth what the member kept of them.
  void on_election(Candidate elected) override {
    if (elected != vacated_) return;
    std::map<Rational, std::vector<std::uint32_t>, std::greater<>> values;
    const std::size_t stages = transcript_.stages.size();
    const auto add = [&](const Rational& value, const std::vector<std::uint32_t>& entries) {
      std::vector<std::uint32_t>& to = values[value];
      to.insert(to.end(), entries.begin(), entries.end());
    };
    for (const Bundle<Fixed<6>>& bundle : bundles_[elected]) {
      if (bundle.transfer + 1 != stages) {
        add(bundle.value, bundle.entries);
        continue;
      }
      const Rational before = stages > 1 ? transcript_.stages[stages - 2].votes[elected] : Rational(0);
      const Rational needed = quota_.rational() - before;  // Q − N
      std::vector<std::uint32_t> further;
      std::vector<std::uint32_t> ending;
      std::int64_t further_papers = 0;
      std::int64_t ending_papers = 0;
      for (const std::uint32_t entry : bundle.entries) {
        const bool goes_on = is_transferable(entry);
        (goes_on ? further : ending).push_back(entry);
        (goes_on ? further_papers : ending_papers) += rankings_.weight(entry);
      }
      const Rational ending_worth = bundle.value * static_cast<long>(ending_papers);  // NCP × TV
      if (ending_worth >= needed && ending_papers > 0) {
        add(needed / static_cast<long>(ending_papers), ending);
        add(0, further);
      } else {
        add(bundle.value, ending);
        if (further_papers > 0) add((needed - ending_worth) / static_cast<long>(further_papers), further);
      }
    }
    for (auto& [value, entries] : values)
      if (!entries.empty()) piles_of_vacated_.push_back({value, std::move(entries)});
  }

  Candidate vacated_;
  std::vector<Pile> piles_of_vacated_;
};

}  // namespace

const Rule act_2021{"act-2021",
                    "ACT Legislative Assembly",
                    "Electoral Act 1992 (ACT), Schedule 4",
                    {},
                    [](const Contest& contest, const Options& options) { return Act(contest, options).run(); }};

Result<Transcript> act_countback(const Contest& contest, Candidate vacated, const std::vector<Candidate>& contestants,
                                 const Options& options) {
  Act original(contest, options, vacated);
  const Transcript count = TRY(original.run());
  if (std::ranges::count(count.winners, vacated) == 0) return fail("{} was not elected", contest.candidates[vacated]);
  if (original.piles().empty())
    return fail("{} was elected without a quota: no papers to count again", contest.candidates[vacated]);
  Contest again = contest;
  again.seats = 1;
  again.withdrawn.clear();
  for (std::size_t candidate = 0; candidate < contest.candidates.size(); ++candidate) {
    const auto who = static_cast<Candidate>(candidate);
    const bool stands = contestants.empty() || std::ranges::count(contestants, who) > 0;
    if (!stands || std::ranges::count(count.winners, who) > 0 || std::ranges::count(contest.withdrawn, who) > 0)
      again.withdrawn.push_back(who);
  }
  Options one = options;
  one.seats = 1;
  return Act(again, one).recount(original.piles());
}

}  // namespace folkmoot::count
