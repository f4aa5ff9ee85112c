// Ballot papers in piles: which candidate holds which papers, in parcels of one transfer value.
//
// A paper here is an entry of the Rankings, which stands for `weight` identical papers: they always lie together. Each
// entry remembers which of its preferences it has reached, so sorting a parcel costs one look at each paper in it.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "count/contest.hpp"

namespace folkmoot::count {

// Papers that came to a candidate with one value. The batch numbers the transfer that brought them, where a rule cares.
template <class Value>
struct Parcel {
  Value value{};
  std::size_t batch = 0;
  std::int64_t papers = 0;  // the sum of the entries' weights
  std::vector<std::uint32_t> entries;
};

template <class Value>
class Piles {
 public:
  Piles(const Rankings& rankings, std::size_t candidates)
      : rankings_(&rankings), reached_(rankings.size(), 0), sorted_(candidates + 1), parcels_(candidates) {}

  // All papers, none of them given to a candidate yet.
  [[nodiscard]] Parcel<Value> all(Value value) const {
    Parcel<Value> parcel{value, 0, rankings_->valid(), {}};
    parcel.entries.reserve(rankings_->size());
    for (std::size_t entry = 0; entry < rankings_->size(); ++entry)
      if (!rankings_->preferences(entry).empty()) parcel.entries.push_back(static_cast<std::uint32_t>(entry));
    return parcel;
  }

  // Sorts papers according to the next preference for a candidate who `may_receive`; calls give(candidate, parcel) for
  // each with papers, in order of nomination, and last for `nobody`: the papers that are not transferable.
  template <class MayReceive, class Give>
  void sort(const std::vector<std::uint32_t>& entries, Value value, MayReceive&& may_receive, Give&& give) {
    for (const std::uint32_t entry : entries) {
      const std::span<const Candidate> preferences = rankings_->preferences(entry);
      std::uint16_t& reached = reached_[entry];
      while (reached < preferences.size() && !may_receive(preferences[reached])) ++reached;
      Parcel<Value>& parcel = sorted_[reached < preferences.size() ? preferences[reached] : sorted_.size() - 1];
      parcel.entries.push_back(entry);
      parcel.papers += rankings_->weight(entry);
    }
    for (std::size_t to = 0; to < sorted_.size(); ++to) {
      if (sorted_[to].entries.empty()) continue;
      sorted_[to].value = value;
      give(to + 1 == sorted_.size() ? nobody : static_cast<Candidate>(to), std::exchange(sorted_[to], {}));
    }
  }

  // Lays a parcel on a candidate's pile, together with papers of the same value and batch there.
  void lay(Candidate candidate, Parcel<Value> parcel) {
    for (Parcel<Value>& held : parcels_[candidate]) {
      if (held.batch != parcel.batch || held.value != parcel.value) continue;
      held.entries.insert(held.entries.end(), parcel.entries.begin(), parcel.entries.end());
      held.papers += parcel.papers;
      return;
    }
    parcels_[candidate].push_back(std::move(parcel));
  }

  [[nodiscard]] std::vector<Parcel<Value>>& of(Candidate candidate) { return parcels_[candidate]; }
  // Takes the parcels for which `which(parcel)` holds off a candidate's pile.
  template <class Which>
  [[nodiscard]] std::vector<Parcel<Value>> take(Candidate candidate, Which&& which) {
    std::vector<Parcel<Value>> taken;
    std::vector<Parcel<Value>> left;
    for (Parcel<Value>& parcel : parcels_[candidate]) (which(parcel) ? taken : left).push_back(std::move(parcel));
    parcels_[candidate] = std::move(left);
    return taken;
  }
  // Takes all parcels off a candidate's pile.
  [[nodiscard]] std::vector<Parcel<Value>> take(Candidate candidate) { return std::exchange(parcels_[candidate], {}); }
  [[nodiscard]] std::int64_t papers(Candidate candidate) const {
    std::int64_t papers = 0;
    for (const Parcel<Value>& parcel : parcels_[candidate]) papers += parcel.papers;
    return papers;
  }

 private:
  const Rankings* rankings_;
  std::vector<std::uint16_t> reached_;  // by entry: the place of the preference it lies at
  std::vector<Parcel<Value>> sorted_;   // by candidate, then the not transferable; empty between calls
  std::vector<std::vector<Parcel<Value>>> parcels_;
};

}  // namespace folkmoot::count
