// Products of many powers in Ed25519.
#pragma once

#include <cstdint>
#include <span>

#include "group/ed25519/element.hpp"
#include "group/ed25519/scalar.hpp"

namespace folkmoot::group::ed25519 {

// Π bases[i]^exponents[i] by Pippenger's method. Time depends on the values, and on the longest exponent: weights of
// 128 bits cost half of what full exponents do.
Point pippenger(std::span<const Element> bases, std::span<const Scalar> exponents);

// What its forms share. The exponents are written in `windows` signed digits of `width` bits: −2^(width−1) ≤ digit ≤
// 2^(width−1).
struct Shape {
  std::size_t width;
  std::size_t windows;
};
std::size_t bit_length(const Scalar& exponent);
// The cheapest, for so many factors with exponents of so many bits: a window costs one addition a factor, and two for
// each of its 2^(width−1) buckets.
Shape best_shape(std::size_t factors, std::size_t bits);
// The digits of one exponent, lowest first, every `stride` places.
void recode(const Scalar& exponent, const Shape& shape, std::int16_t* digit, std::size_t stride);

}  // namespace folkmoot::group::ed25519
