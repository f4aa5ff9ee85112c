// Rules for papers that grade candidates, each by itself.
//
//   score               most points: the grade's number, if the grades are numbers; else the worst grade counts 0, the
//                       next 1 …; a candidate not graded gets the worst
//   majority-judgement  M. Balinski and R. Laraki, Majority Judgment (MIT Press, 2011), chapter 1: the highest majority
//                       grade (the lower median); of equals, take one such grade from each, and compare again
//
// Papers that rank instead of grading: the rank is the grade, and there are as many grades as candidates.
#include <algorithm>

#include "count/pairwise.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

class Grades : Ranking {
 public:
  Grades(const Contest& contest, const Options& options) : Ranking(contest, options, 0) {
    const std::size_t grades = contest.grades.empty() ? contest.candidates.size() : contest.grades.size();
    tallies_.assign(candidates(), std::vector<std::int64_t>(grades));
    std::vector<std::size_t> seen(candidates());
    std::vector<std::int64_t> graded(candidates());
    for (std::size_t entry = 0; entry < contest.papers.size(); ++entry) {
      const std::int64_t weight = contest.papers.weight(entry);
      transcript_.papers += weight;
      for (const Mark& mark : contest.papers.marks(entry)) {
        if (mark.candidate == overvote || seen[mark.candidate] == entry + 1) continue;
        seen[mark.candidate] = entry + 1;
        const std::size_t grade = std::min<std::size_t>(mark.rank, grades) - 1;
        tallies_[mark.candidate][grade] += weight;
        graded[mark.candidate] += weight;
      }
    }
    for (std::size_t candidate = 0; candidate < candidates(); ++candidate)
      tallies_[candidate].back() += transcript_.papers - graded[candidate];
    open_stage(Stage::Kind::first, {});
  }

  Result<Transcript> score(const std::vector<std::string>& names) {
    const std::size_t grades = tallies_.empty() ? 0 : tallies_.front().size();
    std::vector<Rational> points(grades);
    bool numbers = names.size() == grades;
    for (std::size_t i = 0; i < grades && numbers; ++i) numbers = from_text(names[i], points[i]);
    if (!numbers)
      for (std::size_t i = 0; i < grades; ++i) points[i] = rational(static_cast<std::int64_t>(grades - 1 - i));
    std::vector<Rational> sums(candidates());
    for (const Candidate candidate : continuing())
      for (std::size_t i = 0; i < grades; ++i) sums[candidate] += points[i] * static_cast<long>(tallies_[candidate][i]);
    stage().votes = sums;
    if (std::ranges::any_of(points, [](const Rational& each) { return each.get_den() != 1; })) transcript_.places = -1;
    return elect_from(by_score(continuing(), sums), "most points", "score");
  }

  Result<Transcript> majority_judgement() {
    std::vector<std::vector<std::int64_t>> left;
    for (const Candidate candidate : continuing()) left.push_back(tallies_[candidate]);
    const std::vector<std::size_t> ranks = majority_ranks(left);
    std::vector<std::int64_t> score(candidates());
    for (std::size_t i = 0; i < ranks.size(); ++i) score[continuing()[i]] = -static_cast<std::int64_t>(ranks[i]);
    const std::size_t grades = tallies_.empty() ? 0 : tallies_.front().size();
    for (std::size_t candidate = 0; candidate < candidates(); ++candidate)
      stage().votes.push_back(rational(static_cast<std::int64_t>(grades - median(tallies_[candidate]))));
    return elect_from(by_score(continuing(), score), "the highest majority value", "majority judgement");
  }

 private:
  // The lower median: the best grade that more than half of the papers give at least, or exactly half.
  static std::size_t median(const std::vector<std::int64_t>& tally) {
    std::int64_t papers = 0;
    for (const std::int64_t each : tally) papers += each;
    std::int64_t sum = 0;
    for (std::size_t grade = 0; grade < tally.size(); ++grade) {
      sum += tally[grade];
      if (2 * sum > papers) return grade;
    }
    return tally.empty() ? 0 : tally.size() - 1;
  }

  std::vector<std::vector<std::int64_t>> tallies_;  // by candidate, then grade, the best first
};

// The grades in the order in which they decide: from the lower median outwards, to the worse side first. Pairs of
// (worse, better) that repeat.
struct Step {
  std::size_t worse;
  std::size_t better;
  std::int64_t times;
};

// Best first: the grades of a tally as runs.
std::vector<Step> majority_value(const std::vector<std::int64_t>& tally) {
  std::vector<std::pair<std::size_t, std::int64_t>> runs;  // worst grade first
  std::int64_t papers = 0;
  for (std::size_t grade = tally.size(); grade-- > 0;) {
    if (tally[grade] > 0) runs.emplace_back(grade, tally[grade]);
    papers += tally[grade];
  }
  // The worse half, with the lower median: ⌈n/2⌉ papers; the rest is the better half.
  const std::int64_t half = (papers + 1) / 2;
  std::vector<std::pair<std::size_t, std::int64_t>> worse;
  std::vector<std::pair<std::size_t, std::int64_t>> better;
  std::int64_t sum = 0;
  for (const auto& [grade, count] : runs) {
    const std::int64_t low = std::clamp<std::int64_t>(half - sum, 0, count);
    if (low > 0) worse.emplace_back(grade, low);
    if (count > low) better.emplace_back(grade, count - low);
    sum += count;
  }
  std::ranges::reverse(worse);  // from the middle outwards
  std::vector<Step> steps;
  if (papers % 2 == 1) {  // the median alone; then as many papers are left on both sides
    steps.push_back({worse.front().first, tally.size(), 1});
    if (--worse.front().second == 0) worse.erase(worse.begin());
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < worse.size()) {
    const std::int64_t times = std::min(worse[i].second, better[j].second);
    steps.push_back({worse[i].first, better[j].first, times});
    if ((worse[i].second -= times) == 0) ++i;
    if ((better[j].second -= times) == 0) ++j;
  }
  return steps;
}

// Is the majority value a before b: a better grade at the first difference?
std::strong_ordering compare(std::vector<Step> a, std::vector<Step> b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i].worse != b[j].worse) return b[j].worse <=> a[i].worse;
    if (a[i].better != b[j].better) return b[j].better <=> a[i].better;
    const std::int64_t times = std::min(a[i].times, b[j].times);
    if ((a[i].times -= times) == 0) ++i;
    if ((b[j].times -= times) == 0) ++j;
  }
  return std::strong_ordering::equal;
}

}  // namespace

std::vector<std::size_t> majority_ranks(const std::vector<std::vector<std::int64_t>>& tallies) {
  std::vector<std::vector<Step>> values;
  for (const std::vector<std::int64_t>& tally : tallies) values.push_back(majority_value(tally));
  std::vector<std::size_t> ranks;
  for (const std::vector<Step>& value : values) {
    std::size_t better = 0;
    for (const std::vector<Step>& other : values) better += compare(other, value) > 0 ? 1 : 0;
    ranks.push_back(better + 1);
  }
  return ranks;
}

const Rule score{
    "score", "Score (range voting)", "sum of the grades", {}, [](const Contest& contest, const Options& options) {
      return Grades(contest, options).score(contest.grades);
    }};
const Rule majority_judgement{
    "majority-judgement",
    "Majority judgement",
    "Balinski & Laraki 2011",
    {},
    [](const Contest& contest, const Options& options) { return Grades(contest, options).majority_judgement(); }};

}  // namespace folkmoot::count
