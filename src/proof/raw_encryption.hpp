// Claim: whoever made the ciphertext (α, β) knows the r with α = g^r, and so the group element that it encrypts
// (specification, section 4.11, "Non-homomorphic answers").
#pragma once

#include "proof/disjunction.hpp"
#include "proof/transcript.hpp"

namespace folkmoot::proof {

namespace v1 {
// H_raweg(S, y, α, β, A) = SHA256("raweg|" S "|" y "," α "," β "|" A), given "α,β" in one.
template <PrimeGroup G>
typename G::Scalar raw_encryption_challenge(std::string_view S, std::string_view public_key,
                                            std::string_view ciphertext, std::string_view commitment) {
  return hash_to_scalar<G>("raweg|", S, "|", public_key, ",", ciphertext, "|", commitment);
}
}  // namespace v1

// `public_key` is the text of the batch's y. With A = g^response · α^challenge. `S`, `public_key` and the subject's
// text must live until the batch has run.
template <PrimeGroup G>
typename Batch<G>::Claim verify_raw_encryption(Batch<G>& batch, std::string_view S, std::string_view public_key,
                                               const Subject<G>& subject, const Proof<G>& proof) {
  const auto commitment = batch.product({{batch.g, proof.response}, {subject.alpha, proof.challenge}});
  return batch.claim([S, public_key, text = std::string_view(subject.text()), commitment,
                      challenge = proof.challenge](const Batch<G>& b) {
    return challenge == v1::raw_encryption_challenge<G>(S, public_key, text, b.text(commitment));
  });
}

}  // namespace folkmoot::proof
