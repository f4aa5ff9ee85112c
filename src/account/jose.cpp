#include "account/jose.hpp"

#include <openssl/core_names.h>

#include <algorithm>
#include <cassert>

#include "account/cose.hpp"
#include "account/openssl.hpp"
#include "account/token.hpp"
#include "base/json.hpp"

namespace folkmoot::account {
namespace {

constexpr std::size_t coordinate = 32;

using openssl::Owned;

Owned<BIGNUM> number_of(ByteView bytes) {
  return Owned<BIGNUM>(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

// Nothing if OpenSSL takes it for no key.
Owned<EVP_PKEY> rsa_key(const Jwk& jwk) {
  const Owned<BIGNUM> modulus = number_of(jwk.key), exponent = number_of(jwk.exponent);
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  if (!modulus || !exponent || !builder) return nullptr;
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1) return nullptr;
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) return nullptr;
  const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) return nullptr;
  return Owned<EVP_PKEY>(key);
}

// RFC 7518 section 3.3: PKCS #1 v1.5, which is what OpenSSL does unless told otherwise.
bool verify_rs256(const Jwk& jwk, ByteView message, ByteView signature) {
  const Owned<EVP_PKEY> key = rsa_key(jwk);
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  if (!key || !context) return false;
  if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1) return false;
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

// RFC 7518 section 3.4: r and s, 32 bytes each, which `verify` of cose.hpp takes as ASN.1 DER; empty if they are not.
Bytes der_of(ByteView signature) {
  if (signature.size() != 2 * coordinate) return {};
  Owned<BIGNUM> r = number_of(signature.first(coordinate)), s = number_of(signature.subspan(coordinate));
  const Owned<ECDSA_SIG> both(ECDSA_SIG_new());
  if (!r || !s || !both || ECDSA_SIG_set0(both.get(), r.release(), s.release()) != 1) return {};  // which owns them now
  unsigned char* encoded = nullptr;
  const int size = i2d_ECDSA_SIG(both.get(), &encoded);
  if (size <= 0) return {};
  Bytes der(encoded, encoded + size);
  OPENSSL_free(encoded);
  return der;
}

Result<Bytes> read_bytes(json::Value object, std::string_view name) {
  const std::string text = TRY(json::read_field(object, name, json::read_string));
  return in(name, from_base64url(text));
}

// Some write leading zeros (RFC 7518 section 2 forbids them), which change nothing.
Bytes without_zeros(Bytes bytes) {
  bytes.erase(bytes.begin(), std::ranges::find_if(bytes, [](std::uint8_t byte) { return byte != 0; }));
  return bytes;
}

Status read_rsa(json::Value value, Jwk& jwk) {  // RFC 7518 section 6.3.1
  constexpr std::size_t least = 2048 / 8, most = 8192 / 8, longest_exponent = 8;
  jwk.algorithm = JwsAlgorithm::rs256;
  jwk.key = without_zeros(TRY(read_bytes(value, "n")));
  jwk.exponent = without_zeros(TRY(read_bytes(value, "e")));
  const bool long_enough = jwk.key.size() > least || (jwk.key.size() == least && jwk.key[0] >= 0x80);
  if (!long_enough || jwk.key.size() > most) return fail("n: of another length than 2048 to 8192 bits");
  const Bytes& e = jwk.exponent;
  const bool odd = !e.empty() && e.size() <= longest_exponent && e.back() % 2 == 1;
  if (!odd || e == Bytes{1}) return fail("e: not an odd number from 3");
  return {};
}

Status read_point(json::Value value, Jwk& jwk, JwsAlgorithm algorithm) {  // RFC 7518 section 6.2.1, RFC 8037 section 2
  jwk.algorithm = algorithm;
  for (const char* name : {"x", "y"}) {
    if (algorithm == JwsAlgorithm::eddsa && *name == 'y') continue;
    const Bytes bytes = TRY(read_bytes(value, name));
    if (bytes.size() != coordinate) return fail("{}: {} bytes", name, bytes.size());
    jwk.key.insert(jwk.key.end(), bytes.begin(), bytes.end());
  }
  return {};
}

std::string_view name_of(JwsAlgorithm algorithm) {
  return algorithm == JwsAlgorithm::rs256 ? "RS256" : algorithm == JwsAlgorithm::es256 ? "ES256" : "EdDSA";
}

// The text of a field that may be missing: then `otherwise`.
Result<std::string> text_or(json::Value object, std::string_view name, std::string_view otherwise) {
  if (!object.has(name)) return std::string(otherwise);
  return json::read_field(object, name, json::read_string);
}

Result<Jwk> read_jwk(json::Value value) {
  Jwk jwk;
  jwk.kid = TRY(text_or(value, "kid", ""));
  const std::string type = TRY(json::read_field(value, "kty", json::read_string));
  const std::string curve = TRY(text_or(value, "crv", ""));
  if (type == "RSA") {
    TRY(read_rsa(value, jwk));
  } else if (type == "EC" && curve == "P-256") {
    TRY(read_point(value, jwk, JwsAlgorithm::es256));
  } else if (type == "OKP" && curve == "Ed25519") {
    TRY(read_point(value, jwk, JwsAlgorithm::eddsa));
  } else {
    return fail("kty: another kind of key");
  }
  if (TRY(text_or(value, "use", "sig")) != "sig") return fail("use: not for signatures");
  const std::string_view algorithm = name_of(jwk.algorithm);
  if (TRY(text_or(value, "alg", algorithm)) != algorithm) return fail("alg: another algorithm");
  return jwk;
}

}  // namespace

