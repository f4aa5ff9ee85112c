// Powers with secret exponents by the hundred: what a shuffle, a decryption and their proofs are made of. In constant
// time as everything here; what comes out is published, but for product_of_powers. On Ed25519 they are computed in
// lanes where the processor has them (bulk_lanes.hpp), else one by one.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "secret/scalar.hpp"
#include "secret/work.hpp"

namespace folkmoot::secret {

// A public base with as many secret exponents as there are products.
template <PrimeGroup G>
struct Powers {
  const Base<G>* base;
  std::span<const SecretScalar<G>> exponents;
};

// For each i, published: the product of bases[k]^exponents[k][i] over all k, and of factors[i] if there are any.
template <PrimeGroup G>
std::vector<typename G::Element> reveal_products(std::span<const Powers<G>> powers,
                                                 std::span<const typename Engine<G>::Element> factors,
                                                 const Work& work);

// For each i, published: bases[i]^first[i], and bases[i]^second[i].
template <PrimeGroup G>
std::array<std::vector<typename G::Element>, 2> reveal_powers(std::span<const typename G::Element> bases,
                                                              std::span<const SecretScalar<G>> first,
                                                              std::span<const SecretScalar<G>> second,
                                                              const Work& work);

// The product of bases[i]^exponents[i] over all i, still secret.
template <PrimeGroup G>
SecretElement<G> product_of_powers(std::span<const typename G::Element> bases,
                                   std::span<const SecretScalar<G>> exponents, const Work& work);

}  // namespace folkmoot::secret
