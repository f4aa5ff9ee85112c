#include "account/oidc.hpp"

#include <gtest/gtest.h>

#include "account/token.hpp"

namespace folkmoot::account {
namespace {

constexpr std::int64_t now = 1'772'000'000;
const std::string issuer = "https://id.example/tenant";

OidcClient client_of(std::string claim = "email") {
  OidcClient client;
  client.issuer = issuer;
  client.id = "moot & co";
  client.secret = secret::SecretText("s:e c%ret");
  client.redirect_uri = "https://vote.members.example/api/v1/oidc/return";
  client.claim = std::move(claim);
  return client;
}

std::string metadata_with(std::string_view more = "", std::string_view its_issuer = issuer) {
  return fmt::format(
      R"({{"issuer":"{}","authorization_endpoint":"https://id.example/authorize?tenant=1","token_endpoint":)"
      R"("https://id.example/token","jwks_uri":"https://keys.id.example/keys"{}}})",
      its_issuer, more);
}

TEST(ProviderUrls, AreHttpsOrHere) {
  for (const char* url : {"https://id.example", "https://id.example:8443/a/b?c=d", "https://[2001:db8::1]/",
                          "http://127.0.0.1:9000/x", "http://localhost", "http://[::1]:1"}) {
    EXPECT_TRUE(check_provider_url(url)) << url;
  }
  for (const char* url :
       {"", "id.example", "http://id.example", "ftp://id.example", "https://", "https:///x", "https://:443",
        "http://127.0.0.1:80@evil.example/", "https://user@id.example", "https://id.example#x",
        "https://id.example/a b", "https://id.example\\@evil.example", "http://localhost.evil.example",
        "https://id.example/\n", "file:///etc/passwd", "http://127.0.0.1.evil.example/", "javascript:alert(1)"}) {
    EXPECT_FALSE(check_provider_url(url)) << url;
  }
}

TEST(ProviderMetadata, IsReadAndHeldToItsIssuer) {
  const auto metadata = read_provider_metadata(metadata_with(), issuer);
  ASSERT_TRUE(metadata) << metadata.error().message;
  EXPECT_EQ(metadata->authorization_endpoint, "https://id.example/authorize?tenant=1");
  EXPECT_EQ(metadata->token_endpoint, "https://id.example/token");
  EXPECT_EQ(metadata->jwks_uri, "https://keys.id.example/keys");
  EXPECT_FALSE(metadata->says_who_it_is || metadata->takes_claims);
  EXPECT_EQ(configuration_url(issuer), issuer + "/.well-known/openid-configuration");
  EXPECT_EQ(configuration_url(issuer + "/"), configuration_url(issuer));  // Discovery, section 4.1

  EXPECT_FALSE(read_provider_metadata(metadata_with("", issuer + "/"), issuer));
  EXPECT_FALSE(read_provider_metadata(metadata_with("", "https://evil.example"), issuer));
  EXPECT_TRUE(read_provider_metadata(
      metadata_with(R"(,"token_endpoint_auth_methods_supported":["private_key_jwt","client_secret_basic"])"), issuer));
  EXPECT_FALSE(read_provider_metadata(
      metadata_with(R"(,"token_endpoint_auth_methods_supported":["client_secret_post"])"), issuer));
  std::string text = metadata_with();
  text.replace(text.find("https://keys"), 5, "http");
  EXPECT_FALSE(read_provider_metadata(text, issuer)) << "not without TLS";
  text = metadata_with();
  text.replace(text.find("https://id.example/token"), 24, "http://127.0.0.1:1/token");
  EXPECT_FALSE(read_provider_metadata(text, issuer)) << "a provider elsewhere is not on this machine";
  for (const char* wrong : {"", "{}", "[]", "null", R"({"issuer":1})"}) {
    EXPECT_FALSE(read_provider_metadata(wrong, issuer)) << wrong;
  }
}

TEST(OidcVisits, HaveSecretsThatSayNothingOfEachOther) {
  const OidcSecrets one = secrets_of_visit("token"), same = secrets_of_visit("token"),
                    other = secrets_of_visit("tokem");
  EXPECT_EQ(one.state, same.state);
  std::set<std::string> all;
  for (const OidcSecrets* secrets : {&one, &other}) {
    for (const std::string& text : {secrets->state, secrets->nonce, secrets->verifier, secrets->challenge}) {
      EXPECT_EQ(text.size(), 43U);
      EXPECT_TRUE(all.insert(text).second);
    }
  }
  EXPECT_EQ(one.challenge, to_base64url(sha256(one.verifier)));  // RFC 7636 section 4.2, S256
}

TEST(OidcRequests, AreTheSpecifications) {
  const OidcClient client = client_of();
  const OidcSecrets secrets{"STATE", "NONCE", "VERIFIER", "CHALLENGE"};
  auto metadata = *read_provider_metadata(metadata_with(), issuer);
  const std::string url =
      "https://id.example/authorize?tenant=1&response_type=code&client_id=moot%20%26%20co&redirect_uri="
      "https%3A%2F%2Fvote.members.example%2Fapi%2Fv1%2Foidc%2Freturn&scope=openid%20email&state=STATE&nonce=NONCE&"
      "code_challenge=CHALLENGE&code_challenge_method=S256";
  EXPECT_EQ(authorization_url(metadata, client, secrets), url);
  metadata.takes_claims = true;
  EXPECT_EQ(authorization_url(metadata, client, secrets),
            url + "&claims=%7B%22id_token%22%3A%7B%22email%22%3Anull%2C%22email_verified%22%3Anull%7D%7D");
  metadata.authorization_endpoint = "https://id.example/authorize";
  EXPECT_TRUE(authorization_url(metadata, client_of("number"), secrets)
                  .starts_with("https://id.example/authorize?response_type=code&"));

  EXPECT_EQ(token_request(client, "a/b&c", secrets),
            "grant_type=authorization_code&code=a%2Fb%26c&redirect_uri="
            "https%3A%2F%2Fvote.members.example%2Fapi%2Fv1%2Foidc%2Freturn&code_verifier=VERIFIER");
  // RFC 6749 section 2.3.1: both are encoded as in a form first. Of "moot%20%26%20co:s%3Ae%20c%25ret", by coreutils.
  EXPECT_EQ(client_authorization(client).view(), "Basic bW9vdCUyMCUyNiUyMGNvOnMlM0FlJTIwYyUyNXJldA==");
}

TEST(OidcAnswers, NameTheirProviderIfItSaysThatItDoes) {  // RFC 9207 section 2.4
  auto metadata = *read_provider_metadata(metadata_with(), issuer);
  EXPECT_TRUE(check_answering_issuer(metadata, ""));
  EXPECT_TRUE(check_answering_issuer(metadata, issuer));
  EXPECT_FALSE(check_answering_issuer(metadata, "https://evil.example"));
  metadata =
      *read_provider_metadata(metadata_with(R"(,"authorization_response_iss_parameter_supported":true)"), issuer);
  EXPECT_TRUE(check_answering_issuer(metadata, issuer));
  EXPECT_FALSE(check_answering_issuer(metadata, ""));
  EXPECT_FALSE(check_answering_issuer(metadata, issuer + "/"));
  EXPECT_EQ(*read_token_answer(R"({"access_token":"x","id_token":"a.b.c"})"), "a.b.c");
  for (const char* text : {"", "{}", R"({"id_token":1})", R"({"error":"invalid_grant"})"}) {
    EXPECT_FALSE(read_token_answer(text)) << text;
  }
}

// A good ID token's claims, with some put in the place of others.
std::string claims_with(const std::map<std::string, std::string>& changes = {}) {
  std::map<std::string, std::string> claims{{"iss", "\"" + issuer + "\""},
                                            {"sub", "\"7\""},
                                            {"aud", R"("moot & co")"},
                                            {"exp", std::to_string(now + 300)},
                                            {"iat", std::to_string(now)},
                                            {"nonce", R"("NONCE")"},
                                            {"email", R"("ada@example.org")"},
                                            {"email_verified", "true"},
                                            {"number", R"("1234")"}};
  for (const auto& [name, value] : changes) claims[name] = value;
  std::string text;
  for (const auto& [name, value] : claims) {
    if (!value.empty()) text += fmt::format(R"({}"{}":{})", text.empty() ? "" : ",", name, value);
  }
  return "{" + text + "}";
}

TEST(IdTokens, SayWhoItIs) {
  const auto identity = read_id_token(claims_with(), client_of(), "NONCE", now);
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_TRUE(identity->by_email);
  EXPECT_EQ(identity->value, "ada@example.org");
  const auto number = read_id_token(claims_with({{"email_verified", ""}}), client_of("number"), "NONCE", now);
  ASSERT_TRUE(number);
  EXPECT_FALSE(number->by_email);
  EXPECT_EQ(number->value, "1234");
  for (const std::map<std::string, std::string>& changes :
       std::vector<std::map<std::string, std::string>>{{{"aud", R"(["moot & co"])"}},
                                                       {{"azp", R"("moot & co")"}},
                                                       {{"exp", std::to_string(now - 59)}},
                                                       {{"iat", std::to_string(now + 60)}},
                                                       {{"nbf", std::to_string(now + 60)}}}) {
    EXPECT_TRUE(read_id_token(claims_with(changes), client_of(), "NONCE", now)) << changes.begin()->first;
  }
}

TEST(IdTokens, AreRefusedForEachClaimThatIsWrong) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> wrong{
      {"iss", {"", R"("https://evil.example")", R"("https://id.example/tenant/")", "1"}},
      {"sub", {"", "7"}},
      {"aud", {"", R"("other")", R"(["moot & co","other"])", "[]", R"(["other"])", "[1]", "null"}},
      {"azp", {R"("other")", "1"}},
      {"exp", {"", std::to_string(now - 60), "0", "-1", R"("1772000300")", "1e99", "99999999999999"}},
      {"iat", {"", std::to_string(now + 61), "null"}},
      {"nbf", {std::to_string(now + 61)}},
      {"nonce", {"", R"("nonce")", R"("")"}},
      {"email", {"", "1", R"("")", R"("a\u0000@b.example")", "\"" + std::string(300, 'a') + "\""}},
      {"email_verified", {"", "false", R"("true")", "1"}}};
  for (const auto& [name, values] : wrong) {
    for (const std::string& value : values) {
      const auto identity = read_id_token(claims_with({{name, value}}), client_of(), "NONCE", now);
      ASSERT_FALSE(identity) << name << " " << value;
      EXPECT_NE(identity.error().message.find(name), std::string::npos) << identity.error().message;
      EXPECT_EQ(identity.error().message.find("ada@"), std::string::npos);
    }
  }
  EXPECT_FALSE(read_id_token(claims_with({{"number", "1234"}}), client_of("number"), "NONCE", now));
  const std::string twice = claims_with();
  EXPECT_FALSE(read_id_token(R"({"nonce":"other",)" + twice.substr(1), client_of(), "NONCE", now));
  for (const char* text : {"", "[]", "null", "\"x\""}) EXPECT_FALSE(read_id_token(text, client_of(), "NONCE", now));
}

}  // namespace
}  // namespace folkmoot::account
