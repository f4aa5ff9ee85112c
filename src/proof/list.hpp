// Claim about one list of a lists question: the list is chosen, or none of its candidates is (specification,
// section 4.14 "Proofs of list constraints"): L = 1 or Σ C_j = 0.
#pragma once

#include "proof/disjunction.hpp"
#include "proof/transcript.hpp"

namespace folkmoot::proof {

namespace v1 {
// H_lproof(S, A_0, B_0, A_1, B_1) = SHA256("lproof|" S "|" A_0 "," B_0 "," A_1 "," B_1)
template <PrimeGroup G, TextRange Texts>
typename G::Scalar list_challenge(std::string_view S, const Texts& commitments) {
  return Transcript("lproof|", S, "|").list(commitments).template challenge<G>();
}
}  // namespace v1

// `list` and `candidates` are the encryptions of L and of the sum of its candidates' bits; `proofs` must be two. `S`
// must live until the batch has run.
template <PrimeGroup G>
typename Batch<G>::Claim verify_list(Batch<G>& batch, std::string_view S, const Subject<G>& list,
                                     const Subject<G>& candidates, std::span<const Proof<G>> proofs) {
  const std::array<Disjunct<G>, 2> disjuncts{{{&list, 1}, {&candidates, 0}}};
  return verify_disjunction<G>(batch, disjuncts, proofs,
                               [S](const auto&, auto commitments) { return v1::list_challenge<G>(S, commitments); });
}

}  // namespace folkmoot::proof
