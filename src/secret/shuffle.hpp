// A trustee's shuffle of the non-homomorphic ciphertexts, with its proof (specification, sections 4.19 and 6).
#pragma once

#include "election/tally.hpp"
#include "secret/scalar.hpp"
#include "secret/work.hpp"

namespace folkmoot::secret {

// `ciphertexts` has a vector for each non-homomorphic question: those of the encrypted tally, or of the shuffle before.
// The permutation and the re-encryption factors are forgotten when it returns. It takes memory of about 2 kB a
// ciphertext (8 kB in the 2048-bit groups). Progress goes to 5 for each ciphertext.
template <PrimeGroup G>
election::Shuffle<G> shuffle(const std::vector<std::vector<proof::Ciphertext<G>>>& ciphertexts,
                             const typename G::Element& public_key, std::string_view fingerprint, Random& random,
                             const Work& work = {});

}  // namespace folkmoot::secret
