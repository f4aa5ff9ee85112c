// ElGamal encryptions by someone who keeps what opens them: what the provers of a ballot prove things about.
#pragma once

#include "proof/proof.hpp"
#include "secret/scalar.hpp"

namespace folkmoot::secret {

// (g^r, y^r·g^m) with r and m.
template <PrimeGroup G>
struct Encryption {
  proof::Ciphertext<G> ciphertext;
  SecretScalar<G> randomness;
  SecretScalar<G> plaintext;

  // The encryption of the sum.
  friend Encryption operator*(const Encryption& a, const Encryption& b) {
    return {a.ciphertext * b.ciphertext, a.randomness + b.randomness, a.plaintext + b.plaintext};
  }
};

// Encrypts 0 or 1 under the public key y.
template <PrimeGroup G>
Encryption<G> encrypt(const Base<G>& y, SecretBit bit, Random& random) {
  auto r = SecretScalar<G>::random(random);
  const auto g_to_the_bit = SecretElement<G>::choose(bit, SecretElement<G>(G::generator()), SecretElement<G>());
  return {{power_of_g(r).reveal(), (y.power(r) * g_to_the_bit).reveal()},
          std::move(r),
          SecretScalar<G>::of(bit.mask() & 1)};
}

}  // namespace folkmoot::secret
