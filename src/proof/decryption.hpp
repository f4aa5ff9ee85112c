// Claim: a trustee's decryption factor is α^x for the x of their public key X = g^x (specification, section 4.20
// "Partial decryptions").
#pragma once

#include "proof/proof.hpp"
#include "proof/transcript.hpp"

namespace folkmoot::proof {

namespace v1 {
// H_decrypt(X, A, B) = SHA256("decrypt|" φ "|" X "|" A "," B)
template <PrimeGroup G>
typename G::Scalar decryption_challenge(std::string_view fingerprint, std::string_view public_key, std::string_view A,
                                        std::string_view B) {
  return hash_to_scalar<G>("decrypt|", fingerprint, "|", public_key, "|", A, ",", B);
}
}  // namespace v1

// X as a base of the batch, and its text. With A = g^response · X^challenge and B = α^response · factor^challenge.
// A batch about one trustee may be made with X as its y (Batch(FixedBase(X)), `batch.y`): X then has a table.
// `fingerprint` and `key_text` must live until the batch has run.
template <PrimeGroup G>
typename Batch<G>::Claim verify_decryption(Batch<G>& batch, std::string_view fingerprint, typename Batch<G>::Base key,
                                           std::string_view key_text, const typename G::Element& alpha,
                                           const typename G::Element& factor, const Proof<G>& proof) {
  const auto A = batch.product({{batch.g, proof.response}, {key, proof.challenge}});
  const auto B = batch.product({{batch.base(alpha), proof.response}, {batch.base(factor), proof.challenge}});
  return batch.claim([fingerprint, key_text, A, B, challenge = proof.challenge](const Batch<G>& b) {
    return challenge == v1::decryption_challenge<G>(fingerprint, key_text, b.text(A), b.text(B));
  });
}

}  // namespace folkmoot::proof
