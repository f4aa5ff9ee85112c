// Products of many powers in a 2048-bit group.
#pragma once

#include <span>

#include "group/modp/element.hpp"
#include "group/modp/scalar.hpp"

namespace folkmoot::group::modp {

// Π bases[i]^exponents[i] by Pippenger's method; the spans are equally long. Time depends on the values, and on the
// longest exponent: weights of 128 bits cost half of what exponents of 256 do.
template <class Parameters>
Element<Parameters> pippenger(std::span<const Element<Parameters>> bases,
                              std::span<const Scalar<Parameters>> exponents);

extern template Element<Belenios2048Parameters> pippenger(std::span<const Element<Belenios2048Parameters>>,
                                                          std::span<const Scalar<Belenios2048Parameters>>);
extern template Element<Rfc3526Parameters> pippenger(std::span<const Element<Rfc3526Parameters>>,
                                                     std::span<const Scalar<Rfc3526Parameters>>);

}  // namespace folkmoot::group::modp
