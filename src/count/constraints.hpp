// Constraints: at least so many, at most so many of the elected from a group, for any number of overlapping groups.
//
// Two ways to keep them are published. Guard and doom (I. D. Hill, “STV with constraints”, Voting matters 9, 1998):
// before each election and exclusion, whoever must be elected in every way to keep the constraints is guarded from
// exclusion, and whoever can't be elected in any is doomed, and excluded; rules that take Options::constraints do so.
// Recounting (count_with_recounts in count.hpp), as the Liberal Democrats do, works with every rule.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "count/contest.hpp"

namespace folkmoot::count {

struct Constraint {
  std::string group;  // its name, for messages: “women”
  std::vector<Candidate> members;
  std::size_t least = 0;
  std::size_t most = std::numeric_limits<std::size_t>::max();
};

// Candidates who belong to the same groups are interchangeable here: a cell. Only how many of each cell are elected
// matters.
class ConstraintTable {
 public:
  // `standing`: those who may be elected. Fails with an explanation if no choice of as many as `seats` (or all, if
  // fewer) keeps the constraints, or if there are too many ways to look through.
  static Result<ConstraintTable> make(std::vector<Constraint> constraints, const std::vector<Candidate>& standing,
                                      std::size_t seats);

  // What holds in every way to fill `vacancies` from `continuing` that keeps the constraints together with `elected`.
  struct Verdict {
    bool possible = false;           // is there a way at all?
    std::vector<Candidate> guarded;  // in every way
    std::vector<Candidate> doomed;   // in none
  };
  [[nodiscard]] Verdict judge(const std::vector<Candidate>& elected, const std::vector<Candidate>& continuing,
                              std::size_t vacancies) const;
  [[nodiscard]] bool possible(const std::vector<Candidate>& elected, const std::vector<Candidate>& continuing,
                              std::size_t vacancies) const;

 private:
  explicit ConstraintTable(std::vector<Constraint> constraints) : constraints_(std::move(constraints)) {}

  // A way to fill the cells, with a fixed number from one of them if given.
  struct Fixed {
    std::size_t cell;
    std::size_t number;
  };
  [[nodiscard]] bool fill(const std::vector<std::size_t>& sizes, const std::vector<std::size_t>& elected_in,
                          std::size_t vacancies, std::optional<Fixed> fixed) const;
  [[nodiscard]] std::size_t cell_of(Candidate candidate) const;

  std::vector<Constraint> constraints_;
  std::vector<std::vector<std::size_t>> cells_;  // of each cell, the numbers of the constraints its members are in
  std::vector<std::size_t> cell_of_;             // by candidate
};

}  // namespace folkmoot::count
