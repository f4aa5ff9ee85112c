// The Wright system: after each exclusion the count starts again, as if the excluded had never stood.
//
// A. van der Craats, submission on the Wright system to the Australian Parliament's Joint Standing Committee on
// Electoral Matters (2008). Counted in exact fractions.
//
// In each iteration all papers go at full value to the candidates left; the quota is the papers that name one of them /
// (seats + 1), fractions disregarded, plus one; whoever has it is elected, and surpluses go on, largest first, by all
// papers at (surplus / votes) × value, to those neither elected nor excluded. If that doesn't fill the seats, the
// lowest is excluded.
//
// Readings. Ties look at the latest stage of the same iteration, then go to the lot. A transfer that fills the last
// seat ends the count.
#include "count/paper_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

class Wright : PaperCount<Exact> {
 public:
  Wright(const Contest& contest, const Options& options) : PaperCount(contest, options) {}

  Result<Transcript> run() {
    std::vector<Candidate> excluded;
    while (true) {
      take_all_back();
      unelect_all();
      count_first_preferences(excluded);
      fix_quota();
      TRY(distribute_surpluses());
      if (vacancies() == 0) break;
      if (continuing().size() <= vacancies()) {
        for (const Candidate candidate : continuing())
          elect(candidate, "as many candidates are left as vacancies", "last vacancies");
        break;
      }
      const Candidate lowest = TRY(draw_lowest());
      exclude({lowest}, "has the fewest votes; the count starts again", "exclusion");
      excluded = {lowest};
    }
    return std::move(transcript_);
  }

 private:
  void fix_quota() {
    Exact held{};
    for (const Exact& votes : votes_) held += votes;
    const mpz_class papers = held.rational().get_num();  // whole: every value is 1
    quota_ = Exact(Rational(papers / static_cast<long>(seats() + 1) + 1));
    stage().quota = quota_.rational();
    if (!transcript_.quota)
      set_quota(quota_.rational(), "papers / (seats + 1), fractions disregarded, plus 1; anew in each iteration",
                "quota");
  }

  Status distribute_surpluses() {
    std::vector<Candidate> surpluses;
    while (true) {
      for (const Candidate candidate : with_quota(quota_)) {
        if (vacancies() == 0) return {};
        elect(candidate, "has the quota", "election");
        if (votes_[candidate] > quota_) surpluses.push_back(candidate);
      }
      if (surpluses.empty() || vacancies() == 0) return {};
      const Candidate from = TRY(draw(extremes(surpluses, Extreme::most, votes_), "surplus", "surplus"));
      std::erase(surpluses, from);
      pass_on_surplus(from, quota_, "surplus");
      stage().quota = quota_.rational();
    }
  }

  Result<Candidate> draw_lowest() {
    return decide(extremes(continuing(), Extreme::fewest, votes_), Extreme::fewest, Look::backwards, "exclusion",
                  "exclusion");
  }

  Exact quota_{};
};

}  // namespace

const Rule wright{"wright",
                  "Wright system",
                  "van der Craats, submission to JSCEM 2008",
                  {},
                  [](const Contest& contest, const Options& options) { return Wright(contest, options).run(); }};

}  // namespace folkmoot::count
