// A provider's key, and the tokens that it signs: made of OpenSSL, and of nothing that is tested but base64url.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>
#include <stdexcept>

#include "account/jose.hpp"
#include "account/token.hpp"

namespace folkmoot::account::test {

class Signer {
 public:
  Signer(JwsAlgorithm algorithm, std::string kid) : algorithm_(algorithm), kid_(std::move(kid)) {
    EVP_PKEY* const key = algorithm == JwsAlgorithm::rs256   ? EVP_RSA_gen(2048)
                          : algorithm == JwsAlgorithm::es256 ? EVP_EC_gen("P-256")
                                                             : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    if (key == nullptr) throw std::runtime_error("no key");
    key_.reset(key, EVP_PKEY_free);
  }

  [[nodiscard]] std::string name() const {
    return algorithm_ == JwsAlgorithm::rs256 ? "RS256" : algorithm_ == JwsAlgorithm::es256 ? "ES256" : "EdDSA";
  }
  [[nodiscard]] const std::string& kid() const { return kid_; }

  // The public key as a JWK.
  [[nodiscard]] std::string jwk() const {
    const std::string head = fmt::format(R"({{"kid":"{}","use":"sig",)", kid_);
    if (algorithm_ == JwsAlgorithm::rs256) {
      return head + fmt::format(R"("kty":"RSA","n":"{}","e":"{}"}})", number(OSSL_PKEY_PARAM_RSA_N),
                                number(OSSL_PKEY_PARAM_RSA_E));
    }
    const Bytes point = octets();
    if (algorithm_ == JwsAlgorithm::eddsa) {
      return head + fmt::format(R"("kty":"OKP","crv":"Ed25519","x":"{}"}})", to_base64url(point));
    }
    const ByteView both = ByteView(point).subspan(1);  // after the 4 of an uncompressed point
    return head + fmt::format(R"("kty":"EC","crv":"P-256","x":"{}","y":"{}"}})", to_base64url(both.first(32)),
                              to_base64url(both.subspan(32)));
  }

  // A token with that payload, and that header unless it is the usual one.
  [[nodiscard]] std::string token(std::string_view payload, std::string header = {}) const {
    if (header.empty()) header = fmt::format(R"({{"alg":"{}","kid":"{}","typ":"JWT"}})", name(), kid_);
    const std::string text = fmt::format("{}.{}", to_base64url(bytes_of(header)), to_base64url(bytes_of(payload)));
    return fmt::format("{}.{}", text, to_base64url(sign(text)));
  }

 private:
  [[nodiscard]] Bytes octets() const {
    Bytes bytes(65);
    std::size_t size = 0;
    if (EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), bytes.size(), &size) != 1)
      throw std::runtime_error("no public key");
    bytes.resize(size);
    return bytes;
  }
  [[nodiscard]] std::string number(const char* name) const {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key_.get(), name, &value);
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(value)));
    BN_bn2bin(value, bytes.data());
    BN_free(value);
    return to_base64url(bytes);
  }
  [[nodiscard]] Bytes sign(std::string_view text) const {
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const EVP_MD* const hash = algorithm_ == JwsAlgorithm::eddsa ? nullptr : EVP_sha256();
    const auto* const message = reinterpret_cast<const unsigned char*>(text.data());
    Bytes signature(512);
    std::size_t size = signature.size();
    if (EVP_DigestSignInit(context.get(), nullptr, hash, nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, message, text.size()) != 1)
      throw std::runtime_error("no signature");
    signature.resize(size);
    if (algorithm_ != JwsAlgorithm::es256) return signature;
    const unsigned char* der = signature.data();
    ECDSA_SIG* const both = d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(size));
    Bytes raw(64);
    BN_bn2binpad(ECDSA_SIG_get0_r(both), raw.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(both), raw.data() + 32, 32);
    ECDSA_SIG_free(both);
    return raw;
  }

  JwsAlgorithm algorithm_;
  std::string kid_;
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace folkmoot::account::test
