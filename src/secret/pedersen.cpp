#include "secret/pedersen.hpp"

#include <algorithm>

#include "secret/base58.hpp"
#include "secret/prove/knowledge.hpp"
#include "secret/secret_json.hpp"
#include "secret/trustee.hpp"

namespace folkmoot::secret {
namespace {

using election::CertificateKeys;
using election::CoefficientExponents;
using election::Context;
using election::SignedMessage;

std::string trustee(std::size_t i) { return fmt::format("trustee {}", i + 1); }

// What the certificates of one run say, once they are checked.
template <PrimeGroup G>
struct Participants {
  std::vector<CertificateKeys<G>> keys;
  std::size_t threshold = 0;

  [[nodiscard]] std::size_t size() const { return keys.size(); }
};

template <PrimeGroup G>
Result<CertificateKeys<G>> check_certificate(const SignedMessage<G>& certificate, const Context& expected) {
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
Result<Participants<G>> read_certificates(const Certificates<G>& certificates) {
  if (certificates.empty()) return fail("there are no certificates");
  const auto first = TRY(in("certificate of trustee 1", election::certificate_keys(certificates.front())));
  Context expected{std::string(G::name), static_cast<std::int64_t>(certificates.size()),
                   first.context ? first.context->threshold : 0, 0};
  if (first.context && (expected.threshold < 1 || expected.threshold > expected.size)) {
    return fail("certificate of trustee 1: a threshold of {} among {}", expected.threshold, expected.size);
  }
  Participants<G> participants{{}, static_cast<std::size_t>(expected.threshold)};
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    expected.index = static_cast<std::int64_t>(i + 1);
    const auto where = fmt::format("certificate of {}", trustee(i));
    auto keys = TRY(in(where, check_certificate(certificates[i], expected)));
    for (std::size_t k = 0; k < i; ++k) {
      if (participants.keys[k].verification == keys.verification ||
          participants.keys[k].encryption == keys.encryption) {
        return fail("{}: it has a key of {}", where, trustee(k));
      }
    }
    participants.keys.push_back(std::move(keys));
  }
  return participants;
}

// Which of the participants has these keys.
template <PrimeGroup G>
Result<std::size_t> find_own(const Participants<G>& participants, const ChannelKeys<G>& own) {
  const auto found = std::ranges::find_if(participants.keys, [&](const auto& keys) {
    return keys.verification == own.verification && keys.encryption == own.encryption;
  });
  if (found == participants.keys.end()) return fail("your own certificate is not among the certificates");
  return static_cast<std::size_t>(found - participants.keys.begin());
}

// The A_i0, …, A_it of trustee i, signed alone and together with all certificates.
template <PrimeGroup G>
Result<CoefficientExponents<G>> check_coefexps(const Certificates<G>& certificates, const Participants<G>& participants,
                                               std::size_t i, const SignedMessage<G>& coefexps,
                                               const proof::Proof<G>& signature) {
  const auto& sender = participants.keys[i].verification;
  if (!is_signed<G>(sender, coefexps.message, coefexps.signature)) return fail("coefexps: not signed by the sender");
  auto exponents = TRY(in("coefexps", election::coefficient_exponents(coefexps)));
  if (exponents.coefexps.size() != participants.threshold) {
    return fail("coefexps: {} of them, not {}", exponents.coefexps.size(), participants.threshold);
  }
  if (!is_signed<G>(sender, election::v1::certificates_message(certificates, exponents), signature)) {
    return fail("signature: certificates and coefexps are not signed by the sender");
  }
  return exponents;
}

template <PrimeGroup G>
Result<CoefficientExponents<G>> check_polynomial(const Certificates<G>& certificates,
                                                 const Participants<G>& participants, std::size_t i,
                                                 const Polynomial<G>& polynomial) {
  if (polynomial.secrets.size() != participants.size()) {
    return fail("secrets: {} for {} trustees", polynomial.secrets.size(), participants.size());
  }
  for (std::size_t j = 0; j < polynomial.secrets.size(); ++j) {
    TRY(in(fmt::format("secrets[{}]", j), json::read_canonical(polynomial.secrets[j], read_encrypted_message<G>)));
  }
  TRY(in("polynomial", json::read_canonical(polynomial.polynomial, read_encrypted_message<G>)));
  return check_coefexps(certificates, participants, i, polynomial.coefexps, polynomial.signature);
}

template <PrimeGroup G>
Result<std::vector<CoefficientExponents<G>>> check_polynomials(const Certificates<G>& certificates,
                                                               const Participants<G>& participants,
                                                               const std::vector<Polynomial<G>>& polynomials) {
  if (polynomials.size() != participants.size()) {
    return fail("{} polynomials of {} trustees", polynomials.size(), participants.size());
  }
  std::vector<CoefficientExponents<G>> coefexps;
  for (std::size_t i = 0; i < polynomials.size(); ++i) {
    coefexps.push_back(TRY(in(trustee(i), check_polynomial(certificates, participants, i, polynomials[i]))));
  }
  return coefexps;
}

// f(x) for the coefficients of f, the constant one first.
template <PrimeGroup G>
SecretScalar<G> evaluate(const std::vector<SecretScalar<G>>& coefficients, std::size_t x) {
  const auto at = SecretScalar<G>::of(static_cast<std::uint64_t>(x));
  SecretScalar<G> value;
  for (auto coefficient = coefficients.rbegin(); coefficient != coefficients.rend(); ++coefficient) {
    value = value * at + *coefficient;
  }
  return value;
}

// A message {"NAME":"NUMBER"}.
template <PrimeGroup G>
SecretText number_message(std::string_view name, const SecretScalar<G>& number) {
  return SecretText({"{\"", name, "\":\"", number.text().view(), "\"}"});
}
Result<SecretText> read_number_message(std::string_view name, const SecretText& message) {
  SecretScanner scanner(message.view());
  TRY(scanner.literal("{\""));
  TRY(scanner.literal(name));
  TRY(scanner.literal("\":"));
  SecretText number = TRY(scanner.string());
  TRY(scanner.literal("}"));
  TRY(scanner.end());
  return number;
}

// The message {"polynomial":["NUMBER",…]} of a trustee to themselves.
template <PrimeGroup G>
SecretText polynomial_message(const std::vector<SecretScalar<G>>& coefficients) {
  SecretText message("{\"polynomial\":[");
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    message = SecretText({message.view(), k == 0 ? "\"" : ",\"", coefficients[k].text().view(), "\""});
  }
  return SecretText({message.view(), "]}"});
}
template <PrimeGroup G>
Result<std::vector<SecretScalar<G>>> read_polynomial_message(const SecretText& message) {
  std::vector<SecretScalar<G>> coefficients;
  SecretScanner scanner(message.view());
  TRY(scanner.literal("{\"polynomial\":["));
  do {
    const SecretText number = TRY(scanner.string());
    coefficients.push_back(TRY(SecretScalar<G>::decode(number.view())));
  } while (scanner.optional(","));
  TRY(scanner.literal("]}"));
  TRY(scanner.end());
  return coefficients;
}

template <PrimeGroup G>
Status check_voutput(const Participants<G>& participants, const std::vector<CoefficientExponents<G>>& coefexps,
                     std::size_t i, const Voutput<G>& voutput) {
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
  if (!signature || !is_signed<G>(participants.keys[i].verification, key.text(), *signature)) {
    return fail("public_key: not signed by its owner");
  }
  return {};
}

}  // namespace

