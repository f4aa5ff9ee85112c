// The prover for proof/nonzero.hpp (specification, section 4.15).
#pragma once

#include "proof/nonzero.hpp"
#include "secret/prove/encryption.hpp"

namespace folkmoot::secret {

// That the encryption (α, β) = (g^r, y^r·g^m) is one of m ≠ 0, as it must be. Since r and m are known, the powers of α
// and β are powers of g and y:
//   A_0 = β^s·y^(−s·r) = g^(s·m),  A_1 = α^w_1·g^w_2 = g^v,  A_2 = β^w_1·y^w_2 = y^v·g^(m·w_1)  with v = r·w_1 + w_2.
template <PrimeGroup G>
proof::NonzeroProof<G> prove_nonzero(std::string_view S, const Base<G>& y, const Encryption<G>& encryption,
                                     Random& random) {
  const auto& r = encryption.randomness;
  const auto& m = encryption.plaintext;
  auto s = SecretScalar<G>::random(random);
  while (s.is_zero().reveal()) s = SecretScalar<G>::random(random);
  const auto w1 = SecretScalar<G>::random(random);
  const auto w2 = SecretScalar<G>::random(random);
  const auto v = r * w1 + w2;
  const auto A0 = power_of_g(s * m).reveal();
  const auto A1 = power_of_g(v).reveal_text();
  const auto A2 = (y.power(v) * power_of_g(m * w1)).reveal_text();
  const auto c = proof::v1::nonzero_challenge<G>(S, A0.text(), A1, A2);
  return {A0, c, {(w1 - s * c).reveal(), (w2 + s * r * c).reveal()}};
}

}  // namespace folkmoot::secret
