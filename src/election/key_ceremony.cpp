#include "election/key_ceremony.hpp"

#include "base/sha256.hpp"
#include "election/election.hpp"
#include "group/all.hpp"
#include "proof/strict/signature.hpp"

namespace folkmoot::election {
namespace {

using proof::strict::profile;

template <PrimeGroup G>
Result<std::vector<KeyCommitment<G>>> read_commitments(json::Value value) {
  return json::read_array(value, read_key_commitment<G>);
}
template <PrimeGroup G>
Result<std::vector<Proof<G>>> read_proofs(json::Value value) {
  return json::read_array(value, proof::read_proof<G>);
}

}  // namespace

template <PrimeGroup G>
Result<KeyCommitment<G>> read_key_commitment(json::Value value) {
  auto commitment = TRY(json::read_field(value, "commitment", read_hash));
  auto signature = TRY(json::read_field(value, "signature", proof::read_proof<G>));
  return KeyCommitment<G>{std::move(commitment), std::move(signature)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const KeyCommitment<G>& commitment) {
  writer.begin_object();
  writer.key("commitment").plain_string(commitment.commitment);
  write(writer.key("signature"), commitment.signature);
  writer.end_object();
}

template <PrimeGroup G>
Result<KeyCeremony<G>> read_key_ceremony(json::Value value) {
  auto commitments = TRY(json::read_field(value, "commitments", read_commitments<G>));
  auto reveals = TRY(json::read_field(value, "reveals", read_proofs<G>));
  return KeyCeremony<G>{std::move(commitments), std::move(reveals)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const KeyCeremony<G>& ceremony) {
  writer.begin_object();
  json::write_array(writer.key("commitments"), ceremony.commitments);
  json::write_array(writer.key("reveals"), ceremony.reveals);
  writer.end_object();
}

template <PrimeGroup G>
std::string certificates_hash(const std::vector<SignedMessage<G>>& certificates) {
  json::Writer writer;
  json::write_array(writer, certificates);
  return sha256_hex(writer.text());
}

std::string key_commitment(std::string_view certs, std::size_t index, std::string_view coefexps) {
  return sha256_hex(fmt::format("{}|coefexps|{}|{}|{}", profile, certs, index, coefexps));
}

std::string commitment_message(std::string_view certs, std::size_t index, std::string_view commitment) {
  return fmt::format("{}|commitment|{}|{}|{}", profile, certs, index, commitment);
}

template <PrimeGroup G>
std::string reveal_message(std::string_view certs, std::size_t index,
                           const std::vector<KeyCommitment<G>>& commitments) {
  std::string all;
  for (const auto& [commitment, signature] : commitments) all += (all.empty() ? "" : ",") + commitment;
  return fmt::format("{}|reveal|{}|{}|{}", profile, certs, index, sha256_hex(all));
}

template <PrimeGroup G>
Status check_commitment(std::string_view certs, std::size_t index, const typename G::Element& verification,
                        const KeyCommitment<G>& commitment) {
  const std::string message = commitment_message(certs, index, commitment.commitment);
  if (proof::strict::verify_signature<G>(verification, message, commitment.signature)) return {};
  return fail("the commitment is not signed by the trustee");
}

template <PrimeGroup G>
std::vector<std::string> check_key_ceremony(const ThresholdParameters<G>& parameters, const KeyCeremony<G>& ceremony) {
  const std::size_t size = parameters.certificates.size();
  if (ceremony.commitments.size() != size || ceremony.reveals.size() != size ||
      parameters.coefficient_exponents.size() != size) {
    return {fmt::format("{} commitments and {} reveals of {} trustees", ceremony.commitments.size(),
                        ceremony.reveals.size(), size)};
  }
  const std::string certs = certificates_hash(parameters.certificates);
  const auto check = [&](std::size_t i) -> Status {
    const auto keys = TRY(in("certificate", certificate_keys(parameters.certificates[i])));
    const KeyCommitment<G>& commitment = ceremony.commitments[i];
    TRY(check_commitment<G>(certs, i + 1, keys.verification, commitment));
    if (commitment.commitment != key_commitment(certs, i + 1, parameters.coefficient_exponents[i].message)) {
      return fail("the commitment is not to the coefexps that were revealed");
    }
    const std::string message = reveal_message(certs, i + 1, ceremony.commitments);
    if (!proof::strict::verify_signature<G>(keys.verification, message, ceremony.reveals[i])) {
      return fail("the trustee has not signed that all had committed before");
    }
    return {};
  };
  std::vector<std::string> messages;
  for (std::size_t i = 0; i < size; ++i) {
    if (const Status good = check(i); !good) {
      messages.push_back(good.error().in(fmt::format("trustee {}", i + 1)).message);
    }
  }
  return messages;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                             \
  template Result<KeyCommitment<G>> read_key_commitment<G>(json::Value);                                    \
  template void write(json::Writer&, const KeyCommitment<G>&);                                              \
  template Result<KeyCeremony<G>> read_key_ceremony<G>(json::Value);                                        \
  template void write(json::Writer&, const KeyCeremony<G>&);                                                \
  template std::string certificates_hash(const std::vector<SignedMessage<G>>&);                             \
  template std::string reveal_message(std::string_view, std::size_t, const std::vector<KeyCommitment<G>>&); \
  template Status check_commitment<G>(std::string_view, std::size_t, const typename G::Element&,            \
                                      const KeyCommitment<G>&);                                             \
  template std::vector<std::string> check_key_ceremony(const ThresholdParameters<G>&, const KeyCeremony<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