Result<std::vector<Jwk>> read_jwks(std::string_view text) {
  const json::Document document = TRY(json::Document::parse(text));
  const json::Value keys = TRY(document.root().field("keys"));
  std::vector<Jwk> known;
  for (const json::Value value : TRY(in("keys", keys.array()))) {
    if (!value.is_object()) return fail("keys: not objects");
    if (auto jwk = read_jwk(value)) known.push_back(*std::move(jwk));
  }
  return known;
}

Result<Jws> read_jws(std::string_view text) {
  const std::size_t first = text.find('.'), second = text.rfind('.');
  const bool three = first != std::string_view::npos && second > first;
  if (!three || text.find('.', first + 1) != second) return fail("not three parts");
  const Bytes header = TRY(in("header", from_base64url(text.substr(0, first))));
  const json::Document document = TRY(in("header", json::Document::parse(text_of(header))));
  const json::Value fields = document.root();
  TRY(in("header", fields.text()));  // which finds a field that is there twice
  const std::string name = TRY(in("header", json::read_field(fields, "alg", json::read_string)));
  if (fields.has("crit")) return fail("header: crit: none of that is understood here");
  Jws jws;
  jws.kid = TRY(in("header", text_or(fields, "kid", "")));
  constexpr std::array algorithms{JwsAlgorithm::rs256, JwsAlgorithm::es256, JwsAlgorithm::eddsa};
  const auto* const algorithm = std::ranges::find(algorithms, name, name_of);
  if (algorithm == algorithms.end()) return fail("header: alg: not RS256, ES256 or EdDSA");
  jws.algorithm = *algorithm;
  jws.signed_text = text.substr(0, second);
  const Bytes payload = TRY(in("payload", from_base64url(text.substr(first + 1, second - first - 1))));
  jws.payload = text_of(payload);
  jws.signature = TRY(in("signature", from_base64url(text.substr(second + 1))));
  return jws;
}

const Jwk* key_of(const Jws& jws, const std::vector<Jwk>& keys) {
  const Jwk* found = nullptr;
  for (const Jwk& key : keys) {
    if (key.algorithm != jws.algorithm || (!jws.kid.empty() && key.kid != jws.kid)) continue;
    if (found != nullptr) return nullptr;  // it is not said which
    found = &key;
  }
  return found;
}

bool verify(const Jws& jws, const Jwk& key) {
  assert(jws.algorithm == key.algorithm);
  const ByteView message = bytes_of(jws.signed_text);
  switch (key.algorithm) {
    case JwsAlgorithm::rs256:
      return verify_rs256(key, message, jws.signature);
    case JwsAlgorithm::es256:
      return verify(CredentialKey{Algorithm::es256, key.key}, message, der_of(jws.signature));
    case JwsAlgorithm::eddsa:
      return verify(CredentialKey{Algorithm::eddsa, key.key}, message, jws.signature);
  }
  return false;
}

}  // namespace folkmoot::account
