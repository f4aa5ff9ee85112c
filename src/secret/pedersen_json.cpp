#include "secret/pedersen.hpp"

namespace folkmoot::secret {
namespace {

void write_strings(json::Writer& writer, const std::vector<std::string>& strings) {
  writer.begin_array();
  for (const std::string& string : strings) writer.string(string);
  writer.end_array();
}

Result<std::vector<std::string>> read_strings(json::Value value) { return json::read_array(value, json::read_string); }

template <PrimeGroup G>
Result<std::vector<election::SignedMessage<G>>> read_signed_messages(json::Value value) {
  return json::read_array(value, election::read_signed_message<G>);
}

template <PrimeGroup G>
Result<std::vector<proof::Proof<G>>> read_proofs(json::Value value) {
  return json::read_array(value, proof::read_proof<G>);
}

}  // namespace

template <PrimeGroup G>
Result<Polynomial<G>> read_polynomial(json::Value value) {
  auto polynomial = TRY(json::read_field(value, "polynomial", json::read_string));
  auto secrets = TRY(json::read_field(value, "secrets", read_strings));
  auto coefexps = TRY(json::read_field(value, "coefexps", election::read_signed_message<G>));
  auto signature = TRY(json::read_field(value, "signature", proof::read_proof<G>));
  return Polynomial<G>{std::move(polynomial), std::move(secrets), std::move(coefexps), std::move(signature)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const Polynomial<G>& polynomial) {
  writer.begin_object();
  writer.key("polynomial").string(polynomial.polynomial);
  writer.key("secrets");
  write_strings(writer, polynomial.secrets);
  writer.key("coefexps");
  write(writer, polynomial.coefexps);
  writer.key("signature");
  write(writer, polynomial.signature);
  writer.end_object();
}

template <PrimeGroup G>
Result<Vinput<G>> read_vinput(json::Value value) {
  auto polynomial = TRY(json::read_field(value, "polynomial", json::read_string));
  auto secrets = TRY(json::read_field(value, "secrets", read_strings));
  auto coefexps = TRY(json::read_field(value, "coefexps", read_signed_messages<G>));
  auto signatures = TRY(json::read_field(value, "signatures", read_proofs<G>));
  return Vinput<G>{std::move(polynomial), std::move(secrets), std::move(coefexps), std::move(signatures)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const Vinput<G>& vinput) {
  writer.begin_object();
  writer.key("polynomial").string(vinput.polynomial);
  writer.key("secrets");
  write_strings(writer, vinput.secrets);
  writer.key("coefexps");
  json::write_array(writer, vinput.coefexps);
  writer.key("signatures");
  json::write_array(writer, vinput.signatures);
  writer.end_object();
}

template <PrimeGroup G>
Result<Voutput<G>> read_voutput(json::Value value) {
  auto private_key = TRY(json::read_field(value, "private_key", json::read_string));
  auto public_key = TRY(json::read_field(value, "public_key", election::read_trustee_public_key<G>));
  return Voutput<G>{std::move(private_key), std::move(public_key)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const Voutput<G>& voutput) {
  writer.begin_object();
  writer.key("private_key").string(voutput.private_key);
  writer.key("public_key");
  write(writer, voutput.public_key);
  writer.end_object();
}

#define FOLKMOOT_INSTANTIATE(G)                                   \
  template Result<Polynomial<G>> read_polynomial<G>(json::Value); \
  template Result<Vinput<G>> read_vinput<G>(json::Value);         \
  template Result<Voutput<G>> read_voutput<G>(json::Value);       \
  template void write<G>(json::Writer&, const Polynomial<G>&);    \
  template void write<G>(json::Writer&, const Vinput<G>&);        \
  template void write<G>(json::Writer&, const Voutput<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
