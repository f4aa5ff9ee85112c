#include "count/contest.hpp"

#include <algorithm>
#include <cassert>
#include <unordered_set>

namespace folkmoot::count {

void Papers::add(std::span<const Mark> marks, std::int64_t weight) {
  assert(weight >= 1);
  total_ = checked_add(total_, weight);
  marks_.insert(marks_.end(), marks.begin(), marks.end());
  starts_.push_back(marks_.size());
  weights_.push_back(weight);
}

void Papers::add_ranking(std::span<const Candidate> candidates, std::int64_t weight) {
  assert(weight >= 1);
  total_ = checked_add(total_, weight);
  std::uint16_t rank = 0;
  for (const Candidate candidate : candidates) marks_.push_back({candidate, ++rank});
  starts_.push_back(marks_.size());
  weights_.push_back(weight);
}

Result<Candidate> find_candidate(const Contest& contest, std::string_view name) {
  const auto found = std::ranges::find(contest.candidates, name);
  if (found == contest.candidates.end()) return fail("there is no candidate called “{}”", name);
  return static_cast<Candidate>(found - contest.candidates.begin());
}

Status check(const Contest& contest) {
  const std::size_t candidates = contest.candidates.size();
  if (candidates == 0) return fail("there are no candidates");
  if (candidates > most_candidates) return fail("{} candidates are more than {}", candidates, most_candidates);
  std::unordered_set<std::string_view> names;
  for (const std::string& name : contest.candidates) {
    if (name.empty()) return fail("a candidate has no name");
    if (!names.insert(name).second) return fail("two candidates are called “{}”: add what tells them apart", name);
  }
  for (const Candidate candidate : contest.withdrawn)
    if (candidate >= candidates) return fail("the withdrawn candidate {} does not exist", candidate + 1);
  if (contest.papers.total() > most_votes)
    return fail("{} votes are more than {}, the most that can be counted", contest.papers.total(), most_votes);
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry)
    for (const Mark& mark : contest.papers.marks(entry))
      if (mark.candidate >= candidates) return fail("paper {} marks a candidate that does not exist", entry + 1);
  return {};
}

Rankings::Rankings(const Contest& contest) {
  std::vector<bool> withdrawn(contest.candidates.size());
  for (const Candidate candidate : contest.withdrawn) withdrawn[candidate] = true;
  // When a candidate was last seen: the entry's number + 1, so that the array need not be cleared.
  std::vector<std::size_t> seen(contest.candidates.size());
  std::vector<Mark> kept;
  std::vector<Candidate> preferences;
  const Papers& papers = contest.papers;
  starts_.reserve(papers.size() + 1);
  weights_.reserve(papers.size());
  for (std::size_t entry = 0; entry < papers.size(); ++entry) {
    kept.clear();
    for (const Mark& mark : papers.marks(entry)) {
      if (withdrawn[mark.candidate] || seen[mark.candidate] == entry + 1) continue;
      seen[mark.candidate] = entry + 1;
      kept.push_back(mark);
    }
    preferences.clear();
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (i + 1 < kept.size() && kept[i + 1].rank == kept[i].rank) break;
      preferences.push_back(kept[i].candidate);
    }
    add(preferences, papers.weight(entry));
  }
}

void Rankings::add(std::span<const Candidate> preferences, std::int64_t weight) {
  preferences_.insert(preferences_.end(), preferences.begin(), preferences.end());
  if (preferences_.size() > 0xffffffffU) throw Overflow();
  starts_.push_back(static_cast<std::uint32_t>(preferences_.size()));
  weights_.push_back(weight);
  if (!preferences.empty()) valid_ = checked_add(valid_, weight);
}

}  // namespace folkmoot::count
