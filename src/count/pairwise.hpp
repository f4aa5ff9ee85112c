// Comparing candidates in pairs, and counts that rank all of them.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "count/counting.hpp"

namespace folkmoot::count {

// How many papers prefer one candidate to another. Candidates a paper doesn't mark are last on it, equal; shared ranks
// are no preference; withdrawn candidates are left out.
class Pairwise {
 public:
  explicit Pairwise(const Contest& contest);

  [[nodiscard]] std::int64_t prefer(Candidate a, Candidate b) const { return papers_[a][b]; }
  [[nodiscard]] bool beats(Candidate a, Candidate b) const { return papers_[a][b] > papers_[b][a]; }
  [[nodiscard]] const std::vector<std::vector<std::int64_t>>& matrix() const { return papers_; }
  // Papers that mark anybody.
  [[nodiscard]] std::int64_t papers() const { return valid_; }

 private:
  std::vector<std::vector<std::int64_t>> papers_;
  std::int64_t valid_ = 0;
};

// A count that ends with an order of all candidates, equals together; the first are elected, a tie for the last seat is
// drawn.
class Ranking : public Counting {
 public:
  using Counting::Counting;

 protected:
  // Elects from `order`, best first; the reason and paragraph stand in the transcript.
  Result<Transcript> elect_from(std::vector<std::vector<Candidate>> order, const std::string& reason,
                                const std::string& paragraph);
};

// Groups candidates by a score, the highest first.
template <class Score>
std::vector<std::vector<Candidate>> by_score(const std::vector<Candidate>& which, const std::vector<Score>& scores) {
  std::map<Score, std::vector<Candidate>, std::greater<>> groups;
  for (const Candidate candidate : which) groups[scores[candidate]].push_back(candidate);
  std::vector<std::vector<Candidate>> order;
  for (auto& [score, group] : groups) order.push_back(std::move(group));
  return order;
}

// Puts candidates in the order of a relation without cycles: each group those whom nobody left precedes.
std::vector<std::vector<Candidate>> in_layers(std::vector<Candidate> which,
                                              const std::function<bool(Candidate, Candidate)>& precedes);

}  // namespace folkmoot::count
