// Claims about an answer that may be blank, where m_0 is the blank bit and m_Σ the sum of the other bits
// (specification, section 4.13 "Proofs of possibly-blank votes"):
//   blank proof:   m_0 = 0 or m_Σ = 0            (who votes blank chooses nothing)
//   overall proof: m_0 = 1 or m_Σ in min..max    (who does not, chooses as many as allowed)
#pragma once

#include "proof/disjunction.hpp"
#include "proof/transcript.hpp"

namespace folkmoot::proof {

namespace v1 {
// H_bproof0(S, A_0, B_0, A_Σ, B_Σ) = SHA256("bproof0|" S "|" A_0 "," B_0 "," A_Σ "," B_Σ)
template <PrimeGroup G, TextRange Texts>
typename G::Scalar blank_challenge(std::string_view S, const Texts& commitments) {
  return Transcript("bproof0|", S, "|").list(commitments).template challenge<G>();
}
// H_bproof1(S, A_0, B_0, …, A_k, B_k) = SHA256("bproof1|" S "|" A_0 "," B_0 "," … "," A_k "," B_k)
template <PrimeGroup G, TextRange Texts>
typename G::Scalar blank_overall_challenge(std::string_view S, const Texts& commitments) {
  return Transcript("bproof1|", S, "|").list(commitments).template challenge<G>();
}
}  // namespace v1

// `blank` and `sum` are the encryptions of m_0 and of m_Σ; `proofs` must be two. `S` must live until the batch has run.
template <PrimeGroup G>
typename Batch<G>::Claim verify_blank(Batch<G>& batch, std::string_view S, const Subject<G>& blank,
                                      const Subject<G>& sum, std::span<const Proof<G>> proofs) {
  const std::array<Disjunct<G>, 2> disjuncts{{{&blank, 0}, {&sum, 0}}};
  return verify_disjunction<G>(batch, disjuncts, proofs,
                               [S](const auto&, auto commitments) { return v1::blank_challenge<G>(S, commitments); });
}

// The same for the overall proof; `proofs` must be one for the blank bit and one for each number min..max.
template <PrimeGroup G>
typename Batch<G>::Claim verify_blank_overall(Batch<G>& batch, std::string_view S, const Subject<G>& blank,
                                              const Subject<G>& sum, std::uint64_t min, std::uint64_t max,
                                              std::span<const Proof<G>> proofs) {
  if (max < min || proofs.empty() || proofs.size() - 1 != max - min + 1) return batch.refuse();
  std::vector<Disjunct<G>> disjuncts{{&blank, 1}};
  for (std::uint64_t value = min; value <= max; ++value) disjuncts.push_back({&sum, value});
  return verify_disjunction<G>(batch, disjuncts, proofs, [S](const auto&, auto commitments) {
    return v1::blank_overall_challenge<G>(S, commitments);
  });
}

}  // namespace folkmoot::proof
