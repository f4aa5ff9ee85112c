// The public keys of authenticators (RFC 9052 section 7, RFC 9053) and their signatures.
#pragma once

#include "account/cbor.hpp"

namespace folkmoot::account {

// COSE's numbers for them (IANA, "COSE Algorithms").
enum class Algorithm : std::int64_t { es256 = -7, eddsa = -8 };

struct CredentialKey {
  Algorithm algorithm = Algorithm::es256;
  Bytes point;  // ES256: x and y, 32 bytes each; EdDSA: 32 bytes of Ed25519
};

// Reads a COSE_Key: ES256 on P-256, not compressed, or EdDSA on Ed25519. That the point is on its curve is found out by
// `verify`.
Result<CredentialKey> read_key(CborReader& reader);

// Whether the signature (ES256: ASN.1 DER, as WebAuthn has it; EdDSA: 64 bytes) is of that message by that key.
bool verify(const CredentialKey& key, ByteView message, ByteView signature);

// The key of that point, whose size says of which algorithm it is.
Result<CredentialKey> key_of_point(ByteView point);

}  // namespace folkmoot::account
