// Claim: the owner of a verification key signed a message, in the two forms that the protocol has: a ballot's hash,
// signed with a credential (specification, section 4.16 "Signatures"), and a message between trustees, signed with a
// key of theirs (section 4.6.1 "Signing").
#pragma once

#include "proof/proof.hpp"
#include "proof/transcript.hpp"

namespace folkmoot::proof {

namespace v1 {
// H_signature(H, A) = SHA256("sig|" H "|" A)
template <PrimeGroup G>
typename G::Scalar ballot_signature_challenge(std::string_view hash, std::string_view commitment) {
  return hash_to_scalar<G>("sig|", hash, "|", commitment);
}
// SHA256("sigmsg|" M "|" A)
template <PrimeGroup G>
typename G::Scalar message_signature_challenge(std::string_view message, std::string_view commitment) {
  return hash_to_scalar<G>("sigmsg|", message, "|", commitment);
}
}  // namespace v1

// `hash` is that of the ballot without its signature. It must live until the batch has run.
template <PrimeGroup G>
typename Batch<G>::Claim verify_ballot_signature(Batch<G>& batch, const typename G::Element& credential,
                                                 std::string_view hash, const Proof<G>& proof) {
  const auto commitment = batch.product({{batch.g, proof.response}, {batch.base(credential), proof.challenge}});
  return batch.claim([hash, commitment, challenge = proof.challenge](const Batch<G>& b) {
    return challenge == v1::ballot_signature_challenge<G>(hash, b.text(commitment));
  });
}

// `message` must live until the batch has run.
template <PrimeGroup G>
typename Batch<G>::Claim verify_message_signature(Batch<G>& batch, const typename G::Element& verification_key,
                                                  std::string_view message, const Proof<G>& proof) {
  const auto commitment = batch.product({{batch.g, proof.response}, {batch.base(verification_key), proof.challenge}});
  return batch.claim([message, commitment, challenge = proof.challenge](const Batch<G>& b) {
    return challenge == v1::message_signature_challenge<G>(message, b.text(commitment));
  });
}

}  // namespace folkmoot::proof
