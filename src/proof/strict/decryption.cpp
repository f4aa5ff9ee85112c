#include "proof/strict/decryption.hpp"

#include <algorithm>
#include <cassert>

#include "base/sha256.hpp"
#include "group/all.hpp"

namespace folkmoot::proof::strict {
namespace {

constexpr std::size_t weight_size = 16;         // in bytes
constexpr std::size_t weights_per_block = 256;  // that one expansion of the seed gives

}  // namespace

template <PrimeGroup G>
Composite<G>::Composite(std::string_view fingerprint, const Element& key, std::span<const Element> alphas,
                        std::span<const Element> factors)
    : key_(key), alphas_(alphas), factors_(factors) {
  assert(alphas.size() == factors.size());
  Sha256 seed;
  seed.add(encode(domain<G>("Seed"))).add(encode(fingerprint)).add(encode(serialize<G>(key)));
  seed.add(big_endian(alphas.size(), 4));
  for (std::size_t i = 0; i < alphas.size(); ++i) {
    add_serialized<G>(seed, alphas[i]);
    add_serialized<G>(seed, factors[i]);
  }
  seed_ = text_of(seed.digest());
}

template <PrimeGroup G>
std::vector<typename G::Scalar> Composite<G>::weights(std::size_t part) const {
  static_assert(part_size % weights_per_block == 0);
  const std::size_t first = part * part_size, last = std::min(first + part_size, alphas_.size());
  const std::string weights_domain = domain<G>("Weights");
  std::vector<Scalar> weights;
  weights.reserve(last - first);
  for (std::size_t i = first; i < last; i += weights_per_block) {
    const std::string block = expand_message_xmd(seed_ + big_endian(i / weights_per_block, 4), weights_domain,
                                                 weights_per_block * weight_size);
    for (std::size_t k = 0; k < std::min(weights_per_block, last - i); ++k) {
      Digest number{};
      std::ranges::copy(std::string_view(block).substr(k * weight_size, weight_size), number.begin() + weight_size);
      weights.push_back(Scalar::from_hash(number));
    }
  }
  return weights;
}

template <PrimeGroup G>
typename G::Element Composite<G>::product(std::span<const Element> elements, std::span<const Scalar> weights,
                                          std::size_t part) {
  return G::product_of_powers_vartime(elements.subspan(part * part_size, weights.size()), weights);
}

template <PrimeGroup G>
typename G::Element Composite<G>::alpha_part(std::size_t part) const {
  return product(alphas_, weights(part), part);
}

template <PrimeGroup G>
Pair<G> Composite<G>::part(std::size_t part) const {
  const std::vector<Scalar> w = weights(part);
  return {product(alphas_, w, part), product(factors_, w, part)};
}

template <PrimeGroup G>
typename G::Scalar Composite<G>::challenge(const Pair<G>& composite, const Element& A, const Element& B) const {
  std::string transcript = encode(seed_);
  for (const Element* element : {&key_, &composite.alpha, &composite.factor, &A, &B}) {
    transcript += encode(serialize<G>(*element));
  }
  return hash_to_scalar<G>(transcript, "Decryption");
}

template <PrimeGroup G>
bool Composite<G>::verify(const Pair<G>& composite, const Proof<G>& proof) const {
  const std::array exponents{proof.response, proof.challenge};
  const std::array bases_of_A{G::generator(), key_};
  const std::array bases_of_B{composite.alpha, composite.factor};
  const Element A = G::product_of_powers_vartime(bases_of_A, exponents);
  const Element B = G::product_of_powers_vartime(bases_of_B, exponents);
  return proof.challenge == challenge(composite, A, B);
}

#define FOLKMOOT_INSTANTIATE(G) template class Composite<G>;
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::proof::strict
