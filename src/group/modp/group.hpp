// The groups BELENIOS-2048 and RFC-3526-2048: subgroups of prime order q of the integers modulo a 2048-bit prime p
// (specification, section 5.1).
#pragma once

#include <string>
#include <vector>

#include "group/group.hpp"
#include "group/modp/element.hpp"
#include "group/modp/fixed_base.hpp"
#include "group/modp/scalar.hpp"

namespace folkmoot::group {

template <class G>
struct Products;  // batch.hpp

namespace modp {

template <class Parameters>
struct Group {
  static constexpr std::string_view name = Parameters::name;
  using Scalar = modp::Scalar<Parameters>;
  using Element = modp::Element<Parameters>;
  using FixedBase = modp::FixedBase<Parameters>;

  static const Element& generator();
  static Element power_vartime(const Element& base, const Scalar& exponent);
  // Π bases[i]^exponents[i]; the spans are equally long.
  static Element product_of_powers_vartime(std::span<const Element> bases, std::span<const Scalar> exponents);
  static const FixedBase& fixed_generator();

  // GetGenerator(index) for finite fields, index ≥ −1. (It cannot come to 0, 1 or g, other than with negligible
  // probability; that asserts.)
  static Element independent_generator(std::int64_t index);
  static std::vector<Element> independent_generators(std::int64_t first, std::size_t count);
  // The order of a non-homomorphic question's ciphertexts in the encrypted tally: as numbers.
  static bool published_less(const Element& a, const Element& b);

  // of_ints and to_ints: eight bits a number, eight bits of padding.
  static constexpr std::size_t max_ints = Parameters::max_ints;
  // Fails if there are more than max_ints numbers (or just as many, and the first of them are all 255, which exceeds
  // p), or if the group has no embedding.
  static Result<Element> of_ints(std::span<const std::uint8_t> ints);
  // The n numbers as version 1's tools read them from any element: those above the padding; higher bits are ignored.
  // Fails if n > max_ints, or the group has no embedding.
  static Result<std::vector<std::uint8_t>> to_ints(const Element& element, std::size_t n);
  // Whether the element is just what of_ints makes of the n numbers that to_ints reads from it.
  static bool is_canonical_embedding(const Element& element, std::size_t n);
};

}  // namespace modp

struct Belenios2048 : modp::Group<modp::Belenios2048Parameters> {
  // The texts of many products of powers, in their order.
  static std::vector<std::string> compute(const Products<Belenios2048>& products);
};
struct Rfc3526 : modp::Group<modp::Rfc3526Parameters> {
  static std::vector<std::string> compute(const Products<Rfc3526>& products);
};

static_assert(PrimeGroup<Belenios2048>);
static_assert(PrimeGroup<Rfc3526>);

}  // namespace folkmoot::group
