// AES-256-GCM of the browser's modules beside OpenSSL's.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <rapidcheck/gtest.h>

#include <memory>

#include "base/bytes.hpp"
#include "library/aes.hpp"

namespace folkmoot::wasm {
namespace {

using Key = std::array<std::uint8_t, 32>;

Bytes by_openssl(const Key& key, const Bytes& iv, const Bytes& message) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                EVP_CIPHER_CTX_free);
  Bytes sealed(message.size() + gcm_tag_size);
  int size = 0;
  EXPECT_EQ(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, nullptr, nullptr), 1);
  EXPECT_EQ(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_IVLEN, static_cast<int>(iv.size()), nullptr), 1);
  EXPECT_EQ(EVP_EncryptInit_ex(context.get(), nullptr, nullptr, key.data(), iv.data()), 1);
  if (!message.empty()) {
    EXPECT_EQ(EVP_EncryptUpdate(context.get(), sealed.data(), &size, message.data(), static_cast<int>(message.size())),
              1);
  }
  EXPECT_EQ(EVP_EncryptFinal_ex(context.get(), sealed.data() + size, &size), 1);
  EXPECT_EQ(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, gcm_tag_size, sealed.data() + message.size()), 1);
  return sealed;
}

Bytes by_module(const Key& key, const Bytes& iv, const Bytes& message) {
  Bytes sealed(message.size() + gcm_tag_size);
  gcm_seal(key, iv, message, sealed);
  return sealed;
}

// Test case 16 of "The Galois/Counter Mode of Operation" has additional data, which is not used here; this is its
// predecessor, 15.
TEST(WasmAes, seals_as_the_mode_s_authors) {
  const auto bytes = [](std::string_view hex) { return from_hex(hex).value(); };
  Key key;
  std::ranges::copy(bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"), key.begin());
  const Bytes sealed = by_module(key, bytes("cafebabefacedbaddecaf888"),
                                 bytes("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                                       "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"));
  EXPECT_EQ(to_hex(sealed),
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
            "b094dac5d93471bdec1a502270e3cc6c");
}

RC_GTEST_PROP(WasmAes, seals_as_openssl_does_and_opens_it_again, (const Key& key, const Bytes& message)) {
  const auto iv = *rc::gen::suchThat(rc::gen::arbitrary<Bytes>(), [](const Bytes& some) { return !some.empty(); });
  const Bytes sealed = by_module(key, iv, message);
  RC_ASSERT(sealed == by_openssl(key, iv, message));
  Bytes opened(message.size());
  RC_ASSERT(gcm_open(key, iv, sealed, opened));
  RC_ASSERT(opened == message);
}

RC_GTEST_PROP(WasmAes, opens_nothing_that_was_changed, (const Key& key, const Bytes& message)) {
  const Bytes iv(32, 7);
  Bytes sealed = by_module(key, iv, message);
  const auto place = *rc::gen::inRange<std::size_t>(0, 8 * sealed.size());
  sealed[place / 8] ^= static_cast<std::uint8_t>(1 << place % 8);
  Bytes opened(message.size(), 0xa5);
  RC_ASSERT(!gcm_open(key, iv, sealed, opened));
  RC_ASSERT(opened == Bytes(message.size(), 0xa5));
}

// Every size around the block's.
TEST(WasmAes, agrees_with_openssl_for_every_size) {
  const Key key{1, 2, 3};
  const Bytes iv(32, 9);
  for (std::size_t size = 0; size < 70; ++size) {
    const Bytes message(size, 'm');
    EXPECT_EQ(by_module(key, iv, message), by_openssl(key, iv, message)) << size;
  }
}

}  // namespace
}  // namespace folkmoot::wasm
