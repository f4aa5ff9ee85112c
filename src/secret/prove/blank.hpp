// The provers for proof/blank.hpp (specification, section 4.13). `blank` encrypts m_0, `sum` encrypts m_Σ.
#pragma once

#include "proof/blank.hpp"
#include "secret/prove/disjunction.hpp"

namespace folkmoot::secret {

// That m_0 = 0 or m_Σ = 0, as it must be.
template <PrimeGroup G>
std::vector<proof::Proof<G>> prove_blank(std::string_view S, const Base<G>& y, const Encryption<G>& blank,
                                         const Encryption<G>& sum, Random& random) {
  const std::array<SecretDisjunct<G>, 2> disjuncts{{{blank, 0}, {sum, 0}}};
  return prove_disjunction<G>(
      y, disjuncts, [&](const auto& commitments) { return proof::v1::blank_challenge<G>(S, commitments); }, random);
}

// That m_0 = 1 or m_Σ in min..max, as it must be.
template <PrimeGroup G>
std::vector<proof::Proof<G>> prove_blank_overall(std::string_view S, const Base<G>& y, const Encryption<G>& blank,
                                                 const Encryption<G>& sum, std::uint64_t min, std::uint64_t max,
                                                 Random& random) {
  std::vector<SecretDisjunct<G>> disjuncts;
  disjuncts.emplace_back(blank, 1);
  for (std::uint64_t value = min; value <= max; ++value) disjuncts.emplace_back(sum, value);
  return prove_disjunction<G>(
      y, disjuncts, [&](const auto& commitments) { return proof::v1::blank_overall_challenge<G>(S, commitments); },
      random);
}

}  // namespace folkmoot::secret
