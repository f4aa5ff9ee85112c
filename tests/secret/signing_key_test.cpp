#include "secret/signing_key.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "base/bytes.hpp"

namespace folkmoot::secret {
namespace {

static_assert(!std::is_copy_constructible_v<SigningKey> && !std::is_copy_assignable_v<SigningKey>);
static_assert(std::is_nothrow_move_constructible_v<SigningKey>);

SigningKey::Seed seed_of(std::string_view hex) {
  SigningKey::Seed seed;
  EXPECT_TRUE(from_hex(hex, seed));
  return seed;
}

// RFC 8032, section 7.1, tests 1 to 3.
TEST(SigningKey, SignsAsRfc8032Says) {
  struct Vector {
    const char *seed, *key, *message, *signature;
  };
  for (const auto& [seed, key, message, signature] : {
           Vector{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                  "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
           Vector{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                  "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
           Vector{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                  "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                  "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
       }) {
    const SigningKey signing = SigningKey::from_seed(seed_of(seed));
    EXPECT_EQ(to_hex(signing.public_key()), key);
    EXPECT_EQ(to_hex(signing.sign(text_of(*from_hex(message)))), signature);
  }
}

// The key of golang.org/x/mod/sumdb/note's example (example_test.go), its public side, and the signature made with it.
constexpr std::string_view go_skey = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

TEST(SigningKey, ReadsAndWritesTheKeysOfGo) {
  const auto named = SigningKey::parse_skey(go_skey);
  ASSERT_TRUE(named) << named.error().message;
  EXPECT_EQ(named->name, "PeterNeumann");
  EXPECT_EQ(named->type, 1);
  EXPECT_EQ(named->key.to_skey("PeterNeumann", 1).view(), go_skey);
  const auto signature = named->key.sign(
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n");
  Bytes line = {0xc7, 0x4f, 0x20, 0xa3};
  line.insert(line.end(), signature.begin(), signature.end());
  EXPECT_EQ(to_base64(line) + "=",
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
}

TEST(SigningKey, MangledKeysAreRefusedAndNotRepeated) {
  for (std::size_t i = 0; i < go_skey.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string mangled(go_skey);
      mangled[i] = static_cast<char>(mangled[i] ^ (1 << bit));
      const auto parsed = SigningKey::parse_skey(mangled);
      ASSERT_FALSE(parsed) << mangled;
      EXPECT_EQ(parsed.error().message.find("AYEK"), std::string::npos);
    }
    EXPECT_FALSE(SigningKey::parse_skey(go_skey.substr(0, i)));
  }
}

TEST(SigningKey, EveryGeneratedKeyIsAnother) {
  const SigningKey one = SigningKey::generate(Random::system()), two = SigningKey::generate(Random::system());
  EXPECT_NE(one.public_key(), two.public_key());
  const SecretText text = one.to_skey("witness.example/w", 4);
  const auto read = SigningKey::parse_skey(text.view());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->type, 4);
  EXPECT_EQ(read->key.public_key(), one.public_key());
  EXPECT_EQ(read->key.sign("message"), one.sign("message"));
}

}  // namespace
}  // namespace folkmoot::secret
