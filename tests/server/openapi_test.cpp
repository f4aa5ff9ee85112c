// The description and the server are held to each other: the same routes, and of each of them every status that is
// described is played out, and answered with what is described. What is not described is not answered. What everybody
// may read of an organisation (tag "organisation") is held to it in the browser's tests, with what the example
// organisation has (web/tests), and how elections are run (tag "tally") in tests/example.
#include "account/authenticator.hpp"
#include "account/totp.hpp"
#include "server/acting.hpp"
#include "server/described.hpp"
#include "server/elections.hpp"
#include "server/fake_provider.hpp"
#include "service/trial.hpp"

namespace folkmoot::server::test {
namespace {

using account::test::Authenticator;
const std::string paper = R"({"name": "Who?", "contests": [
    {"kind": "choice", "question": "Who?", "candidates": ["Ada", "Ben"], "min": 1, "rule": "plurality", "seats": 1}]})";

struct OpenApi : testing::Test {
  Description description;
  Membership site{folkmoot::test::Kind::sqlite};
  std::string cookie;

  Response call(const std::string& method, const std::string& path, const std::string& body = "", bool ours = true) {
    Request request = Membership::request(method, path, body);
    if (!ours) request.headers[0].second = "cross-site";
    request.headers.emplace_back("cookie", cookie);
    Response response = description.check(request, *site.calls.answer(request));
    for (const auto& [name, value] : response.headers) {
      if (name == "Set-Cookie") cookie = value.substr(0, value.find(';'));
    }
    return response;
  }
  void sign_in() {
    site.now += 3600;
    site.ask("ada@example.org");
    EXPECT_EQ(call("POST", "/api/v1/session", R"({"token":")" + site.last_token() + "\"}").status, 201);
  }

  static constexpr const char* asking = R"({"email":"ada@example.org","language":"en"})";

  void play_elections() {
    service::Trial trial(paper, "Ed25519", service::roll_of(3), 1);
    charter::Time now{2000};
    const Elections elections = service::ok(Elections::open(
        trial.record().parent_path(),
        [](const std::string&) {
          return VotingTime{charter::Time{1000}, charter::Time{3000}};
        },
        [&] { return now; }));
    const std::string uuid = trial.paper().uuid, one = "/api/v1/elections/" + uuid, none = "/api/v1/elections/none";
    const auto ask = [&](const std::string& method, const std::string& path, const std::string& body = "",
                         const std::string& query = "", const std::string& range = "") {
      const Request request{method, path, body, query, {{"range", range}}, ""};
      return description.check(request, elections.answer(request)).status;
    };
    const std::string ballot = trial.ballot("A", {{"Ada"}}).text;
    const service::fs::path prepared = trial.folder() / "prepared", shown = trial.folder() / "shown";
    service::ok(service::prepare_ballot(trial.record(), trial.credential("B"), {{{"Ben"}}, {}}, prepared));
    service::ok(service::open_prepared(prepared, shown));
    std::string opened = service::ok(service::read_file(shown));
    opened.pop_back();
    const json::Document document = service::ok(json::Document::parse(ballot));
    const std::string key = service::ok(json::read_field(document.root(), "credential", json::read_string));
    ask("GET", "/api/v1/elections");
    EXPECT_EQ(ask("GET", one), 200);
    EXPECT_EQ(ask("GET", none), 404);
    EXPECT_EQ(ask("GET", one + "/credentials/" + key), 200);
    EXPECT_EQ(ask("GET", one + "/credentials/x"), 404);
    EXPECT_EQ(ask("POST", one + "/ballots", ballot), 201);
    EXPECT_EQ(ask("POST", one + "/ballots", ballot), 200);
    EXPECT_EQ(ask("POST", one + "/ballots", "{}"), 422);
    EXPECT_EQ(ask("POST", none + "/ballots", ballot), 404);
    EXPECT_EQ(ask("POST", one + "/opened", opened), 201);
    int tries = 1;
    while (ask("POST", one + "/opened", "{}") == 422) ASSERT_LT(++tries, 1000);
    EXPECT_EQ(tries, 60) << "as many as a network may show at once";
    now = charter::Time{2900};
    EXPECT_EQ(ask("POST", one + "/opened", opened), 200);
    EXPECT_EQ(ask("POST", one + "/opened", "{}"), 422);
    EXPECT_EQ(ask("POST", none + "/opened", opened), 404);
    now = charter::Time{3000};
    EXPECT_EQ(ask("POST", one + "/opened", opened), 409);
    EXPECT_EQ(ask("POST", one + "/ballots", ballot), 409);
    EXPECT_EQ(ask("GET", one + "/ballots"), 200);
    EXPECT_EQ(ask("GET", one + "/ballots", "", "from=x"), 400);
    EXPECT_EQ(ask("GET", none + "/ballots"), 404);
    EXPECT_EQ(ask("GET", "/elections/" + uuid + ".bel"), 200);
    EXPECT_EQ(ask("GET", "/elections/" + uuid + ".bel", "", "", "bytes=100-"), 206);
    EXPECT_EQ(ask("GET", "/elections/" + uuid + ".bel", "", "", "bytes=999999999-"), 416);
    const Request known{"GET", "/elections/" + uuid + ".bel", "", "", {{"if-none-match", "*"}}, ""};
    EXPECT_EQ(description.check(known, elections.answer(known)).status, 304);
    EXPECT_EQ(ask("GET", "/elections/none.bel"), 404);
    const Elections unknown = service::ok(Elections::open(
        trial.record().parent_path(),
        [](const std::string&) -> Result<std::optional<VotingTime>> { return fail("the ledger is being read again"); },
        [&] { return now; }));
    const std::vector<std::pair<std::string, std::string>> need_the_time{
        {"GET", "/api/v1/elections"}, {"GET", one}, {"POST", one + "/ballots"}, {"POST", one + "/opened"}};
    for (const auto& [method, path] : need_the_time) {
      const Request request{method, path, "", "", {}, ""};
      EXPECT_EQ(description.check(request, unknown.answer(request)).status, 503) << method << " " << path;
    }
  }

  void play_sign_in() {
    call("POST", "/api/v1/sign-in", asking, false);
    call("POST", "/api/v1/sign-in", "{}");
    call("POST", "/api/v1/session", "{}");
    call("POST", "/api/v1/session", R"({"token":"none"})");
    sign_in();
    call("GET", "/api/v1/session");
    call("GET", "/api/v1/letters");
    call("GET", "/api/v1/preferences");
    call("PUT", "/api/v1/preferences", "{}");
    call("PUT", "/api/v1/preferences", R"({"notices":false})", false);
    call("PUT", "/api/v1/preferences", R"({"notices":false})");
    const std::string word = ok(mail::Outbox(*site.database).unsubscribe_word("m-1", mail::Topic::notices, "w0rd"));
    call("GET", "/api/v1/unsubscribe/" + word);
    call("POST", "/api/v1/unsubscribe/" + word);
    call("POST", "/api/v1/unsubscribe/none");
    call("DELETE", "/api/v1/session", "", false);
    call("DELETE", "/api/v1/session");
    while (call("POST", "/api/v1/sign-in", asking).status == 202) continue;  // until it is too often
  }

  void play_factors() {
    sign_in();
    for (const char* path : {"/api/v1/app/offer", "/api/v1/app", "/api/v1/session/app", "/api/v1/passkey/challenge",
                             "/api/v1/passkey", "/api/v1/session/passkey/challenge", "/api/v1/session/passkey"}) {
      call("POST", path, "{}", false);
      if (!std::string_view(path).ends_with("challenge") && !std::string_view(path).ends_with("offer"))
        call("POST", path, "{}");
    }
    const Authenticator authenticator(account::Algorithm::es256);
    const auto client = [&](std::string_view type, const Response& options) {
      return Authenticator::client_data(type, field_of(options, "challenge"), site.site.url);
    };
    const auto url = [](ByteView bytes) { return account::to_base64url(bytes); };
    const std::string made = client("webauthn.create", call("POST", "/api/v1/passkey/challenge"));
    call("POST", "/api/v1/passkey",
         fmt::format(R"({{"client_data":"{}","attestation":"{}"}})", url(bytes_of(made)),
                     url(Authenticator::attestation(authenticator.data("vote.members.example", 1 | 4 | 64, 1)))));
    const std::string shown = client("webauthn.get", call("POST", "/api/v1/session/passkey/challenge"));
    const Bytes data = authenticator.data("vote.members.example", 1 | 4, 2);
    call("POST", "/api/v1/session/passkey",
         fmt::format(R"({{"credential":"{}","client_data":"{}","authenticator_data":"{}","signature":"{}"}})",
                     url(authenticator.id), url(bytes_of(shown)), url(data), url(authenticator.sign(data, shown))));

    const std::string uri = field_of(call("POST", "/api/v1/app/offer"), "uri");
    call("POST", "/api/v1/app", R"({"password":"0"})");
    confirm(uri.substr(uri.find("secret=") + 7, 32));
    call("GET", "/api/v1/factors");
    call("DELETE", "/api/v1/factors/AAAA");
    call("DELETE", "/api/v1/factors/" + url(authenticator.id), "", false);
    call("DELETE", "/api/v1/factors/" + url(authenticator.id));
  }
  // The password that an app shows now, added, and half a minute later shown.
  void confirm(const std::string& secret) {
    Bytes bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : secret) {
      bits = bits << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
      if ((count += 5) >= 8) bytes.push_back(static_cast<std::uint8_t>(bits >> (count -= 8)));
    }
    for (const char* path : {"/api/v1/app", "/api/v1/session/app"}) {
      const auto step = static_cast<std::uint64_t>(site.now / 30);
      call("POST", path, fmt::format(R"({{"password":"{}"}})", account::hotp(account::TotpHash::sha1, bytes, step, 6)));
      site.now += 30;
    }
  }

  void play_acts() {
    Acting moot;
    const std::string words = "Why.\n", nobody;
    const auto play = [&](ActCalls& calls, const std::string& who, const std::string& method, const std::string& path,
                          const std::string& body = "", bool ours = true) {
      Request request = Acting::request(who, method, path, body);
      if (!ours) request.headers[0].second = "cross-site";
      return description.check(request, *calls.answer(request));
    };
    const auto ask = [&](const std::string& who, const std::string& method, const std::string& path,
                         const std::string& body = "",
                         bool ours = true) { return play(*moot.calls, who, method, path, body, ours); };
    const std::string ada = moot.sign_in(member(7)), officer = moot.sign_in(member(2), true);
    const audit::SignedRequest petition{
        {"petition.open", {member(7), ""}, {}, {{"rule", "members"}, {"title", "Why"}, {"hash", sha256_hex(words)}}},
        {}};
    const charter::Request reset{
        "member.reset_key", {member(2), "secretary"}, {{member(1), "chair"}}, {{"member", member(5)}}};
    const std::string opening = Acting::handed_in(petition, {words});
    const std::string considering = fmt::format(R"({{"request":{}}})", json::to_text(petition.request));
    ask(nobody, "GET", "/api/v1/acts");
    ask(ada, "POST", "/api/v1/acts/consider", considering);
    ask(officer, "POST", "/api/v1/acts/consider", considering);
    EXPECT_EQ(ask(ada, "POST", "/api/v1/acts", opening).status, 201);
    EXPECT_EQ(ask(ada, "POST", "/api/v1/acts", Acting::handed_in(petition, {"What?"})).status, 409);
    ask(officer, "POST", "/api/v1/acts", opening);
    ask(nobody, "GET", fmt::format("/api/v1/receipts/{}", moot.acts() - 1));
    ask(nobody, "GET", "/api/v1/receipts/99999");
    const audit::SignedRequest question{
        {"question.put", {member(7), ""}, {}, {{"seat", "seat-secretary-1"}, {"hash", sha256_hex(words)}}}, {}};
    EXPECT_EQ(ask(ada, "POST", "/api/v1/acts", Acting::handed_in(question, {words})).status, 201);
    ask(ada, "GET", "/api/v1/me");
    EXPECT_THAT(text_of(ask(officer, "GET", "/api/v1/me")), testing::HasSubstr("question.answer"));
    ask(officer, "GET", "/api/v1/members?name=Number");
    ask(officer, "GET", "/api/v1/members?name=");
    ask(ada, "GET", "/api/v1/members?name=Number");
    Response waits;
    do {
      moot.seconds += 1;
      waits = ask(officer, "POST", "/api/v1/awaiting", Acting::handed_in(moot.signed_by({member(2)}, reset)));
    } while (waits.status == 201);
    EXPECT_EQ(waits.status, 429);
    ask(officer, "POST", "/api/v1/awaiting", Acting::handed_in(moot.signed_by({member(2)}, reset), {words}));
    const std::string all = text_of(ask(officer, "GET", "/api/v1/awaiting"));
    const std::string id = all.substr(all.find("\"id\":\"") + 6, 32);
    EXPECT_EQ(ask(officer, "DELETE", "/api/v1/awaiting/" + id).status, 200);
    const auto once = [&](const std::string& who, const std::string& path, const audit::SignedRequest& wanted) {
      Request request = Acting::request(who, "POST", path, Acting::handed_in(wanted, {}));
      request.headers.emplace_back("idempotency-key", R"("0123456789abcdef")");
      return description.check(request, *moot.calls->answer(request)).status;
    };
    charter::Request another = reset;
    another.body.set("member", member(4));
    EXPECT_EQ(once(ada, "/api/v1/acts", petition), 201);
    EXPECT_EQ(once(ada, "/api/v1/acts", {{"member.leave", {member(7), ""}, {}, {{"member", member(7)}}}, {}}), 422);
    EXPECT_EQ(once(officer, "/api/v1/awaiting", moot.signed_by({member(2)}, reset)), 201);
    EXPECT_EQ(once(officer, "/api/v1/awaiting", moot.signed_by({member(2)}, another)), 422);
    ask(officer, "DELETE", "/api/v1/awaiting/none");
    const auto until_too_often = [&](const std::string& path, const std::string& body) {
      int status = 0;
      for (int i = 0; i < 200 && status != 429; ++i) status = ask(ada, "POST", path, body).status;
      EXPECT_EQ(status, 429) << path;
    };
    until_too_often("/api/v1/acts", opening);
    until_too_often("/api/v1/acts/consider", considering);
    service::Accounts broken("sqlite:/nowhere/at/all", moot.site,
                             *account::SealingKey::parse(account::SealingKey::make(moot.random).view()), moot.random);
    ActCalls down(
        *moot.clerk, broken, moot.url, [](const std::string&) { return std::string(); }, moot.random);
    for (const std::string& route : ActCalls::routes()) {
      const std::string method = route.substr(0, route.find(' '));
      std::string path = route.substr(route.find(' ') + 1);
      if (route == "GET /api/v1/acts" || path.starts_with("/api/v1/receipts")) continue;
      if (path.ends_with("{}")) path.replace(path.size() - 2, 2, "AAAA");
      if (path.ends_with("members")) path += "?name=Ada";
      ask(nobody, method, path, "{}");
      play(down, ada, method, path, "{}");
      if (method == "GET") continue;
      ask(ada, method, path, "{}", false);
      if (method == "POST") ask(ada, method, path, "{}");
    }
  }

  void play_provider() {
    FakeProvider fake(site.now);
    service::Provider provider(fake.client(), "Moot ID"), gone(fake.client(), "Moot ID");
    const auto calls_of = [&](service::Provider& its) {
      return std::make_unique<AccountCalls>(
          site.accounts,
          AccountCalls::Needs{[this] { return site.now; },
                              [](const std::string&) { return std::vector<std::string>(); }, [] {}, &its},
          site.random);
    };
    const auto calls = calls_of(provider), calls_of_gone = calls_of(gone);
    const auto ask = [&](AccountCalls& its, const std::string& method, const std::string& path,
                         const std::string& query = "", bool ours = true) {
      Request request = Membership::request(method, path);
      request.query = query;
      if (!ours) request.headers[0].second = "cross-site";
      request.headers.emplace_back("cookie", cookie);
      return description.check(request, *its.answer(request));
    };
    ask(*calls, "GET", "/api/v1/sign-in");
    ask(*calls, "POST", "/api/v1/oidc/start", "", false);
    const Response started = ask(*calls, "POST", "/api/v1/oidc/start");
    const std::string visit = header_of(started, "Set-Cookie");
    cookie = visit.substr(0, visit.find(';'));
    const std::string query = fake.authorize(field_of(started, "url"));
    EXPECT_EQ(header_of(ask(*calls, "GET", "/api/v1/oidc/return", query), "Location"), "/sign-in?provider=done");
    cookie.clear();
    while (ask(*calls, "POST", "/api/v1/oidc/start").status != 429) continue;
    fake.instead["/.well-known/openid-configuration"] = [] { return text_response(500, ""); };
    EXPECT_EQ(ask(*calls_of_gone, "POST", "/api/v1/oidc/start").status, 503);
    call("GET", "/api/v1/oidc/return");  // where there is none
    call("POST", "/api/v1/oidc/start");
  }

  // Of every route of accounts: nobody signed in, and a database that is not there.
  void play_failures() {
    cookie.clear();
    service::Accounts broken("sqlite:/nowhere/at/all", site.site,
                             *account::SealingKey::parse(account::SealingKey::make(site.random).view()), site.random);
    AccountCalls down(
        broken, {[] { return std::int64_t{1}; }, [](const std::string&) { return std::vector<std::string>(); }, [] {}},
        site.random);
    for (const std::string& route : AccountCalls::routes()) {
      const std::string method = route.substr(0, route.find(' '));
      std::string path = route.substr(route.find(' ') + 1);
      if (path.ends_with("{}")) path.replace(path.size() - 2, 2, "AAAA");
      std::string body = "{}";
      if (path == "/api/v1/sign-in") body = asking;
      if (route == "POST /api/v1/session") body = R"({"token":"none"})";
      const Request request = Membership::request(method, path, body);
      if (path != "/api/v1/sign-in") call(method, path, body);
      description.check(request, *down.answer(request));
    }
  }
};

