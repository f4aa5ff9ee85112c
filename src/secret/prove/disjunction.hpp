// Proofs for proof/disjunction.hpp: of some claims "this encryption is one of the number M", one holds; which one stays
// secret, and so the prover does the same for each.
//
// The specification lets the prover pick the challenge and the response of a claim that does not hold, and compute the
// commitments A = g^response · α^challenge and B = y^response · (β/g^M)^challenge from them. Who knows the r and m of
// (α, β) = (g^r, y^r·g^m) can pick w = response + r·challenge instead, which is as uniform, and has
//   A = g^w   and   B = y^w · g^((m − M)·challenge):
// powers of g and y only, and, where the claim holds and m = M, just the commitments of an honest proof. So w and a
// challenge are picked for every claim, and once the hash is known, the challenge of the claim that holds becomes what
// makes the sum right (B does not depend on it).
#pragma once

#include <cassert>
#include <span>
#include <string>
#include <vector>

#include "secret/prove/encryption.hpp"

namespace folkmoot::secret {

template <PrimeGroup G>
struct SecretDisjunct {
  const SecretScalar<G>* randomness;  // r
  SecretScalar<G> difference;         // m − M: 0 if the claim holds

  SecretDisjunct(const Encryption<G>& encryption, std::uint64_t value)
      : randomness(&encryption.randomness), difference(encryption.plaintext - SecretScalar<G>::of(value)) {}
};

// One proof for each disjunct. At least one claim must hold; if several do, the first of them is taken. `challenge` is
// given the texts of A_0, B_0, A_1, B_1, … and returns the hash of the transcript.
template <PrimeGroup G, class Challenge>
std::vector<proof::Proof<G>> prove_disjunction(const Base<G>& y, std::span<const SecretDisjunct<G>> disjuncts,
                                               Challenge challenge, Random& random) {
  using Secret = SecretScalar<G>;
  struct Picked {
    Secret w, challenge;
  };
  std::vector<Picked> picked;
  std::vector<std::string> commitments;
  Secret sum;
  for (const auto& disjunct : disjuncts) {
    auto w = Secret::random(random);
    auto c = Secret::random(random);
    commitments.push_back(power_of_g(w).reveal_text());
    commitments.push_back((y.power(w) * power_of_g(disjunct.difference * c)).reveal_text());
    sum = sum + c;
    picked.push_back({std::move(w), std::move(c)});
  }
  const Secret missing = Secret::of(challenge(commitments)) - sum;

  std::vector<proof::Proof<G>> proofs;
  SecretBit found(false);
  for (std::size_t j = 0; j < disjuncts.size(); ++j) {
    const SecretBit holds = disjuncts[j].difference.is_zero() & !found;
    found = found | holds;
    const Secret c = picked[j].challenge + Secret::choose(holds, missing, Secret());
    proofs.push_back({c.reveal(), (picked[j].w - *disjuncts[j].randomness * c).reveal()});
  }
  assert(found.reveal());
  return proofs;
}

}  // namespace folkmoot::secret
