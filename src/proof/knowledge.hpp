// Claim: the owner of a public key X knows the x with X = g^x (specification, section 4.5 "Verification keys").
#pragma once

#include "proof/proof.hpp"
#include "proof/transcript.hpp"

namespace folkmoot::proof {

namespace v1 {
// H_pok(X, A) = SHA256("pok|" G "|" X "|" A)
template <PrimeGroup G>
typename G::Scalar knowledge_challenge(std::string_view key, std::string_view commitment) {
  return hash_to_scalar<G>("pok|", G::name, "|", key, "|", commitment);
}
}  // namespace v1

template <PrimeGroup G>
typename Batch<G>::Claim verify_knowledge(Batch<G>& batch, const typename G::Element& key, const Proof<G>& proof) {
  const auto commitment = batch.product({{batch.g, proof.response}, {batch.base(key), proof.challenge}});
  return batch.claim([commitment, challenge = proof.challenge, text = key.text()](const Batch<G>& b) {
    return challenge == v1::knowledge_challenge<G>(text, b.text(commitment));
  });
}

}  // namespace folkmoot::proof
