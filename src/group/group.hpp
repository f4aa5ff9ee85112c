// Prime-order groups: what a group must offer, and the three that Belenios defines (specification, section 5).
//
// A group is a type G with no state: G::Scalar are the integers modulo the order q, G::Element the group's elements,
// written multiplicatively as in the specification. Decoding a text is the only way from outside to an Element, and
// checks that the text is canonical and that the element lies in the subgroup of order q; so whoever holds an Element
// need not check again.
//
// All functions here take public values only and may take time that depends on them (`_vartime` says so where a reader
// could hope otherwise). Secret exponents have a type of their own in secret/.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/sha256.hpp"

namespace folkmoot::group {

template <class S>
concept ScalarOf = std::regular<S> &&
    requires(const S& a, std::string& out, std::string_view text, const Digest& digest) {
  S(std::uint64_t{});                              // explicit, from a small number
  { S::decode(text) } -> std::same_as<Result<S>>;  // decimal, no leading zero, below q
  { S::from_hash(digest) } -> std::same_as<S>;     // 256 bits, big-endian, reduced modulo q
  { a.append_to(out) } -> std::same_as<void>;      // appends the decimal text
  { a.text() } -> std::same_as<std::string>;
  { a + a } -> std::same_as<S>;
  { a - a } -> std::same_as<S>;
  { a* a } -> std::same_as<S>;
  { -a } -> std::same_as<S>;
  { a.inverse() } -> std::same_as<S>;  // of a non-zero scalar
};

template <class E>
concept ElementOf = std::regular<E> && requires(const E& a, std::string& out, std::string_view text) {
  { E::decode(text) } -> std::same_as<Result<E>>;  // canonical text of an element of the subgroup of order q
  { a.append_to(out) } -> std::same_as<void>;      // appends the canonical text
  { a.text() } -> std::same_as<std::string>;
  { a* a } -> std::same_as<E>;
  { a / a } -> std::same_as<E>;
  { a.is_identity() } -> std::same_as<bool>;  // E() is the identity
};

template <class G>
concept PrimeGroup = ScalarOf<typename G::Scalar> && ElementOf<typename G::Element> &&
    requires(const typename G::Scalar& s, const typename G::Element& e, const typename G::FixedBase& fixed,
             std::span<const typename G::Scalar> scalars, std::span<const typename G::Element> elements,
             std::span<const std::uint8_t> ints, std::size_t n, std::int64_t index) {
  // The string that names the group in the election's "group" field and in transcripts.
  { G::name } -> std::convertible_to<std::string_view>;
  { G::generator() } -> std::same_as<const typename G::Element&>;
  // e to the power s; and the product of elements[i] to the power scalars[i].
  { G::power_vartime(e, s) } -> std::same_as<typename G::Element>;
  { G::product_of_powers_vartime(elements, scalars) } -> std::same_as<typename G::Element>;
  // A base with a table, for a base that is raised to many powers; the generator's is ready.
  requires std::constructible_from<typename G::FixedBase, const typename G::Element&>;
  { fixed.power_vartime(s) } -> std::same_as<typename G::Element>;
  { G::fixed_generator() } -> std::same_as<const typename G::FixedBase&>;
  // GetGenerator(index) of the shuffle's section: a generator that nobody knows a logarithm of. index ≥ -1.
  { G::independent_generator(index) } -> std::same_as<typename G::Element>;
  // Those with the indices from `index` on, n of them.
  { G::independent_generators(index, n) } -> std::same_as<std::vector<typename G::Element>>;
  // The order in which the ciphertexts of a non-homomorphic question stand in the encrypted tally.
  { G::published_less(e, e) } -> std::same_as<bool>;
  // Vectors of 8-bit numbers as elements (of_ints, to_ints); G::max_ints is 0 for a group that has no embedding.
  { G::max_ints } -> std::convertible_to<std::size_t>;
  { G::of_ints(ints) } -> std::same_as<Result<typename G::Element>>;
  { G::to_ints(e, n) } -> std::same_as<Result<std::vector<std::uint8_t>>>;
};

// of_ints of each; nothing where it fails.
template <PrimeGroup G>
std::vector<std::optional<typename G::Element>> of_ints_each(std::span<const std::vector<std::uint8_t>> ints) {
  if constexpr (requires { G::of_ints_each(ints); }) {
    return G::of_ints_each(ints);
  } else {
    std::vector<std::optional<typename G::Element>> elements;
    elements.reserve(ints.size());
    for (const auto& some : ints) {
      auto element = G::of_ints(some);
      elements.push_back(element ? std::optional(*std::move(element)) : std::nullopt);
    }
    return elements;
  }
}

}  // namespace folkmoot::group
