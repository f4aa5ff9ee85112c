// A count by keep values: Counting with the tree of papers, keep values and votes.
#pragma once

#include "count/counting.hpp"
#include "count/keep_tree.hpp"

namespace folkmoot::count {

template <class Value>
class KeepCount : public Counting {
 protected:
  KeepCount(const Contest& contest, const Options& options)
      : Counting(contest, options, Value::places),
        rankings_(contest),
        tree_(rankings_),
        keep_(candidates(), Value(1)),
        votes_(candidates()) {
    transcript_.papers = rankings_.valid();
    for (const Candidate withdrawn : contest.withdrawn) keep_[withdrawn] = Value{};
    rebuild();
  }

  // After keep values have been set to zero.
  void rebuild() {
    tree_.rebuild(candidates(), [this](Candidate candidate) { return keep_[candidate] == Value{}; });
  }

  struct Split {
    Value kept;  // of all papers together
    Value rest;  // of each
  };

  // Gives each paper's value out: split(value, keep value, papers) → Split. What is not given to anyone is what papers
  // end with, and what splitting loses.
  template <class SplitBy>
  void distribute(SplitBy split) {
    std::fill(votes_.begin(), votes_.end(), Value{});
    nontransferable_ = Value{};
    tree_.distribute(
        Value(1),
        [&](Candidate candidate, const Value& value, std::int64_t papers) -> Value {
          if (is_continuing(candidate)) {  // keeps all, whatever the rounding of a product
            votes_[candidate] += value * papers;
            return Value{};
          }
          Split parts = split(value, keep_[candidate], papers);
          votes_[candidate] += parts.kept;
          return std::move(parts.rest);
        },
        [&](const Value& value, std::int64_t papers) { nontransferable_ += value * papers; });
    active_ = Value{};
    for (const Value& votes : votes_) active_ += votes;
  }

  // Meek's division as the PR Foundation and New Zealand have it: a candidate keeps value × keep value, rounded up; the
  // rest goes on whole.
  static Split keep_rounded_up(const Value& value, const Value& keep, std::int64_t papers) {
    const Value kept = multiply(value, keep, Round::up);
    return {kept * papers, value - kept};
  }

  // Enters the figures in a new stage.
  void record(std::vector<Candidate> from, const Value& quota) {
    Stage& now = open_stage(transcript_.stages.empty() ? Stage::Kind::first : Stage::Kind::iteration, std::move(from));
    for (const Value& votes : votes_) now.votes.push_back(votes.rational());
    for (const Value& keep : keep_) now.keep.push_back(keep.rational());
    now.nontransferable = nontransferable_.rational();
    now.loss = (Value(rankings_.valid()) - active_ - nontransferable_).rational();
    now.quota = quota.rational();
    if (!transcript_.quota) transcript_.quota = now.quota;
  }

  [[nodiscard]] Value surplus_over(const Value& quota) const {
    Value sum{};
    for (std::size_t candidate = 0; candidate < candidates(); ++candidate)
      if (votes_[candidate] > quota) sum += votes_[candidate] - quota;
    return sum;
  }

  // Excluded candidates keep nothing from now on.
  void drop(const std::vector<Candidate>& which) {
    for (const Candidate candidate : which) keep_[candidate] = Value{};
    rebuild();
  }

  Rankings rankings_;
  KeepTree tree_;
  std::vector<Value> keep_;
  std::vector<Value> votes_;
  Value nontransferable_{};
  Value active_{};  // all votes that candidates have
};

}  // namespace folkmoot::count
