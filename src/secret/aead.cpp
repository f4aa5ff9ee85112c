#include "secret/aead.hpp"

#include <openssl/evp.h>

#include <cassert>
#include <memory>

#include "secret/wiping.hpp"

namespace folkmoot::secret {
namespace {

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

constexpr std::size_t gcm_tag_size = 16;
constexpr std::size_t ccm_tag_size = 8;

// How many bytes of the vector CCM takes: 15 less those that the length needs, which are at least 2.
int ccm_iv_size(std::size_t message_size) {
  int length_size = 2;
  while (length_size < 4 && message_size >> (8 * length_size) != 0) ++length_size;
  return 15 - length_size;
}

}  // namespace

Bytes seal(const Digest& key, const Digest& iv, std::string_view message) {
  const Context context(EVP_CIPHER_CTX_new());
  Bytes sealed(message.size() + gcm_tag_size);
  int size = 0;
  [[maybe_unused]] const bool done =
      EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, nullptr, nullptr) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_IVLEN, static_cast<int>(iv.size()), nullptr) == 1 &&
      EVP_EncryptInit_ex(context.get(), nullptr, nullptr, key.data(), iv.data()) == 1 &&
      EVP_EncryptUpdate(context.get(), sealed.data(), &size, bytes_of(message).data(),
                        static_cast<int>(message.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), sealed.data() + size, &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, gcm_tag_size, sealed.data() + message.size()) == 1;
  assert(done);
  return sealed;
}

Result<SecretText> open(Aead aead, const Digest& key, const Digest& iv, ByteView sealed) {
  const bool gcm = aead == Aead::aes_gcm;
  const std::size_t tag_size = gcm ? gcm_tag_size : ccm_tag_size;
  constexpr std::size_t greatest_size = 1 << 24;
  if (sealed.size() < tag_size || sealed.size() > greatest_size) return fail("data: not an encrypted message");
  const ByteView ciphertext = sealed.first(sealed.size() - tag_size);
  Bytes tag(sealed.end() - static_cast<std::ptrdiff_t>(tag_size), sealed.end());
  const int iv_size = gcm ? static_cast<int>(iv.size()) : ccm_iv_size(ciphertext.size());
  const int ciphertext_size = static_cast<int>(ciphertext.size());

  SecretVector<std::uint8_t> message(ciphertext.size() + 1);  // never empty, for EVP
  const Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  const bool done =
      EVP_DecryptInit_ex(context.get(), gcm ? EVP_aes_256_gcm() : EVP_aes_256_ccm(), nullptr, nullptr, nullptr) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_IVLEN, iv_size, nullptr) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_size), tag.data()) == 1 &&
      EVP_DecryptInit_ex(context.get(), nullptr, nullptr, key.data(), iv.data()) == 1 &&
      // CCM wants the length first, and checks the tag with the message; GCM at the end.
      (gcm || EVP_DecryptUpdate(context.get(), nullptr, &size, nullptr, ciphertext_size) == 1) &&
      EVP_DecryptUpdate(context.get(), message.data(), &size, ciphertext.data(), ciphertext_size) == 1 &&
      (!gcm || EVP_DecryptFinal_ex(context.get(), message.data() + ciphertext.size(), &size) == 1);
  if (!done) return fail("the message is not encrypted to this key, or has been changed");
  return SecretText(text_of({message.data(), ciphertext.size()}));
}

}  // namespace folkmoot::secret
