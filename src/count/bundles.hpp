// Bundles of papers, where a rule keeps those apart that came to a candidate in different transfers; and the order in
// which an excluded candidate's bundles go.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "count/exact.hpp"
#include "count/procedure.hpp"

namespace folkmoot::count {

// Papers that came to a candidate in one transfer.
template <class Votes>
struct Bundle {
  Rational value;
  std::size_t transfer;  // the stage that brought them, from 0
  Votes worth{};         // what the candidate was credited with for them
  std::int64_t papers = 0;
  std::vector<std::uint32_t> entries;
};

// What that many papers are worth at `value` each: together, rounded down.
template <class Votes>
Votes worth_of(const Rational& value, std::int64_t papers) {
  const mpz_class units =
      value.get_num() * static_cast<long>(papers) * static_cast<long>(Votes::unit) / value.get_den();
  if (!units.fits_slong_p()) throw Overflow();
  return Votes::of_units(units.get_si());
}

template <class Votes>
std::vector<std::uint32_t> entries_of(const std::vector<Bundle<Votes>>& bundles) {
  std::vector<std::uint32_t> entries;
  for (const auto& bundle : bundles) entries.insert(entries.end(), bundle.entries.begin(), bundle.entries.end());
  return entries;
}

// The names of transfers, by stage. 8.6.2 is by the eighth action, of papers that the sixth had brought, of the second.
class Origins {
 public:
  // The first count is an action, and each surplus and each exclusion.
  void begin_action() { ++action_; }
  // A transfer in this action, of papers that the transfer `brought` had brought; not given if those of several go
  // together.
  void add(std::optional<std::size_t> brought = {}) {
    std::vector<std::size_t>& name = names_.emplace_back(1, action_);
    if (brought) name.insert(name.end(), names_[*brought].begin(), names_[*brought].end());
  }

  template <class Votes>
  void sort(std::vector<Bundle<Votes>>& bundles) const {
    std::ranges::sort(
        bundles, [this](std::size_t a, std::size_t b) { return earlier(names_[a], names_[b]); },
        &Bundle<Votes>::transfer);
  }

 private:
  // The first two numbers are compared as numbers, the others as text.
  static bool earlier(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
      if (a[i] != b[i]) return i < 2 ? a[i] < b[i] : std::to_string(a[i]) < std::to_string(b[i]);
    return a.size() < b.size();
  }

  std::size_t action_ = 1;
  std::vector<std::vector<std::size_t>> names_;
};

// An excluded candidate's papers, as they go together and in which order.
template <class Votes>
std::vector<std::vector<Bundle<Votes>>> groups_of(std::vector<Bundle<Votes>> bundles, Procedure::Order order,
                                                  const Origins& origins) {
  using Order = Procedure::Order;
  std::vector<std::vector<Bundle<Votes>>> groups;
  if (order == Order::by_transfer || order == Order::by_origin) {
    if (order == Order::by_origin) origins.sort(bundles);
    for (auto& bundle : bundles) groups.push_back({std::move(bundle)});
    return groups;
  }
  const auto later = [&](std::size_t transfer) { return order == Order::first_then_by_value && transfer > 0; };
  std::map<std::pair<Rational, bool>, std::vector<Bundle<Votes>>> by_value;
  for (auto& bundle : bundles) by_value[{-bundle.value, later(bundle.transfer)}].push_back(std::move(bundle));
  for (auto& [value, group] : by_value) groups.push_back(std::move(group));
  return groups;
}

}  // namespace folkmoot::count
