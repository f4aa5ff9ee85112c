#include "account/sealing.hpp"

#include <sodium.h>

#include <algorithm>

#include "account/token.hpp"

namespace folkmoot::account {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* data_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

Result<SealingKey> SealingKey::parse(std::string_view text) {
  std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_KEYBYTES> key{};
  TRY(in("key", from_hex(text, key)));
  SealingKey parsed{secret::SecretText(text_of(key))};
  sodium_memzero(key.data(), key.size());
  return parsed;
}

secret::SecretText SealingKey::make(secret::Random& random) {
  std::string text = random_name(random, crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  secret::SecretText secret(text);
  sodium_memzero(text.data(), text.size());
  return secret;
}

Bytes SealingKey::seal(ByteView secret, std::string_view context, secret::Random& random) const {
  Bytes sealed(nonce_size + secret.size() + tag_size);
  random.fill(std::span(sealed).first(nonce_size));
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_size, &size, secret.data(), secret.size(),
                                             data_of(context), context.size(), nullptr, sealed.data(),
                                             data_of(key_.view()));
  return sealed;
}

Result<Bytes> SealingKey::open(ByteView sealed, std::string_view context) const {
  if (sealed.size() < nonce_size + tag_size) return fail("too short to be sealed");
  Bytes secret(sealed.size() - nonce_size - tag_size);
  unsigned long long size = 0;
  const ByteView rest = sealed.subspan(nonce_size);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret.data(), &size, nullptr, rest.data(), rest.size(),
                                                 data_of(context), context.size(), sealed.data(),
                                                 data_of(key_.view())) != 0) {
    return fail("sealed under another key, or altered");
  }
  return secret;
}

}  // namespace folkmoot::account