template <PrimeGroup G>
SignedMessage<G> make_certificate(const Seed& seed, const Context& context, Random& random) {
  const ChannelKeys<G> own(seed);
  const CertificateKeys<G> keys{context, own.verification, own.encryption};
  return sign(own.signing, json::to_text(keys), random);
}

template <PrimeGroup G>
Status check_certificates(const Certificates<G>& certificates) {
  TRY(read_certificates(certificates));
  return {};
}

template <PrimeGroup G>
Result<Polynomial<G>> make_polynomial(const Seed& seed, const Certificates<G>& certificates, Random& random) {
  const auto participants = TRY(read_certificates(certificates));
  const ChannelKeys<G> own(seed);
  TRY(find_own(participants, own));
  std::vector<SecretScalar<G>> coefficients;
  CoefficientExponents<G> exponents;
  for (std::size_t k = 0; k < participants.threshold; ++k) {
    coefficients.push_back(SecretScalar<G>::random(random));
    exponents.coefexps.push_back(power_of_g(coefficients.back()).reveal());
  }
  Polynomial<G> polynomial;
  polynomial.polynomial = send<G>(own.signing, own.encryption, polynomial_message(coefficients), random);
  for (std::size_t j = 0; j < participants.size(); ++j) {
    polynomial.secrets.push_back(send<G>(own.signing, participants.keys[j].encryption,
                                         number_message("secret", evaluate(coefficients, j + 1)), random));
  }
  polynomial.coefexps = sign(own.signing, json::to_text(exponents), random);
  polynomial.signature = sign_message(own.signing, election::v1::certificates_message(certificates, exponents), random);
  return polynomial;
}

