// Signed tokens of somebody else, and the keys that they are signed with: JWS in the compact serialization (RFC 7515)
// and sets of JWKs (RFC 7517). There are three algorithms, and what takes a secret that both sides know (HMAC), or
// nothing at all ("none"), is not one of them: a public key that is taken for such a secret signs whatever anybody
// likes (RFC 8725 section 2.1).
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace folkmoot::account {

enum class JwsAlgorithm { rs256, es256, eddsa };  // RFC 7518 sections 3.3 and 3.4; RFC 8037 section 3.1, on Ed25519

// A public key.
struct Jwk {
  std::string kid;  // empty if it has none
  JwsAlgorithm algorithm = JwsAlgorithm::rs256;
  Bytes key;       // RS256: the modulus, 2048 to 8192 bits; ES256: x and y, 32 bytes each; EdDSA: 32 bytes
  Bytes exponent;  // RS256: odd, from 3, at most 8 bytes
};

// The keys of a set that can verify one of the algorithms. Others are passed over, as RFC 7517 section 5 wants; that a
// point is on its curve is found out by `verify`. Fails if it is no set of objects.
Result<std::vector<Jwk>> read_jwks(std::string_view text);

// A token that has been taken apart; nobody has verified it.
struct Jws {
  JwsAlgorithm algorithm = JwsAlgorithm::rs256;
  std::string kid;          // empty if it names none
  std::string signed_text;  // what the signature is of (RFC 7515 section 5.1, step 5)
  std::string payload;
  Bytes signature;
};

// Reads "header.payload.signature". Fails at every other algorithm than the three, at a header with a field twice, and
// at one that has to be understood and is not ("crit", RFC 7515 section 4.1.11).
Result<Jws> read_jws(std::string_view text);

// The key that the token is to be verified with: the one it names, or, if it names none, the only one of its algorithm
// (OpenID Connect Core 1.0, section 10.1). Null if there is none.
const Jwk* key_of(const Jws& jws, const std::vector<Jwk>& keys);

// Whether the signature is of the token by that key, which is one for its algorithm.
bool verify(const Jws& jws, const Jwk& key);

}  // namespace folkmoot::account
