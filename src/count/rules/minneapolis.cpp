// Minneapolis: weighted inclusive Gregory with four decimals; certain losers are defeated together in each round.
//
// Minneapolis Code of Ordinances, Title 8.5, chapter 167, §167.20 (definitions) and §167.70(c) (tabulation).
//
// Readings. “Mathematically impossible to be elected” (§167.20): the votes of a candidate and of all those below, with
// all surpluses, are less than the next higher candidate's. Candidates named UWI in the law (undeclared write-ins) are
// ordinary candidates here: leave them out of the file, or list them. A candidate is elected when the surplus is passed
// on (d), or when enough have the threshold (a).
#include "count/paper_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<4>;

class Minneapolis : PaperCount<Votes> {
 public:
  Minneapolis(const Contest& contest, const Options& options) : PaperCount(contest, options) {}

  Result<Transcript> run() {
    count_first_preferences();
    fix_threshold();
    while (!elect_at_threshold()) {                // (c)(1)a
      if (defeat_certain_losers()) continue;       // c
      if (TRY(elect_highest_surplus())) continue;  // d
      TRY(defeat_lowest());                        // e
      if (continuing().size() <= vacancies()) {    // f
        for (const Candidate candidate : continuing())
          elect(candidate, "as many candidates continue as seats are left", "§167.70(c)(1)f");
        break;
      }
    }
    return std::move(transcript_);
  }

 private:
  // §167.20: votes cast / (seats + 1), plus 1, fractions disregarded.
  void fix_threshold() {
    threshold_ = Votes(rankings_.valid() / static_cast<std::int64_t>(seats() + 1) + 1);
    set_quota(threshold_.rational(), "votes cast / (seats + 1), plus 1, fractions disregarded", "§167.20");
  }

  // True when the count is over: as many have the threshold as there are seats.
  bool elect_at_threshold() {
    if (vacancies() == 0 || continuing().empty()) return true;
    const std::vector<Candidate> there = with_quota(threshold_);
    if (there.size() < vacancies()) return false;
    for (const Candidate candidate : there)
      if (vacancies() > 0) elect(candidate, "has the threshold, and so have enough others", "§167.70(c)(1)a");
    return true;
  }

  bool defeat_certain_losers() {
    Votes surplus{};
    for (const Candidate candidate : continuing())
      if (votes_[candidate] > threshold_) surplus += votes_[candidate] - threshold_;
    const std::vector<Candidate> losers = sure_losers(surplus, false);
    if (losers.empty()) return false;
    exclude(losers, "mathematically impossible to be elected", "§167.70(c)(1)c");
    pass_on_excluded(losers);
    return true;
  }

  Result<bool> elect_highest_surplus() {
    const std::vector<Candidate> there = with_quota(threshold_);
    if (there.empty()) return false;
    const Candidate from = TRY(draw(extremes(there, Extreme::most, votes_), "surplus", "§167.70(c)(1)d"));
    elect(from, "has the largest surplus", "§167.70(c)(1)d");
    pass_on_surplus(from, threshold_, "§167.70(c)(1)d");
    return true;
  }

  // Candidates defeated in the last round keep their votes.
  Status defeat_lowest() {
    if (continuing().size() <= vacancies()) return {};
    const Candidate lowest = TRY(draw(extremes(continuing(), Extreme::fewest, votes_), "exclusion", "§167.70(c)(1)e"));
    exclude({lowest}, "has the fewest votes", "§167.70(c)(1)e");
    if (continuing().size() > vacancies()) pass_on_excluded({lowest});
    return {};
  }

  Votes threshold_{};
};

}  // namespace

const Rule minneapolis{
    "minneapolis",
    "Minneapolis multiple-seat elections",
    "Minneapolis Code of Ordinances, chapter 167",
    {},
    [](const Contest& contest, const Options& options) { return Minneapolis(contest, options).run(); }};

}  // namespace folkmoot::count
