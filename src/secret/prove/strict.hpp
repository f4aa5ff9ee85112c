// The provers for proof/strict/ (docs/strict-profile.md, sections 3 and 4).
#pragma once

#include "proof/strict/decryption.hpp"
#include "proof/strict/signature.hpp"
#include "secret/scalar.hpp"
#include "secret/work.hpp"

namespace folkmoot::secret {

// The signature of a message with the secret of the public key g^x.
template <PrimeGroup G>
proof::Proof<G> sign_strictly(const SecretScalar<G>& x, std::string_view message, Random& random) {
  const auto r = SecretScalar<G>::random(random);
  const auto c = proof::strict::signature_challenge<G>(power_of_g(x).reveal(), power_of_g(r).reveal(), message);
  return {c, (r - x * c).reveal()};
}

// That every factor of the composite is α^x, for the x of its key. Weights and composite are public; what is done with
// x and r takes constant time.
template <PrimeGroup G>
proof::Proof<G> prove_composite(const proof::strict::Composite<G>& composite, const SecretScalar<G>& x, Random& random,
                                const Work& work = {}) {
  std::vector<typename G::Element> parts(composite.parts());
  parallel_for(parts.size(), work, [&](std::size_t i) { parts[i] = composite.alpha_part(i); });
  typename G::Element alpha;
  for (const auto& part : parts) alpha = alpha * part;
  const Base<G> M(alpha);
  const auto r = SecretScalar<G>::random(random);
  const auto c = composite.challenge({alpha, M.power(x).reveal()}, power_of_g(r).reveal(), M.power(r).reveal());
  return {c, (r - x * c).reveal()};
}

}  // namespace folkmoot::secret
