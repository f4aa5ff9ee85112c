// Signing in, and the attacks on it.
#include "server/accounts.hpp"

#include <fstream>

#include "account/tables.hpp"
#include "server/client.hpp"
#include "server/membership.hpp"

namespace folkmoot::server::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t minute = 60, hour = 3600;

class SigningIn : public EitherDatabase {};
ON_EITHER_DATABASE(SigningIn);

TEST_P(SigningIn, ByALinkInAMail) {
  EXPECT_EQ(site.ask("ADA@example.org").status, 202);
  EXPECT_EQ(site.woken, 1);
  ASSERT_EQ(site.mails.size(), 1U);
  EXPECT_EQ(site.mails[0].to, "ada@example.org");
  EXPECT_THAT(site.mails[0].text, testing::StartsWith("Hello Ada Ash,\n"));
  EXPECT_THAT(site.mails[0].text,
              HasSubstr("\nhttps://vote.members.example/sign-in#token=" + site.last_token() + "\n"));

  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 401);
  const Response in = browser.send("POST", "/api/v1/session", R"({"token":")" + site.last_token() + "\"}");
  EXPECT_EQ(in.status, 201);
  EXPECT_EQ(text_of(in),
            R"({"member":"m-1","name":"Ada Ash","language":"en","posts":["chair"],"second_factor":false})");
  EXPECT_THAT(header_of(in, "Set-Cookie"),
              testing::MatchesRegex("__Host-folkmoot=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure"));
  EXPECT_EQ(header_of(in, "Cache-Control"), "no-store");
  EXPECT_EQ(text_of(browser.send("GET", "/api/v1/session")), text_of(in));

  const std::string cookie = browser.cookie;
  const Response out = browser.send("DELETE", "/api/v1/session");
  EXPECT_EQ(out.status, 200);
  EXPECT_THAT(header_of(out, "Set-Cookie"), HasSubstr("Max-Age=0"));
  browser.cookie = cookie;
  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 401) << "the cookie is worth nothing any more";
}

TEST_P(SigningIn, ALinkIsGoodOnceAndForAQuarterOfAnHour) {
  site.ask("ada@example.org");
  const std::string body = R"({"token":")" + site.last_token() + "\"}";
  EXPECT_EQ(browser.send("POST", "/api/v1/session", body).status, 201);
  Membership::Browser thief{site};
  const Response replayed = thief.send("POST", "/api/v1/session", body);
  EXPECT_EQ(replayed.status, 403);
  EXPECT_EQ(header_of(replayed, "Set-Cookie"), "");

  site.now += 16 * minute;
  site.ask("ada@example.org");
  const std::string late = R"({"token":")" + site.last_token() + "\"}";
  site.now += 15 * minute;
  EXPECT_EQ(thief.send("POST", "/api/v1/session", late).status, 403);
  for (const char* token : {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --"}) {
    EXPECT_EQ(thief.send("POST", "/api/v1/session", fmt::format(R"({{"token":"{}"}})", token)).status, 403) << token;
  }
}

TEST_P(SigningIn, ALinkThatIsUsedEndsTheOthers) {
  site.ask("ada@example.org");
  const std::string first = site.last_token();
  site.ask("ada@example.org");
  EXPECT_EQ(browser.send("POST", "/api/v1/session", R"({"token":")" + site.last_token() + "\"}").status, 201);
  EXPECT_EQ(browser.send("POST", "/api/v1/session", R"({"token":")" + first + "\"}").status, 403);
}

TEST_P(SigningIn, ItDoesNotShowWhoIsAMember) {
  const Response known = site.ask("ada@example.org");
  const Response unknown = site.ask("nobody@example.org");
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(text_of(known), text_of(unknown));
  EXPECT_EQ(known.headers, unknown.headers);
  EXPECT_EQ(site.mails.size(), 1U);
  EXPECT_EQ(site.ask("").status, 400) << "by its form alone";
}

