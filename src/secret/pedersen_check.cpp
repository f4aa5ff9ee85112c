#include "secret/pedersen_check.hpp"

#include <algorithm>

#include "proof/knowledge.hpp"

namespace folkmoot::secret {

using election::CertificateKeys;
using election::Context;
using election::SignedMessage;

std::string trustee_name(std::size_t i) { return fmt::format("trustee {}", i + 1); }

template <PrimeGroup G>
Result<CertificateKeys<G>> Participants<G>::check_certificate(const SignedMessage<G>& certificate,
                                                              const Context& expected) {
  auto keys = TRY(election::certificate_keys(certificate));
  if (!keys.context) return fail("it has no context: made by a tool before 2.5.1");
  const Context& context = *keys.context;
  if (context.group != expected.group) return fail("it is for the group \"{}\"", context.group);
  if (context.size != expected.size) return fail("it is for {} trustees, not {}", context.size, expected.size);
  if (context.threshold != expected.threshold) {
    return fail("its threshold is {}, that of the first is {}", context.threshold, expected.threshold);
  }
  if (context.index != expected.index) return fail("it is that of trustee {}", context.index);
  if (keys.verification.is_identity() || keys.encryption.is_identity()) return fail("1 is nobody's key");
  if (!is_signed<G>(keys.verification, certificate.message, certificate.signature)) {
    return fail("it is not signed by its owner");
  }
  return keys;
}

template <PrimeGroup G>
Result<Participants<G>> Participants<G>::read(const Certificates<G>& certificates) {
  if (certificates.empty()) return fail("there are no certificates");
  const auto first = TRY(in("certificate of trustee 1", election::certificate_keys(certificates.front())));
  Context expected{std::string(G::name), static_cast<std::int64_t>(certificates.size()),
                   first.context ? first.context->threshold : 0, 0};
  if (first.context && (expected.threshold < 1 || expected.threshold > expected.size)) {
    return fail("certificate of trustee 1: a threshold of {} among {}", expected.threshold, expected.size);
  }
  Participants participants(certificates);
  participants.threshold_ = static_cast<std::size_t>(expected.threshold);
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    expected.index = static_cast<std::int64_t>(i + 1);
    const auto where = "certificate of " + trustee_name(i);
    auto keys = TRY(in(where, check_certificate(certificates[i], expected)));
    for (std::size_t k = 0; k < i; ++k) {
      const auto& other = participants[k];
      if (other.verification == keys.verification || other.encryption == keys.encryption) {
        return fail("{}: it has a key of {}", where, trustee_name(k));
      }
    }
    participants.keys_.push_back(std::move(keys));
  }
  return participants;
}

template <PrimeGroup G>
Result<std::size_t> Participants<G>::find(const ChannelKeys<G>& own) const {
  const auto found = std::ranges::find_if(keys_, [&](const auto& keys) {
    return keys.verification == own.verification && keys.encryption == own.encryption;
  });
  if (found == keys_.end()) return fail("your own certificate is not among the certificates");
  return static_cast<std::size_t>(found - keys_.begin());
}

template <PrimeGroup G>
auto Participants<G>::check_coefexps(std::size_t i, const SignedMessage<G>& coefexps,
                                     const proof::Proof<G>& signature) const -> Result<Exponents> {
  const auto& sender = keys_[i].verification;
  if (!is_signed<G>(sender, coefexps.message, coefexps.signature)) return fail("coefexps: not signed by the sender");
  auto exponents = TRY(in("coefexps", election::coefficient_exponents(coefexps)));
  if (exponents.coefexps.size() != threshold_) {
    return fail("coefexps: {} of them, not {}", exponents.coefexps.size(), threshold_);
  }
  if (!is_signed<G>(sender, election::v1::certificates_message(*certificates_, exponents), signature)) {
    return fail("signature: certificates and coefexps are not signed by the sender");
  }
  return exponents;
}

template <PrimeGroup G>
auto Participants<G>::check_polynomial(std::size_t i, const Polynomial<G>& polynomial) const -> Result<Exponents> {
  if (polynomial.secrets.size() != size()) {
    return fail("secrets: {} for {} trustees", polynomial.secrets.size(), size());
  }
  for (std::size_t j = 0; j < polynomial.secrets.size(); ++j) {
    TRY(in(fmt::format("secrets[{}]", j), json::read_canonical(polynomial.secrets[j], read_encrypted_message<G>)));
  }
  TRY(in("polynomial", json::read_canonical(polynomial.polynomial, read_encrypted_message<G>)));
  return check_coefexps(i, polynomial.coefexps, polynomial.signature);
}

template <PrimeGroup G>
auto Participants<G>::check_polynomials(const std::vector<Polynomial<G>>& polynomials) const
    -> Result<std::vector<Exponents>> {
  if (polynomials.size() != size()) return fail("{} polynomials of {} trustees", polynomials.size(), size());
  std::vector<Exponents> coefexps;
  for (std::size_t i = 0; i < polynomials.size(); ++i) {
    coefexps.push_back(TRY(in(trustee_name(i), check_polynomial(i, polynomials[i]))));
  }
  return coefexps;
}

template <PrimeGroup G>
Status Participants<G>::check_voutput(std::size_t i, const std::vector<Exponents>& coefexps,
                                      const Voutput<G>& voutput) const {
  TRY(in("private_key", json::read_canonical(voutput.private_key, read_encrypted_message<G>)));
  const auto& [pok, key, signature] = voutput.public_key;
  if (key != election::threshold_public_key(coefexps, i + 1)) {
    return fail("public_key: not the one that the polynomials give");
  }
  const typename G::FixedBase table(key);
  group::Batch<G> batch(table);
  const auto claim = proof::verify_knowledge<G>(batch, key, pok);
  batch.run();
  if (!batch.holds(claim)) return fail("public_key: pok: the private key is not proved to be known");
  if (!signature || !is_signed<G>(keys_[i].verification, key.text(), *signature)) {
    return fail("public_key: not signed by its owner");
  }
  return {};
}

// What pedersen.hpp offers to a server.

template <PrimeGroup G>
Status check_certificates(const Certificates<G>& certificates) {
  TRY(Participants<G>::read(certificates));
  return {};
}

template <PrimeGroup G>
Status check_polynomial(const Certificates<G>& certificates, std::size_t index, const Polynomial<G>& polynomial) {
  const auto participants = TRY(Participants<G>::read(certificates));
  if (index < 1 || index > participants.size()) return fail("there is no trustee {}", index);
  TRY(in(trustee_name(index - 1), participants.check_polynomial(index - 1, polynomial)));
  return {};
}

template <PrimeGroup G>
Status check_voutput(const Certificates<G>& certificates, const std::vector<Polynomial<G>>& polynomials,
                     std::size_t index, const Voutput<G>& voutput) {
  const auto participants = TRY(Participants<G>::read(certificates));
  if (index < 1 || index > participants.size()) return fail("there is no trustee {}", index);
  const auto coefexps = TRY(participants.check_polynomials(polynomials));
  return in(trustee_name(index - 1), participants.check_voutput(index - 1, coefexps, voutput));
}

#define FOLKMOOT_INSTANTIATE(G)                                                                            \
  template class Participants<G>;                                                                          \
  template Status check_certificates<G>(const Certificates<G>&);                                           \
  template Status check_polynomial<G>(const Certificates<G>&, std::size_t, const Polynomial<G>&);          \
  template Status check_voutput<G>(const Certificates<G>&, const std::vector<Polynomial<G>>&, std::size_t, \
                                   const Voutput<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
