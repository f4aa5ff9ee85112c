// Commitments of a threshold ceremony (docs/strict-profile.md, section 5): before any trustee reveals the exponents of
// its coefficients, all have published a commitment to theirs. Without them the last trustee chooses knowing the
// others' exponents, and so can choose something about the key.
#pragma once

#include <string>
#include <vector>

#include "election/trustees.hpp"

namespace folkmoot::election {

template <PrimeGroup G>
struct KeyCommitment {
  std::string commitment;  // 64 hexadecimal digits
  Proof<G> signature;      // by the key of the trustee's certificate, of commitment_message()
};

// What the supplement keeps of a ceremony, trustee by trustee.
template <PrimeGroup G>
struct KeyCeremony {
  std::vector<KeyCommitment<G>> commitments;
  std::vector<Proof<G>> reveals;  // signatures of reveal_message(): that one has seen all commitments
};

template <PrimeGroup G>
Result<KeyCommitment<G>> read_key_commitment(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const KeyCommitment<G>& commitment);
template <PrimeGroup G>
Result<KeyCeremony<G>> read_key_ceremony(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const KeyCeremony<G>& ceremony);

// `certs`: what identifies a ceremony in all of this.
template <PrimeGroup G>
std::string certificates_hash(const std::vector<SignedMessage<G>>& certificates);
// commitment_i; `index` counts from 1, `coefexps` is the message of a trustee's coefexps.
std::string key_commitment(std::string_view certs, std::size_t index, std::string_view coefexps);
// What a trustee signs who commits, and who reveals after having seen all commitments.
std::string commitment_message(std::string_view certs, std::size_t index, std::string_view commitment);
template <PrimeGroup G>
std::string reveal_message(std::string_view certs, std::size_t index, const std::vector<KeyCommitment<G>>& commitments);

// That trustee `index` signed the commitment with the verification key of its certificate.
template <PrimeGroup G>
Status check_commitment(std::string_view certs, std::size_t index, const typename G::Element& verification,
                        const KeyCommitment<G>& commitment);

// Whether the group's coefficients are those that were committed to, and everybody signed that. One message for each
// thing that is wrong, naming the trustee; empty if all is well. The group itself is checked by check_trustees.
template <PrimeGroup G>
std::vector<std::string> check_key_ceremony(const ThresholdParameters<G>& parameters, const KeyCeremony<G>& ceremony);

}  // namespace folkmoot::election
