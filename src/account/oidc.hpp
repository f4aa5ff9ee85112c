// Signing in at a provider that the organisation has already: what a client of OpenID Connect Core 1.0 says and checks
// in the authorization code flow (section 3.1), with PKCE (RFC 7636) and as RFC 9700 wants it. It asks nobody anything:
// service/provider.hpp does.
//
// The browser is sent to the provider with `state`, `nonce` and `code_challenge`, and comes back with `state` and a
// code. The three are hashes of the one token that this browser alone has, in a cookie: whoever comes back without it,
// with another's code or with a code for another's token, is not let in, and the database has nothing secret.
#pragma once

#include <string>

#include "secret/text.hpp"

#include "base/result.hpp"

namespace folkmoot::account {

// This server as the provider knows it.
struct OidcClient {
  std::string issuer;  // the provider's URL; check_provider_url() has had it
  std::string id;
  secret::SecretText secret;
  std::string redirect_uri;  // where browsers come back to
  std::string claim;         // that says who somebody is: "email", or one with a member's number or reference
};

// https: and a host, without a user or a fragment; or http: to this machine, for tests.
Status check_provider_url(std::string_view url);

// Where the provider says of itself what is needed (OpenID Connect Discovery 1.0, section 4).
std::string configuration_url(std::string_view issuer);

struct ProviderMetadata {
  std::string issuer, authorization_endpoint, token_endpoint, jwks_uri;
  bool says_who_it_is = false;  // in the answer to the browser (RFC 9207)
  bool takes_claims = false;    // which claims are wanted in the ID token (Core, section 5.5)
};
// Reads it (Discovery, sections 3 and 4.3). Fails if it is another issuer's, names a URL that will not be asked, or
// does not take the client's secret in the Authorization header.
Result<ProviderMetadata> read_provider_metadata(std::string_view text, std::string_view issuer);

// What goes through the browser and what is held against it, of its token.
struct OidcSecrets {
  std::string state, nonce;
  std::string verifier, challenge;  // RFC 7636 section 4
};
OidcSecrets secrets_of_visit(std::string_view token);

// Where the browser is sent (Core, section 3.1.2.1).
std::string authorization_url(const ProviderMetadata& metadata, const OidcClient& client, const OidcSecrets& secrets);

// Whether an answer that names that issuer, or none if it is empty, comes from the provider (RFC 9207 section 2.4).
Status check_answering_issuer(const ProviderMetadata& metadata, std::string_view issuer);

// The body of the token request (Core, section 3.1.3.1), as application/x-www-form-urlencoded, and the value of its
// Authorization header (RFC 6749 section 2.3.1).
std::string token_request(const OidcClient& client, std::string_view code, const OidcSecrets& secrets);
secret::SecretText client_authorization(const OidcClient& client);

// The ID token of the provider's answer to that (Core, section 3.1.3.3).
Result<std::string> read_token_answer(std::string_view text);

// Who somebody is, as the provider says.
struct Identity {
  bool by_email = false;
  std::string value;  // an address that the provider has verified, or a member's number or reference
};

// What is in an ID token whose signature has been verified (Core, section 3.1.3.7, steps 2 to 5 and 9 to 11), `now` in
// seconds since 1970. The client is its only audience. Says which claim is wrong, and not whose token it is.
Result<Identity> read_id_token(std::string_view payload, const OidcClient& client, std::string_view nonce,
                               std::int64_t now);

}  // namespace folkmoot::account
