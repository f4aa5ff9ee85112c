// An OpenID provider on this machine: it plays its part of the authorization code flow over HTTP, holds its client to
// what OpenID Connect Core 1.0 (section 3.1) and RFC 7636 ask of it, and lies where a test wants it to.
#pragma once

#include <map>
#include <set>

#include "account/oidc.hpp"
#include "account/signer.hpp"
#include "server/client.hpp"
#include "server/query.hpp"

namespace folkmoot::server::test {

class FakeProvider {
 public:
  using Claims = std::map<std::string, std::string>;  // the values as JSON; an empty one is left out

  explicit FakeProvider(const std::int64_t& now) : now_(now) {}

  [[nodiscard]] std::string issuer() const { return server_.url(); }
  [[nodiscard]] account::OidcClient client(std::string claim = "email") const {
    account::OidcClient client;
    client.issuer = issuer();
    client.id = "moot";
    client.secret = secret::SecretText("client secret");
    client.redirect_uri = "https://vote.members.example/api/v1/oidc/return";
    client.claim = std::move(claim);
    return client;
  }

  // Somebody signs in there, whose browser was sent to that URL: what stands after '?' when it is sent back.
  std::string authorize(const std::string& url) {
    EXPECT_TRUE(url.starts_with(issuer() + "/authorize?")) << url;
    const std::string query = url.substr(url.find('?') + 1);
    const auto field = [&](std::string_view name) { return query_field(query, name)->value_or(""); };
    EXPECT_EQ(field("response_type"), "code");
    EXPECT_EQ(field("client_id"), "moot");
    EXPECT_EQ(field("redirect_uri"), "https://vote.members.example/api/v1/oidc/return");
    EXPECT_TRUE(field("scope").starts_with("openid "));
    EXPECT_EQ(field("code_challenge_method"), "S256");
    EXPECT_TRUE(urls_seen_.insert(field("state")).second && urls_seen_.insert(field("nonce")).second) << "used before";
    const std::string code = fmt::format("code-{}", ++codes_);
    asked_[code] = {field("nonce"), field("code_challenge")};
    return fmt::format("code={}&state={}{}", code, field("state"), names_itself ? "&iss=" + issuer() : "");
  }

  [[nodiscard]] int asked_for(const std::string& path) const {
    const auto found = requests_.find(path);
    return found == requests_.end() ? 0 : found->second;
  }
  [[nodiscard]] std::string payload(const std::string& nonce) const {
    Claims all{{"iss", "\"" + issuer() + "\""},
               {"sub", "\"7\""},
               {"aud", R"("moot")"},
               {"exp", std::to_string(now_ + 300)},
               {"iat", std::to_string(now_)},
               {"nonce", "\"" + nonce + "\""},
               {"email", R"("Ada@example.org")"},
               {"email_verified", "true"}};
    for (const auto& [name, value] : claims) all[name] = value;
    std::string text;
    for (const auto& [name, value] : all) {
      if (!value.empty()) text += fmt::format(R"({}"{}":{})", text.empty() ? "" : ",", name, value);
    }
    return "{" + text + "}";
  }

  account::test::Signer signer{account::JwsAlgorithm::es256, "first"};
  std::vector<account::test::Signer> published{signer};
  Claims claims;                                                      // instead of the usual ones
  std::function<std::string(const std::string& payload)> make_token;  // instead of the signer
  bool names_itself = true;                                           // as RFC 9207 wants
  std::map<std::string, std::function<Response()>> instead;           // of what is at that path

 private:
  struct Asked {
    std::string nonce, challenge;
  };

  Response answer(const Request& request) {
    ++requests_[request.path];
    if (const auto found = instead.find(request.path); found != instead.end()) return found->second();
    if (request.path == "/.well-known/openid-configuration") return configuration();
    if (request.path == "/keys") return json(200, keys());
    if (request.path == "/token") return token(request);
    return text_response(404, "");
  }
  static Response json(int status, std::string text) {
    Response response = text_response(status, std::move(text));
    response.content_type = "application/json";
    return response;
  }
  [[nodiscard]] Response configuration() const {
    return json(200,
                fmt::format(R"({{"issuer":"{0}","authorization_endpoint":"{0}/authorize","token_endpoint":"{0}/token",)"
                            R"("jwks_uri":"{0}/keys","response_types_supported":["code"],)"
                            R"("authorization_response_iss_parameter_supported":{1}}})",
                            issuer(), names_itself));
  }
  [[nodiscard]] std::string keys() const {
    std::string all;
    for (const auto& one : published) all += (all.empty() ? "" : ",") + one.jwk();
    return fmt::format(R"({{"keys":[{}]}})", all);
  }
  // Core, section 3.1.3.2; RFC 7636 section 4.6. A code is good once.
  Response token(const Request& request) {
    const auto field = [&](std::string_view name) { return query_field(request.body, name)->value_or(""); };
    if (request.method != "POST" || request.header("content-type") != "application/x-www-form-urlencoded")
      return json(400, R"({"error":"invalid_request"})");
    // "moot:client%20secret", of coreutils' base64
    if (request.header("authorization") != "Basic bW9vdDpjbGllbnQlMjBzZWNyZXQ=")
      return json(401, R"({"error":"invalid_client"})");
    const auto found = asked_.find(field("code"));
    if (field("grant_type") != "authorization_code" || found == asked_.end())
      return json(400, R"({"error":"invalid_grant"})");
    const Asked asked = found->second;
    asked_.erase(found);
    if (field("redirect_uri") != "https://vote.members.example/api/v1/oidc/return" ||
        account::to_base64url(sha256(field("code_verifier"))) != asked.challenge)
      return json(400, R"({"error":"invalid_grant"})");
    const std::string its_payload = payload(asked.nonce);
    const std::string id_token = make_token ? make_token(its_payload) : signer.token(its_payload);
    return json(200, fmt::format(R"({{"access_token":"opaque","token_type":"Bearer","id_token":"{}"}})", id_token));
  }

  const std::int64_t& now_;
  int codes_ = 0;
  std::map<std::string, Asked> asked_;  // by code
  std::map<std::string, int> requests_;
  std::set<std::string> urls_seen_;
  Running server_{[this](const Request& request) { return answer(request); }};
};

}  // namespace folkmoot::server::test
