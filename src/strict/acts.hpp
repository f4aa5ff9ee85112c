// Whether what a trustee adds to a record is proved and signed as the strict profile asks (docs/strict-profile.md,
// sections 3 and 4). `key` is the act's owner's.
#pragma once

#include "election/tally.hpp"
#include "proof/strict/signature.hpp"
#include "record/workers.hpp"
#include "strict/supplement.hpp"

namespace folkmoot::strict {

// All (α, f) of a partial decryption that has the tally's shape, in the order of the batched proof.
template <PrimeGroup G>
struct Pairs {
  std::vector<typename G::Element> alphas, factors;

  Pairs(const election::EncryptedTally<G>& tally, const election::PartialDecryption<G>& decryption) {
    for (std::size_t i = 0; i < tally.questions.size(); ++i) {
      for (const auto& ciphertext : tally.questions[i]) alphas.push_back(ciphertext.alpha);
      for (const auto& factor : decryption.factors[i]) factors.push_back(factor);
    }
  }
};

// ShuffleAct<G> or DecryptionAct<G>.
template <PrimeGroup G, class Act>
Status check_signature(const Bond& bond, const typename G::Element& key, const Act& act) {
  if (proof::strict::verify_signature<G>(key, signed_message(bond, act), act.signature)) return {};
  return fail("not signed by trustee {}", act.owner);
}

// The batched proof of a decryption that has the tally's shape. The workers do the work; the caller waits.
template <PrimeGroup G>
Status check_proof(std::string_view fingerprint, const typename G::Element& key, const DecryptionAct<G>& act,
                   const election::EncryptedTally<G>& tally, const election::PartialDecryption<G>& decryption,
                   record::Workers& workers);

}  // namespace folkmoot::strict
