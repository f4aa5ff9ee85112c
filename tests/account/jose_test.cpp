#include "account/jose.hpp"

#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include "account/signer.hpp"

namespace folkmoot::account {
namespace {

using test::Signer;

std::string set_of(const std::string& keys) { return fmt::format(R"({{"keys":[{}]}})", keys); }

// RFC 7515 appendix A.2.1 and A.3.1, RFC 8037 appendix A.4: the signed texts and signatures; and the keys of A.2.1,
// A.3.1 and A.2, without their private parts.
constexpr std::string_view claims =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const struct Example {
  const char* source;
  std::string key, token;
  std::string_view payload;
} examples[] = {
    {"RFC 7515 A.2",
     R"({"kty":"RSA","n":")"
     "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-"
     "pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2Cap"
     "Hg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h"
     R"(4FRWyuXpoQ","e":"AQAB"})",
     fmt::format(
         "eyJhbGciOiJSUzI1NiJ9.{}.{}", claims,
         "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9"
         "CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOL"
         "n6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtV"
         "rBp0igcN_IoypGlUPQGe77Rw"),
     "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"},
    {"RFC 7515 A.3",
     R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
     R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})",
     fmt::format("eyJhbGciOiJFUzI1NiJ9.{}.{}", claims,
                 "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"),
     "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"},
    {"RFC 8037 A.4", R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
     "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
     "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
     "Example of Ed25519 signing"}};

TEST(Jose, TheSpecificationsExamplesAreGoodAndNothingLikeThem) {
  for (const Example& example : examples) {
    const auto keys = read_jwks(set_of(example.key));
    ASSERT_TRUE(keys && keys->size() == 1) << example.source;
    const auto jws = read_jws(example.token);
    ASSERT_TRUE(jws) << example.source << jws.error().message;
    EXPECT_EQ(jws->payload, example.payload);
    const Jwk* key = key_of(*jws, *keys);
    ASSERT_NE(key, nullptr);
    EXPECT_TRUE(verify(*jws, *key)) << example.source;

    Jws other = *jws;
    other.signed_text.back() = other.signed_text.back() == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verify(other, *key)) << example.source;
    for (const std::size_t at : {std::size_t{0}, jws->signature.size() / 2, jws->signature.size() - 1}) {
      other = *jws;
      other.signature[at] ^= 1;
      EXPECT_FALSE(verify(other, *key)) << example.source << " " << at;
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{63}, jws->signature.size() - 1}) {
      other = *jws;
      other.signature.resize(size);
      EXPECT_FALSE(verify(other, *key)) << example.source << " " << size;
    }
    other = *jws;
    std::ranges::fill(other.signature, std::uint8_t{0});
    EXPECT_FALSE(verify(other, *key)) << example.source;
  }
}

TEST(Jose, OurSignersTokensAreGoodByTheirKeyAlone) {
  for (const JwsAlgorithm algorithm : {JwsAlgorithm::rs256, JwsAlgorithm::es256, JwsAlgorithm::eddsa}) {
    const Signer one(algorithm, "one"), two(algorithm, "two");
    const auto keys = read_jwks(set_of(one.jwk() + "," + two.jwk()));
    ASSERT_TRUE(keys && keys->size() == 2);
    for (const Signer* signer : {&one, &two}) {
      const auto jws = read_jws(signer->token("{}"));
      ASSERT_TRUE(jws);
      const Jwk* key = key_of(*jws, *keys);
      ASSERT_NE(key, nullptr);
      EXPECT_EQ(key->kid, signer->kid());
      EXPECT_TRUE(verify(*jws, *key));
      EXPECT_FALSE(verify(*jws, key == keys->data() ? (*keys)[1] : (*keys)[0]));
    }
    const auto nameless = read_jws(one.token("{}", fmt::format(R"({{"alg":"{}"}})", one.name())));
    ASSERT_TRUE(nameless);
    EXPECT_EQ(key_of(*nameless, *keys), nullptr) << "it could be either";
    EXPECT_NE(key_of(*nameless, {keys->front()}), nullptr);
    const auto unknown = read_jws(one.token("{}", fmt::format(R"({{"alg":"{}","kid":"three"}})", one.name())));
    EXPECT_EQ(key_of(*unknown, *keys), nullptr);
    EXPECT_EQ(key_of(*unknown, {keys->front()}), nullptr);
  }
}

TEST(Jose, AKeyOfAnotherAlgorithmIsNotTheTokens) {
  const Signer es(JwsAlgorithm::es256, "k"), ed(JwsAlgorithm::eddsa, "k");
  const auto keys = read_jwks(set_of(es.jwk()));
  const auto jws = read_jws(ed.token("{}"));
  ASSERT_TRUE(keys && jws);
  EXPECT_EQ(key_of(*jws, *keys), nullptr);
}

