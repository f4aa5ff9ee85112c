// Rules that give each candidate one number from the comparisons in pairs, or from the ranks.
//
//   minimax    the candidate whose worst defeat is least: of those who beat the candidate, the papers of the strongest
//              (“winning votes”); P. B. Simpson 1969, G. H. Kramer 1977
//   copeland   most victories less defeats; A. H. Copeland 1951
//   borda      most points: of n candidates the first gets n, the next n − 1 …; candidates equal on a paper, and those
//   it
//              doesn't mark, share the points of their places; J.-C. de Borda 1784
#include "count/pairwise.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

class Scored : Ranking {
 public:
  Scored(const Contest& contest, const Options& options, int places)
      : Ranking(contest, options, places), pairs_(contest) {
    transcript_.papers = pairs_.papers();
    transcript_.pairwise = pairs_.matrix();
    open_stage(Stage::Kind::first, {});
  }

  Result<Transcript> minimax() {
    std::vector<std::int64_t> least(candidates());
    for (const Candidate a : continuing())
      for (const Candidate b : continuing())
        if (pairs_.beats(b, a)) least[a] = std::min(least[a], -pairs_.prefer(b, a));
    for (const std::int64_t each : least) stage().votes.push_back(rational(-each));
    return elect_from(by_score(continuing(), least), "the worst defeat is the least", "minimax");
  }

  Result<Transcript> copeland() {
    std::vector<std::int64_t> balance(candidates());
    for (const Candidate a : continuing())
      for (const Candidate b : continuing()) balance[a] += pairs_.beats(a, b) ? 1 : pairs_.beats(b, a) ? -1 : 0;
    for (const std::int64_t each : balance) stage().votes.push_back(rational(each));
    return elect_from(by_score(continuing(), balance), "most victories less defeats", "Copeland");
  }

  // A candidate's points on a paper are those of the last place, one more for each candidate behind, and a half for
  // each equal one.
  Result<Transcript> borda() {
    std::vector<Rational> points(candidates());
    const std::vector<Candidate> all = continuing();
    for (const Candidate a : all) {
      std::int64_t halves = 2 * pairs_.papers();
      for (const Candidate b : all)
        if (a != b) halves += pairs_.papers() + pairs_.prefer(a, b) - pairs_.prefer(b, a);
      points[a] = Rational(mpz_class(static_cast<long>(halves)), 2);
      points[a].canonicalize();
    }
    stage().votes = points;
    return elect_from(by_score(all, points), "most points", "Borda");
  }

 private:
  Pairwise pairs_;
};

}  // namespace

const Rule minimax{
    "minimax", "Minimax (Simpson–Kramer)", "winning votes", {}, [](const Contest& contest, const Options& options) {
      return Scored(contest, options, 0).minimax();
    }};
const Rule copeland{
    "copeland", "Copeland", "victories less defeats", {}, [](const Contest& contest, const Options& options) {
      return Scored(contest, options, 0).copeland();
    }};
const Rule borda{"borda",
                 "Borda",
                 "points for each place, shared by equals",
                 {},
                 [](const Contest& contest, const Options& options) { return Scored(contest, options, 1).borda(); }};

}  // namespace folkmoot::count
