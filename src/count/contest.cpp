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

void Papers::reserve(std::size_t entries, std::size_t marks) {
  starts_.reserve(entries + 1);
  weights_.reserve(entries);
  marks_.reserve(marks);
}

std::span<const Mark> Papers::named_marks(std::size_t entry) const {
  const std::span<const Mark> all = marks(entry);
  return {all.begin(), std::ranges::find(all, overvote, &Mark::candidate)};
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
      if (mark.candidate >= candidates && mark.candidate != overvote)
        return fail("paper {} marks a candidate that does not exist", entry + 1);
  return {};
}

namespace {

// The marks of each paper without those of withdrawn candidates and without repeated ones, up to an overvote.
class KeptMarks {
 public:
  explicit KeptMarks(const Contest& contest)
      : papers_(contest.papers), withdrawn_(contest.candidates.size()), seen_(contest.candidates.size()) {
    for (const Candidate candidate : contest.withdrawn) withdrawn_[candidate] = true;
  }

  // Valid until the next call; entries in order, each once.
  const std::vector<Mark>& of(std::size_t entry) {
    kept_.clear();
    for (const Mark& mark : papers_.marks(entry)) {
      if (mark.candidate == overvote) break;  // no rule here reads on after it
      if (withdrawn_[mark.candidate] || seen_[mark.candidate] == entry + 1) continue;
      seen_[mark.candidate] = entry + 1;
      kept_.push_back(mark);
    }
    return kept_;
  }

 private:
  const Papers& papers_;
  std::vector<bool> withdrawn_;
  std::vector<std::size_t> seen_;  // by candidate: the last entry that marked it, + 1, so that nothing need be cleared
  std::vector<Mark> kept_;
};

}  // namespace

Rankings::Rankings(const Contest& contest) {
  KeptMarks kept_marks(contest);
  const Papers& papers = contest.papers;
  starts_.reserve(papers.size() + 1);
  weights_.reserve(papers.size());
  preferences_.reserve(papers.total_marks());
  for (std::size_t entry = 0; entry < papers.size(); ++entry) {
    const std::vector<Mark>& kept = kept_marks.of(entry);
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (i + 1 < kept.size() && kept[i + 1].rank == kept[i].rank) break;
      preferences_.push_back(kept[i].candidate);
    }
    if (kept.empty() && !papers.marks(entry).empty()) for_withdrawn_ += papers.weight(entry);
    end_entry(papers.weight(entry));
  }
}

Rankings Rankings::unpacked() const {
  Rankings papers;
  papers.for_withdrawn_ = for_withdrawn_;
  for (std::size_t entry = 0; entry < size(); ++entry)
    for (std::int64_t paper = 0; paper < weight(entry); ++paper) papers.add(preferences(entry), 1);
  return papers;
}

void Rankings::add(std::span<const Candidate> preferences, std::int64_t weight) {
  preferences_.insert(preferences_.end(), preferences.begin(), preferences.end());
  end_entry(weight);
}

void Rankings::end_entry(std::int64_t weight) {
  const bool valid = preferences_.size() > starts_.back();
  if (preferences_.size() > 0xffffffffU) throw Overflow();
  starts_.push_back(static_cast<std::uint32_t>(preferences_.size()));
  weights_.push_back(weight);
  if (valid) valid_ = checked_add(valid_, weight);
}

Result<std::map<std::int64_t, Rankings>> part_papers(const Contest& contest, bool permute) {
  KeptMarks kept_marks(contest);
  std::map<std::int64_t, Rankings> parts;
  parts[1];
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry) {
    const std::vector<Mark>& kept = kept_marks.of(entry);
    std::vector<std::vector<Candidate>> orders{{}};
    for (std::size_t from = 0, to = 0; from < kept.size(); from = to) {
      while (to < kept.size() && kept[to].rank == kept[from].rank) ++to;
      std::vector<std::vector<Candidate>> heads;  // the ways to go on
      std::vector<Candidate> equal;
      for (std::size_t i = from; i < to; ++i) equal.push_back(kept[i].candidate);
      std::ranges::sort(equal);
      if (equal.size() > 7)
        return fail("paper {} gives one rank to {} candidates: too many to part it", entry + 1, equal.size());
      if (permute) {
        do heads.push_back(equal);
        while (std::ranges::next_permutation(equal).found);
      } else {
        for (const Candidate candidate : equal) heads.push_back({candidate});
      }
      if (static_cast<std::int64_t>(orders.size() * heads.size()) > most_parts)
        return fail("paper {} shares its ranks in more than {} ways", entry + 1, most_parts);
      std::vector<std::vector<Candidate>> longer;
      for (const std::vector<Candidate>& order : orders)
        for (const std::vector<Candidate>& head : heads) {
          longer.push_back(order);
          longer.back().insert(longer.back().end(), head.begin(), head.end());
        }
      orders = std::move(longer);
    }
    Rankings& rankings = parts[static_cast<std::int64_t>(orders.size())];
    for (const std::vector<Candidate>& order : orders) rankings.add(order, contest.papers.weight(entry));
  }
  return parts;
}

}  // namespace folkmoot::count
