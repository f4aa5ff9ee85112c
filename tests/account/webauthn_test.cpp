#include "account/webauthn.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/authenticator.hpp"

namespace folkmoot::account {
namespace {

using test::Authenticator;
using testing::HasSubstr;

const Expected expected{"https://vote.members.example", "vote.members.example", "Y2hhbGxlbmdl"};
constexpr unsigned present = 1, verified = 4, has_key = 64, has_extensions = 128;

template <class T>
std::string error_of(const Result<T>& result) {
  return result ? "(no error)" : result.error().message;
}

class Passkeys : public testing::TestWithParam<Algorithm> {
 protected:
  std::string made = Authenticator::client_data("webauthn.create", expected.challenge, expected.origin);
  std::string shown = Authenticator::client_data("webauthn.get", expected.challenge, expected.origin);
  Authenticator authenticator{GetParam()};

  [[nodiscard]] Bytes data(unsigned flags, std::uint32_t count = 7) const {
    return authenticator.data(expected.party, flags, count);
  }
  [[nodiscard]] Result<Passkey> add(const std::string& client_data, ByteView authenticator_data) const {
    return register_passkey(expected, client_data, Authenticator::attestation(authenticator_data));
  }
  [[nodiscard]] Passkey added() const { return *add(made, data(present | verified | has_key)); }
  [[nodiscard]] Result<std::uint32_t> show(const Passkey& passkey, const std::string& client_data,
                                           ByteView bytes) const {
    return check_passkey(expected, passkey, client_data, bytes, authenticator.sign(bytes, client_data));
  }
};

INSTANTIATE_TEST_SUITE_P(Of, Passkeys, testing::Values(Algorithm::es256, Algorithm::eddsa),
                         [](const auto& info) { return info.param == Algorithm::es256 ? "Es256" : "EdDsa"; });

TEST_P(Passkeys, AreAddedAndShown) {
  const auto passkey = add(made, data(present | verified | has_key));
  ASSERT_TRUE(passkey) << passkey.error().message;
  EXPECT_EQ(passkey->credential, authenticator.id);
  EXPECT_EQ(passkey->sign_count, 7U);
  EXPECT_EQ(passkey->key.algorithm, GetParam());
  const auto count = show(*passkey, shown, data(present | verified, 8));
  ASSERT_TRUE(count) << count.error().message;
  EXPECT_EQ(*count, 8U);

  Bytes with_extensions = data(present | verified | has_extensions, 9);
  test::append(with_extensions, Bytes{0xA1, 0x61, 'x', 0xF5});
  EXPECT_TRUE(show(*passkey, shown, with_extensions));
}

TEST_P(Passkeys, AreForThisSiteAndThisChallengeOnly) {
  const Bytes good = data(present | verified | has_key);
  const auto client = [&](std::string_view type, std::string_view challenge, std::string_view origin) {
    return error_of(add(Authenticator::client_data(type, challenge, origin), good));
  };
  EXPECT_EQ(client("webauthn.create", expected.challenge, expected.origin), "(no error)");
  EXPECT_THAT(client("webauthn.get", expected.challenge, expected.origin), HasSubstr("type: "));
  EXPECT_THAT(client("webauthn.create", "b3RoZXI", expected.origin), HasSubstr("challenge: "));
  for (const char* origin : {"https://vote.members.example.evil.example", "http://vote.members.example",
                             "https://vote.members.example:8443", "https://members.example", ""}) {
    EXPECT_THAT(client("webauthn.create", expected.challenge, origin), HasSubstr("origin: ")) << origin;
  }
  EXPECT_THAT(
      error_of(add(R"({"type":"webauthn.create","challenge":"Y2hhbGxlbmdl","origin":"https://vote.members.example",)"
                   R"("crossOrigin":true})",
                   good)),
      HasSubstr("crossOrigin"));
  EXPECT_THAT(error_of(add("{}", good)), HasSubstr("client data: "));
  EXPECT_THAT(error_of(add("", good)), HasSubstr("client data: "));
  EXPECT_THAT(error_of(add(made, authenticator.data("evil.example", present | verified | has_key, 1))),
              HasSubstr("for another site"));

  const Passkey passkey = added();
  EXPECT_THAT(error_of(show(passkey, made, data(present | verified, 9))), HasSubstr("type: "));
  EXPECT_THAT(error_of(show(passkey, shown, authenticator.data("evil.example", present | verified, 9))),
              HasSubstr("for another site"));
}

TEST_P(Passkeys, NeedTheirUserThereAndVerified) {
  EXPECT_THAT(error_of(add(made, data(verified | has_key))), HasSubstr("not present"));
  EXPECT_THAT(error_of(add(made, data(present | has_key))), HasSubstr("not verified"));
  const Passkey passkey = added();
  EXPECT_THAT(error_of(show(passkey, shown, data(verified, 8))), HasSubstr("not present"));
  EXPECT_THAT(error_of(show(passkey, shown, data(present, 8))), HasSubstr("not verified"));
}

TEST_P(Passkeys, ACopyIsFoundOutByItsCount) {
  Passkey passkey = added();
  EXPECT_THAT(error_of(show(passkey, shown, data(present | verified, 7))), HasSubstr("may be a copy"));
  EXPECT_THAT(error_of(show(passkey, shown, data(present | verified, 0))), HasSubstr("may be a copy"));
  passkey.sign_count = 0;  // of authenticators that do not count
  EXPECT_EQ(show(passkey, shown, data(present | verified, 0)), 0U);
}

TEST_P(Passkeys, SignaturesAreTheirsAndOverEverything) {
  const Passkey passkey = added();
  const Bytes good = data(present | verified, 8);
  const Bytes signature = authenticator.sign(good, shown);
  EXPECT_TRUE(check_passkey(expected, passkey, shown, good, signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    Bytes other = signature;
    other[i] ^= 1;
    EXPECT_FALSE(check_passkey(expected, passkey, shown, good, other)) << i;
  }
  EXPECT_FALSE(check_passkey(expected, passkey, shown + " ", good, signature));
  EXPECT_FALSE(check_passkey(expected, passkey, shown, data(present | verified, 9), signature));
  EXPECT_FALSE(check_passkey(expected, passkey, shown, good, {}));
  EXPECT_FALSE(check_passkey(expected, passkey, shown, good, Bytes(64)));
  const Authenticator another(GetParam());
  EXPECT_THAT(error_of(check_passkey(expected, passkey, shown, good, another.sign(good, shown))),
              HasSubstr("not this passkey's"));
  Passkey off_the_curve = passkey;
  off_the_curve.key.point.assign(off_the_curve.key.point.size(), 0xFF);
  EXPECT_FALSE(check_passkey(expected, off_the_curve, shown, good, signature));
}

TEST_P(Passkeys, WhateverIsCutOffOrAddedIsRefused) {
  const Bytes good = data(present | verified | has_key);
  const Bytes object = Authenticator::attestation(good);
  EXPECT_TRUE(register_passkey(expected, made, object));
  for (std::size_t size = 0; size < object.size(); ++size) {
    EXPECT_FALSE(register_passkey(expected, made, ByteView(object).first(size))) << size;
  }
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(add(made, ByteView(good).first(size))) << size;
  }
  Bytes longer = object;
  longer.push_back(0);
  EXPECT_FALSE(register_passkey(expected, made, longer));
  longer = good;
  longer.push_back(0);
  EXPECT_FALSE(add(made, longer));
  EXPECT_FALSE(add(made, data(present | verified))) << "without a key";
  EXPECT_FALSE(show(added(), shown, data(present | verified | has_key, 8))) << "with one too many";
  EXPECT_FALSE(register_passkey(expected, made, Authenticator::attestation(good, "packed")));
}

TEST(CoseKey, IsOneOfTwoKinds) {
  const auto read = [](std::initializer_list<int> bytes) {
    Bytes all;
    for (const int byte : bytes) all.push_back(static_cast<std::uint8_t>(byte));
    Bytes with_x = all;
    test::integer(with_x, -2);
    test::bytes(with_x, Bytes(32, 9));
    CborReader reader(with_x);
    return read_key(reader).has_value();
  };
  EXPECT_TRUE(read({0xA4, 1, 1, 3, 0x27, 0x20, 6}));
  EXPECT_FALSE(read({0xA4, 1, 2, 3, 0x27, 0x20, 6})) << "EdDSA with an elliptic curve's type";
  EXPECT_FALSE(read({0xA4, 1, 1, 3, 0x26, 0x20, 6})) << "ES256 on Ed25519";
  EXPECT_FALSE(read({0xA4, 1, 1, 3, 0x27, 0x20, 1})) << "EdDSA on P-256";
  EXPECT_FALSE(read({0xA4, 1, 2, 3, 0x26, 0x20, 1})) << "ES256 without y";
  EXPECT_FALSE(read({0xA5, 1, 1, 1, 1, 3, 0x27, 0x20, 6})) << "a label twice";
  EXPECT_FALSE(read({0xA3, 1, 1, 3, 0x27})) << "no curve";
  EXPECT_TRUE(read({0xA5, 1, 1, 4, 0x80, 3, 0x27, 0x20, 6})) << "more labels do no harm";
}

TEST(Cbor, IsReadInItsShortestFormOnly) {
  const auto integer = [](Bytes bytes) {
    CborReader reader(bytes);
    const auto number = reader.integer();
    return number ? std::to_string(*number) : "none";
  };
  EXPECT_EQ(integer({0x00}), "0");
  EXPECT_EQ(integer({0x17}), "23");
  EXPECT_EQ(integer({0x18, 0x18}), "24");
  EXPECT_EQ(integer({0x18, 0x17}), "none");
  EXPECT_EQ(integer({0x19, 0x01, 0x00}), "256");
  EXPECT_EQ(integer({0x19, 0x00, 0xFF}), "none");
  EXPECT_EQ(integer({0x1A, 0x00, 0x01, 0x00, 0x00}), "65536");
  EXPECT_EQ(integer({0x1B, 0, 0, 0, 1, 0, 0, 0, 0}), "4294967296");
  EXPECT_EQ(integer({0x1B, 0, 0, 0, 0, 255, 255, 255, 255}), "none");
  EXPECT_EQ(integer({0x3B, 0x7F, 255, 255, 255, 255, 255, 255, 255}), "-9223372036854775808");
  EXPECT_EQ(integer({0x3B, 0x80, 0, 0, 0, 0, 0, 0, 0}), "none");
  EXPECT_EQ(integer({0x20}), "-1");
  EXPECT_EQ(integer({0x1F}), "none");
  EXPECT_EQ(integer({}), "none");

  const auto skips = [](Bytes bytes) {
    CborReader reader(bytes);
    return reader.skip().has_value() && reader.rest().empty();
  };
  EXPECT_TRUE(skips({0xA2, 0x61, 'a', 0x82, 0xF5, 0xF6, 0x62, 'b', 'c', 0x41, 0}));
  EXPECT_TRUE(skips({0x81, 0x81, 0x81, 0x81, 0x00}));
  EXPECT_FALSE(skips({0x81, 0x81, 0x81, 0x81, 0x81, 0x00})) << "nested too deep";
  EXPECT_FALSE(skips({0x9B, 255, 255, 255, 255, 255, 255, 255, 255})) << "a length that nothing bears out";
  EXPECT_FALSE(skips({0x9F, 0xFF})) << "an indefinite length";
  EXPECT_FALSE(skips({0xC0, 0x00})) << "a tag";
  EXPECT_FALSE(skips({0xFB, 0, 0, 0, 0, 0, 0, 0, 0})) << "a floating-point number";
  EXPECT_FALSE(CborReader(Bytes{0x61, 0xFF}).text()) << "not UTF-8";
}

}  // namespace
}  // namespace folkmoot::account
