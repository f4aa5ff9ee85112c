#include "count/pairwise.hpp"

#include <algorithm>

namespace folkmoot::count {

Pairwise::Pairwise(const Contest& contest) {
  const std::size_t candidates = contest.candidates.size();
  papers_.assign(candidates, std::vector<std::int64_t>(candidates));
  std::vector<bool> withdrawn(candidates);
  for (const Candidate candidate : contest.withdrawn) withdrawn[candidate] = true;
  constexpr std::uint32_t unmarked = 0x10000;
  std::vector<std::uint32_t> rank(candidates);
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry) {
    const std::int64_t weight = contest.papers.weight(entry);
    std::fill(rank.begin(), rank.end(), unmarked);
    bool marks_anybody = false;
    for (const Mark& mark : contest.papers.marks(entry)) {
      if (mark.candidate == overvote || withdrawn[mark.candidate] || rank[mark.candidate] != unmarked) continue;
      rank[mark.candidate] = mark.rank;
      marks_anybody = true;
    }
    if (!marks_anybody) continue;
    valid_ += weight;
    for (std::size_t a = 0; a < candidates; ++a)
      for (std::size_t b = 0; b < candidates; ++b)
        if (rank[a] < rank[b] && !withdrawn[b]) papers_[a][b] += weight;
  }
}

Result<Transcript> Ranking::elect_from(std::vector<std::vector<Candidate>> order, const std::string& reason,
                                       const std::string& paragraph) {
  for (std::vector<Candidate> equals : order) {
    while (vacancies() > 0 && equals.size() > vacancies()) {
      const Candidate drawn = TRY(draw(equals, "election", paragraph));
      elect(drawn, reason + ", by lot", paragraph);
      std::erase(equals, drawn);
    }
    if (vacancies() == 0) break;
    for (const Candidate candidate : equals) elect(candidate, reason, paragraph);
  }
  transcript_.order = std::move(order);
  return std::move(transcript_);
}

std::vector<std::vector<Candidate>> in_layers(std::vector<Candidate> which,
                                              const std::function<bool(Candidate, Candidate)>& precedes) {
  std::vector<std::vector<Candidate>> layers;
  while (!which.empty()) {
    std::vector<Candidate> first;
    for (const Candidate a : which)
      if (std::ranges::none_of(which, [&](Candidate b) { return precedes(b, a); })) first.push_back(a);
    if (first.empty()) first = which;  // a cycle: no order is known among them
    std::erase_if(which, [&](Candidate candidate) { return std::ranges::count(first, candidate) > 0; });
    layers.push_back(std::move(first));
  }
  return layers;
}

}  // namespace folkmoot::count
