#include "base/bytes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/sha256.hpp"

namespace folkmoot {
namespace {

// RFC 4648, section 10, without the padding.
TEST(Base64, Rfc4648Vectors) {
  EXPECT_EQ(to_base64(bytes_of("")), "");
  EXPECT_EQ(to_base64(bytes_of("f")), "Zg");
  EXPECT_EQ(to_base64(bytes_of("fo")), "Zm8");
  EXPECT_EQ(to_base64(bytes_of("foo")), "Zm9v");
  EXPECT_EQ(to_base64(bytes_of("foob")), "Zm9vYg");
  EXPECT_EQ(to_base64(bytes_of("foobar")), "Zm9vYmFy");
}

TEST(Base64, RefusesOtherSpellings) {
  EXPECT_FALSE(from_base64("Zg=="));
  EXPECT_FALSE(from_base64("Zh"));  // excess bits
  EXPECT_FALSE(from_base64("Z"));
  EXPECT_FALSE(from_base64("Z-_a"));
}

TEST(Hex, RefusesOtherSpellings) {
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0A"));
  EXPECT_FALSE(from_hex("0g"));
  std::array<std::uint8_t, 2> two{};
  EXPECT_FALSE(from_hex("00", std::span(two)));
}

RC_GTEST_PROP(Bytes, RoundTrip, (const Bytes& bytes)) {
  RC_ASSERT(from_hex(to_hex(bytes)).value() == bytes);
  RC_ASSERT(from_base64(to_base64(bytes)).value() == bytes);
}

// FIPS 180-4 example (NIST "SHA_All"): one block, two blocks.
TEST(Sha256, NistVectors) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(Sha256().add("abcdbcdecdefdefgefghfghighijhijk").add("ijkljklmklmnlmnomnopnopq").digest()),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

}  // namespace
}  // namespace folkmoot
