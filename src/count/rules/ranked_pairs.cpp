// Ranked pairs: T. N. Tideman, “Independence of clones as a criterion for voting rules”, Social Choice and Welfare 4
// (1987).
//
// Pairs are locked in from the strongest on, unless that would close a circle. A pair is stronger by the papers that
// prefer the one who is ahead (“winning votes”), then by fewer that prefer the other.
//
// Reading: equal pairs are taken together; those that would close a circle with the pairs locked before, or with each
// other, are all left out, so that no lot and no order of names decides.
#include "count/pairwise.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

class RankedPairs : Ranking {
 public:
  RankedPairs(const Contest& contest, const Options& options) : Ranking(contest, options, 0), pairs_(contest) {
    transcript_.papers = pairs_.papers();
    transcript_.pairwise = pairs_.matrix();
  }

  Result<Transcript> run() {
    open_stage(Stage::Kind::first, {});
    const std::vector<Candidate> all = continuing();
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Pair>> by_strength;  // weakest first
    for (const Candidate a : all)
      for (const Candidate b : all)
        if (pairs_.beats(a, b)) by_strength[{pairs_.prefer(a, b), -pairs_.prefer(b, a)}].push_back({a, b});
    Graph locked(candidates(), std::vector<bool>(candidates()));
    for (auto group = by_strength.rbegin(); group != by_strength.rend(); ++group) {
      const Graph reached = closure(locked);
      std::vector<Pair> open;
      for (const Pair& pair : group->second)
        if (!reached[pair.second][pair.first]) open.push_back(pair);
      Graph together = locked;
      for (const Pair& pair : open) together[pair.first][pair.second] = true;
      const Graph reached_together = closure(together);
      for (const Pair& pair : open)
        if (!reached_together[pair.second][pair.first]) locked[pair.first][pair.second] = true;
    }
    std::vector<std::int64_t> behind(candidates());
    for (const Candidate a : all)
      for (const Candidate b : all) behind[a] += locked[a][b] ? 1 : 0;
    for (const std::int64_t each : behind) stage().votes.push_back(rational(each));
    return elect_from(in_layers(all, [&](Candidate a, Candidate b) { return locked[a][b]; }),
                      "no locked pair has another candidate ahead", "ranked pairs");
  }

 private:
  using Pair = std::pair<Candidate, Candidate>;  // the one ahead first
  using Graph = std::vector<std::vector<bool>>;

  // Which candidate leads to which over any number of pairs.
  static Graph closure(Graph graph) {
    for (std::size_t through = 0; through < graph.size(); ++through)
      for (std::size_t a = 0; a < graph.size(); ++a)
        if (graph[a][through])
          for (std::size_t b = 0; b < graph.size(); ++b)
            if (graph[through][b]) graph[a][b] = true;
    return graph;
  }

  Pairwise pairs_;
};

}  // namespace

const Rule ranked_pairs{
    "ranked-pairs",
    "Ranked pairs (Tideman)",
    "Tideman 1987, winning votes",
    {},
    [](const Contest& contest, const Options& options) { return RankedPairs(contest, options).run(); }};

}  // namespace folkmoot::count
