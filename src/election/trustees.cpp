#include "election/trustees.hpp"

#include "group/all.hpp"

namespace folkmoot::election {
namespace {

using json::read_array;
using json::read_field;
using json::read_string;

Result<std::int64_t> read_integer(json::Value value) { return value.integer(); }

Result<Context> read_context(json::Value value) {
  auto group = TRY(read_field(value, "group", read_string));
  auto size = TRY(read_field(value, "size", read_integer));
  auto threshold = TRY(read_field(value, "threshold", read_integer));
  auto index = TRY(read_field(value, "index", read_integer));
  return Context{std::move(group), size, threshold, index};
}

void write(json::Writer& writer, const Context& context) {
  writer.begin_object();
  writer.key("group").string(context.group);
  writer.key("size").integer(context.size);
  writer.key("threshold").integer(context.threshold);
  writer.key("index").integer(context.index);
  writer.end_object();
}

template <PrimeGroup G>
Result<CertificateKeys<G>> read_certificate_keys(json::Value value) {
  CertificateKeys<G> keys;
  if (value.has("context")) keys.context = TRY(read_field(value, "context", read_context));
  keys.verification = TRY(read_field(value, "verification", proof::read_element<G>));
  keys.encryption = TRY(read_field(value, "encryption", proof::read_element<G>));
  return keys;
}

template <PrimeGroup G>
Result<std::vector<typename G::Element>> read_elements(json::Value value) {
  return read_array(value, proof::read_element<G>);
}

template <PrimeGroup G>
void write_elements(json::Writer& writer, const std::vector<typename G::Element>& elements) {
  writer.begin_array();
  for (const auto& element : elements) writer.plain_string(element.text());
  writer.end_array();
}

template <PrimeGroup G>
Result<CoefficientExponents<G>> read_coefficient_exponents(json::Value value) {
  return CoefficientExponents<G>{TRY(read_field(value, "coefexps", read_elements<G>))};
}

template <PrimeGroup G>
Result<TrusteeKind<G>> read_kind(json::Value value) {
  std::string type;
  for (const json::Value item : TRY(value.array(2))) {
    if (type.empty()) {
      type = TRY(read_string(item));
    } else if (type == "Single") {
      return TRY(read_trustee_public_key<G>(item));
    } else if (type == "Pedersen") {
      return TRY(read_threshold_parameters<G>(item));
    }
  }
  return fail("unknown kind of trustee \"{}\"", type);
}

template <PrimeGroup G>
std::string_view name_of(const TrusteePublicKey<G>&) {
  return "Single";
}
template <PrimeGroup G>
std::string_view name_of(const ThresholdParameters<G>&) {
  return "Pedersen";
}

}  // namespace

template <PrimeGroup G>
Result<TrusteePublicKey<G>> read_trustee_public_key(json::Value value) {
  auto pok = TRY(read_field(value, "pok", proof::read_proof<G>));
  auto public_key = TRY(read_field(value, "public_key", proof::read_element<G>));
  TrusteePublicKey<G> key{std::move(pok), std::move(public_key), std::nullopt};
  if (value.has("signature")) key.signature = TRY(read_field(value, "signature", proof::read_proof<G>));
  return key;
}

template <PrimeGroup G>
void write(json::Writer& writer, const TrusteePublicKey<G>& key) {
  writer.begin_object();
  write(writer.key("pok"), key.pok);
  writer.key("public_key").plain_string(key.public_key.text());
  if (key.signature) write(writer.key("signature"), *key.signature);
  writer.end_object();
}

template <PrimeGroup G>
Result<SignedMessage<G>> read_signed_message(json::Value value) {
  auto message = TRY(read_field(value, "message", read_string));
  auto signature = TRY(read_field(value, "signature", proof::read_proof<G>));
  return SignedMessage<G>{std::move(message), std::move(signature)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const SignedMessage<G>& message) {
  writer.begin_object();
  writer.key("message").string(message.message);
  write(writer.key("signature"), message.signature);
  writer.end_object();
}

template <PrimeGroup G>
Result<ThresholdParameters<G>> read_threshold_parameters(json::Value value) {
  const auto read_messages = [](json::Value v) { return read_array(v, read_signed_message<G>); };
  ThresholdParameters<G> parameters;
  parameters.threshold = TRY(read_field(value, "threshold", read_integer));
  parameters.certificates = TRY(read_field(value, "certs", read_messages));
  parameters.coefficient_exponents = TRY(read_field(value, "coefexps", read_messages));
  parameters.has_signatures = value.has("signatures");
  if (parameters.has_signatures) {
    parameters.signatures =
        TRY(read_field(value, "signatures", [](json::Value v) { return read_array(v, proof::read_proof<G>); }));
  }
  parameters.verification_keys = TRY(
      read_field(value, "verification_keys", [](json::Value v) { return read_array(v, read_trustee_public_key<G>); }));
  return parameters;
}

template <PrimeGroup G>
void write(json::Writer& writer, const ThresholdParameters<G>& parameters) {
  writer.begin_object();
  writer.key("threshold").integer(parameters.threshold);
  json::write_array(writer.key("certs"), parameters.certificates);
  json::write_array(writer.key("coefexps"), parameters.coefficient_exponents);
  if (parameters.has_signatures) json::write_array(writer.key("signatures"), parameters.signatures);
  json::write_array(writer.key("verification_keys"), parameters.verification_keys);
  writer.end_object();
}

template <PrimeGroup G>
Result<Trustees<G>> read_trustees(json::Value value) {
  return Trustees<G>{TRY(read_array(value, read_kind<G>))};
}

template <PrimeGroup G>
void write(json::Writer& writer, const Trustees<G>& trustees) {
  writer.begin_array();
  for (const auto& kind : trustees.kinds) {
    std::visit(
        [&](const auto& item) {
          writer.begin_array().plain_string(name_of(item));
          write(writer, item);
          writer.end_array();
        },
        kind);
  }
  writer.end_array();
}

template <PrimeGroup G>
void write(json::Writer& writer, const CertificateKeys<G>& keys) {
  writer.begin_object();
  if (keys.context) write(writer.key("context"), *keys.context);
  writer.key("verification").plain_string(keys.verification.text());
  writer.key("encryption").plain_string(keys.encryption.text());
  writer.end_object();
}

template <PrimeGroup G>
void write(json::Writer& writer, const CoefficientExponents<G>& coefexps) {
  writer.begin_object();
  write_elements<G>(writer.key("coefexps"), coefexps.coefexps);
  writer.end_object();
}

template <PrimeGroup G>
Result<CertificateKeys<G>> certificate_keys(const SignedMessage<G>& certificate) {
  return in("message", json::read_canonical(certificate.message, read_certificate_keys<G>));
}

template <PrimeGroup G>
Result<CoefficientExponents<G>> coefficient_exponents(const SignedMessage<G>& coefexps) {
  return in("message", json::read_canonical(coefexps.message, read_coefficient_exponents<G>));
}

template <PrimeGroup G>
std::string v1::certificates_message(const std::vector<SignedMessage<G>>& certificates,
                                     const CoefficientExponents<G>& coefexps) {
  json::Writer writer;
  writer.begin_object();
  json::write_array(writer.key("certs"), certificates);
  write_elements<G>(writer.key("coefexps"), coefexps.coefexps);
  writer.end_object();
  return "certs_sig|" + writer.take();
}

template <PrimeGroup G>
std::vector<typename G::Element> Trustees<G>::verification_keys() const {
  std::vector<typename G::Element> keys;
  for (const auto& kind : kinds) {
    if (const auto* single = std::get_if<TrusteePublicKey<G>>(&kind)) {
      keys.push_back(single->public_key);
    } else {
      for (const auto& key : std::get<ThresholdParameters<G>>(kind).verification_keys) keys.push_back(key.public_key);
    }
  }
  return keys;
}

template <PrimeGroup G>
typename G::Element threshold_public_key(const std::vector<CoefficientExponents<G>>& coefexps, std::uint64_t index) {
  std::vector<typename G::Element> elements;  // all A_ik
  std::vector<typename G::Scalar> exponents;  // index^k
  for (const auto& [A] : coefexps) {
    typename G::Scalar power(1);
    for (const auto& A_k : A) {
      elements.push_back(A_k);
      exponents.push_back(power);
      power = power * typename G::Scalar(index);
    }
  }
  return G::product_of_powers_vartime(elements, exponents);
}

template <PrimeGroup G>
Result<typename G::Element> combined_key(const Trustees<G>& trustees) {
  typename G::Element key;
  for (std::size_t item = 0; item < trustees.kinds.size(); ++item) {
    if (const auto* single = std::get_if<TrusteePublicKey<G>>(&trustees.kinds[item])) {
      key = key * single->public_key;
      continue;
    }
    const auto& threshold = std::get<ThresholdParameters<G>>(trustees.kinds[item]);
    for (std::size_t i = 0; i < threshold.coefficient_exponents.size(); ++i) {
      const std::string where = fmt::format("item {}: trustee {}: coefexps", item + 1, i + 1);
      const auto [A] = TRY(in(where, coefficient_exponents(threshold.coefficient_exponents[i])));
      if (A.empty()) return fail("{}: there are none", where);
      key = key * A[0];
    }
  }
  return key;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                                        \
  template struct Trustees<G>;                                                                                         \
  template Result<Trustees<G>> read_trustees<G>(json::Value);                                                          \
  template void write(json::Writer&, const Trustees<G>&);                                                              \
  template Result<TrusteePublicKey<G>> read_trustee_public_key<G>(json::Value);                                        \
  template void write(json::Writer&, const TrusteePublicKey<G>&);                                                      \
  template Result<SignedMessage<G>> read_signed_message<G>(json::Value);                                               \
  template void write(json::Writer&, const SignedMessage<G>&);                                                         \
  template Result<ThresholdParameters<G>> read_threshold_parameters<G>(json::Value);                                   \
  template void write(json::Writer&, const ThresholdParameters<G>&);                                                   \
  template Result<CertificateKeys<G>> certificate_keys(const SignedMessage<G>&);                                       \
  template void write(json::Writer&, const CertificateKeys<G>&);                                                       \
  template Result<CoefficientExponents<G>> coefficient_exponents(const SignedMessage<G>&);                             \
  template void write(json::Writer&, const CoefficientExponents<G>&);                                                  \
  template std::string v1::certificates_message(const std::vector<SignedMessage<G>>&, const CoefficientExponents<G>&); \
  template G::Element threshold_public_key(const std::vector<CoefficientExponents<G>>&, std::uint64_t);                \
  template Result<typename G::Element> combined_key(const Trustees<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
