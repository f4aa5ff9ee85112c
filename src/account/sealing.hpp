// Secrets that have to be kept so that they can be used again: sealed in the database, under a key that is elsewhere.
#pragma once

#include "base/bytes.hpp"
#include "secret/random.hpp"
#include "secret/text.hpp"

namespace folkmoot::account {

// XChaCha20-Poly1305 with random nonces (libsodium's crypto_aead_xchacha20poly1305_ietf).
class SealingKey {
 public:
  // From 64 lower-case hexadecimal digits.
  static Result<SealingKey> parse(std::string_view text);
  static secret::SecretText make(secret::Random& random);

  // `context` says what it is for, and whose: it opens under the same context only.
  [[nodiscard]] Bytes seal(ByteView secret, std::string_view context, secret::Random& random) const;
  [[nodiscard]] Result<Bytes> open(ByteView sealed, std::string_view context) const;

 private:
  explicit SealingKey(secret::SecretText key) : key_(std::move(key)) {}
  secret::SecretText key_;  // 32 bytes
};

}  // namespace folkmoot::account
