// The rules of the Proportional Representation Society of Australia for conducting elections by the quota-preferential
// method (1977): Gregory by the last parcel, in thousandths of a vote. The rules' numbers are cited.
//
// Readings.
// - The quota is the next thousandth above the votes / (vacancies + 1) (1.3); values are recorded in thousandths, what
//   is left over is lost.
// - An excluded candidate's papers go parcel by parcel, in the order in which they came, each a transfer of its own;
// whoever
//   reaches the quota in one is elected at once and gets no more, but the surplus waits for the end of the exclusion.
// - Surpluses go in the order in which they arose, the largest first of those that arose together. Ties look at the
// latest
//   stage at which the votes were unequal, then go to the lot.
#include "count/gregory.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<3>;

class Prsa : GregoryCount<Votes> {
 public:
  Prsa(const Contest& contest, const Options& options) : GregoryCount(contest, options) {}

  Result<Transcript> run() {
    count_first_preferences();
    quota_ = muldiv(Votes(rankings_.valid()), Votes(1), Votes(static_cast<std::int64_t>(seats() + 1)), Round::down) +
             Votes::epsilon();
    set_quota(quota_.rational(), "first preferences / (vacancies + 1), the next thousandth above", "1.3");
    TRY(elect_winners());
    while (vacancies() > 0 && continuing().size() > vacancies()) {
      if (surpluses_.empty()) {
        TRY(exclude_lowest());
      } else {
        const Candidate from = surpluses_.front();
        surpluses_.erase(surpluses_.begin());
        pass_on_last_batch(from, quota_, "2.3, 3");
        TRY(elect_winners());
      }
    }
    for (const Candidate candidate : continuing())
      if (vacancies() > 0) elect(candidate, "as many candidates are left as vacancies", "5");
    return std::move(transcript_);
  }

 private:
  Status elect_winners() {
    std::vector<Candidate> there = with_quota(quota_);
    while (!there.empty() && vacancies() > 0) {
      const Candidate next =
          TRY(decide(extremes(there, Extreme::most, votes_), Extreme::most, Look::backwards, "surplus", "2.5"));
      std::erase(there, next);
      elect(next, "has the quota", "2.1");
      if (votes_[next] > quota_) surpluses_.push_back(next);
    }
    return {};
  }

  Status exclude_lowest() {  // 4
    const Candidate lowest = TRY(
        decide(extremes(continuing(), Extreme::fewest, votes_), Extreme::fewest, Look::backwards, "exclusion", "4.3"));
    exclude({lowest}, "has the smallest total", "4.1");
    std::vector<std::size_t> batches;
    for (const Parcel<Votes>& parcel : piles_.of(lowest)) batches.push_back(parcel.batch);
    std::ranges::sort(batches);
    batches.erase(std::ranges::unique(batches).begin(), batches.end());
    if (batches.empty()) {
      open_stage(Stage::Kind::exclusion, {lowest});
      record();
    }
    for (std::size_t i = 0; i < batches.size(); ++i) {
      Stage& now = open_stage(Stage::Kind::exclusion, {lowest});
      now.part = i + 1 < batches.size();
      now.transfer_value = piles_.of(lowest).front().value.rational();
      pass_on({lowest}, [&](const Parcel<Votes>& parcel) { return parcel.batch == batches[i]; });
      record();
      TRY(elect_winners());
      if (vacancies() == 0) break;
    }
    return {};
  }

  Votes quota_{};
  std::vector<Candidate> surpluses_;  // in order
};

}  // namespace

const Rule prsa77{"prsa77",
                  "Proportional Representation Society of Australia",
                  "PRSA rules, 1977",
                  {},
                  [](const Contest& contest, const Options& options) { return Prsa(contest, options).run(); }};

}  // namespace folkmoot::count
