// Schulze's method: M. Schulze, “A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
// single-winner election method”, Social Choice and Welfare 36 (2011), section 2; with quorum and supermajority as
// Debian's constitution, appendix A.6, has them (Options::default_option).
//
// A path is as strong as its weakest link; a link from a to b, where more papers prefer a to b than b to a, is as
// strong as the papers that prefer a to b (“winning votes”). a is before b if the strongest path from a to b is
// stronger than the strongest from b to a.
#include "count/pairwise.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

class Schulze : Ranking {
 public:
  Schulze(const Contest& contest, const Options& options) : Ranking(contest, options, 0), pairs_(contest) {
    transcript_.papers = pairs_.papers();
    transcript_.pairwise = pairs_.matrix();
    default_ = options.default_option;
  }

  Result<Transcript> run() {
    open_stage(Stage::Kind::first, {});
    TRY(drop_by_default());  // A.6.2–A.6.3
    const std::vector<Candidate> left = continuing();
    std::vector<std::vector<std::int64_t>> path(candidates(), std::vector<std::int64_t>(candidates()));
    for (const Candidate a : left)
      for (const Candidate b : left)
        if (pairs_.beats(a, b)) path[a][b] = pairs_.prefer(a, b);
    for (const Candidate through : left)
      for (const Candidate a : left)
        for (const Candidate b : left) path[a][b] = std::max(path[a][b], std::min(path[a][through], path[through][b]));
    std::vector<std::int64_t> before(candidates());
    for (const Candidate a : left)
      for (const Candidate b : left) before[a] += path[a][b] > path[b][a] ? 1 : 0;
    for (const std::int64_t each : before) stage().votes.push_back(rational(each));
    return elect_from(in_layers(left, [&](Candidate a, Candidate b) { return path[a][b] > path[b][a]; }),
                      "nobody has a stronger path to this candidate", "Schulze 2.2");
  }

 private:
  Status drop_by_default() {
    if (default_.name.empty()) return {};
    std::optional<Candidate> option;
    for (const Candidate candidate : continuing())
      if (transcript_.name(candidate) == default_.name) option = candidate;
    if (!option) return fail("the default option “{}” does not stand", default_.name);
    for (const Candidate candidate : continuing()) {
      if (candidate == *option) continue;
      const std::int64_t over = pairs_.prefer(candidate, *option);
      const std::int64_t under = pairs_.prefer(*option, candidate);
      if (over < default_.quorum) {
        exclude({candidate},
                fmt::format("{} papers prefer it to the default, of the quorum of {}", over, default_.quorum), "A.6.2");
      } else if (over <= checked_multiply(default_.majority, under)) {
        exclude({candidate},
                fmt::format("{} papers prefer it to the default, {} the default: no majority of {} to 1", over, under,
                            default_.majority),
                "A.6.3");
      }
    }
    return {};
  }

  Pairwise pairs_;
  DefaultOption default_;
};

}  // namespace

const Rule schulze{"schulze",
                   "Schulze",
                   "Schulze 2011; Debian constitution A.6",
                   {},
                   [](const Contest& contest, const Options& options) { return Schulze(contest, options).run(); }};

}  // namespace folkmoot::count
