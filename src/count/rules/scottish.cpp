// Scottish council elections: weighted inclusive Gregory, five decimals, a surplus or an exclusion at a time.
//
// Scottish Local Government Elections Order 2011 (SSI 2011/399), Schedule 1, rules 46 to 53; before it the Order of
// 2007 (SSI 2007/42), Schedule 1, rules 45 to 52: the same text, each rule numbered one lower.
//
// Readings. Rules 50(2) and 52(2)(a) look at the stage at which tied candidates “had an unequal number of votes”: of
// three, if two are still equal there, the search goes on among those two. Candidates who fill the last vacancies
// under rule 53 are elected at once; they are listed in order of nomination.
#include "count/paper_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<5>;

class Scottish : PaperCount<Votes> {
 public:
  Scottish(const Contest& contest, const Options& options, int first_rule)
      : PaperCount(contest, options), shift_(first_rule - 46) {}

  Result<Transcript> run() {
    count_first_preferences();  // r.46
    fix_quota();                // r.47
    while (true) {
      if (continuing().size() <= vacancies()) {
        fill_last_vacancies();  // r.53
        break;
      }
      return_candidates();  // r.48
      if (vacancies() == 0) break;
      if (surpluses_.empty() || anyone_doomed()) {
        TRY(exclude_lowest());  // r.51, r.52
      } else {
        TRY(transfer_largest_surplus());  // r.49, r.50
      }
    }
    return std::move(transcript_);
  }

 private:
  // The paragraph, numbered as in the Order that is counted by.
  [[nodiscard]] std::string rule(int number, std::string_view paragraph) const {
    return fmt::format("r.{}{}", number + shift_, paragraph);
  }

  // r.47: valid papers divided by one more than the seats, decimals ignored, plus one.
  void fix_quota() {
    quota_ = Votes(rankings_.valid() / static_cast<std::int64_t>(seats() + 1) + 1);
    set_quota(quota_.rational(),
              fmt::format("{} valid papers / ({} seats + 1), decimals ignored, plus 1", rankings_.valid(), seats()),
              rule(47, ""));
  }

  // r.48(1): whoever equals or exceeds the quota at any stage is deemed elected.
  void return_candidates() {
    for (const Candidate candidate : with_quota(quota_)) {
      if (vacancies() == 0) break;
      if (!may_elect(candidate)) continue;
      elect(candidate, "has the quota", rule(48, "(1)"));
      if (votes_[candidate] > quota_) surpluses_.push_back(candidate);
    }
  }

  // r.49, r.50: all papers of the candidate with the highest surplus go on, each at
  // surplus × its value when received / all votes of the candidate, to five decimals, the remainder ignored.
  Status transfer_largest_surplus() {
    const Candidate from = TRY(decide(extremes(surpluses_, Extreme::most, votes_), Extreme::most, Look::backwards,
                                      "surplus", rule(50, "(2)–(3)")));
    std::erase(surpluses_, from);
    pass_on_surplus(from, quota_, rule(49, "(1)"));
    return {};
  }

  // r.51: with no papers left to transfer, the lowest is excluded; papers go on at the value they came with.
  Status exclude_lowest() {
    const Candidate lowest = TRY(decide(extremes(excludable(), Extreme::fewest, votes_), Extreme::fewest,
                                        Look::backwards, "exclusion", rule(52, "(2)")));
    exclude({lowest}, "has the lowest number of votes", rule(51, "(1)"));
    pass_on_excluded({lowest});
    return {};
  }

  // r.53(1): as many continuing candidates as vacancies: all are deemed elected, and nothing more is transferred
  // (53(2)).
  void fill_last_vacancies() {
    for (const Candidate candidate : continuing())
      elect(candidate, "as many candidates continue as there are vacancies", rule(53, "(1)"));
  }

  int shift_;
  Votes quota_{};
  std::vector<Candidate> surpluses_;  // elected, not yet transferred
};

}  // namespace

const Rule scottish_2011{
    "scottish-2011",
    "Scottish council elections",
    "SSI 2011/399, Schedule 1, rules 46–53",
    {Trait::keeps_constraints},
    [](const Contest& contest, const Options& options) { return Scottish(contest, options, 46).run(); }};
const Rule scottish_2007{
    "scottish-2007",
    "Scottish council elections, 2007",
    "SSI 2007/42, Schedule 1, rules 45–52",
    {Trait::keeps_constraints},
    [](const Contest& contest, const Options& options) { return Scottish(contest, options, 45).run(); }};

}  // namespace folkmoot::count