template <PrimeGroup G>
Status check_polynomial(const Certificates<G>& certificates, std::size_t index, const Polynomial<G>& polynomial) {
  const auto participants = TRY(read_certificates(certificates));
  if (index < 1 || index > participants.size()) return fail("there is no trustee {}", index);
  TRY(in(trustee(index - 1), check_polynomial(certificates, participants, index - 1, polynomial)));
  return {};
}

template <PrimeGroup G>
Result<std::vector<Vinput<G>>> make_vinputs(const Certificates<G>& certificates,
                                            const std::vector<Polynomial<G>>& polynomials) {
  const auto participants = TRY(read_certificates(certificates));
  TRY(check_polynomials(certificates, participants, polynomials));
  std::vector<Vinput<G>> vinputs(participants.size());
  for (std::size_t j = 0; j < vinputs.size(); ++j) {
    vinputs[j].polynomial = polynomials[j].polynomial;
    for (const auto& polynomial : polynomials) {
      vinputs[j].secrets.push_back(polynomial.secrets[j]);
      vinputs[j].coefexps.push_back(polynomial.coefexps);
      vinputs[j].signatures.push_back(polynomial.signature);
    }
  }
  return vinputs;
}

template <PrimeGroup G>
Result<Voutput<G>> make_voutput(const Seed& seed, const Certificates<G>& certificates, const Vinput<G>& vinput,
                                Random& random) {
  const auto participants = TRY(read_certificates(certificates));
  const ChannelKeys<G> own(seed);
  const std::size_t j = TRY(find_own(participants, own));
  const std::size_t n = participants.size();
  if (vinput.secrets.size() != n || vinput.coefexps.size() != n || vinput.signatures.size() != n) {
    return fail("expected secrets, coefexps and signatures of {} trustees", n);
  }
  std::vector<CoefficientExponents<G>> coefexps;
  for (std::size_t i = 0; i < n; ++i) {
    coefexps.push_back(
        TRY(in(trustee(i), check_coefexps(certificates, participants, i, vinput.coefexps[i], vinput.signatures[i]))));
  }

  // That the coefficients under this trustee's name are those of the polynomial they made.
  const SecretText own_message = TRY(in("polynomial", receive(own, own.verification, vinput.polynomial)));
  const auto coefficients = TRY(in("polynomial", read_polynomial_message<G>(own_message)));
  if (coefficients.size() != participants.threshold) return fail("polynomial: not one of this threshold");
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    if (power_of_g(coefficients[k]).reveal() != coefexps[j].coefexps[k]) {
      return fail("polynomial: your own coefexps are of another polynomial than yours");
    }
  }

  SecretScalar<G> share;  // S_j
  for (std::size_t i = 0; i < n; ++i) {
    const std::string where = fmt::format("{}: secret", trustee(i));
    const SecretText message = TRY(in(where, receive(own, participants.keys[i].verification, vinput.secrets[i])));
    const SecretText number = TRY(in(where, read_number_message("secret", message)));
    const auto secret = TRY(in(where, SecretScalar<G>::decode(number.view())));
    if (power_of_g(secret).reveal() != election::threshold_public_key<G>({coefexps[i]}, j + 1)) {
      return fail("{}: it does not lie on the sender's polynomial", where);
    }
    share = share + secret;
  }

  Voutput<G> voutput;
  voutput.private_key = send<G>(own.signing, own.encryption, number_message("decryption_key", share), random);
  voutput.public_key = public_key(share, random);
  voutput.public_key.signature = sign_message(own.signing, voutput.public_key.public_key.text(), random);
  return voutput;
}

