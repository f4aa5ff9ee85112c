// What is counted: the candidates, the seats, and the papers.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "count/exact.hpp"

namespace folkmoot::count {

// A candidate's place in the order of nomination, from 0.
using Candidate = std::uint16_t;
inline constexpr Candidate nobody = 0xffff;
inline constexpr std::size_t most_candidates = 0xff00;
// In a mark: several candidates at this rank, which the file doesn't name.
inline constexpr Candidate overvote = 0xfffe;

// No contest may hold more votes than this: so a number of votes with nine decimals fits 64 bits.
inline constexpr std::int64_t most_votes = 9'000'000'000;

// One mark on a paper: this candidate, at this rank (1 is the highest) or grade (1 is the best).
struct Mark {
  Candidate candidate;
  std::uint16_t rank;
  friend bool operator==(const Mark&, const Mark&) = default;
};

// The papers as the voters marked them, in the order of the file, in flat arrays. An entry stands for `weight`
// identical papers. Its marks are in order of rank; several marks may share a rank and ranks may be skipped: what that
// means is for the counting rule to say.
class Papers {
 public:
  // `marks` in order of rank; `weight` ≥ 1. The sum of weights must stay within most_votes: callers that read untrusted
  // input check `total()`, which does not wrap (throws Overflow).
  void add(std::span<const Mark> marks, std::int64_t weight);
  // The common case: candidates in order, one a rank.
  void add_ranking(std::span<const Candidate> candidates, std::int64_t weight);

  // Room for that many entries with that many marks altogether: only to save time.
  void reserve(std::size_t entries, std::size_t marks);

  [[nodiscard]] std::size_t size() const { return weights_.size(); }  // entries
  [[nodiscard]] std::size_t total_marks() const { return marks_.size(); }
  [[nodiscard]] std::span<const Mark> marks(std::size_t entry) const {
    return {marks_.data() + starts_[entry], starts_[entry + 1] - starts_[entry]};
  }
  // The marks before an overvote that names nobody, for formats that can't hold one.
  [[nodiscard]] std::span<const Mark> named_marks(std::size_t entry) const;
  [[nodiscard]] std::int64_t weight(std::size_t entry) const { return weights_[entry]; }
  [[nodiscard]] std::int64_t total() const { return total_; }  // papers
  friend bool operator==(const Papers&, const Papers&) = default;

 private:
  std::vector<std::size_t> starts_{0};
  std::vector<Mark> marks_;
  std::vector<std::int64_t> weights_;
  std::int64_t total_ = 0;
};

struct Contest {
  std::string title;
  std::vector<std::string> candidates;  // in order of nomination
  std::vector<Candidate> withdrawn;
  std::size_t seats = 0;            // 0: the file does not say
  std::vector<std::string> grades;  // best first, if the papers grade candidates instead of ranking them
  Papers papers;
  std::vector<std::string> notes;  // what the reader tolerated or left out
};

// The candidate with that name, or an Error.
Result<Candidate> find_candidate(const Contest& contest, std::string_view name);

// Refuses a contest no rule can count: no candidates or too many, a name empty or given twice, a mark or a withdrawal
// of a candidate that does not exist, too many votes.
Status check(const Contest& contest);

// The papers as a preferential count handles them: each a list of different candidates, highest preference first.
// Withdrawn candidates are passed over; of a candidate marked twice the first mark counts; and a paper ends before a
// rank that two candidates share, as every statute here has it (a paper is non-transferable where the next preference
// is not given to one candidate only). Skipped ranks close up. Entries keep their order; one without preferences stays,
// since it counts as a paper where a rule asks for the number of valid papers.
class Rankings {
 public:
  explicit Rankings(const Contest& contest);
  Rankings() = default;

  void add(std::span<const Candidate> preferences, std::int64_t weight);
  // The same papers, an entry each, for rules that move single papers: memory grows with their number.
  [[nodiscard]] Rankings unpacked() const;

  [[nodiscard]] std::size_t size() const { return weights_.size(); }
  [[nodiscard]] std::span<const Candidate> preferences(std::size_t entry) const {
    return {preferences_.data() + starts_[entry], starts_[entry + 1] - starts_[entry]};
  }
  [[nodiscard]] std::int64_t weight(std::size_t entry) const { return weights_[entry]; }
  // Papers with at least one preference: the valid ones.
  [[nodiscard]] std::int64_t valid() const { return valid_; }
  // Papers that mark only withdrawn candidates.
  [[nodiscard]] std::int64_t for_withdrawn() const { return for_withdrawn_; }

 private:
  // Makes an entry of the preferences added since the one before.
  void end_entry(std::int64_t weight);

  std::vector<std::uint32_t> starts_{0};
  std::vector<Candidate> preferences_;
  std::vector<std::int64_t> weights_;
  std::int64_t valid_ = 0;
  std::int64_t for_withdrawn_ = 0;
};

// The papers of a contest for a rule that parts papers at shared ranks: by the number of parts each paper is in,
// rankings whose entries are one part of a paper each. Withdrawn candidates and repeated marks are passed over as in
// Rankings. `permute`: a shared rank stands for all orders of its candidates; else for each of them, one at a time.
// Fails if a paper would have more than most_parts.
inline constexpr std::int64_t most_parts = 5040;
Result<std::map<std::int64_t, Rankings>> part_papers(const Contest& contest, bool permute);

}  // namespace folkmoot::count
