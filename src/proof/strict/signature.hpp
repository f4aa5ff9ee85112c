// Claim: the owner of a public key X signed a message (docs/strict-profile.md, section 4): what trustees sign their
// shuffles, decryptions and commitments with.
#pragma once

#include "proof/proof.hpp"
#include "proof/strict/transcript.hpp"

namespace folkmoot::proof::strict {

// hash_to_scalar(enc(ser(X)) ‖ enc(ser(A)) ‖ T, "Signature")
template <PrimeGroup G>
typename G::Scalar signature_challenge(const typename G::Element& key, const typename G::Element& commitment,
                                       std::string_view message) {
  return hash_to_scalar<G>(encode(serialize<G>(key)) + encode(serialize<G>(commitment)) + std::string(message),
                           "Signature");
}

// With A = g^response · X^challenge.
template <PrimeGroup G>
bool verify_signature(const typename G::Element& key, std::string_view message, const Proof<G>& signature) {
  const std::array bases{G::generator(), key};
  const std::array exponents{signature.response, signature.challenge};
  const auto commitment = G::product_of_powers_vartime(bases, exponents);
  return signature.challenge == signature_challenge<G>(key, commitment, message);
}

}  // namespace folkmoot::proof::strict
