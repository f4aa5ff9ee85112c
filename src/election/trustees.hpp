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
  std::optional<Proof<G>> signature;  // in threshold mode: of the key's text, by its owner; required since 2.5.1
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
  std::optional<Context> context;  // required since 2.5.1
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

// The parts, which the trustees also exchange while they make their keys.
template <PrimeGroup G>
Result<TrusteePublicKey<G>> read_trustee_public_key(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const TrusteePublicKey<G>& key);
template <PrimeGroup G>
Result<SignedMessage<G>> read_signed_message(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const SignedMessage<G>& message);
template <PrimeGroup G>
Result<ThresholdParameters<G>> read_threshold_parameters(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const ThresholdParameters<G>& parameters);

// The cert_keys inside a certificate's message, and the A_0..A_t inside a coefexps message: JSON in a string, which
// must be canonical too. Reading the message does not check its signature.
template <PrimeGroup G>
Result<CertificateKeys<G>> certificate_keys(const SignedMessage<G>& certificate);
template <PrimeGroup G>
void write(json::Writer& writer, const CertificateKeys<G>& keys);
template <PrimeGroup G>
struct CoefficientExponents {
  std::vector<typename G::Element> coefexps;
};
template <PrimeGroup G>
Result<CoefficientExponents<G>> coefficient_exponents(const SignedMessage<G>& coefexps);
template <PrimeGroup G>
void write(json::Writer& writer, const CoefficientExponents<G>& coefexps);

namespace v1 {
// The message whose signature a trustee adds to their coefficients: "certs_sig|" and the JSON of {certs, coefexps}.
template <PrimeGroup G>
std::string certificates_message(const std::vector<SignedMessage<G>>& certificates,
                                 const CoefficientExponents<G>& coefexps);
}  // namespace v1

// What the coefficients of all trustees say that trustee `index` (from 1) has for a public key: Π_i Π_k A_ik^(index^k).
// All A_i are equally long.
template <PrimeGroup G>
typename G::Element threshold_public_key(const std::vector<CoefficientExponents<G>>& coefexps, std::uint64_t index);

// The election's public key that the trustees make together: the product of the single keys and, for each threshold
// group, of the constant coefficients' exponents. Fails where a coefficients message cannot be read.
template <PrimeGroup G>
Result<typename G::Element> combined_key(const Trustees<G>& trustees);

// Everything that the trustees structure claims: proofs of knowledge; for threshold groups that certificates are
// signed by their owners and agree on group, size, threshold and index, that coefficients and signatures are there and
// signed, that each verification key is what the coefficients say (threshold_public_key) and signed by its owner.
// Returns one message for each thing that is wrong, each naming the trustee (by item and index); empty if all is well.
// A threshold group as tools before 2.5.1 made them, with neither signatures nor contexts, gets one message for all of
// these; what it does have is checked like any other's.
template <PrimeGroup G>
std::vector<std::string> check_trustees(const Trustees<G>& trustees);

}  // namespace folkmoot::election
