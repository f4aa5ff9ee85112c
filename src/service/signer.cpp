#include "service/signer.hpp"

#include "secret/signing_key.hpp"

namespace folkmoot::service {

using ledger::SignatureType;
using ledger::VerifierKey;
using secret::SigningKey;

Result<VerifierKey> make_signer(const fs::path& path, const std::string& name, SignatureType type) {
  const SigningKey key = SigningKey::generate(secret::Random::system());
  auto verifier = TRY(VerifierKey::make(name, type, key.public_key()));
  const secret::SecretText skey = key.to_skey(name, static_cast<std::uint8_t>(type));
  TRY(write_secret(path, secret::SecretText({skey.view(), "\n"}).view()));
  return verifier;
}

Result<ledger::Signer> read_signer(const fs::path& path, SignatureType type) {
  const secret::SecretText file = TRY(read_secret(path));
  std::string_view text = file.view();
  if (text.ends_with('\n')) text.remove_suffix(1);
  SigningKey::Named named = TRY(in(path.string(), SigningKey::parse_skey(text)));
  if (named.type != static_cast<std::uint8_t>(type)) {
    return fail("{}: a key of signature type {}; {} is needed here", path.string(), named.type,
                static_cast<std::uint8_t>(type));
  }
  auto verifier = TRY(in(path.string(), VerifierKey::make(named.name, type, named.key.public_key())));
  const auto key = std::make_shared<const SigningKey>(std::move(named.key));
  return ledger::Signer{std::move(verifier),
                        [key](std::string_view message) -> Result<ledger::Signature> { return key->sign(message); }};
}

}  // namespace folkmoot::service
