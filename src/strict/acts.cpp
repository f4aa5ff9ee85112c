#include "strict/acts.hpp"

#include <deque>

#include "group/all.hpp"
#include "proof/strict/decryption.hpp"

namespace folkmoot::strict {

template <PrimeGroup G>
Status check_proof(std::string_view fingerprint, const typename G::Element& key, const DecryptionAct<G>& act,
                   const election::EncryptedTally<G>& tally, const election::PartialDecryption<G>& decryption,
                   record::Workers& workers) {
  const Pairs<G> pairs(tally, decryption);
  const proof::strict::Composite<G> composite(fingerprint, key, pairs.alphas, pairs.factors);
  std::deque<record::Future<proof::strict::Pair<G>>> parts;
  for (std::size_t i = 0; i < composite.parts(); ++i) {
    parts.push_back(workers.run([&composite, i] { return composite.part(i); }));
  }
  record::Workers::wait(parts);
  proof::strict::Pair<G> product;
  for (auto& part : parts) {
    const auto [alpha, factor] = part.get();
    product = {product.alpha * alpha, product.factor * factor};
  }
  if (composite.verify(product, act.proof)) return {};
  return fail("some factor of trustee {} is false, or its proof is", act.owner);
}

#define FOLKMOOT_INSTANTIATE(G)                                                                             \
  template Status check_proof<G>(std::string_view, const typename G::Element&, const DecryptionAct<G>&,     \
                                 const election::EncryptedTally<G>&, const election::PartialDecryption<G>&, \
                                 record::Workers&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::strict
