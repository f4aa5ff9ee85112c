// The papers of a count by keep values (Meek, Warren), as a tree: what a candidate keeps of a paper depends only on the
// candidates named before, so papers that begin alike are handled together, and with exactly the figures that handling
// each alone would give.
//
// A node stands for the papers that have passed the same candidates. Only where a candidate passes something on are the
// papers below parted any further, and an excluded candidate is left out of the tree; so an iteration costs about as
// many steps as there are different ways through the elected candidates, not as many as papers.
#pragma once

#include <vector>

#include "count/contest.hpp"

namespace folkmoot::count {

class KeepTree {
 public:
  explicit KeepTree(const Rankings& rankings) : rankings_(rankings), reached_(rankings.size()) {}

  // Starts anew with the candidates who are not excluded. To be called first, and after each exclusion.
  template <class Excluded>
  void rebuild(std::size_t candidates, Excluded&& excluded) {
    excluded_.resize(candidates);
    for (std::size_t candidate = 0; candidate < candidates; ++candidate)
      excluded_[candidate] = excluded(static_cast<Candidate>(candidate));
    nodes_.assign(1, Node{});
    std::fill(reached_.begin(), reached_.end(), std::uint16_t{0});
    for (std::size_t entry = 0; entry < rankings_.size(); ++entry)
      if (!rankings_.preferences(entry).empty()) nodes_[0].entries.push_back(static_cast<std::uint32_t>(entry));
    part(0);
  }

  // Distributes every paper, at the value 1. `split(candidate, value, papers)` says what a candidate keeps, in total,
  // of that many papers that arrive at that value, and at which value each goes on; ended(value, papers) is told of the
  // papers that name nobody further.
  template <class Value, class Split, class Ended>
  void distribute(const Value& one, Split&& split, Ended&& ended) {
    struct Visit {
      std::uint32_t node;
      Value value;
    };
    std::vector<Visit> visits;
    const auto pass_on = [&](std::uint32_t node, const Value& value) {
      if (!nodes_[node].parted) part(node);
      if (nodes_[node].ending > 0) ended(value, nodes_[node].ending);
      for (std::uint32_t child = nodes_[node].first_child; child != 0; child = nodes_[child].next_sibling)
        visits.push_back({child, value});
    };
    pass_on(0, one);
    while (!visits.empty()) {
      const Visit visit = std::move(visits.back());
      visits.pop_back();
      const Value rest = split(nodes_[visit.node].candidate, visit.value, nodes_[visit.node].papers);
      if (rest > Value{}) pass_on(visit.node, rest);
    }
  }

 private:
  struct Node {
    Candidate candidate = nobody;
    bool parted = false;
    std::int64_t papers = 0;
    std::int64_t ending = 0;  // papers that name nobody further, once parted
    std::uint32_t first_child = 0;
    std::uint32_t next_sibling = 0;
    std::vector<std::uint32_t> entries;  // until parted
  };

  // Parts a node's papers by their next candidate.
  void part(std::uint32_t node) {
    const std::vector<std::uint32_t> entries = std::exchange(nodes_[node].entries, {});
    nodes_[node].parted = true;
    child_of_.assign(excluded_.size(), 0);
    for (const std::uint32_t entry : entries) {
      const std::span<const Candidate> preferences = rankings_.preferences(entry);
      std::uint16_t& reached = reached_[entry];
      while (reached < preferences.size() && excluded_[preferences[reached]]) ++reached;
      if (reached == preferences.size()) {
        nodes_[node].ending += rankings_.weight(entry);
        continue;
      }
      const Candidate candidate = preferences[reached++];
      std::uint32_t& child = child_of_[candidate];
      if (child == 0) {
        child = static_cast<std::uint32_t>(nodes_.size());
        Node& added = nodes_.emplace_back();
        added.candidate = candidate;
        added.next_sibling = nodes_[node].first_child;
        nodes_[node].first_child = child;
      }
      nodes_[child].papers += rankings_.weight(entry);
      nodes_[child].entries.push_back(entry);
    }
  }

  const Rankings& rankings_;
  std::vector<std::uint16_t> reached_;  // by entry: the next preference to look at
  std::vector<bool> excluded_;
  std::vector<Node> nodes_;  // the root first
  std::vector<std::uint32_t> child_of_;
};

}  // namespace folkmoot::count
