// The Gregory method as its older rules have it: a surplus is passed on by the last batch of papers that came to the
// candidate, and an excluded candidate's papers go value by value.
#pragma once

#include "count/paper_count.hpp"

namespace folkmoot::count {

template <class Value>
class GregoryCount : public PaperCount<Value> {
 protected:
  using PaperCount<Value>::PaperCount;

  // A stage: the surplus of `from` over `quota`, passed on by the last batch. If the transferable papers there are
  // worth more than the surplus, each goes on at surplus / their number, rounded down, and what the rounding leaves is
  // lost; else each at the value it has, and the rest of the surplus is not transferable.
  void pass_on_last_batch(Candidate from, Value quota, std::string paragraph) {
    const Value surplus = this->votes_[from] - quota;
    this->open_surplus(from, surplus.rational(), std::move(paragraph));
    ++this->batch_;
    const Parcel<Value> last = this->piles_.of(from).back();
    std::vector<std::uint32_t> transferable;
    std::int64_t papers = 0;
    for (const std::uint32_t entry : last.entries) {
      const auto preferences = this->rankings_.preferences(entry);
      if (std::ranges::none_of(preferences, [this](Candidate to) { return this->is_continuing(to); })) continue;
      transferable.push_back(entry);
      papers += this->rankings_.weight(entry);
    }
    Value value = last.value;
    if (value * papers > surplus) value = muldiv(surplus, Value(1), Value(papers), Round::down);
    const Value given = this->transfer(from, transferable, value);
    (value < last.value ? this->loss_ : this->nontransferable_) += surplus - given;
    this->votes_[from] = quota;
    this->stage().transfer_value = value.rational();
    (void)this->piles_.take(from);  // they have done their part
    this->record();
  }

  // The values of the papers that the excluded candidates hold, highest first.
  [[nodiscard]] std::vector<Value> values_held(const std::vector<Candidate>& excluded) {
    std::vector<Value> values;
    for (const Candidate candidate : excluded)
      for (const Parcel<Value>& parcel : this->piles_.of(candidate)) values.push_back(parcel.value);
    std::ranges::sort(values, std::greater<>());
    values.erase(std::ranges::unique(values).begin(), values.end());
    return values;
  }

  // Passes on those papers of excluded candidates for which `which(parcel)` holds, as one batch.
  template <class Which>
  void pass_on(const std::vector<Candidate>& excluded, Which&& which) {
    ++this->batch_;
    for (const Candidate from : excluded)
      for (const Parcel<Value>& parcel : this->piles_.take(from, which))
        this->votes_[from] -= this->transfer(from, parcel.entries, parcel.value);
  }
};

}  // namespace folkmoot::count
