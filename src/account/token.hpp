// Who is at the other end: one-time links, sessions, second factors. Read in this order:
//
//   token      secrets that are handed out, and what is kept of them
//   limiter    how often one may ask
//   sign_in    requests for links, links, sessions
//   oidc       signing in at a provider, on jose             OpenID Connect Core 1.0, RFC 7515, 7517, 7636
//   totp       passwords of a moment                    RFC 6238, 4226
//   webauthn   passkeys, on cose and cbor               W3C Web Authentication Level 2, RFC 9052, RFC 8949
//   factor     the second factors of a member
//
// It knows members by their references; addresses and names are the service's.
#pragma once

#include "base/sha256.hpp"
#include "secret/random.hpp"
#include "secret/text.hpp"

namespace folkmoot::account {

// 256 random bits that are handed to somebody, who shows them again, as 43 digits of base64url (RFC 4648 section 5).
// Only their hash is kept: whoever reads the database cannot show them.
class Token {
 public:
  static Token make(secret::Random& random);
  [[nodiscard]] std::string_view view() const { return text_.view(); }
  [[nodiscard]] Bytes hash() const;

 private:
  explicit Token(secret::SecretText text) : text_(std::move(text)) {}
  secret::SecretText text_;
};

// Of what somebody shows as a token; of any text, so that a wrong one is simply not found.
Bytes hash_of_token(std::string_view shown);

// Base64url of RFC 4648 section 5, without padding.
std::string to_base64url(ByteView bytes);
Result<Bytes> from_base64url(std::string_view text);

// `size` random bytes in lower-case hexadecimal: names that cannot be guessed, or meet.
std::string random_name(secret::Random& random, std::size_t size);

}  // namespace folkmoot::account
