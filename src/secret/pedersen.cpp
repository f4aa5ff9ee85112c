#include "secret/pedersen.hpp"

#include "secret/base58.hpp"
#include "secret/pedersen_check.hpp"
#include "secret/prove/knowledge.hpp"
#include "secret/secret_json.hpp"
#include "secret/trustee.hpp"

namespace folkmoot::secret {
namespace {

using election::CertificateKeys;
using election::CoefficientExponents;
using election::Context;
using election::SignedMessage;

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

}  // namespace

template <PrimeGroup G>
SignedMessage<G> make_certificate(const Seed& seed, const Context& context, Random& random) {
  const ChannelKeys<G> own(seed);
  const CertificateKeys<G> keys{context, own.verification, own.encryption};
  return sign(own.signing, json::to_text(keys), random);
}

template <PrimeGroup G>
Result<Polynomial<G>> make_polynomial(const Seed& seed, const Certificates<G>& certificates, Random& random) {
  const auto participants = TRY(Participants<G>::read(certificates));
  const ChannelKeys<G> own(seed);
  TRY(participants.find(own));
  std::vector<SecretScalar<G>> coefficients;
  CoefficientExponents<G> exponents;
  for (std::size_t k = 0; k < participants.threshold(); ++k) {
    coefficients.push_back(SecretScalar<G>::random(random));
    exponents.coefexps.push_back(power_of_g(coefficients.back()).reveal());
  }
  Polynomial<G> polynomial;
  polynomial.polynomial = send<G>(own.signing, own.encryption, polynomial_message(coefficients), random);
  for (std::size_t j = 0; j < participants.size(); ++j) {
    polynomial.secrets.push_back(send<G>(own.signing, participants[j].encryption,
                                         number_message("secret", evaluate(coefficients, j + 1)), random));
  }
  polynomial.coefexps = sign(own.signing, json::to_text(exponents), random);
  polynomial.signature = sign_message(own.signing, election::v1::certificates_message(certificates, exponents), random);
  return polynomial;
}

template <PrimeGroup G>
Result<std::vector<Vinput<G>>> make_vinputs(const Certificates<G>& certificates,
                                            const std::vector<Polynomial<G>>& polynomials) {
  const auto participants = TRY(Participants<G>::read(certificates));
  TRY(participants.check_polynomials(polynomials));
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
  const auto participants = TRY(Participants<G>::read(certificates));
  const ChannelKeys<G> own(seed);
  const std::size_t j = TRY(participants.find(own));
  const std::size_t n = participants.size();
  if (vinput.secrets.size() != n || vinput.coefexps.size() != n || vinput.signatures.size() != n) {
    return fail("expected secrets, coefexps and signatures of {} trustees", n);
  }
  std::vector<CoefficientExponents<G>> coefexps;
  for (std::size_t i = 0; i < n; ++i) {
    coefexps.push_back(
        TRY(in(trustee_name(i), participants.check_coefexps(i, vinput.coefexps[i], vinput.signatures[i]))));
  }

  // That the coefficients under this trustee's name are those of the polynomial they made.
  const SecretText own_message = TRY(in("polynomial", receive(own, own.verification, vinput.polynomial)));
  const auto coefficients = TRY(in("polynomial", read_polynomial_message<G>(own_message)));
  if (coefficients.size() != participants.threshold()) return fail("polynomial: not one of this threshold");
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    if (power_of_g(coefficients[k]).reveal() != coefexps[j].coefexps[k]) {
      return fail("polynomial: your own coefexps are of another polynomial than yours");
    }
  }

  SecretScalar<G> share;  // S_j
  for (std::size_t i = 0; i < n; ++i) {
    const std::string where = fmt::format("{}: secret", trustee_name(i));
    const SecretText message = TRY(in(where, receive(own, participants[i].verification, vinput.secrets[i])));
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
Result<election::ThresholdParameters<G>> make_threshold_parameters(const Certificates<G>& certificates,
                                                                   const std::vector<Polynomial<G>>& polynomials,
                                                                   const std::vector<Voutput<G>>& voutputs) {
  const auto participants = TRY(Participants<G>::read(certificates));
  const auto coefexps = TRY(participants.check_polynomials(polynomials));
  if (voutputs.size() != participants.size()) {
    return fail("{} voutputs of {} trustees", voutputs.size(), participants.size());
  }
  election::ThresholdParameters<G> parameters;
  parameters.threshold = static_cast<std::int64_t>(participants.threshold());
  parameters.certificates = certificates;
  for (std::size_t i = 0; i < voutputs.size(); ++i) {
    TRY(in(trustee_name(i), participants.check_voutput(i, coefexps, voutputs[i])));
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
  template Result<Polynomial<G>> make_polynomial<G>(const Seed&, const Certificates<G>&, Random&);                    \
  template Result<std::vector<Vinput<G>>> make_vinputs<G>(const Certificates<G>&, const std::vector<Polynomial<G>>&); \
  template Result<Voutput<G>> make_voutput<G>(const Seed&, const Certificates<G>&, const Vinput<G>&, Random&);        \
  template Result<election::ThresholdParameters<G>> make_threshold_parameters<G>(                                     \
      const Certificates<G>&, const std::vector<Polynomial<G>>&, const std::vector<Voutput<G>>&);                     \
  template Result<SecretScalar<G>> decryption_key<G>(const Seed&, std::string_view);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