// What the call itself does is the same: it writes one row, and looks nobody up.
TEST_P(SigningIn, TheCallDoesTheSameWhoeverHasTheAddress) {
  for (const char* email : {"ada@example.org", "nobody@example.org", "family@example.org"}) {
    ASSERT_TRUE(site.calls.answer(
        Membership::request("POST", "/api/v1/sign-in", fmt::format(R"({{"email":"{}","language":"en"}})", email))));
  }
  const auto rows = ok(site.database->run("SELECT email FROM sign_in_request ORDER BY email"));
  EXPECT_EQ(rows.size(), 3U);
  EXPECT_EQ(ok(site.database->run("SELECT member FROM sign_in_link")).size(), 0U);
  EXPECT_EQ(ok(site.database->run("SELECT member FROM letter")).size(), 0U);
  ok(site.post_office.work());
  EXPECT_EQ(ok(site.database->run("SELECT email FROM sign_in_request")).size(), 0U);
  EXPECT_EQ(site.mails.size(), 3U);
}

TEST_P(SigningIn, WhoShareAnAddressGetALinkEachInTheLanguageTheyAskedIn) {
  site.ask("family@example.org", "cy");
  ASSERT_EQ(site.mails.size(), 2U);
  std::vector<std::string> greetings;
  for (const Mail& mail : site.mails) greetings.push_back(mail.text.substr(0, mail.text.find('\n')));
  EXPECT_THAT(greetings, testing::UnorderedElementsAre("Helo Ben Birch,", "Helo Cy Cedar,"));
  EXPECT_EQ(browser.send("POST", "/api/v1/session", R"({"token":")" + site.last_token() + "\"}").status, 201);
}

TEST_P(SigningIn, NobodyIsFloodedWithMail) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(site.ask("ada@example.org").status, 202) << "the same answer";
  EXPECT_EQ(site.mails.size(), 3U);
  site.now += 15 * minute;
  site.ask("ada@example.org");
  EXPECT_EQ(site.mails.size(), 4U);
}

TEST_P(SigningIn, ANetworkCanOnlyAskSoOften) {
  int refused = 0;
  for (int i = 0; i < 30; ++i) refused += site.ask(fmt::format("x{}@example.org", i)).status == 429 ? 1 : 0;
  EXPECT_EQ(refused, 10);
  const Response response = site.ask("ada@example.org");
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(header_of(response, "Retry-After"), "30");
  Request elsewhere = Membership::request("POST", "/api/v1/sign-in", R"({"email":"ada@example.org","language":"en"})");
  elsewhere.client = "192.0.2.2";
  EXPECT_EQ(site.calls.answer(elsewhere)->status, 202);
}

TEST_P(SigningIn, ASessionEndsByItself) {
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  const std::int64_t start = site.now;
  site.now += hour;
  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 401) << "unused for an hour";
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  const std::int64_t again = site.now;
  while (site.now < again + 12 * hour) {
    EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 200);
    site.now += 30 * minute;
  }
  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 401) << "twelve hours, however busy";
  ok(site.post_office.work());
  EXPECT_EQ(ok(site.database->run("SELECT member FROM session WHERE began > $1", {start})).size(), 0U) << "forgotten";
}

TEST_P(SigningIn, ASessionThatSomebodyElseBeganDoesNotBecomeTheMembers) {
  Membership::Browser attacker{site};
  ASSERT_EQ(attacker.sign_in("family@example.org"), 201);
  browser.cookie = attacker.cookie;  // planted
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  EXPECT_NE(browser.cookie, attacker.cookie);
  EXPECT_EQ(attacker.send("GET", "/api/v1/session").status, 401);
  browser.cookie = "__Host-folkmoot=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  EXPECT_THAT(browser.cookie, Not(HasSubstr("AAAAAAAA")));
}

