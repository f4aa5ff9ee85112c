#include "secret/key_ceremony.hpp"

#include "proof/strict/signature.hpp"
#include "secret/pedersen_check.hpp"
#include "secret/prove/strict.hpp"

namespace folkmoot::secret {
namespace {

template <PrimeGroup G>
Status check_opening(const std::string& certs, std::size_t index, const KeyCommitments<G>& commitments,
                     const election::SignedMessage<G>& coefexps) {
  if (commitments[index - 1].commitment == election::key_commitment(certs, index, coefexps.message)) return {};
  return fail("{}: the coefexps are not those that were committed to", trustee_name(index - 1));
}

template <PrimeGroup G>
Status check_commitments(const Certificates<G>& certificates, const KeyCommitments<G>& commitments) {
  if (commitments.size() != certificates.size()) {
    return fail("{} commitments of {} trustees", commitments.size(), certificates.size());
  }
  for (std::size_t i = 0; i < commitments.size(); ++i) TRY(check_commitment(certificates, i + 1, commitments[i]));
  return {};
}

}  // namespace

template <PrimeGroup G>
election::KeyCommitment<G> commit(const Seed& seed, const Certificates<G>& certificates, std::size_t index,
                                  const Polynomial<G>& polynomial, Random& random) {
  const std::string certs = election::certificates_hash(certificates);
  const std::string commitment = election::key_commitment(certs, index, polynomial.coefexps.message);
  const ChannelKeys<G> own(seed);
  return {commitment, sign_strictly(own.signing, election::commitment_message(certs, index, commitment), random)};
}

template <PrimeGroup G>
Result<proof::Proof<G>> sign_reveal(const Seed& seed, const Certificates<G>& certificates, std::size_t index,
                                    const KeyCommitments<G>& commitments, const Polynomial<G>& polynomial,
                                    Random& random) {
  TRY(check_commitments(certificates, commitments));
  const std::string certs = election::certificates_hash(certificates);
  TRY(check_opening(certs, index, commitments, polynomial.coefexps));
  const ChannelKeys<G> own(seed);
  return sign_strictly(own.signing, election::reveal_message(certs, index, commitments), random);
}

template <PrimeGroup G>
Status check_commitment(const Certificates<G>& certificates, std::size_t index,
                        const election::KeyCommitment<G>& commitment) {
  const auto participants = TRY(Participants<G>::read(certificates));
  if (index < 1 || index > participants.size()) return fail("there is no trustee {}", index);
  return in(trustee_name(index - 1), election::check_commitment<G>(election::certificates_hash(certificates), index,
                                                                   participants[index - 1].verification, commitment));
}

template <PrimeGroup G>
Status check_reveal(const Certificates<G>& certificates, std::size_t index, const KeyCommitments<G>& commitments,
                    const election::SignedMessage<G>& coefexps, const proof::Proof<G>& reveal) {
  const auto participants = TRY(Participants<G>::read(certificates));
  if (index < 1 || index > participants.size()) return fail("there is no trustee {}", index);
  TRY(check_commitments(certificates, commitments));
  const std::string certs = election::certificates_hash(certificates);
  TRY(check_opening(certs, index, commitments, coefexps));
  const std::string message = election::reveal_message(certs, index, commitments);
  if (proof::strict::verify_signature<G>(participants[index - 1].verification, message, reveal)) return {};
  return fail("{}: has not signed that all had committed before", trustee_name(index - 1));
}

#define FOLKMOOT_INSTANTIATE(G)                                                                                      \
  template election::KeyCommitment<G> commit(const Seed&, const Certificates<G>&, std::size_t, const Polynomial<G>&, \
                                             Random&);                                                               \
  template Result<proof::Proof<G>> sign_reveal(const Seed&, const Certificates<G>&, std::size_t,                     \
                                               const KeyCommitments<G>&, const Polynomial<G>&, Random&);             \
  template Status check_commitment(const Certificates<G>&, std::size_t, const election::KeyCommitment<G>&);          \
  template Status check_reveal(const Certificates<G>&, std::size_t, const KeyCommitments<G>&,                        \
                               const election::SignedMessage<G>&, const proof::Proof<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
