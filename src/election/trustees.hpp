// The trustees and their keys (specification, sections 4.5 to 4.7): single keys, and threshold keys made by Pedersen's
// protocol with its certificates, signed coefficients and verification keys.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "proof/proof.hpp"

namespace folkmoot::election {

using group::Batch;
using group::PrimeGroup;
using proof::Proof;

template <PrimeGroup G>
struct TrusteePublicKey {
  Proof<G> pok;
  typename G::Element public_key;
  std::optional<Proof<G>> signature;  // in threshold mode, where it is required since specification 2.5.1
};

template <PrimeGroup G>
struct SignedMessage {
  std::string message;
  Proof<G> signature;
};

// Which group, how many trustees, how many of them decrypt, and which of them (from 1) this certificate belongs to.
struct Context {
  std::string group;
  std::int64_t size = 0;
  std::int64_t threshold = 0;
  std::int64_t index = 0;
};

template <PrimeGroup G>
struct CertificateKeys {
  Context context;
  typename G::Element verification;
  typename G::Element encryption;
};

template <PrimeGroup G>
struct ThresholdParameters {
  std::int64_t threshold = 0;  // t + 1: how many partial decryptions are needed
  std::vector<SignedMessage<G>> certificates;
  std::vector<SignedMessage<G>> coefficient_exponents;
  std::vector<Proof<G>> signatures;  // absent in records made before 2.5.1: `has_signatures`
  bool has_signatures = true;
  std::vector<TrusteePublicKey<G>> verification_keys;
};

// One item of the trustees structure: a mandatory trustee, or a group of which a threshold suffices.
template <PrimeGroup G>
using TrusteeKind = std::variant<TrusteePublicKey<G>, ThresholdParameters<G>>;

template <PrimeGroup G>
struct Trustees {
  std::vector<TrusteeKind<G>> kinds;

  // All trustees one after the other: their verification keys by "owner" − 1, as owned shuffles and decryptions count.
  [[nodiscard]] std::vector<typename G::Element> verification_keys() const;
};

template <PrimeGroup G>
Result<Trustees<G>> read_trustees(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const Trustees<G>& trustees);

// The election's public key that the trustees make together: the product of the single keys and, for each threshold
// group, of the constant coefficients' exponents. Fails where a coefficients message cannot be read.
template <PrimeGroup G>
Result<typename G::Element> combined_key(const Trustees<G>& trustees);

// Everything that the trustees structure claims: proofs of knowledge; for threshold groups that certificates are
// signed by their owners and agree on group, size, threshold and index, that coefficients and signatures are there and
// signed, that each verification key is what the coefficients say (Π_i Π_k A_ik^(j^k)) and signed by its owner.
// Returns one message for each thing that is wrong, each naming the trustee (by item and index); empty if all is well.
template <PrimeGroup G>
std::vector<std::string> check_trustees(const Trustees<G>& trustees);

}  // namespace folkmoot::election
