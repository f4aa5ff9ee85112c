// Small discrete logarithms: from g^m to the total m (specification, section 4.21 "Election result").
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "proof/proof.hpp"

namespace folkmoot::election {

using group::PrimeGroup;

// Finds the m in 0..max with g^m = element, by baby steps and giant steps: about √max group operations and table
// entries to construct, and √max operations a logarithm. Beyond 2^40 or so the giant steps grow instead of the table.
// Only who computes the result needs it: a published total m is checked by g^m.
template <PrimeGroup G>
class DiscreteLog {
 public:
  explicit DiscreteLog(std::uint64_t max);
  // Nothing if there is no such m.
  [[nodiscard]] std::optional<std::uint64_t> find(const typename G::Element& element) const;

 private:
  std::uint64_t max_;
  std::uint64_t steps_;  // how many baby steps: the table has g^0..g^(steps − 1)
  std::unordered_multimap<std::size_t, std::uint32_t> powers_;  // by the hash of their text
  typename G::Element giant_;                                   // g^−steps
};

}  // namespace folkmoot::election