TEST_F(OpenApi, HasTheServersRoutesAndNoOthers) {
  const std::vector<std::string> served = routes();
  EXPECT_EQ(description.routes(), std::set<std::string>(served.begin(), served.end()));
}

TEST_F(OpenApi, EveryStatusIsAnsweredAsItIsDescribed) {
  play_elections();
  play_sign_in();
  play_factors();
  play_provider();
  play_acts();
  play_failures();
  // These are the program's own (tests/e2e).
  std::set<std::string> described = description.described;
  for (const char* elsewhere : {"GET /health 200", "GET /metrics 200", "GET /api/openapi.json 200"}) {
    EXPECT_EQ(described.erase(elsewhere), 1U) << elsewhere;
  }
  EXPECT_EQ(description.seen, described);
}

TEST_F(OpenApi, TheTestSeesWhatIsWrong) {
  simdjson::dom::parser parser, values;
  const std::string text =
      R"({"a":{"type":"object","properties":{"x":{"type":"integer"},"y":{"enum":["p"]}},"required":["x"],)"
      R"("additionalProperties":false},"b":{"$ref":"#/a"}})";
  const element root = parser.parse(text).value();
  const auto wrong = [&](std::string_view value) {
    return Schemas(root).wrong(values.parse(value).value(), root["b"].value());
  };
  EXPECT_EQ(wrong(R"({"x":1,"y":"p"})"), "");
  EXPECT_NE(wrong(R"({"x":"1"})"), "");
  EXPECT_NE(wrong(R"({"y":"p"})"), "");
  EXPECT_NE(wrong(R"({"x":1,"y":"q"})"), "");
  EXPECT_NE(wrong(R"({"x":1,"z":1})"), "");
  EXPECT_NE(wrong("[]"), "");
}

}  // namespace
}  // namespace folkmoot::server::test
