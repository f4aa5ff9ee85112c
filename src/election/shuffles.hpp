// Shuffles in the course of a tally (specification, section 4.19): which ciphertexts are shuffled, how a shuffle is
// checked, and how the last one's ciphertexts come back into the tally that is decrypted.
#pragma once

#include "election/tally.hpp"

namespace folkmoot::election {

// nh_ciphertexts(a): the ciphertexts of each non-homomorphic question. The tally has the election's shape
// (check_shape).
template <PrimeGroup G>
std::vector<std::vector<Ciphertext<G>>> nonhomomorphic_ciphertexts(const Election<G>& election,
                                                                   const EncryptedTally<G>& tally);

// The tally a' with nh_ciphertexts(a') = shuffled. Fails if the number of questions or of ciphertexts is not the
// tally's.
template <PrimeGroup G>
Result<EncryptedTally<G>> merge_shuffled(const Election<G>& election, EncryptedTally<G> tally,
                                         std::vector<std::vector<Ciphertext<G>>> shuffled);

// That the shuffle has as many questions, ciphertexts and proofs as what it shuffles.
template <PrimeGroup G>
Status check_shape(const std::vector<std::vector<Ciphertext<G>>>& before, const Shuffle<G>& shuffle);

// The shape, and every proof (proof::verify_shuffle). One message for each thing that is wrong.
template <PrimeGroup G>
std::vector<std::string> check_shuffle(std::string_view fingerprint, const typename G::FixedBase& public_key,
                                       const std::vector<std::vector<Ciphertext<G>>>& before, const Shuffle<G>& shuffle,
                                       const ForEach& for_each = one_by_one);

}  // namespace folkmoot::election