TEST_P(SigningIn, OtherSitesCanDoNothingWithIt) {
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  const auto from = [&](const std::string& method, const std::string& path,
                        std::vector<std::pair<std::string, std::string>> headers) {
    Request request = Membership::request(method, path, "{\"notices\":false}");
    headers.emplace_back("content-type", "application/json");
    request.headers = std::move(headers);
    return browser.send(request).status;
  };
  using Headers = std::vector<std::pair<std::string, std::string>>;
  for (const Headers& headers : {Headers{{"sec-fetch-site", "cross-site"}}, Headers{{"sec-fetch-site", "same-site"}},
                                 Headers{{"sec-fetch-site", "none"}},
                                 Headers{{"sec-fetch-site", "cross-site"}, {"origin", "https://vote.members.example"}},
                                 Headers{{"origin", "https://evil.example"}}, Headers{{"origin", "null"}},
                                 Headers{{"origin", "http://vote.members.example"}}, Headers{}}) {
    for (const std::string& route : AccountCalls::routes()) {
      const std::string method = route.substr(0, route.find(' '));
      if (method == "GET" || route == "POST /api/v1/unsubscribe/{}") continue;
      std::string path = route.substr(route.find(' ') + 1);
      if (path.ends_with("{}")) path.replace(path.size() - 2, 2, "AAAA");
      EXPECT_EQ(from(method, path, headers), 403) << route;
    }
  }
  EXPECT_EQ(from("PUT", "/api/v1/preferences", {{"origin", "https://vote.members.example"}}), 200);
  EXPECT_EQ(from("PUT", "/api/v1/preferences", {{"sec-fetch-site", "same-origin"}}), 200);
  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 200) << "still signed in";

  Request form = Membership::request("PUT", "/api/v1/preferences", R"({"notices":true})");
  form.headers = {{"sec-fetch-site", "same-origin"}, {"content-type", "text/plain"}};
  EXPECT_EQ(browser.send(form).status, 400) << "not what a form can send";
}

TEST_P(SigningIn, NothingIsDoneForWhoIsNotSignedIn) {
  for (const std::string& route : AccountCalls::routes()) {
    const std::string method = route.substr(0, route.find(' '));
    std::string path = route.substr(route.find(' ') + 1);
    if (path.ends_with("{}")) path.replace(path.size() - 2, 2, "AAAA");
    const bool open = path == "/api/v1/sign-in" || route == "POST /api/v1/session" ||
                      path.starts_with("/api/v1/unsubscribe") || path.starts_with("/api/v1/oidc/");
    for (const char* cookie : {"", "__Host-folkmoot=", "__Host-folkmoot=AAAA", "folkmoot=AAAA"}) {
      browser.cookie = cookie;
      const int status = browser.send(method, path, "{}").status;
      if (open)
        EXPECT_NE(status, 401) << route;
      else
        EXPECT_EQ(status, 401) << route;
    }
  }
}

TEST_P(SigningIn, MalformedBodiesAreRefused) {
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  const std::string cookie = browser.cookie;
  const std::vector<std::string> bodies{"",
                                        "{",
                                        "[]",
                                        "null",
                                        "{}",
                                        R"({"email":1,"language":"en"})",
                                        "\xFF",
                                        R"({"email":"a@b.example","language":"en","more":1})",
                                        R"({"email":"a@b.example","email":"a@b.example","language":"en"})",
                                        R"({"email":"a@b.example","language":"xx"})",
                                        R"({"email":"a@b.example\u0000","language":"en"})",
                                        R"({"email":"a b@c.example","language":"en"})",
                                        R"({"email":")" + std::string(300, 'a') + R"(@b.example","language":"en"})",
                                        R"({"token":"a\nb"})",
                                        R"({"token":")" + std::string(5000, 'a') + "\"}",
                                        std::string(1000, '['),
                                        R"({"password":123456})",
                                        R"({"notices":"yes"})"};
  for (const std::string& route : AccountCalls::routes()) {
    const std::string method = route.substr(0, route.find(' '));
    const std::string path = route.substr(route.find(' ') + 1);
    for (const std::string& body : bodies) {
      browser.cookie = cookie;
      const bool takes_body = method == "PUT" || path == "/api/v1/sign-in" || path == "/api/v1/session" ||
                              path == "/api/v1/app" || path == "/api/v1/session/app" || path == "/api/v1/passkey" ||
                              path == "/api/v1/session/passkey";
      if (method == "GET" || method == "DELETE" || !takes_body) continue;
      const Response response = browser.send(method, path, body);
      EXPECT_EQ(response.status, 400) << route << " " << body;
      EXPECT_EQ(response.content_type, "application/problem+json");
    }
  }
  EXPECT_TRUE(ok(site.database->run("SELECT email FROM sign_in_request")).empty());
}

