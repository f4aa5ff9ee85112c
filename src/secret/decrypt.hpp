// A trustee's partial decryption of the encrypted tally (specification, section 4.20 "Partial decryptions"). The
// trustee must have verified the record before: decrypting what one has not checked is how a vote's secrecy is lost.
#pragma once

#include "election/tally.hpp"
#include "secret/scalar.hpp"
#include "secret/work.hpp"

namespace folkmoot::secret {

// α^x for every ciphertext of the tally (after the last shuffle), each with its proof. `private_key` is a single
// trustee's, or a threshold trustee's share (decryption_key in pedersen.hpp).
template <PrimeGroup G>
election::PartialDecryption<G> decrypt(const election::EncryptedTally<G>& tally, const SecretScalar<G>& private_key,
                                       std::string_view fingerprint, Random& random, const Work& work = {});

}  // namespace folkmoot::secret
