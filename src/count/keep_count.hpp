// A count by keep values: Counting with the tree of papers, keep values and votes.
#pragma once

#include "count/counting.hpp"
#include "count/keep_tree.hpp"

namespace folkmoot::count {

template <class Value>
class KeepCount : public Counting {
 protected:
  // `by_rule`: what the rule makes of shared ranks. The papers have been tried with part_papers, if they are parted.
  KeepCount(const Contest& contest, const Options& options, EqualRanks by_rule = EqualRanks::cut)
      : Counting(contest, options, Value::places), keep_(candidates(), Value(1)), votes_(candidates()) {
    const EqualRanks equal = options.equal_ranks == EqualRanks::by_rule ? by_rule : options.equal_ranks;
    if (equal == EqualRanks::cut) {
      rankings_.emplace(1, Rankings(contest));
    } else {
      rankings_ = *part_papers(contest, equal == EqualRanks::permute);
    }
    for (const auto& [parts, rankings] : rankings_) {
      trees_.emplace_back(rankings);
      valid_ = checked_add(valid_, rankings.valid() / parts);
    }
    transcript_.papers = valid_;
    for (const Candidate withdrawn : contest.withdrawn) keep_[withdrawn] = Value{};
    rebuild();
  }

  // After keep values have been set to zero.
  void rebuild() {
    for (KeepTree& tree : trees_)
      tree.rebuild(candidates(), [this](Candidate candidate) { return keep_[candidate] == Value{}; });
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
    shares_of_followed(split);
    auto tree = trees_.begin();
    for (const auto& [parts, rankings] : rankings_)
      (tree++)->distribute(
          divide(Value(1), Value(parts), Round::down),
          [&](Candidate candidate, const Value& value, std::int64_t papers) -> Value {
            if (is_continuing(candidate)) {  // keeps all, whatever the rounding of a product
              votes_[candidate] += value * papers;
              return Value{};
            }
            Split kept = split(value, keep_[candidate], papers);
            votes_[candidate] += kept.kept;
            return std::move(kept.rest);
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
    now.loss = (Value(valid_) - active_ - nontransferable_).rational();
    now.quota = quota.rational();
    if (!transcript_.quota) transcript_.quota = now.quota;
    follow_shares();
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

  // What each candidate keeps of the followed paper (of rules that don't part papers), as the papers are distributed
  // now.
  template <class SplitBy>
  void shares_of_followed(SplitBy split) {
    shares_.clear();
    if (!followed() || rankings_.size() != 1 || *followed() >= rankings_.begin()->second.size()) return;
    Value value(1);
    for (const Candidate candidate : rankings_.begin()->second.preferences(*followed())) {
      if (keep_[candidate] == Value{}) continue;
      if (is_continuing(candidate)) {
        shares_.push_back({0, candidate, value.rational()});
        return;
      }
      Split kept = split(value, keep_[candidate], 1);
      shares_.push_back({0, candidate, kept.kept.rational()});
      value = std::move(kept.rest);
      if (value == Value{}) return;
    }
    shares_.push_back({0, nobody, value.rational()});
  }
  void follow_shares() {
    for (TrailStep step : shares_) {
      step.stage = transcript_.stages.size();
      transcript_.trail.push_back(std::move(step));
    }
  }

  std::vector<TrailStep> shares_;
  std::map<std::int64_t, Rankings> rankings_;  // by the number of parts each paper is in: nearly always 1
  std::vector<KeepTree> trees_;                // one for each
  std::int64_t valid_ = 0;
  std::vector<Value> keep_;
  std::vector<Value> votes_;
  Value nontransferable_{};
  Value active_{};  // all votes that candidates have
};

}  // namespace folkmoot::count