TEST_P(SigningIn, OtherMethodsAndPathsAreNot) {
  EXPECT_EQ(browser.send("PUT", "/api/v1/session").status, 405);
  EXPECT_EQ(header_of(browser.send("PUT", "/api/v1/session"), "Allow"), "POST, GET, HEAD, DELETE");
  for (const char* path : {"/api/v1/sessions", "/api/v1/session/", "/api/v1/unsubscribe/", "/api/v1", "/"}) {
    EXPECT_FALSE(site.calls.answer(Membership::request("GET", path))) << path;
  }
}

TEST_P(SigningIn, SecretsAreNotInTheDatabase) {
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  site.ask("ada@example.org");
  const std::string session = browser.cookie.substr(browser.cookie.find('=') + 1);
  const auto holds = [&](const std::string& text) {
    for (const char* table : {"letter", "sign_in_link", "session", "sign_in_request"}) {
      for (const auto& row : ok(site.database->run(fmt::format("SELECT * FROM {}", table)))) {
        for (const auto& value : row) {
          const auto* words = std::get_if<std::string>(&value);
          const auto* bytes = std::get_if<Bytes>(&value);
          if (words && words->find(text) != std::string::npos) return true;
          if (bytes && folkmoot::text_of(*bytes).find(text) != std::string::npos) return true;
        }
      }
    }
    return false;
  };
  EXPECT_TRUE(holds("m-1")) << "it looks where it should";
  EXPECT_FALSE(holds(session));
  EXPECT_FALSE(holds(site.last_token()));
  EXPECT_FALSE(holds("ada@example.org"));
}

TEST_P(SigningIn, WhoHasBeenErasedGetsNoMoreMail) {
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  ASSERT_TRUE(site.calls.answer(
      Membership::request("POST", "/api/v1/sign-in", R"({"email":"ada@example.org","language":"en"})")));
  const database::Rows ada{{std::string("m-1")}};
  ok(site.database->run_all("DELETE FROM person WHERE reference = $1", ada));
  ok(account::forget_members(*site.database, ada));
  ok(mail::forget_members(*site.database, ada));
  while (ok(site.post_office.work())) continue;
  EXPECT_EQ(site.mails.size(), 1U);
  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 401);
}

class Preferences : public EitherDatabase {};
ON_EITHER_DATABASE(Preferences);

TEST_P(Preferences, AreTheMembersAndOneClickEndsNotices) {
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  EXPECT_EQ(text_of(browser.send("GET", "/api/v1/preferences")), R"({"notices":true})");
  mail::Letter letter =
      service::letter_to("m-1", "notice", mail::Topic::notices, site.now, service::days_of_trying, site.random);
  letter.values = {
      {"title", "The chair resigns"}, {"text", "A contest will be called."}, {"link", "https://x.example/1"}};
  const auto send = [&] {
    letter.id = account::random_name(site.random, 16);
    ok(mail::Outbox(*site.database).put({&letter, 1}));
    ok(site.post_office.work());
  };
  send();
  ASSERT_EQ(site.mails.size(), 2U);
  const std::string text = site.mails[1].text;
  const std::string url = text.substr(text.find("https://vote.members.example/api/v1/unsubscribe/"));
  const std::string path = url.substr(28, url.find('\n') - 28);

  // By a program that reads the mail, without a cookie or an origin (RFC 8058 section 3.2); looking changes nothing.
  Request click{"GET", path, "", "", {}, "192.0.2.1"};
  const Response page = *site.calls.answer(click);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(text_of(page), HasSubstr("List-Unsubscribe"));
  EXPECT_EQ(text_of(browser.send("GET", "/api/v1/preferences")), R"({"notices":true})");
  click.method = "POST";
  click.body = "List-Unsubscribe=One-Click";
  EXPECT_EQ(site.calls.answer(click)->status, 200);
  EXPECT_EQ(text_of(browser.send("GET", "/api/v1/preferences")), R"({"notices":false})");
  send();
  EXPECT_EQ(site.mails.size(), 2U);
  for (const char* none : {"0123", "\xff", "%00", "\xc0\xae"}) {
    click.path = fmt::format("/api/v1/unsubscribe/{}", none);
    EXPECT_EQ(site.calls.answer(click)->status, 404) << none;
  }

  EXPECT_EQ(browser.send("PUT", "/api/v1/preferences", R"({"notices":true})").status, 200);
  send();
  EXPECT_EQ(site.mails.size(), 3U);
  const std::string letters = text_of(browser.send("GET", "/api/v1/letters"));
  EXPECT_THAT(letters, HasSubstr(R"("mail":"notice","fate":"unwanted")"));
  EXPECT_THAT(letters, HasSubstr(R"("mail":"sign-in","fate":"delivered")"));
}

