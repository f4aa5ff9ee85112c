// Which numbers are elements of a 2048-bit group: those from 1 to p − 1 whose order is q, or 1.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "group/modp/element.hpp"

namespace folkmoot::group::modp {

// Whether it is from 1 to p − 1.
template <class Parameters>
bool in_field(const Residue& number);

// Whether such a number is an element: it costs an exponentiation in BELENIOS-2048 and a Jacobi symbol in
// RFC-3526-2048, where p = 2q + 1.
template <class Parameters>
bool in_subgroup(const Residue& number);

// Of many numbers those that are elements, in Montgomery's form, and nothing for the others. From some hundred on by
// products of random subsets (group/subsets.hpp): q divides p − 1 only once, so that the numbers from 1 to p − 1 are
// the direct product of the subgroup and of a rest.
template <class Parameters>
std::vector<std::optional<Residue>> members(std::span<const Residue> numbers);

}  // namespace folkmoot::group::modp
