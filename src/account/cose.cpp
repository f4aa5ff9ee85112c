#include "account/cose.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <sodium.h>

#include <optional>

#include "account/openssl.hpp"

namespace folkmoot::account {
namespace {

constexpr std::size_t coordinate = 32;

using openssl::Owned;

// Nothing if there is no such point on P-256.
Owned<EVP_PKEY> p256_key(ByteView point) {
  Bytes uncompressed{4};  // SEC 1 section 2.3.3
  uncompressed.insert(uncompressed.end(), point.begin(), point.end());
  std::string group = "P-256";
  const std::array<OSSL_PARAM, 3> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, uncompressed.data(), uncompressed.size()),
      OSSL_PARAM_construct_end()};
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, const_cast<OSSL_PARAM*>(parameters.data())) != 1) {
    return nullptr;
  }
  return Owned<EVP_PKEY>(key);
}

bool verify_es256(ByteView point, ByteView message, ByteView signature) {
  const Owned<EVP_PKEY> key = p256_key(point);
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  if (!key || !context) return false;
  if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1) return false;
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

bool verify_ed25519(ByteView key, ByteView message, ByteView signature) {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

std::size_t size_of_point(Algorithm algorithm) { return algorithm == Algorithm::es256 ? 2 * coordinate : coordinate; }

}  // namespace

Result<CredentialKey> read_key(CborReader& reader) {
  // RFC 9052 section 7.1 and RFC 9053 section 7.1 and 7.2: what the labels mean.
  enum Label : std::int64_t { type = 1, algorithm = 3, curve = -1, x = -2, y = -3 };
  constexpr std::int64_t octet_key_pair = 1, two_coordinates = 2, p256 = 1, ed25519 = 6;
  std::optional<std::int64_t> kty, alg, crv;
  std::optional<ByteView> x_bytes, y_bytes;
  const auto once = [](auto& place, auto value) -> Status {
    if (place) return fail("key: a label is there twice");
    place = value;
    return {};
  };
  const std::size_t pairs = TRY(in("key", reader.map()));
  for (std::size_t i = 0; i < pairs; ++i) {
    const std::int64_t label = TRY(in("key", reader.integer()));
    if (label == type || label == algorithm || label == curve) {
      const std::int64_t value = TRY(in("key", reader.integer()));
      TRY(once(label == type ? kty : label == algorithm ? alg : crv, value));
    } else if (label == x || label == y) {
      const ByteView value = TRY(in("key", reader.bytes()));
      if (value.size() != coordinate) return fail("key: a coordinate of {} bytes", value.size());
      TRY(once(label == x ? x_bytes : y_bytes, value));
    } else {
      TRY(in("key", reader.skip()));
    }
  }
  const bool is_es256 = kty == two_coordinates && alg == static_cast<std::int64_t>(Algorithm::es256) && crv == p256;
  const bool is_eddsa = kty == octet_key_pair && alg == static_cast<std::int64_t>(Algorithm::eddsa) && crv == ed25519;
  if ((!is_es256 && !is_eddsa) || !x_bytes || is_es256 != y_bytes.has_value()) {
    return fail("key: neither ES256 on P-256 nor EdDSA on Ed25519");
  }
  CredentialKey key{is_es256 ? Algorithm::es256 : Algorithm::eddsa, Bytes(x_bytes->begin(), x_bytes->end())};
  if (y_bytes) key.point.insert(key.point.end(), y_bytes->begin(), y_bytes->end());
  return key;
}

bool verify(const CredentialKey& key, ByteView message, ByteView signature) {
  return key.algorithm == Algorithm::es256 ? verify_es256(key.point, message, signature)
                                           : verify_ed25519(key.point, message, signature);
}

Result<CredentialKey> key_of_point(ByteView point) {
  for (const Algorithm algorithm : {Algorithm::es256, Algorithm::eddsa}) {
    if (point.size() == size_of_point(algorithm)) return CredentialKey{algorithm, Bytes(point.begin(), point.end())};
  }
  return fail("a key of {} bytes", point.size());
}

}  // namespace folkmoot::account
