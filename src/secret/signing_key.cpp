#include "secret/signing_key.hpp"

#include <sodium.h>

#include <algorithm>

#include "base/sha256.hpp"

namespace folkmoot::secret {
namespace {

constexpr std::string_view skey_prefix = "PRIVATE+KEY+";

// Signature type and seed, as a skey has them; wiped.
struct Material {
  std::array<std::uint8_t, 33> bytes{};
  Material() = default;
  Material(const Material&) = delete;
  Material& operator=(const Material&) = delete;
  ~Material() { sodium_memzero(bytes.data(), bytes.size()); }

  static constexpr std::size_t digits = 44;  // in base64, which needs no padding here
};

// The key ID of signed-note: SHA-256(name, newline, type, public key), its first four bytes.
std::string key_id(std::string_view name, std::uint8_t type, const SigningKey::PublicKey& key) {
  const Digest digest = Sha256().add(name).add("\n").add(ByteView(&type, 1)).add(key).digest();
  return to_hex(ByteView(digest).first(4));
}

}  // namespace

void SigningKey::Wipe::operator()(Secret* secret) const {
  sodium_memzero(secret->data(), secret->size());
  delete secret;
}

SigningKey SigningKey::from_seed(const Seed& seed) {
  SigningKey key;
  PublicKey public_key;
  crypto_sign_seed_keypair(public_key.data(), key.secret_->data(), seed.data());
  return key;
}

SigningKey SigningKey::generate(Random& random) {
  Seed seed;
  random.fill(seed);
  SigningKey key = from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  return key;
}

SigningKey::PublicKey SigningKey::public_key() const {
  PublicKey key;
  std::copy(secret_->begin() + 32, secret_->end(), key.begin());
  return key;
}

SigningKey::Signature SigningKey::sign(std::string_view message) const {
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, bytes_of(message).data(), message.size(), secret_->data());
  return signature;
}

SecretText SigningKey::to_skey(std::string_view name, std::uint8_t type) const {
  Material material;
  material.bytes[0] = type;
  std::copy_n(secret_->begin(), 32, material.bytes.begin() + 1);
  std::array<char, Material::digits + 1> text;
  sodium_bin2base64(text.data(), text.size(), material.bytes.data(), material.bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  SecretText skey({skey_prefix, name, "+", key_id(name, type, public_key()), "+", {text.data(), Material::digits}});
  sodium_memzero(text.data(), text.size());
  return skey;
}

Result<SigningKey::Named> SigningKey::parse_skey(std::string_view skey) {
  if (!skey.starts_with(skey_prefix)) return fail("signing key: expected PRIVATE+KEY+NAME+ID+KEY");
  skey.remove_prefix(skey_prefix.size());
  const auto first = skey.find('+');
  const auto second = first == std::string_view::npos ? first : skey.find('+', first + 1);
  if (second == std::string_view::npos) return fail("signing key: expected PRIVATE+KEY+NAME+ID+KEY");
  const std::string_view name = skey.substr(0, first);
  const std::string_view id = skey.substr(first + 1, second - first - 1);
  const std::string_view text = skey.substr(second + 1);

  Material material;
  std::size_t length = 0;
  if (text.size() != Material::digits ||
      sodium_base642bin(material.bytes.data(), material.bytes.size(), text.data(), text.size(), nullptr, &length,
                        nullptr, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      length != material.bytes.size()) {
    return fail("signing key: the key is not base64 of 33 bytes");
  }
  SigningKey key;
  PublicKey public_key;
  crypto_sign_seed_keypair(public_key.data(), key.secret_->data(), material.bytes.data() + 1);
  const std::uint8_t type = material.bytes[0];
  if (name.empty() || id != key_id(name, type, public_key)) {
    return fail("signing key: its ID is not that of the name and key");
  }
  return Named{std::string(name), type, std::move(key)};
}

}  // namespace folkmoot::secret
