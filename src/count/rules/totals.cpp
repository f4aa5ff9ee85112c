// Rules that only add up: each candidate's total decides, the highest are elected.
//
//   plurality    a paper counts for its first preference
//   block-vote   a paper counts for its first N preferences, N being the number of seats
//   approval     a paper counts for every candidate it approves: all it marks; or, where the papers grade candidates,
//                those given the best grade
//
// Candidates equal at the last seat are decided by lot.
#include <algorithm>

#include "count/counting.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

class Totals : Counting {
 public:
  Totals(const Contest& contest, const Options& options, std::span<const std::int64_t> totals, std::int64_t papers)
      : Counting(contest, options, 0), totals_(totals) {
    transcript_.papers = papers;
  }

  Result<Transcript> run() {
    open_stage(Stage::Kind::first, {});
    for (const std::int64_t total : totals_) stage().votes.push_back(rational(total));
    while (vacancies() > 0 && !continuing().empty()) {
      std::vector<Candidate> highest = extremes(continuing(), Extreme::most, totals_);
      while (highest.size() > vacancies() && vacancies() > 0) {
        const Candidate drawn = TRY(draw(highest, "election", "equality"));
        elect(drawn, "has one of the highest totals, by lot", "election");
        std::erase(highest, drawn);
      }
      if (vacancies() == 0) break;
      for (const Candidate candidate : highest) elect(candidate, "has one of the highest totals", "election");
    }
    return std::move(transcript_);
  }

 private:
  std::span<const std::int64_t> totals_;
};

// Counts each paper for the candidates that `marked(entry)` gives.
template <class Marked>
Result<Transcript> add_up(const Contest& contest, const Options& options, Marked marked) {
  std::vector<std::int64_t> totals(contest.candidates.size());
  for (const Candidate candidate : contest.withdrawn) totals[candidate] = 0;
  std::int64_t papers = 0;
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry) {
    const std::int64_t weight = contest.papers.weight(entry);
    papers += marked(entry, [&](Candidate candidate) { totals[candidate] += weight; }) ? weight : 0;
  }
  return Totals(contest, options, totals, papers).run();
}

Result<Transcript> count_first(const Contest& contest, const Options& options, std::size_t most) {
  const Rankings rankings(contest);
  return add_up(contest, options, [&](std::size_t entry, auto credit) {
    const std::span<const Candidate> preferences = rankings.preferences(entry);
    for (const Candidate candidate : preferences.first(std::min(most, preferences.size()))) credit(candidate);
    return !preferences.empty();
  });
}

Result<Transcript> count_plurality(const Contest& contest, const Options& options) {
  return count_first(contest, options, 1);
}

Result<Transcript> count_block(const Contest& contest, const Options& options) {
  return count_first(contest, options, options.seats == 0 ? contest.seats : options.seats);
}

Result<Transcript> count_approval(const Contest& contest, const Options& options) {
  std::vector<bool> withdrawn(contest.candidates.size());
  for (const Candidate candidate : contest.withdrawn) withdrawn[candidate] = true;
  std::vector<std::size_t> seen(contest.candidates.size());
  return add_up(contest, options, [&](std::size_t entry, auto credit) {
    bool valid = false;
    for (const Mark& mark : contest.papers.marks(entry)) {
      valid = true;
      const bool approved = contest.grades.empty() || mark.rank == 1;
      if (!approved || mark.candidate == overvote || withdrawn[mark.candidate] || seen[mark.candidate] == entry + 1)
        continue;
      seen[mark.candidate] = entry + 1;
      credit(mark.candidate);
    }
    return valid;
  });
}

}  // namespace

Result<Transcript> count_given_totals(const Contest& contest, const Options& options,
                                      std::span<const std::int64_t> totals, std::int64_t papers) {
  return Totals(contest, options, totals, papers).run();
}

const Rule plurality{
    "plurality", "Plurality (first past the post)", "most first preferences", {Trait::by_totals}, count_plurality};
const Rule block_vote{
    "block-vote", "Block vote", "most votes, as many for each voter as seats", {Trait::by_totals}, count_block};
const Rule approval{"approval", "Approval", "most approvals", {Trait::by_totals}, count_approval};

}  // namespace folkmoot::count
