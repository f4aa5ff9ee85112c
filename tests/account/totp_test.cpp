#include "account/totp.hpp"

#include <gtest/gtest.h>

#include "account/sealing.hpp"
#include "account/token.hpp"

namespace folkmoot::account {
namespace {

const std::string sha1_secret = "12345678901234567890";
const std::string sha256_secret = "12345678901234567890123456789012";

TEST(Totp, GivesThePasswordsOfRfc6238) {  // appendix B
  struct {
    std::int64_t time;
    const char *sha1, *sha256;
  } const rows[] = {{59, "94287082", "46119246"},         {1111111109, "07081804", "68084774"},
                    {1111111111, "14050471", "67062674"}, {1234567890, "89005924", "91819424"},
                    {2000000000, "69279037", "90698825"}, {20000000000, "65353130", "77737706"}};
  for (const auto& row : rows) {
    const auto step = static_cast<std::uint64_t>(row.time / totp_step);
    EXPECT_EQ(hotp(TotpHash::sha1, bytes_of(sha1_secret), step, 8), row.sha1);
    EXPECT_EQ(hotp(TotpHash::sha256, bytes_of(sha256_secret), step, 8), row.sha256);
  }
}

TEST(Hotp, GivesThePasswordsOfRfc4226) {  // appendix D
  const char* const passwords[] = {"755224", "287082", "359152", "969429", "338314",
                                   "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t i = 0; i < 10; ++i) EXPECT_EQ(hotp(TotpHash::sha1, bytes_of(sha1_secret), i, 6), passwords[i]);
}

TEST(Totp, IsGoodForOneStepBeforeAndAfterAndOnce) {
  const auto check = [](std::string_view shown, std::int64_t now, std::int64_t last) {
    return check_totp(TotpHash::sha1, bytes_of(sha1_secret), shown, now, last).value_or(-1);
  };
  EXPECT_EQ(check("338314", 4 * 30 + 29, 0), 4);
  EXPECT_EQ(check("338314", 3 * 30, 0), 4) << "a clock that is early";
  EXPECT_EQ(check("338314", 5 * 30 + 29, 0), 4) << "a slow typist";
  EXPECT_EQ(check("338314", 2 * 30 + 29, 0), -1);
  EXPECT_EQ(check("338314", 6 * 30, 0), -1);
  EXPECT_EQ(check("338314", 4 * 30, 4), -1) << "used";
  EXPECT_EQ(check("338314", 4 * 30, 5), -1) << "older than one that was used";
  for (const char* wrong : {"338315", "33831", "3383140", "", "abcdef"})
    EXPECT_EQ(check(wrong, 4 * 30, 0), -1) << wrong;
}

TEST(Totp, IsShownToAppsAsAUri) {
  EXPECT_EQ(to_base32(bytes_of(std::string_view("foobar"))), "MZXW6YTBOI");  // RFC 4648 section 10
  EXPECT_EQ(to_base32(bytes_of(std::string_view("fooba"))), "MZXW6YTB");
  EXPECT_EQ(to_base32(bytes_of(std::string_view("f"))), "MY");
  EXPECT_EQ(otpauth_uri(TotpHash::sha1, bytes_of(std::string_view("foobar")), "Y Cyngor & co", "ada@x.example"),
            "otpauth://totp/Y%20Cyngor%20%26%20co:ada%40x.example?secret=MZXW6YTBOI&issuer=Y%20Cyngor%20%26%20co"
            "&algorithm=SHA1&digits=6&period=30");
}

TEST(Sealing, OpensUnderTheSameKeyAndContextOnly) {
  auto& random = secret::Random::system();
  const auto key = SealingKey::parse(SealingKey::make(random).view());
  const auto other = SealingKey::parse(SealingKey::make(random).view());
  ASSERT_TRUE(key && other);
  const Bytes secret{1, 2, 3};
  const Bytes sealed = key->seal(secret, "totp m-1", random);
  EXPECT_EQ(key->open(sealed, "totp m-1"), secret);
  EXPECT_FALSE(key->open(sealed, "totp m-2"));
  EXPECT_FALSE(other->open(sealed, "totp m-1"));
  EXPECT_NE(key->seal(secret, "totp m-1", random), sealed);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes altered = sealed;
    altered[i] ^= 1;
    EXPECT_FALSE(key->open(altered, "totp m-1"));
    EXPECT_FALSE(key->open(ByteView(sealed).first(i), "totp m-1"));
  }
  EXPECT_FALSE(SealingKey::parse("00"));
}

TEST(Base64url, IsTheOtherAlphabet) {
  EXPECT_EQ(to_base64url(Bytes{0xFB, 0xFF}), "-_8");
  EXPECT_EQ(from_base64url("-_8"), (Bytes{0xFB, 0xFF}));
  for (const char* wrong : {"+/8", "-_8=", "-", "a b"}) EXPECT_FALSE(from_base64url(wrong)) << wrong;
}

}  // namespace
}  // namespace folkmoot::account
