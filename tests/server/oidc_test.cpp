// Signing in at a provider, and the attacks on it.
#include <openssl/hmac.h>

#include <condition_variable>

#include "server/accounts.hpp"
#include "server/fake_provider.hpp"
#include "server/membership.hpp"
#include "store/scripted_server.hpp"

namespace folkmoot::server::test {
namespace {

using account::JwsAlgorithm;
using account::test::Signer;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t minute = 60;
constexpr store::Patience short_patience{std::chrono::milliseconds(500), std::chrono::milliseconds(500),
                                         std::chrono::seconds(1)};
constexpr const char *done = "/sign-in?provider=done", *refused = "/sign-in?provider=refused",
                     *unavailable = "/sign-in?provider=unavailable";

// A browser with its cookies, of which another site's links carry only those that are SameSite=Lax.
struct Visitor {
  std::map<std::string, std::string> cookies;

  [[nodiscard]] std::string header(bool from_elsewhere) const {
    std::string text;
    for (const auto& [name, value] : cookies) {
      if (from_elsewhere && !name.ends_with("-visit")) continue;
      text += fmt::format("{}{}={}", text.empty() ? "" : "; ", name, value);
    }
    return text;
  }
  void keep(const Response& response) {
    for (const auto& [name, value] : response.headers) {
      if (name != "Set-Cookie") continue;
      const auto equals = value.find('=');
      const std::string content = value.substr(equals + 1, value.find(';') - equals - 1);
      cookies.erase(value.substr(0, equals));
      if (!content.empty()) cookies[value.substr(0, equals)] = content;
    }
  }
};

class AtAProvider : public testing::TestWithParam<folkmoot::test::Kind> {
 protected:
  AtAProvider() { use(fake.client()); }

  // Has the calls speak with the provider of that client.
  void use(account::OidcClient client, store::Patience patience = {}) {
    provider = std::make_unique<service::Provider>(std::move(client), "Moot ID", patience);
    AccountCalls::Needs needs{[this] { return site.now; },
                              [](const std::string&) { return std::vector<std::string>(); }, [] {}, provider.get(),
                              [this](std::string_view message) { told.emplace_back(message); }};
    calls = std::make_unique<AccountCalls>(site.accounts, std::move(needs), site.random);
  }

  Response send(Visitor& who, const std::string& method, const std::string& path) {
    Request request = Membership::request(method, path);
    request.headers.emplace_back("cookie", who.header(false));
    Response response = *calls->answer(request);
    who.keep(response);
    return response;
  }
  // Where the browser is sent.
  std::string start(Visitor& who) {
    site.now += minute;  // within the limit
    const Response response = send(who, "POST", "/api/v1/oidc/start");
    EXPECT_EQ(response.status, 201) << text_of(response);
    return response.status == 201 ? field_of(response, "url") : "";
  }
  // As the provider's page sends it back.
  Response come_back(Visitor& who, const std::string& query) {
    Request request{"GET", "/api/v1/oidc/return", "", query, {{"sec-fetch-site", "cross-site"}}, "192.0.2.1"};
    request.headers.emplace_back("cookie", who.header(true));
    Response response = *calls->answer(request);
    EXPECT_EQ(response.status, 303);
    EXPECT_EQ(header_of(response, "Cache-Control"), "no-store");
    who.keep(response);
    return response;
  }
  // The whole way; where it leads to.
  std::string sign_in(Visitor& who) { return header_of(come_back(who, fake.authorize(start(who))), "Location"); }
  int session_status(Visitor& who) { return send(who, "GET", "/api/v1/session").status; }
  void expect_nobody_in(Visitor& who) {
    EXPECT_FALSE(who.cookies.contains("__Host-folkmoot"));
    EXPECT_EQ(session_status(who), 401);
    EXPECT_TRUE(ok(site.database->run("SELECT member FROM session")).empty());
  }

