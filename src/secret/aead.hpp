// The symmetric encryption of messages between trustees (specification, section 4.6.1 "Encrypting").
#pragma once

#include <string>

#include "base/sha256.hpp"
#include "secret/text.hpp"

namespace folkmoot::secret {

// AES-GCM has been used since tool 3.1, with 16 bytes of tag. Older tools used AES-CCM as the SJCL library does it: 8
// bytes of tag, and of the initialization vector as many bytes as the length of the message leaves room for.
enum class Aead { aes_gcm, aes_ccm };

// The ciphertext and after it the tag. A key is used for one message only.
Bytes seal(const Digest& key, const Digest& iv, std::string_view message);
// The message. Fails if the ciphertext is not one that was sealed with the key, without saying why.
Result<SecretText> open(Aead aead, const Digest& key, const Digest& iv, ByteView sealed);

}  // namespace folkmoot::secret
