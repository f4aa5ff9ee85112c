// An authenticator and the browser before it, as far as a relying party sees them: made of OpenSSL and libsodium, and
// of nothing that is tested.
#pragma once

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <memory>
#include <string>

#include "account/token.hpp"
#include "account/webauthn.hpp"

namespace folkmoot::account::test {

inline void append(Bytes& bytes, ByteView more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

// CBOR in the shortest form.
inline void head(Bytes& out, unsigned kind, std::size_t value) {
  const auto major = static_cast<std::uint8_t>(kind << 5);
  if (value < 24) {
    out.push_back(static_cast<std::uint8_t>(major | value));
  } else if (value < 256) {
    append(out, Bytes{static_cast<std::uint8_t>(major | 24), static_cast<std::uint8_t>(value)});
  } else {
    append(out, Bytes{static_cast<std::uint8_t>(major | 25), static_cast<std::uint8_t>(value >> 8),
                      static_cast<std::uint8_t>(value)});
  }
}
inline void integer(Bytes& out, std::int64_t value) {
  head(out, value < 0 ? 1 : 0, static_cast<std::size_t>(value < 0 ? -1 - value : value));
}
inline void bytes(Bytes& out, ByteView value) {
  head(out, 2, value.size());
  append(out, value);
}
inline void text(Bytes& out, std::string_view value) {
  head(out, 3, value.size());
  append(out, bytes_of(value));
}

class Authenticator {
 public:
  explicit Authenticator(Algorithm algorithm) : algorithm_(algorithm) {
    if (algorithm == Algorithm::es256) {
      key_.reset(EVP_EC_gen("P-256"));
      Bytes point(65);
      std::size_t size = 0;
      EVP_PKEY_get_octet_string_param(key_.get(), "pub", point.data(), point.size(), &size);
      public_.assign(point.begin() + 1, point.end());
    } else {
      public_.resize(32);
      secret_.resize(64);
      crypto_sign_keypair(public_.data(), secret_.data());
    }
    randombytes_buf(id.data(), id.size());
  }

  [[nodiscard]] static std::string client_data(std::string_view type, std::string_view challenge,
                                               std::string_view origin) {
    return fmt::format(R"({{"type":"{}","challenge":"{}","origin":"{}","crossOrigin":false}})", type, challenge,
                       origin);
  }

  [[nodiscard]] Bytes cose_key() const {
    Bytes out;
    const bool ec = algorithm_ == Algorithm::es256;
    head(out, 5, ec ? 5 : 4);
    integer(out, 1), integer(out, ec ? 2 : 1);
    integer(out, 3), integer(out, static_cast<std::int64_t>(algorithm_));
    integer(out, -1), integer(out, ec ? 1 : 6);
    integer(out, -2), bytes(out, ByteView(public_).first(32));
    if (ec) integer(out, -3), bytes(out, ByteView(public_).subspan(32));
    return out;
  }

  // Flags: user present 1, verified 4, key 64, extensions 128.
  [[nodiscard]] Bytes data(std::string_view party, unsigned flags, std::uint32_t count) const {
    Bytes out;
    append(out, sha256(party));
    out.push_back(static_cast<std::uint8_t>(flags));
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(count >> shift));
    if ((flags & 64U) != 0) {
      append(out, Bytes(16));
      append(out, Bytes{0, static_cast<std::uint8_t>(id.size())});
      append(out, id);
      append(out, cose_key());
    }
    return out;
  }

  [[nodiscard]] static Bytes attestation(ByteView data, std::string_view format = "none") {
    Bytes out;
    head(out, 5, 3);
    text(out, "fmt"), text(out, format);
    text(out, "attStmt"), head(out, 5, 0);
    text(out, "authData"), bytes(out, data);
    return out;
  }

  [[nodiscard]] Bytes sign(ByteView data, std::string_view client_data) const {
    Bytes message(data.begin(), data.end());
    append(message, sha256(client_data));
    if (algorithm_ == Algorithm::eddsa) {
      Bytes signature(crypto_sign_BYTES);
      crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_.data());
      return signature;
    }
    Bytes signature(80);
    std::size_t size = signature.size();
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_.get());
    EVP_DigestSign(context, signature.data(), &size, message.data(), message.size());
    EVP_MD_CTX_free(context);
    signature.resize(size);
    return signature;
  }

  Bytes id = Bytes(32);

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  Algorithm algorithm_;
  std::unique_ptr<EVP_PKEY, Free> key_;
  Bytes public_, secret_;
};

}  // namespace folkmoot::account::test
