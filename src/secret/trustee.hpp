// A trustee who holds a key alone (specification, section 4.5 "Verification keys"), and private keys as files hold
// them.
#pragma once

#include "election/trustees.hpp"
#include "secret/scalar.hpp"

namespace folkmoot::secret {

// The public key g^x with its proof of knowledge.
template <PrimeGroup G>
election::TrusteePublicKey<G> public_key(const SecretScalar<G>& private_key, Random& random);

template <PrimeGroup G>
struct KeyPair {
  SecretScalar<G> private_key;
  election::TrusteePublicKey<G> public_key;
};
template <PrimeGroup G>
KeyPair<G> generate_key_pair(Random& random);

// The text of a .privkey file: the decimal number as a JSON string.
template <PrimeGroup G>
SecretText write_private_key(const SecretScalar<G>& private_key);
// The reverse; white space at the end is ignored.
template <PrimeGroup G>
Result<SecretScalar<G>> read_private_key(std::string_view text);

}  // namespace folkmoot::secret
