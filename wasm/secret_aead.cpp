// secret/aead.hpp without OpenSSL.
#include "secret/aead.hpp"

#include "library/aes.hpp"
#include "secret/wiping.hpp"

namespace folkmoot::secret {

Bytes seal(const Digest& key, const Digest& iv, std::string_view message) {
  Bytes sealed(message.size() + wasm::gcm_tag_size);
  wasm::gcm_seal(key, iv, bytes_of(message), sealed);
  return sealed;
}

Result<SecretText> open(Aead aead, const Digest& key, const Digest& iv, ByteView sealed) {
  if (aead != Aead::aes_gcm) {
    return fail("encrypted with AES-CCM, as tools before 3.1 did: `folkmoot trustee` on the command line reads it");
  }
  if (sealed.size() < wasm::gcm_tag_size) return fail("data: not an encrypted message");
  SecretVector<std::uint8_t> message(sealed.size() - wasm::gcm_tag_size);
  if (!wasm::gcm_open(key, iv, sealed, message)) {
    return fail("the message is not encrypted to this key, or has been changed");
  }
  return SecretText(text_of({message.data(), message.size()}));
}

}  // namespace folkmoot::secret
