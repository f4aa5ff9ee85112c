// The group Ed25519 (specification, section 5.2.1).
#pragma once

#include <optional>
#include <vector>

#include "group/ed25519/element.hpp"
#include "group/ed25519/fixed_base.hpp"
#include "group/ed25519/scalar.hpp"
#include "group/group.hpp"

namespace folkmoot::group {

template <class G>
struct Products;  // batch.hpp

struct Ed25519 {
  static constexpr std::string_view name = "Ed25519";
  using Scalar = ed25519::Scalar;
  using Element = ed25519::Element;
  using FixedBase = ed25519::FixedBase;

  static const Element& generator();
  static Element power_vartime(const Element& base, const Scalar& exponent);
  // Π bases[i]^exponents[i]; the spans are equally long.
  static Element product_of_powers_vartime(std::span<const Element> bases, std::span<const Scalar> exponents);
  static const FixedBase& fixed_generator();
  // The texts of many products of powers, in their order.
  static ed25519::Texts compute(const Products<Ed25519>& products);
  // The products themselves.
  static std::vector<Element> compute_elements(const Products<Ed25519>& products);

  // GetGenerator(index) for Ed25519, index ≥ −1. (It cannot come to the identity or to g, other than with probability
  // 2^-252; that asserts.)
  static Element independent_generator(std::int64_t index);
  // GetGenerator(first), …: so many of them, at a time.
  static std::vector<Element> independent_generators(std::int64_t first, std::size_t count);
  // The order of a non-homomorphic question's ciphertexts in the encrypted tally: by RFC 8032's 32 bytes.
  static bool published_less(const Element& a, const Element& b);

  // of_ints and to_ints: eight bits a number, 14 bits of padding.
  static constexpr std::size_t max_ints = 30;
  // Fails if there are more than max_ints numbers.
  static Result<Element> of_ints(std::span<const std::uint8_t> ints);
  // The same for many, which costs each a fraction; nothing where it fails.
  static std::vector<std::optional<Element>> of_ints_each(std::span<const std::vector<std::uint8_t>> ints);
  // The n numbers as version 1's tools read them from any element: those above the padding; higher bits are ignored.
  // Fails if n > max_ints.
  static Result<std::vector<std::uint8_t>> to_ints(const Element& element, std::size_t n);
  // Whether the element is just what of_ints makes of the n numbers that to_ints reads from it.
  static bool is_canonical_embedding(const Element& element, std::size_t n);
};

static_assert(PrimeGroup<Ed25519>);

}  // namespace folkmoot::group
