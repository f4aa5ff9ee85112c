// Claim: a ciphertext encrypts one of the numbers M_0..M_k, a range without gaps (specification, section 4.12 "Proofs
// of interval membership"): that a choice is 0 or 1, that a sum of choices lies in min..max.
#pragma once

#include "proof/disjunction.hpp"
#include "proof/transcript.hpp"

namespace folkmoot::proof {

namespace v1 {
// H_iprove(S, α, β, A_0, B_0, …, A_k, B_k) = SHA256("prove|" S "|" α "," β "|" A_0 "," B_0 "," … "," A_k "," B_k),
// given S, "α,β" and the texts of the commitments in order.
template <PrimeGroup G, TextRange Texts>
typename G::Scalar interval_challenge(std::string_view S, std::string_view ciphertext, const Texts& commitments) {
  return Transcript("prove|", S, "|", ciphertext, "|").list(commitments).template challenge<G>();
}
}  // namespace v1

// `proofs` must be one for each number min..max. `S` and the subject must live until the batch has run.
template <PrimeGroup G>
typename Batch<G>::Claim verify_interval(Batch<G>& batch, std::string_view S, const Subject<G>& subject,
                                         std::uint64_t min, std::uint64_t max, std::span<const Proof<G>> proofs) {
  if (max < min || proofs.size() != max - min + 1) return batch.refuse();
  std::vector<Disjunct<G>> disjuncts;
  for (std::uint64_t value = min; value <= max; ++value) disjuncts.push_back({&subject, value});
  return verify_disjunction<G>(batch, disjuncts, proofs, [S, &subject](const Batch<G>& b, auto commitments) {
    return v1::interval_challenge<G>(S, subject.text(b), commitments);
  });
}

}  // namespace folkmoot::proof
