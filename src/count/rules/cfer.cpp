// Californians for Electoral Reform's model bill for “choice voting”: weighted inclusive Gregory with five decimals;
// all surpluses of a round are transferred in it.
//
// Proposed California Elections Code §10059 (a)–(k).
//
// Readings. The threshold: the bill's formula in words adds one vote and disregards fractions; its worked examples, and
// the implementation that goes with it, add 0.00001 to the exact quotient, and so does this. The optional step (f), to
// defeat several candidates together, is not taken.
#include "count/paper_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<5>;

class ChoiceVoting : PaperCount<Votes> {
 public:
  ChoiceVoting(const Contest& contest, const Options& options) : PaperCount(contest, options) {}

  Result<Transcript> run() {
    count_first_preferences();  // (a)(1)
    threshold_ = divide(Votes(rankings_.valid()), Votes(static_cast<std::int64_t>(seats() + 1)), Round::down) +
                 Votes::epsilon();  // (a)(2)
    set_quota(threshold_.rational(), "ballots / (seats + 1), plus 0.00001", "§10059(a)(2)");
    while (continuing().size() > vacancies() && vacancies() > 0) {
      std::vector<Candidate> surpluses;
      for (const Candidate candidate : with_quota(threshold_)) {
        if (vacancies() == 0) break;
        elect(candidate, "has the threshold", "§10059(d)");
        if (votes_[candidate] > threshold_) surpluses.push_back(candidate);
      }
      if (vacancies() == 0) break;  // (e)
      std::ranges::sort(surpluses);
      for (const Candidate candidate : surpluses) pass_on_surplus(candidate, threshold_, "§10059(g)");
      if (surpluses.empty()) TRY(defeat_lowest());
    }
    for (const Candidate candidate : continuing())
      if (vacancies() > 0) elect(candidate, "as many candidates continue as offices are left", "§10059(c), (i)(1)");
    return std::move(transcript_);
  }

 private:
  Status defeat_lowest() {  // (h), (i)
    const Candidate lowest = TRY(draw(extremes(continuing(), Extreme::fewest, votes_), "exclusion", "§10059(h)(2)"));
    exclude({lowest}, "has the fewest votes", "§10059(h)(1)");
    if (continuing().size() > vacancies()) pass_on_excluded({lowest});
    return {};
  }

  Votes threshold_{};
};

}  // namespace

const Rule cfer{"cfer",
                "Choice voting (Californians for Electoral Reform)",
                "model bill, California Elections Code §10059",
                {},
                [](const Contest& contest, const Options& options) { return ChoiceVoting(contest, options).run(); }};

}  // namespace folkmoot::count
