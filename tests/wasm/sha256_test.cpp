// SHA-256, HMAC and PBKDF2 of the browser's modules beside OpenSSL's.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <rapidcheck/gtest.h>

#include "base/sha256.hpp"
#include "library/sha256.hpp"

namespace folkmoot::wasm {
namespace {

Sha256State::Digest hash(std::string_view message) {
  Sha256State state;
  state.add(bytes_of(message));
  return state.digest();
}

// FIPS 180-4's examples (NIST, "SHA256.pdf" of its examples with intermediate values).
TEST(WasmSha256, gives_the_digests_of_the_standard) {
  EXPECT_EQ(to_hex(hash("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

// Every size around the block's, where the padding changes its form.
TEST(WasmSha256, agrees_with_openssl_for_every_size) {
  for (std::size_t size = 0; size < 200; ++size) {
    const std::string message(size, 'm');
    EXPECT_EQ(hash(message), sha256(message)) << size;
  }
}

RC_GTEST_PROP(WasmSha256, takes_a_message_in_pieces, (std::vector<std::string> pieces)) {
  std::string whole;
  Sha256State state;
  for (const std::string& piece : pieces) {
    whole += piece;
    state.add(bytes_of(piece));
  }
  RC_ASSERT(state.digest() == sha256(whole));
}

RC_GTEST_PROP(WasmSha256, makes_the_hmac_of_openssl, ()) {
  const auto key = *rc::gen::container<std::string>(*rc::gen::inRange(0, 150), rc::gen::arbitrary<char>());
  const auto message = *rc::gen::arbitrary<std::string>();
  Sha256State::Digest expected;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message).data(), message.size(),
       expected.data(), nullptr);
  RC_ASSERT(hmac_sha256(bytes_of(key), bytes_of(message), {}) == expected);
}

RC_GTEST_PROP(WasmSha256, makes_the_pbkdf2_of_openssl, (const std::string& password, const std::string& salt)) {
  const int iterations = *rc::gen::inRange(1, 20);
  Sha256State::Digest expected;
  RC_ASSERT(PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), bytes_of(salt).data(),
                              static_cast<int>(salt.size()), iterations, EVP_sha256(), 32, expected.data()) == 1);
  RC_ASSERT(pbkdf2_sha256(bytes_of(password), bytes_of(salt), static_cast<unsigned>(iterations)) == expected);
}

}  // namespace
}  // namespace folkmoot::wasm
