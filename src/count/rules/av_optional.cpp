// Optional preferential voting: one seat; the lowest is excluded until somebody has more than half of the votes that
// still count.
//
// Electoral Act 2017 (New South Wales), Schedule 7 (Legislative Assembly), with optional preferences; ties for
// exclusion and between the last two are decided by lot.
#include "count/paper_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<0>;

class OptionalPreferential : PaperCount<Votes> {
 public:
  OptionalPreferential(const Contest& contest, const Options& options) : PaperCount(contest, options) {}

  Result<Transcript> run() {
    count_first_preferences();
    while (!continuing().empty()) {
      const std::vector<Candidate> highest = extremes(continuing(), Extreme::most, votes_);
      Votes counting{};
      for (const Candidate candidate : continuing()) counting += votes_[candidate];
      if (votes_[highest.front()] * 2 > counting || continuing().size() == 1) {
        elect(highest.front(), "has more than half of the votes that count", "Sch. 7, absolute majority");
        break;
      }
      const Candidate lowest =
          TRY(draw(extremes(continuing(), Extreme::fewest, votes_), "exclusion", "Sch. 7, equality"));
      exclude({lowest}, "has the fewest votes", "Sch. 7, exclusion");
      pass_on_excluded({lowest});
    }
    return std::move(transcript_);
  }
};

}  // namespace

const Rule av_optional{
    "av-optional",
    "Optional preferential voting",
    "Electoral Act 2017 (NSW), Schedule 7",
    {Trait::single_seat},
    [](const Contest& contest, const Options& options) { return OptionalPreferential(contest, options).run(); }};

}  // namespace folkmoot::count
