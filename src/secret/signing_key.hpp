// Ed25519 signing keys (RFC 8032) of those who act: officers, the ledger, its witnesses. What is signed, and under
// which name, is the business of whoever asks; the ledger takes `sign` as a function.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "secret/random.hpp"
#include "secret/text.hpp"

namespace folkmoot::secret {

// Wiped when it goes, moves but is not copied, has no ==, and does not print.
class SigningKey {
 public:
  using Seed = std::array<std::uint8_t, 32>;
  using PublicKey = std::array<std::uint8_t, 32>;
  using Signature = std::array<std::uint8_t, 64>;

  static SigningKey generate(Random& random);
  // The key that RFC 8032 (section 5.1.5) derives from 32 secret bytes, which the caller wipes.
  static SigningKey from_seed(const Seed& seed);

  // The text form of golang.org/x/mod/sumdb/note, "PRIVATE+KEY+NAME+ID+BASE64", for a key that signs under `name` with
  // the signature type `type` of c2sp.org/signed-note (1: notes, 4: cosignatures). The name has been checked to be one
  // (ledger::VerifierKey).
  [[nodiscard]] SecretText to_skey(std::string_view name, std::uint8_t type) const;
  // The reverse. Refuses an ID that is not of that name, type and key. The messages do not repeat the text.
  struct Named;
  static Result<Named> parse_skey(std::string_view skey);

  [[nodiscard]] PublicKey public_key() const;
  // In constant time; deterministic, as RFC 8032 has it.
  [[nodiscard]] Signature sign(std::string_view message) const;

 private:
  // libsodium's form: the seed, then the public key.
  using Secret = std::array<std::uint8_t, 64>;
  struct Wipe {
    void operator()(Secret* secret) const;
  };
  SigningKey() : secret_(new Secret()) {}
  std::unique_ptr<Secret, Wipe> secret_;
};

struct SigningKey::Named {
  std::string name;
  std::uint8_t type;
  SigningKey key;
};

}  // namespace folkmoot::secret
