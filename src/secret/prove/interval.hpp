// The prover for proof/interval.hpp: iprove of the specification's section 4.12.
#pragma once

#include "proof/interval.hpp"
#include "secret/prove/disjunction.hpp"

namespace folkmoot::secret {

// That the encryption is one of a number in min..max, as it must be.
template <PrimeGroup G>
std::vector<proof::Proof<G>> prove_interval(std::string_view S, const Base<G>& y, const Encryption<G>& encryption,
                                            std::uint64_t min, std::uint64_t max, Random& random) {
  std::vector<SecretDisjunct<G>> disjuncts;
  for (std::uint64_t value = min; value <= max; ++value) disjuncts.emplace_back(encryption, value);
  return prove_disjunction<G>(
      y, disjuncts,
      [&](const auto& commitments) {
        return proof::v1::interval_challenge<G>(S, transcript_text(encryption.ciphertext), commitments);
      },
      random);
}

}  // namespace folkmoot::secret
