// The prover for proof/list.hpp (specification, section 4.14).
#pragma once

#include "proof/list.hpp"
#include "secret/prove/disjunction.hpp"

namespace folkmoot::secret {

// That `list` encrypts 1 or `candidates` (the sum of the list's candidates) encrypts 0, as it must be.
template <PrimeGroup G>
std::vector<proof::Proof<G>> prove_list(std::string_view S, const Base<G>& y, const Encryption<G>& list,
                                        const Encryption<G>& candidates, Random& random) {
  const std::array<SecretDisjunct<G>, 2> disjuncts{{{list, 1}, {candidates, 0}}};
  return prove_disjunction<G>(
      y, disjuncts, [&](const auto& commitments) { return proof::v1::list_challenge<G>(S, commitments); }, random);
}

}  // namespace folkmoot::secret
