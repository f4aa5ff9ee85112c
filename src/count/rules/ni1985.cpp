// Northern Ireland council elections: Gregory by the last parcel, two decimals, whole-number quota.
//
// The Local Elections (Northern Ireland) Order 1985 (SI 1985/454), Schedule 2 (which became Schedule 5 to the Electoral
// Law Act (Northern Ireland) 1962), the rules on first stage, quota, transfer of votes, exclusion and last vacancies,
// cited here by their subject.
//
// Readings, those of the program the Order's counts were checked with:
// - surpluses wait when those of all candidates together can't alter who is excluded; then all who can't be elected are
//   excluded together (less than the next candidate, even with all surpluses);
// - an excluded candidate's first preferences go first, then the other papers, highest value first; winners are deemed
//   elected after each, and get no more; when the last seat is filled the rest is not moved;
// - ties look at the earliest stage at which the votes were unequal;
// - those elected at the same time are listed in order of nomination.
#include "count/gregory.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<2>;

class NorthernIreland : GregoryCount<Votes> {
 public:
  NorthernIreland(const Contest& contest, const Options& options) : GregoryCount(contest, options) {}

  Result<Transcript> run() {
    count_first_preferences();
    quota_ = Votes(rankings_.valid() / static_cast<std::int64_t>(seats() + 1) + 1);
    set_quota(quota_.rational(), "valid papers / (seats + 1), decimals ignored, plus 1", "the quota");
    elect_winners();
    while (!over()) {
      const std::vector<Candidate> together = sure_losers(all_surpluses(), false);
      if (all_surpluses() > Votes{} && together.empty()) {
        TRY(transfer_largest_surplus());
      } else {
        TRY(exclude(together));
      }
    }
    for (const Candidate candidate : continuing())
      if (vacancies() > 0) elect(candidate, "as many candidates continue as there are vacancies", "last vacancies");
    list_by_nomination();
    return std::move(transcript_);
  }

 private:
  [[nodiscard]] bool over() const { return vacancies() == 0 || continuing().size() <= vacancies(); }

  [[nodiscard]] Votes all_surpluses() const {
    Votes sum{};
    for (const Candidate candidate : untransferred_)
      if (votes_[candidate] > quota_) sum += votes_[candidate] - quota_;
    return sum;
  }

  void elect_winners() {
    for (const Candidate candidate : continuing()) {
      if (votes_[candidate] < quota_ || vacancies() == 0) continue;
      elect(candidate, "equals or exceeds the quota", "return of candidates");
      untransferred_.push_back(candidate);
    }
  }

  Status transfer_largest_surplus() {
    const Candidate from = TRY(decide(extremes(untransferred_, Extreme::most, votes_), Extreme::most, Look::forwards,
                                      "surplus", "transfer of votes"));
    std::erase(untransferred_, from);
    pass_on_last_batch(from, quota_, "transfer of votes");
    elect_winners();
    return {};
  }

  Status exclude(std::vector<Candidate> together) {
    std::string reason = "together, with the surpluses, less than the next candidate";
    Votes sum{};
    for (const Candidate candidate : together) sum += votes_[candidate];
    const bool room = continuing().size() - together.size() > vacancies();
    if (together.empty() || (first_exclusion_ && sum == Votes{} && all_surpluses() == Votes{} && room)) {
      std::vector<Candidate> others = continuing();
      std::erase_if(others, [&](Candidate candidate) { return std::ranges::count(together, candidate) > 0; });
      const Candidate lowest = TRY(decide(extremes(others, Extreme::fewest, votes_), Extreme::fewest, Look::forwards,
                                          "exclusion", "exclusion of candidates"));
      reason = together.empty() ? "has the fewest votes" : "no votes, and the fewest votes";
      together.push_back(lowest);
      std::ranges::sort(together);
    }
    first_exclusion_ = false;
    Counting::exclude(together, reason, "exclusion of candidates");
    open_stage(Stage::Kind::exclusion, together);
    pass_on(together, [](const Parcel<Votes>& parcel) { return parcel.batch == 0; });
    elect_winners();
    for (const Votes value : values_held(together)) {
      if (over()) break;
      pass_on(together, [&](const Parcel<Votes>& parcel) { return parcel.value == value; });
      elect_winners();
    }
    record();
    return {};
  }

  Votes quota_{};
  std::vector<Candidate> untransferred_;
  bool first_exclusion_ = true;
};

}  // namespace

const Rule ni_1985{
    "ni-1985",
    "Northern Ireland council elections",
    "SI 1985/454, Schedule 2",
    {},
    [](const Contest& contest, const Options& options) { return NorthernIreland(contest, options).run(); }};

}  // namespace folkmoot::count
