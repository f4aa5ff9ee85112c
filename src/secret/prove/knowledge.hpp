// Proofs that one knows a secret exponent: Schnorr's, in the four forms that the protocol has. They are the same but
// for what the challenge is the hash of.
#pragma once

#include "proof/decryption.hpp"
#include "proof/knowledge.hpp"
#include "proof/raw_encryption.hpp"
#include "proof/signature.hpp"
#include "secret/scalar.hpp"

namespace folkmoot::secret {

// Of the x in g^x; `challenge` is given the text of A = g^w.
template <PrimeGroup G, class Challenge>
proof::Proof<G> prove_exponent(const SecretScalar<G>& x, Challenge challenge, Random& random) {
  const auto w = SecretScalar<G>::random(random);
  const auto c = challenge(power_of_g(w).reveal_text());
  return {c, (w - x * c).reveal()};
}

// For proof/knowledge.hpp: of the x in the public key X = g^x, whose text `key` is (specification, section 4.5).
template <PrimeGroup G>
proof::Proof<G> prove_knowledge(const SecretScalar<G>& x, std::string_view key, Random& random) {
  return prove_exponent(
      x, [&](std::string_view A) { return proof::v1::knowledge_challenge<G>(key, A); }, random);
}

// For proof/raw_encryption.hpp: of the r in (α, β) = (g^r, y^r·ξ) (specification, section 4.11).
template <PrimeGroup G>
proof::Proof<G> prove_raw_encryption(std::string_view S, std::string_view public_key,
                                     const proof::Ciphertext<G>& ciphertext, const SecretScalar<G>& r, Random& random) {
  return prove_exponent(
      r,
      [&](std::string_view A) {
        return proof::v1::raw_encryption_challenge<G>(S, public_key, transcript_text(ciphertext), A);
      },
      random);
}

// For proof/signature.hpp: the signature of a ballot's hash with a credential's key (section 4.16).
template <PrimeGroup G>
proof::Proof<G> sign_ballot(const SecretScalar<G>& key, std::string_view hash, Random& random) {
  return prove_exponent(
      key, [&](std::string_view A) { return proof::v1::ballot_signature_challenge<G>(hash, A); }, random);
}

// The same of a message between trustees (section 4.6.1 "Signing").
template <PrimeGroup G>
proof::Proof<G> sign_message(const SecretScalar<G>& key, std::string_view message, Random& random) {
  return prove_exponent(
      key, [&](std::string_view A) { return proof::v1::message_signature_challenge<G>(message, A); }, random);
}

// For proof/decryption.hpp: that a decryption factor is α^x for the x of the public key X = g^x, whose text `key` is
// (section 4.20).
template <PrimeGroup G>
proof::Proof<G> prove_decryption(std::string_view fingerprint, std::string_view key, const Base<G>& alpha,
                                 const SecretScalar<G>& x, Random& random) {
  const auto w = SecretScalar<G>::random(random);
  const auto A = power_of_g(w).reveal_text();
  const auto B = alpha.power(w).reveal_text();
  const auto c = proof::v1::decryption_challenge<G>(fingerprint, key, A, B);
  return {c, (w - x * c).reveal()};
}

}  // namespace folkmoot::secret
