// Passkeys: what a relying party checks when one is registered and when one is shown (W3C Web Authentication Level 2,
// sections 7.1 and 7.2). No attestation is asked for, and none is believed.
#pragma once

#include <optional>
#include <string>

#include "account/cose.hpp"

namespace folkmoot::account {

// Who asks, and what for.
struct Expected {
  std::string origin;     // "https://vote.members.example"
  std::string party;      // the relying party's ID: the host of that
  std::string challenge;  // base64url, that was given out for this; whoever calls uses it up
};

// The challenge that a browser says it was given, to be looked up. Nothing else of its data has been looked at.
Result<std::string> challenge_of(std::string_view client_data);

// The authenticator's word (section 6.1).
struct AuthenticatorData {
  std::uint32_t sign_count = 0;
  // Of a registration.
  Bytes credential;
  std::optional<CredentialKey> key;
};
// Reads it and checks that it is for that party, with its user present (UP) and verified (UV). `registering`: whether
// there has to be a key, or must not.
Result<AuthenticatorData> read_authenticator_data(ByteView bytes, std::string_view party, bool registering);

struct Passkey {
  Bytes credential;  // its ID, at most 1023 bytes
  CredentialKey key;
  std::uint32_t sign_count = 0;
};

// Of a registration (section 7.1): both as the browser gives them. Fails, saying at which step.
Result<Passkey> register_passkey(const Expected& expected, std::string_view client_data, ByteView attestation_object);

// Of an assertion (section 7.2): the new sign count. `passkey` is the one of the credential that was named, of the
// member who is to show it. Fails, saying at which step; also if the sign count has not grown, as a copy's has not.
Result<std::uint32_t> check_passkey(const Expected& expected, const Passkey& passkey, std::string_view client_data,
                                    ByteView authenticator_data, ByteView signature);

}  // namespace folkmoot::account