  Membership site{GetParam()};
  FakeProvider fake{site.now};
  std::unique_ptr<service::Provider> provider;
  std::unique_ptr<AccountCalls> calls;
  std::vector<std::string> told;
  Visitor visitor;
};
ON_EITHER_DATABASE(AtAProvider);

TEST_P(AtAProvider, AMemberSignsIn) {
  EXPECT_EQ(text_of(send(visitor, "GET", "/api/v1/sign-in")), R"({"provider":"Moot ID","example":false})");
  const Response started = send(visitor, "POST", "/api/v1/oidc/start");
  ASSERT_EQ(started.status, 201) << text_of(started);
  EXPECT_THAT(header_of(started, "Set-Cookie"),
              testing::MatchesRegex("__Host-folkmoot-visit=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure"));
  EXPECT_THAT(text_of(started), Not(HasSubstr(visitor.cookies.at("__Host-folkmoot-visit"))));
  const Response back = come_back(visitor, fake.authorize(field_of(started, "url")));
  EXPECT_EQ(header_of(back, "Location"), done);
  EXPECT_THAT(visitor.cookies.at("__Host-folkmoot"), testing::MatchesRegex("[A-Za-z0-9_-]{43}"));
  EXPECT_FALSE(visitor.cookies.contains("__Host-folkmoot-visit"));
  EXPECT_EQ(text_of(send(visitor, "GET", "/api/v1/session")),
            R"({"member":"m-1","name":"Ada Ash","language":"en","posts":[],"second_factor":false})");
  EXPECT_TRUE(ok(site.database->run("SELECT hash FROM provider_visit")).empty());
  EXPECT_TRUE(told.empty());
}

TEST_P(AtAProvider, EachAlgorithmIsGood) {
  for (const JwsAlgorithm algorithm : {JwsAlgorithm::rs256, JwsAlgorithm::es256, JwsAlgorithm::eddsa}) {
    fake.signer = Signer(algorithm, fmt::format("key of {}", static_cast<int>(algorithm)));
    fake.published = {fake.signer};
    EXPECT_EQ(sign_in(visitor), done) << fake.signer.name();
  }
}

TEST_P(AtAProvider, WhatIsWrongWithATokenLetsNobodyIn) {
  const std::vector<std::pair<const char*, FakeProvider::Claims>> wrong{
      {"nonce", {{"nonce", R"("another")"}}},
      {"nonce", {{"nonce", ""}}},
      {"aud", {{"aud", R"("another")"}}},
      {"aud", {{"aud", R"(["moot","another"])"}}},
      {"azp", {{"azp", R"("another")"}}},
      {"iss", {{"iss", R"("https://evil.example")"}}},
      {"exp", {{"exp", std::to_string(site.now - 24 * 60 * minute)}}},
      {"iat", {{"iat", std::to_string(site.now + 24 * 60 * minute)}}},
      {"email_verified", {{"email_verified", "false"}}},
      {"email_verified", {{"email_verified", ""}}},
      {"email", {{"email", ""}}},
      {"not a member", {{"email", R"("nobody@example.org")"}}},
      {"not a member", {{"email", R"("family@example.org")"}}}};  // of two
  std::vector<std::pair<std::string, std::string>> headers;       // of the first
  for (const auto& [what, claims] : wrong) {
    fake.claims = claims;
    const Response response = come_back(visitor, fake.authorize(start(visitor)));
    EXPECT_EQ(header_of(response, "Location"), refused) << what;
    ASSERT_FALSE(told.empty()) << what;
    EXPECT_THAT(told.back(), HasSubstr(what));
    EXPECT_THAT(told.back(), Not(HasSubstr("example.org"))) << "nothing of who it is";
    if (headers.empty()) headers = response.headers;
    EXPECT_EQ(response.headers, headers) << "the same for all: " << what;
    EXPECT_EQ(text_of(response), "");
  }
  expect_nobody_in(visitor);
  fake.claims.clear();
  EXPECT_EQ(sign_in(visitor), done);
}

TEST_P(AtAProvider, WhatIsNotSignedLetsNobodyIn) {
  const auto encode = [](std::string_view text) { return account::to_base64url(bytes_of(text)); };
  const Signer other(JwsAlgorithm::es256, "first"), rsa(JwsAlgorithm::rs256, "rsa");
  fake.published = {fake.signer, rsa};
  const std::string public_key = rsa.jwk();
  const std::vector<std::pair<const char*, std::function<std::string(const std::string&)>>> forged{
      {"none", [&](const std::string& payload) { return encode(R"({"alg":"none"})") + "." + encode(payload) + "."; }},
      {"HMAC with the public key as its secret",
       [&](const std::string& payload) {
         const std::string text = encode(R"({"alg":"HS256","kid":"rsa"})") + "." + encode(payload);
         Bytes mac(32);
         HMAC(EVP_sha256(), public_key.data(), static_cast<int>(public_key.size()), bytes_of(text).data(), text.size(),
              mac.data(), nullptr);
         return text + "." + account::to_base64url(mac);
       }},
      {"another key of that name", [&](const std::string& payload) { return other.token(payload); }},
      {"an algorithm that is not the key's",
       [&](const std::string& payload) { return other.token(payload, R"({"alg":"RS256","kid":"rsa"})"); }},
      {"a key that the token brings along",
       [&](const std::string& payload) {
         return other.token(payload, fmt::format(R"({{"alg":"ES256","kid":"mine","jwk":{}}})", other.jwk()));
       }},
      {"no signature",
       [&](const std::string& payload) {
         const std::string good = fake.signer.token(payload);
         return good.substr(0, good.rfind('.') + 1);
       }},
      {"another payload",
       [&](const std::string& payload) {
         const std::string good = fake.signer.token("{}");
         return good.substr(0, good.find('.') + 1) + encode(payload) + good.substr(good.rfind('.'));
       }},
      {"no token", [](const std::string&) { return std::string("x"); }}};
  for (const auto& [what, make] : forged) {
    fake.make_token = make;
    EXPECT_EQ(sign_in(visitor), refused) << what;
  }
  expect_nobody_in(visitor);
  for (const std::string& message : told) EXPECT_THAT(message, Not(HasSubstr("eyJ"))) << "no token in a log";
}

TEST_P(AtAProvider, KeysAreChangedAndAskedForOnceAMinuteAtMost) {
  ASSERT_EQ(sign_in(visitor), done);
  EXPECT_EQ(fake.asked_for("/keys"), 1);
  fake.signer = Signer(JwsAlgorithm::es256, "second");
  fake.published.push_back(fake.signer);
  EXPECT_EQ(sign_in(visitor), done) << "with the new key";
  EXPECT_EQ(fake.asked_for("/keys"), 2);
  EXPECT_EQ(sign_in(visitor), done);
  EXPECT_EQ(fake.asked_for("/keys"), 2) << "it is kept";

  fake.signer = Signer(JwsAlgorithm::es256, "unknown");
  const std::string one = fake.authorize(start(visitor));
  Visitor another;
  EXPECT_EQ(header_of(come_back(visitor, one), "Location"), refused);
  EXPECT_EQ(fake.asked_for("/keys"), 3);
  const Response started = send(another, "POST", "/api/v1/oidc/start");  // at the same time
  EXPECT_EQ(header_of(come_back(another, fake.authorize(field_of(started, "url"))), "Location"), refused);
  EXPECT_EQ(fake.asked_for("/keys"), 3);
  EXPECT_EQ(sign_in(visitor), refused);
  EXPECT_EQ(fake.asked_for("/keys"), 4) << "a minute later";
  EXPECT_EQ(fake.asked_for("/.well-known/openid-configuration"), 1);
  site.now += 60 * minute;
  start(visitor);
  EXPECT_EQ(fake.asked_for("/.well-known/openid-configuration"), 2) << "an hour later";
}

TEST_P(AtAProvider, AReturnIsGoodOnceAndForAQuarterOfAnHour) {
  const std::string query = fake.authorize(start(visitor));
  Visitor copy = visitor;
  ASSERT_EQ(header_of(come_back(visitor, query), "Location"), done);
  EXPECT_EQ(header_of(come_back(copy, query), "Location"), refused);
  EXPECT_EQ(fake.asked_for("/token"), 1) << "the provider is not asked for the code again";
  EXPECT_EQ(session_status(copy), 401);
  EXPECT_EQ(session_status(visitor), 200);

  const std::string late = fake.authorize(start(copy));
  site.now += 15 * minute;
  EXPECT_EQ(header_of(come_back(copy, late), "Location"), refused);
  start(copy);
  site.now += 15 * minute;
  ok(site.post_office.work());
  EXPECT_TRUE(ok(site.database->run("SELECT hash FROM provider_visit")).empty()) << "forgotten";
}

// Login CSRF, and a code that is put into another's answer (RFC 9700 sections 4.5 and 4.7).
TEST_P(AtAProvider, AnAnswerIsForItsOwnBrowserAlone) {
  Visitor attacker;
  const std::string theirs = fake.authorize(start(attacker)), ours = fake.authorize(start(visitor));
  Visitor nowhere;
  EXPECT_EQ(header_of(come_back(nowhere, theirs), "Location"), refused) << "a browser that was sent nowhere";
  EXPECT_EQ(header_of(come_back(visitor, theirs), "Location"), refused);
  for (const char* query : {"", "code=code-1", "code=code-1&state=", "state=%ff&code=x", "code=%zz"}) {
    EXPECT_EQ(header_of(come_back(visitor, query), "Location"), refused) << query;
  }
  EXPECT_EQ(fake.asked_for("/token"), 0);
  const std::string their_code = theirs.substr(0, theirs.find('&')), our_state = ours.substr(ours.find('&'));
  Visitor before = visitor;
  EXPECT_EQ(header_of(come_back(visitor, their_code + our_state), "Location"), refused) << "PKCE";
  EXPECT_EQ(fake.asked_for("/token"), 1);
  EXPECT_EQ(header_of(come_back(before, ours), "Location"), refused) << "that was the visit's end";
  expect_nobody_in(visitor);
}

TEST_P(AtAProvider, WhatOthersSendABrowserToDoesNotEndItsVisit) {
  const std::string ours = fake.authorize(start(visitor));
  EXPECT_EQ(header_of(come_back(visitor, "code=x&state=y"), "Location"), refused);
  EXPECT_EQ(header_of(come_back(visitor, ours), "Location"), done);
}

TEST_P(AtAProvider, AnAnswerOfAnotherProviderIsNotTaken) {  // RFC 9207
  std::string query = fake.authorize(start(visitor));
  query.replace(query.find("&iss=") + 5, std::string::npos, "https://evil.example");
  EXPECT_EQ(header_of(come_back(visitor, query), "Location"), refused);
  query = fake.authorize(start(visitor));
  EXPECT_EQ(header_of(come_back(visitor, query.substr(0, query.find("&iss="))), "Location"), refused);
  EXPECT_EQ(fake.asked_for("/token"), 0);
  query = fake.authorize(start(visitor));
  query.replace(0, query.find("&state"), "error=access_denied");
  EXPECT_EQ(header_of(come_back(visitor, query), "Location"), refused) << "who said no there";
  expect_nobody_in(visitor);
}

TEST_P(AtAProvider, AProviderThatDoesNotSayWhoItIsNeedsNot) {
  fake.names_itself = false;
  EXPECT_EQ(sign_in(visitor), done);
}

TEST_P(AtAProvider, ItLeadsToNoOtherSite) {
  const std::string query = fake.authorize(start(visitor));
  for (const char* next : {"https://evil.example/", "//evil.example", "%2F%2Fevil.example", "/me"}) {
    for (const char* name : {"next", "redirect_uri", "provider", "url"}) {
      const std::string wrong = fmt::format("{}={}&code=x&state=y", name, next);
      EXPECT_EQ(header_of(come_back(visitor, wrong), "Location"), refused);
    }
  }
  EXPECT_EQ(header_of(come_back(visitor, query + "&next=https://evil.example&redirect_uri=//evil.example"), "Location"),
            done);
}

TEST_P(AtAProvider, ASessionThatSomebodyElseBeganDoesNotBecomeTheMembers) {
  Membership::Browser attacker{site};
  site.ask("family@example.org");
  ASSERT_EQ(attacker.send("POST", "/api/v1/session", fmt::format(R"({{"token":"{}"}})", site.last_token())).status,
            201);
  visitor.cookies["__Host-folkmoot"] = attacker.cookie.substr(attacker.cookie.find('=') + 1);  // planted
  ASSERT_EQ(sign_in(visitor), done);
  EXPECT_NE("__Host-folkmoot=" + visitor.cookies.at("__Host-folkmoot"), attacker.cookie);
  EXPECT_EQ(attacker.send("GET", "/api/v1/session").status, 401) << "and it has ended";
  EXPECT_THAT(text_of(send(visitor, "GET", "/api/v1/session")), HasSubstr("m-1"));
}

TEST_P(AtAProvider, AClaimCanHoldAMembersNumberOrReference) {
  use(fake.client("member"));
  for (const char* name : {R"("4")", R"("m-4")"}) {
    fake.claims = {{"member", name}, {"email", ""}, {"email_verified", ""}};
    EXPECT_EQ(sign_in(visitor), done) << name;
    EXPECT_THAT(text_of(send(visitor, "GET", "/api/v1/session")), HasSubstr("Dot Dogwood"));
  }
  visitor = {};
  for (const char* name : {R"("5")", R"("ada@example.org")", R"("")", "4", R"("' OR 1=1 --")"}) {
    fake.claims["member"] = name;
    EXPECT_EQ(sign_in(visitor), refused) << name;
  }
  EXPECT_EQ(session_status(visitor), 401);
}

TEST_P(AtAProvider, WhatTheProviderDoesWrongIsNotTheMembersFault) {
  const auto status = [](int number) { return [number] { return text_response(number, "{}"); }; };
  const std::string configuration = "/.well-known/openid-configuration";
  const auto large = [] { return text_response(200, std::string(300 << 10, ' ')); };
  for (const std::string& path : {configuration, std::string("/keys")}) {
    for (const std::function<Response()>& wrong :
         std::vector<std::function<Response()>>{status(500), status(404), status(200), large}) {
      fake.instead = {{path, wrong}};
      EXPECT_EQ(send(visitor, "POST", "/api/v1/oidc/start").status, 503) << path;
    }
  }
  fake.instead.clear();
  site.now += 30 * minute;
  for (const std::function<Response()>& wrong :
       std::vector<std::function<Response()>>{status(500), status(503), large}) {
    fake.instead.clear();
    const std::string query = fake.authorize(start(visitor));
    fake.instead = {{"/token", wrong}};
    EXPECT_EQ(header_of(come_back(visitor, query), "Location"), unavailable);
  }
  for (const int number : {200, 302, 400, 401}) {
    fake.instead.clear();
    const std::string query = fake.authorize(start(visitor));
    fake.instead = {{"/token", status(number)}};
    EXPECT_EQ(header_of(come_back(visitor, query), "Location"), refused) << number;
  }
  EXPECT_EQ(told.size(), 8U + 3 + 4);
  for (const std::string& message : told) {
    EXPECT_THAT(message, HasSubstr(fake.issuer())) << "it says where";
    EXPECT_THAT(message, Not(HasSubstr("code-")));
    EXPECT_THAT(message, Not(HasSubstr("secret")));
  }
  expect_nobody_in(visitor);
}

TEST_P(AtAProvider, AProviderThatIsNotThereOrSaysNothingIsGivenUp) {
  using store::test::ScriptedServer;
  ScriptedServer silent([](const std::string&) { return ScriptedServer::Reply{"", ScriptedServer::silence}; });
  std::string gone;
  {
    const ScriptedServer server([](const std::string&) { return ScriptedServer::Reply{"", ScriptedServer::close}; });
    gone = server.url();
  }
  for (const std::string& url : {silent.url(), gone}) {
    account::OidcClient client = fake.client();
    client.issuer = url;
    use(std::move(client), short_patience);
    EXPECT_EQ(send(visitor, "POST", "/api/v1/oidc/start").status, 503) << url;
  }
  EXPECT_EQ(told.size(), 2U);
  EXPECT_EQ(silent.requests(), 1);
}

// Threads that wait for a provider are few: the others serve everybody else.
TEST_P(AtAProvider, FewWaitForAProviderThatIsSlow) {
  std::mutex mutex;
  std::condition_variable change;
  int waiting = 0;
  bool go_on = false;
  const Limits limits{.workers = 16};
  const Running slow(
      [&](const Request&) {
        std::unique_lock lock(mutex);
        ++waiting;
        change.notify_all();
        change.wait(lock, [&] { return go_on; });
        return text_response(500, "");
      },
      limits);
  account::OidcClient client = fake.client();
  client.issuer = slow.url();
  service::Provider provider_of_ours(std::move(client), "Slow");
  const account::OidcSecrets secrets = account::secrets_of_visit("x");
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] { EXPECT_FALSE(provider_of_ours.authorization_url(secrets, site.now)); });
  }
  std::unique_lock lock(mutex);
  change.wait(lock, [&] { return waiting == 8; });
  const auto ninth = provider_of_ours.authorization_url(secrets, site.now);
  ASSERT_FALSE(ninth);
  EXPECT_THAT(ninth.error().message, HasSubstr("wait for the provider already"));
  EXPECT_EQ(waiting, 8);
  go_on = true;
  change.notify_all();
  lock.unlock();
  for (std::thread& thread : threads) thread.join();
}

TEST_P(AtAProvider, NobodyElseIsToldOrCanBeginForAnother) {
  Request request = Membership::request("POST", "/api/v1/oidc/start");
  request.headers[0].second = "cross-site";
  EXPECT_EQ(calls->answer(request)->status, 403);
  int begun = 0;
  while (send(visitor, "POST", "/api/v1/oidc/start").status == 201) ++begun;
  EXPECT_EQ(begun, 20) << "as often as a network may";
  EXPECT_EQ(send(visitor, "POST", "/api/v1/oidc/start").status, 429);
  const std::string cookie = visitor.cookies.at("__Host-folkmoot-visit");
  const account::OidcSecrets secrets = account::secrets_of_visit(cookie);
  for (const auto& row : ok(site.database->run("SELECT hash, previous FROM provider_visit"))) {
    for (const auto& value : row) {
      const std::string text(folkmoot::text_of(std::get<Bytes>(value)));
      for (const std::string& kept : {cookie, secrets.state, secrets.nonce, secrets.verifier}) EXPECT_NE(text, kept);
      EXPECT_EQ(text.size(), 32U) << "a hash";
    }
  }
}

TEST(WithoutAProvider, ThereIsNone) {
  Membership site(folkmoot::test::Kind::sqlite);
  Membership::Browser browser{site};
  EXPECT_EQ(text_of(browser.send("GET", "/api/v1/sign-in")), R"({"provider":"","example":false})");
  EXPECT_EQ(browser.send("POST", "/api/v1/oidc/start").status, 404);
  EXPECT_EQ(browser.send("GET", "/api/v1/oidc/return").status, 404);
}

TEST(Queries, AreReadByTheirFields) {
  EXPECT_EQ(*query_field("a=1&b=%32+%C3%B4&a=3&c", "a"), "1");
  EXPECT_EQ(*query_field("a=1&b=%32+%C3%B4&a=3&c", "b"), "2 ô");
  EXPECT_EQ(*query_field("a=1&b=2&c", "c"), "");
  EXPECT_EQ(*query_field("ab=1&&=2", "b"), std::nullopt);
  EXPECT_EQ(*query_field("", "b"), std::nullopt);
  for (const char* wrong : {"a=%", "a=%4", "a=%zz", "a=%ff", "a=%00"}) EXPECT_FALSE(query_field(wrong, "a")) << wrong;
  EXPECT_FALSE(query_field("a=" + std::string(4097, 'x'), "a"));
}

}  // namespace
}  // namespace folkmoot::server::test