TEST_P(Preferences, NobodySeesAnothers) {
  Membership::Browser other{site};
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  ASSERT_EQ(other.sign_in("family@example.org"), 201);
  ASSERT_EQ(other.send("PUT", "/api/v1/preferences", R"({"notices":false})").status, 200);
  EXPECT_EQ(text_of(browser.send("GET", "/api/v1/preferences")), R"({"notices":true})");
  const auto count = [](const std::string& text) { return std::ranges::count(text, '{'); };
  EXPECT_EQ(count(text_of(browser.send("GET", "/api/v1/letters"))), 1);
}

TEST(SigningInOnOnesOwnMachine, IsWithoutTls) {
  Membership site(folkmoot::test::Kind::sqlite, "http://127.0.0.1:8080");
  Membership::Browser browser{site};
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  EXPECT_THAT(browser.cookie, testing::StartsWith("folkmoot="));
  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 200);
}

TEST(SigningInOverHttp, TheServerKnowsItsClientAndItsLimits) {
  Membership site(folkmoot::test::Kind::sqlite);
  std::string seen;
  Running server([&](const Request& request) {
    seen = request.client;
    auto answer = site.calls.answer(request);
    return answer ? *std::move(answer) : text_response(404, "");
  });
  const std::string body = R"({"email":"ada@example.org","language":"en"})";
  const std::string headers = "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n";
  const auto post = [&](const std::string& content) {
    return answer(server, fmt::format("POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\n{}Content-Length: {}\r\n\r\n{}",
                                      headers, content.size(), content));
  };
  EXPECT_EQ(status_of(post(body)), 202);
  EXPECT_EQ(seen, "127.0.0.1");
  EXPECT_EQ(status_of(post(std::string(70'000, 'x'))), 413);
  EXPECT_EQ(status_of(post(body.substr(1))), 400);

  Request proxied{
      "GET",      "/", "", "", {{"x-forwarded-for", "10.0.0.1"}, {"x-forwarded-for", "198.51.100.1, 203.0.113.9"}},
      "127.0.0.1"};
  EXPECT_EQ(behind_proxy(proxied).client, "203.0.113.9");
  proxied.headers.clear();
  EXPECT_EQ(behind_proxy(proxied).client, "127.0.0.1");
}

TEST(Cookies, AreReadByTheirWholeName) {
  const auto read = [](const std::string& header) {
    return std::string(cookie({"GET", "/", "", "", {{"cookie", header}}, ""}, "folkmoot"));
  };
  EXPECT_EQ(read("folkmoot=a"), "a");
  EXPECT_EQ(read("x=1; folkmoot=a=b ;y=2"), "a=b");
  EXPECT_EQ(read("xfolkmoot=a; folkmoot2=b; folkmoot"), "");
  EXPECT_EQ(read(""), "");
}

}  // namespace
}  // namespace folkmoot::server::test