template <PrimeGroup G>
Status check_voutput(const Certificates<G>& certificates, const std::vector<Polynomial<G>>& polynomials,
                     std::size_t index, const Voutput<G>& voutput) {
  const auto participants = TRY(read_certificates(certificates));
  if (index < 1 || index > participants.size()) return fail("there is no trustee {}", index);
  const auto coefexps = TRY(check_polynomials(certificates, participants, polynomials));
  return in(trustee(index - 1), check_voutput(participants, coefexps, index - 1, voutput));
}

template <PrimeGroup G>
Result<election::ThresholdParameters<G>> make_threshold_parameters(const Certificates<G>& certificates,
                                                                   const std::vector<Polynomial<G>>& polynomials,
                                                                   const std::vector<Voutput<G>>& voutputs) {
  const auto participants = TRY(read_certificates(certificates));
  const auto coefexps = TRY(check_polynomials(certificates, participants, polynomials));
  if (voutputs.size() != participants.size()) {
    return fail("{} voutputs of {} trustees", voutputs.size(), participants.size());
  }
  election::ThresholdParameters<G> parameters;
  parameters.threshold = static_cast<std::int64_t>(participants.threshold);
  parameters.certificates = certificates;
  for (std::size_t i = 0; i < voutputs.size(); ++i) {
    TRY(in(trustee(i), check_voutput(participants, coefexps, i, voutputs[i])));
    parameters.coefficient_exponents.push_back(polynomials[i].coefexps);
    parameters.signatures.push_back(polynomials[i].signature);
    parameters.verification_keys.push_back(voutputs[i].public_key);
  }
  return parameters;
}

template <PrimeGroup G>
Result<SecretScalar<G>> decryption_key(const Seed& seed, std::string_view encrypted) {
  const ChannelKeys<G> own(seed);
  const SecretText message = TRY(receive(own, own.verification, trimmed(encrypted)));
  const SecretText number = TRY(read_number_message("decryption_key", message));
  return SecretScalar<G>::decode_unreduced(number.view());  // tools before 2.4 wrote the sum as it was
}

#define FOLKMOOT_INSTANTIATE(G)                                                                                       \
  template SignedMessage<G> make_certificate<G>(const Seed&, const Context&, Random&);                                \
  template Status check_certificates<G>(const Certificates<G>&);                                                      \
  template Result<Polynomial<G>> make_polynomial<G>(const Seed&, const Certificates<G>&, Random&);                    \
  template Status check_polynomial<G>(const Certificates<G>&, std::size_t, const Polynomial<G>&);                     \
  template Result<std::vector<Vinput<G>>> make_vinputs<G>(const Certificates<G>&, const std::vector<Polynomial<G>>&); \
  template Result<Voutput<G>> make_voutput<G>(const Seed&, const Certificates<G>&, const Vinput<G>&, Random&);        \
  template Status check_voutput<G>(const Certificates<G>&, const std::vector<Polynomial<G>>&, std::size_t,            \
                                   const Voutput<G>&);                                                                \
  template Result<election::ThresholdParameters<G>> make_threshold_parameters<G>(                                     \
      const Certificates<G>&, const std::vector<Polynomial<G>>&, const std::vector<Voutput<G>>&);                     \
  template Result<SecretScalar<G>> decryption_key<G>(const Seed&, std::string_view);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
