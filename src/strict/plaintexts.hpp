// Whether what voters encrypted is what a device makes of a ranking (docs/strict-profile.md, section 7).
#pragma once

#include <span>
#include <vector>

#include "group/group.hpp"
#include "record/workers.hpp"

namespace folkmoot::strict {

using group::PrimeGroup;

// The places, from 1 and ascending, of the elements that are not what the encoder makes of the numbers that were read
// from them; as many elements as numbers. The workers do the work; the caller waits.
template <PrimeGroup G>
std::vector<std::size_t> odd_plaintexts(std::span<const typename G::Element> elements,
                                        const std::vector<std::vector<std::uint64_t>>& numbers,
                                        record::Workers& workers);

}  // namespace folkmoot::strict
