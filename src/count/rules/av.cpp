// The alternative vote: one seat; the lowest is excluded until two candidates are left, and the higher of them wins.
//
// The count goes on to the last two even when one has more than half of the votes before: that can't change who wins,
// and shows by how much. Candidates without a first preference are excluded together: no paper moves, so no lot is
// needed. Equality is decided as in Scottish by-elections, which are counted this way too (SSI 2011/399 rule 52): by
// the latest stage at which the votes were unequal, then by lot.
#include "count/paper_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<0>;

class AlternativeVote : PaperCount<Votes> {
 public:
  AlternativeVote(const Contest& contest, const Options& options) : PaperCount(contest, options) {}

  Result<Transcript> run() {
    count_first_preferences();
    exclude_voteless();
    while (continuing().size() > 2) TRY(exclude_lowest());
    const std::vector<Candidate> last = continuing();
    if (last.empty()) return std::move(transcript_);
    const Candidate winner =
        TRY(decide(extremes(last, Extreme::most, votes_), Extreme::most, Look::backwards, "election", "equality"));
    elect(winner, "has the most votes of those left", "election");
    return std::move(transcript_);
  }

 private:
  void exclude_voteless() {
    std::vector<Candidate> voteless;
    for (const Candidate candidate : continuing())
      if (votes_[candidate] == Votes{}) voteless.push_back(candidate);
    if (voteless.empty() || voteless.size() == continuing().size()) return;
    exclude(voteless, "no first preferences", "exclusion");
    pass_on_excluded(voteless);
  }

  Status exclude_lowest() {
    const Candidate lowest = TRY(decide(extremes(continuing(), Extreme::fewest, votes_), Extreme::fewest,
                                        Look::backwards, "exclusion", "equality"));
    exclude({lowest}, "has the fewest votes", "exclusion");
    pass_on_excluded({lowest});
    return {};
  }
};

}  // namespace

const Rule av{"av",
              "Alternative vote (instant run-off)",
              "the count of SSI 2011/399 for one seat, to the last two",
              {Trait::single_seat},
              [](const Contest& contest, const Options& options) { return AlternativeVote(contest, options).run(); }};

}  // namespace folkmoot::count
