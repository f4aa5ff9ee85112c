// A trustee's part in the commitments of a threshold ceremony (docs/strict-profile.md, section 5): step 3 of
// pedersen.hpp in two. Each trustee makes its polynomial, publishes commit() and keeps the polynomial to itself until
// it has everybody's commitment; then it publishes the polynomial with sign_reveal().
#pragma once

#include "election/key_ceremony.hpp"
#include "secret/pedersen.hpp"

namespace folkmoot::secret {

template <PrimeGroup G>
using KeyCommitments = std::vector<election::KeyCommitment<G>>;

// The certificates have been checked; trustees count from 1.
template <PrimeGroup G>
election::KeyCommitment<G> commit(const Seed& seed, const Certificates<G>& certificates, std::size_t index,
                                  const Polynomial<G>& polynomial, Random& random);
// Fails unless all have committed, each with their signature, and this trustee to this polynomial.
template <PrimeGroup G>
Result<proof::Proof<G>> sign_reveal(const Seed& seed, const Certificates<G>& certificates, std::size_t index,
                                    const KeyCommitments<G>& commitments, const Polynomial<G>& polynomial,
                                    Random& random);

// What those who receive them check: that a commitment is signed; that what trustee `index` reveals is what it had
// committed to, and that it had seen these commitments.
template <PrimeGroup G>
Status check_commitment(const Certificates<G>& certificates, std::size_t index,
                        const election::KeyCommitment<G>& commitment);
template <PrimeGroup G>
Status check_reveal(const Certificates<G>& certificates, std::size_t index, const KeyCommitments<G>& commitments,
                    const election::SignedMessage<G>& coefexps, const proof::Proof<G>& reveal);

}  // namespace folkmoot::secret
