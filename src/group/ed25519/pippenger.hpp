// Products of many powers in Ed25519.
#pragma once

#include <span>

#include "group/ed25519/element.hpp"
#include "group/ed25519/scalar.hpp"

namespace folkmoot::group::ed25519 {

// Π bases[i]^exponents[i] by Pippenger's method. Time depends on the values, and on the longest exponent: weights of
// 128 bits cost half of what full exponents do.
Element pippenger(std::span<const Element> bases, std::span<const Scalar> exponents);

}  // namespace folkmoot::group::ed25519
