// The prover for proof/shuffle.hpp: GenShuffleProof of the specification's section 6.
#pragma once

#include "proof/shuffle.hpp"
#include "secret/permutation.hpp"
#include "secret/scalar.hpp"
#include "secret/work.hpp"

namespace folkmoot::secret {

// That after[i] is before[j_i] re-encrypted with randomness[i]: after[i] = before[j_i]·(g^r'_i, y^r'_i). (The
// specification counts the r' by the position before; here they go by the position after, which spares permuting them.)
// Progress goes to 4 for each ciphertext.
template <PrimeGroup G>
proof::ShuffleProof<G> prove_shuffle(std::span<const proof::Ciphertext<G>> before,
                                     std::span<const proof::Ciphertext<G>> after,
                                     std::span<const SecretScalar<G>> randomness, const Permutation& permutation,
                                     const Base<G>& y, std::string_view fingerprint, Random& random,
                                     const Work& work = {});

}  // namespace folkmoot::secret