TEST(Jose, NothingElseIsAToken) {
  const Signer signer(JwsAlgorithm::es256, "k");
  const std::string good = signer.token("{}");
  ASSERT_TRUE(read_jws(good));
  const auto with = [&](std::string_view header) { return signer.token("{}", std::string(header)); };
  const std::string first = good.substr(0, good.find('.')), rest = good.substr(good.find('.'));
  std::vector<std::string> bad{"",         ".",        "..",  "...", "a.b",      good + ".", good + ".AAAA",
                               "." + good, good + "=", first, rest,  "!" + good, good + "\n"};
  for (const char* header :
       {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"HS256"})", R"({"alg":"RS1"})", R"({"alg":"rs256"})",
        R"({"alg":"ES384"})", R"({"alg":""})", R"({"alg":null})", R"({"alg":["ES256"]})", R"({"kid":"k"})",
        R"({"alg":"ES256","alg":"ES256"})", R"({"alg":"ES256","kid":1})", R"({"alg":"ES256","crit":["exp"],"exp":1})",
        R"({"alg":"ES256","crit":[]})", "[]", "null", "{", "\xFF"}) {
    bad.push_back(with(header));
  }
  for (const std::string& text : bad) EXPECT_FALSE(read_jws(text)) << text;
  const std::string none =
      fmt::format("{}.{}.", to_base64url(bytes_of(R"({"alg":"none"})")), to_base64url(bytes_of("{}")));
  EXPECT_FALSE(read_jws(none));
}

// RFC 8725 section 2.1: what everybody can make if a public key is taken for the secret of an HMAC.
TEST(Jose, APublicKeyIsNoSecret) {
  const Signer signer(JwsAlgorithm::rs256, "k");
  const std::string text =
      fmt::format("{}.{}", to_base64url(bytes_of(R"({"alg":"HS256","kid":"k"})")), to_base64url(bytes_of("{}")));
  const std::string secret = signer.jwk();
  Bytes mac(32);
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes_of(text).data(), text.size(), mac.data(),
       nullptr);
  const auto forged = read_jws(fmt::format("{}.{}", text, to_base64url(mac)));
  ASSERT_FALSE(forged);
  EXPECT_EQ(forged.error().message, "header: alg: not RS256, ES256 or EdDSA");
}

TEST(Jwks, OtherKeysArePassedOver) {
  const std::string good = Signer(JwsAlgorithm::eddsa, "good").jwk();
  const auto rsa = [](const Bytes& n, const Bytes& e) {
    return fmt::format(R"({{"kty":"RSA","n":"{}","e":"{}"}})", to_base64url(n), to_base64url(e));
  };
  Bytes modulus(256, 0xFF);
  const Bytes e{1, 0, 1};
  EXPECT_EQ(read_jwks(set_of(rsa(modulus, e)))->size(), 1U);
  modulus.insert(modulus.begin(), 0);
  EXPECT_EQ(read_jwks(set_of(rsa(modulus, e)))->at(0).key.size(), 256U) << "leading zeros change nothing";
  Bytes short_modulus(256, 0xFF);
  short_modulus[0] = 0x7F;
  const std::string point(43, 'A');
  const std::vector<std::string> others{rsa(short_modulus, e),
                                        rsa(Bytes(1025, 0xFF), e),
                                        rsa(Bytes(256, 0), e),
                                        rsa({}, e),
                                        rsa(Bytes(256, 0xFF), {}),
                                        rsa(Bytes(256, 0xFF), {1}),
                                        rsa(Bytes(256, 0xFF), {4}),
                                        rsa(Bytes(256, 0xFF), Bytes(9, 1)),
                                        R"({"kty":"oct","k":"AAAA"})",
                                        R"({"kty":"EC","crv":"P-384","x":"AAAA","y":"AAAA"})",
                                        R"({"kty":"OKP","crv":"X25519","x":")" + point + "\"}",
                                        R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})",
                                        R"({"kty":"EC","crv":"P-256","x":")" + point + "\"}",
                                        R"({"kty":1})",
                                        "{}",
                                        R"({"use":"enc",)" + good.substr(good.find("\"kty\"")),
                                        R"({"alg":"ES256",)" + good.substr(good.find("\"kty\""))};
  for (const std::string& other : others) {
    const auto keys = read_jwks(set_of(other + "," + good));
    ASSERT_TRUE(keys) << other;
    ASSERT_EQ(keys->size(), 1U) << other;
    EXPECT_EQ(keys->front().kid, "good");
  }
  EXPECT_EQ(read_jwks(set_of(""))->size(), 0U);
  for (const char* text : {"", "{}", "[]", R"({"keys":{}})", R"({"keys":[1]})", R"({"keys":null})"}) {
    EXPECT_FALSE(read_jwks(text)) << text;
  }
}

TEST(Jwks, APointThatIsNotOnTheCurveSignsNothing) {
  const std::string one = to_base64url(Bytes(32, 1));
  const auto keys = read_jwks(set_of(fmt::format(R"({{"kty":"EC","crv":"P-256","x":"{}","y":"{}"}})", one, one)));
  const auto jws = read_jws(examples[1].token);
  ASSERT_TRUE(keys && jws);
  EXPECT_FALSE(verify(*jws, keys->front()));
}

}  // namespace
}  // namespace folkmoot::account
