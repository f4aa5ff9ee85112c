// What nobody's browser sends: changed and random requests of every operation, by people of each kind, and paths that
// would lead out of the folders that are for everybody. FOLKMOOT_REQUESTS says how many (2,000 times unless set).
#include <cstdlib>
#include <future>
#include <random>

#include "example/clicks.hpp"
#include "role/ceremony.hpp"
#include "service/voter.hpp"

namespace folkmoot::server::test {
namespace {

constexpr std::string_view canary = "the canary is not for everybody";

class Attacks : public testing::Test {
 protected:
  Attacks() : clicks(pages()) {}

  // Pages, and beside them a folder and a link.
  fs::path pages() {
    must(service::write_file(outside / "web" / "index.html", "a page"));
    must(service::write_file(outside / "web" / "assets" / "main.js", "a script"));
    must(service::write_file(outside / "index.html", canary));
    must(service::write_file(outside / "canary.html", canary));
    fs::create_symlink(outside / "canary.html", outside / "web" / "link.html");
    fs::create_directory_symlink(outside.path(), outside / "web" / "up");
    return outside / "web";
  }

  // The answer, however it comes.
  Response answer(Request request) {
    auto promised = std::make_shared<std::promise<Response>>();
    auto answered = promised->get_future();
    const auto reply = [promised](Response response) { promised->set_value(std::move(response)); };
    if (clicks.site().take(request, reply)) return answered.get();
    return clicks.site().answer(request);
  }

  service::TemporaryFolder outside;
  Clicks clicks;
};

class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}
  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class Range>
  const auto& any(const Range& range) {
    return *std::next(std::begin(range), static_cast<std::ptrdiff_t>(below(std::size(range))));
  }
  std::string bytes(std::size_t most) {
    std::string bytes(below(most + 1), '\0');
    for (char& c : bytes) c = static_cast<char>(one_in(2) ? below(256) : 0x20 + below(0x5f));
    return bytes;
  }
  // A few bytes of it are other ones, or a part of it is missing, there twice, or something that programs trip over.
  std::string changed(std::string text) {
    static const std::vector<std::string> odd{"",        "{}",        "[]",   "null", "-1",   "9223372036854775808",
                                              "1e999",   "\"\"",      "../",  "%00",  "\xff", "\\u0000",
                                              "\\ud800", "[[[[[[[[",  "\x00", "'",    "\"",   ",",
                                              ":",       "__proto__", "%s%n"};
    for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
      const std::size_t place = below(text.size() + 1),
                        size = below(std::min<std::size_t>(text.size() - place, 40) + 1);
      switch (below(5)) {
        case 0:
          text.replace(place, size, bytes(size + 1));
          break;
        case 1:
          text.erase(place, size);
          break;
        case 2:
          text.insert(place, text.substr(place, size));
          break;
        case 3:
          text.replace(place, size, any(odd));
          break;
        default:
          if (one_in(4)) text.resize(place);
      }
    }
    return text;
  }

 private:
  std::mt19937 random_;
};

// An operation with what a page would send.
struct Good {
  std::string method, path, body;
};

// Every operation, as far as it leaves the time and the test's own sessions alone.
std::vector<Good> good_requests(Clicks& clicks, const std::string& ceremony) {
  const std::string& uuid = clicks.example().election;
  const std::string member = clicks.person("member").member, hash = sha256_hex("Why");
  const auto credential = must(secret::PrivateCredential::parse(clicks.example().voters.front().credential));
  const std::string ballot = must(service::make_ballot(clicks.organisation() / "public" / "elections" / (uuid + ".bel"),
                                                       credential, {{{scenes::member(21), scenes::member(20)}}, {}}))
                                 .text;
  const std::string petition = fmt::format(
      R"({{"request":{{"type":"petition.open","actor":{{"member":"{}"}},"body":{{"rule":"members","title":"Why",)"
      R"("hash":"{}"}}}},"signatures":[],"texts":["Why"]}})",
      member, hash);
  const std::map<std::string, std::string, std::less<>> bodies{
      {"POST /api/v1/sign-in", R"({"email":"nobody@example.org","language":"en"})"},
      {"POST /api/v1/session", R"({"token":"AAAA"})"},
      {"PUT /api/v1/preferences", R"({"notices":true})"},
      {"POST /api/v1/app", R"({"password":"123456"})"},
      {"POST /api/v1/session/app", R"({"password":"123456"})"},
      {"POST /api/v1/passkey", R"({"client_data":"AAAA","attestation":"AAAA"})"},
      {"POST /api/v1/session/passkey",
       R"({"credential":"AA","client_data":"AAAA","authenticator_data":"AAAA","signature":"AAAA"})"},
      {"POST /api/v1/elections",
       R"({"election":"election-1","paper":{"name":"Union","contests":[{"kind":"ranking","question":"Who?",)"
       R"("candidates":["Ada","Ben"],"rule":"av","seats":1}]},"trustees":["{}"],"credentials":["a,1","b"]})"},
      {"POST /api/v1/elections/draft", R"({"election":"election-1","question":"Who?","group":"Ed25519"})"},
      {"POST /api/v1/elections/{}/ballots", ballot},
      {"POST /api/v1/elections/{}/opened", R"({"ballot":)" + ballot + R"(,"randomness":[]})"},
      {"POST /api/v1/elections/{}/shuffles", R"({"ciphertexts":[[]],"proofs":[]})"
                                             "\n{\"owner\":1,\"payload\":\"00\"}\n"},
      {"POST /api/v1/elections/{}/decryptions", R"({"decryption_factors":[],"decryption_proofs":[]})"
                                                "\n{\"owner\":1,\"payload\":\"00\"}\n"},
      {"POST /api/v1/ceremonies", R"({"group":"Ed25519","trustees":2,"threshold":2})"},
      {"PUT /api/v1/ceremonies/{}/{}",
       must(role::join({"Ed25519", 2, 2, 1}, secret::Random::system())).certificate.text},
      {"POST /api/v1/example/session", fmt::format(R"({{"member":"{}"}})", member)},
      {"POST /api/v1/acts/consider", petition.substr(0, petition.find(",\"signatures\"")) + "}"},
      {"POST /api/v1/acts", petition},
      {"POST /api/v1/awaiting", petition}};
  const std::vector<std::pair<std::string, std::vector<std::string>>> parts{
      {"/api/v1/ceremonies/", {ceremony, "certificate-1.json"}},
      {"/api/v1/elections/", {uuid, std::string(64, 'a')}},
      {"/elections/", {uuid + ".bel"}},
      {"/api/v1/contests/", {"contest-7"}},
      {"/api/v1/receipts/", {"3"}}};
  std::vector<Good> all;
  for (const std::string& route : routes()) {
    if (route == "POST /api/v1/example/clock" || route == "DELETE /api/v1/session" || route == "GET /metrics") continue;
    std::string path = route.substr(route.find(' ') + 1);
    std::vector<std::string> fill{"AAAA", "AAAA"};
    for (const auto& [prefix, values] : parts) {
      if (path.starts_with(prefix)) fill = values;
    }
    for (const std::string& value : fill) {
      const auto at = path.find("{}");
      if (at != std::string::npos) path.replace(at, 2, value);
    }
    const auto body = bodies.find(route);
    all.push_back({route.substr(0, route.find(' ')), path, body == bodies.end() ? "{}" : body->second});
  }
  for (const char* page : {"/", "/assets/main.js", "/ledger/checkpoint", "/ledger/tile/0/000", "/me/petition.open"}) {
    all.push_back({"GET", page, ""});
  }
  all.push_back({"GET", "/ledger/published/" + hash, ""});
  return all;
}

// What is wrong with an answer to whatever was sent; "" if nothing is.
std::string wrong(const Request& request, const Response& response, const std::string& folder) {
  if (response.status < 200 || response.status > 499) return "no request makes the server fail";
  if (response.status < 400) return "";
  const auto* text = std::get_if<std::string>(&response.body);
  if (!text) return "an error that is a file";
  if (text->find(folder) != std::string::npos) return "it says where it keeps things";
  if (!request.path.starts_with("/api/")) return "";
  if (response.content_type != "application/problem+json") return "an error that is no problem (RFC 9457)";
  const auto document = json::Document::parse(*text);
  if (!document) return "a problem that is not in JSON";
  for (const char* name : {"type", "title", "detail"}) {
    if (!json::read_field(document->root(), name, json::read_string)) return "a problem that lacks a field";
  }
  const auto status =
      json::read_field(document->root(), "status", [](json::Value value) { return value.integer(0, 999); });
  return status && *status == response.status ? "" : "a problem of another status";
}

TEST_F(Attacks, NoRequestMakesTheSiteFail) {
  const char* wanted = std::getenv("FOLKMOOT_REQUESTS");
  const int requests = wanted != nullptr ? std::atoi(wanted) : 2000;
  Clicks::Browser officer = clicks.as("returning-officer");
  ASSERT_EQ(officer.status("POST", "/ceremonies", R"({"group":"Ed25519","trustees":2,"threshold":2})"), 201);
  const json::Document made = must(json::Document::parse(officer.last));
  const std::string ceremony = must(json::read_field(made.root(), "id", json::read_string));
  const std::vector<Good> good = good_requests(clicks, ceremony);
  const std::string folder = clicks.folder().path().string();
  const std::vector<std::string> methods{"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"};
  const std::vector<std::string> types{"application/json", "text/plain", "application/json; charset=utf-8", ""};
  std::vector<std::string> cookies;
  std::map<int, int> statuses;
  Mutator mutator(20261122);
  for (int number = 0; number < requests; ++number) {
    if (number % 250 == 0) {  // sessions that are still good
      cookies = {"", "folkmoot=AAAA"};
      for (const char* role : {"member", "chair", "returning-officer", "trustee"}) {
        cookies.push_back(clicks.as(role).cookie);
      }
    }
    const Good& one = good[static_cast<std::size_t>(number) % good.size()];
    Request request{one.method, one.path, one.body, "", {}, "192.0.2.7"};
    const bool first = static_cast<std::size_t>(number) < good.size();  // as it is
    if (!first && mutator.one_in(8)) request.method = mutator.any(methods);
    if (!first && mutator.one_in(4)) request.path = "/" + mutator.changed(request.path.substr(1));
    if (!first && mutator.one_in(4)) request.query = mutator.one_in(2) ? mutator.bytes(30) : "name=Ad%20&from=1&about=";
    if (!first && !mutator.one_in(4)) request.body = mutator.changed(request.body);
    request.headers = {{"sec-fetch-site", mutator.one_in(10) ? "cross-site" : "same-origin"},
                       {"content-type", mutator.one_in(10) ? mutator.any(types) : types[0]},
                       {"cookie", mutator.one_in(20) ? mutator.changed(mutator.any(cookies)) : mutator.any(cookies)},
                       {"x-forwarded-for", mutator.bytes(20)}};
    if (mutator.one_in(4)) request.headers.emplace_back("idempotency-key", mutator.changed("\"0123456789abcdef\""));
    if (mutator.one_in(4)) request.headers.emplace_back("if-none-match", mutator.bytes(20));
    (void)clicks.site().longest_body(request);
    const Response response = answer(request);
    ++statuses[response.status];
    const auto* text = std::get_if<std::string>(&response.body);
    EXPECT_EQ(wrong(request, response, folder), "") << request.method << ' ' << testing::PrintToString(request.path)
                                                    << '?' << testing::PrintToString(request.query) << '\n'
                                                    << testing::PrintToString(request.body.substr(0, 500)) << '\n'
                                                    << response.status << ' ' << (text ? *text : "a file");
  }
  // They come further than the door.
  for (const int status : {200, 201, 400, 401, 403, 404, 405, 409, 422}) EXPECT_GT(statuses[status], 0) << status;
  const audit::Report report = clicks.verify();
  EXPECT_TRUE(report.valid()) << audit::to_text(report);
  for (const auto& [status, count] : statuses) std::cout << status << ": " << count << '\n';
}

// What lies beside public folders, under the names of what lies in them; and links to it.
TEST_F(Attacks, NoPathLeadsOutOfAPublicFolder) {
  const fs::path organisation = clicks.organisation(), open = organisation / "public";
  const std::string hash = sha256_hex("a"), linked = sha256_hex("b"), uuid = clicks.example().election;
  for (const char* name : {"canary", "checkpoint", "index.html", "tile/0/000", "private/canary", "ceremonies/canary"}) {
    must(service::write_file(organisation / name, canary));
  }
  must(service::write_file(organisation / "published" / hash, canary));
  must(service::write_file(organisation / "certs.jsons", canary));
  must(service::write_file(open / "published" / hash, canary));  // which is where it is for everybody
  fs::create_symlink(organisation / "canary", open / "published" / linked);
  fs::create_symlink(organisation / "canary", open / "elections" / (uuid + ".paper.json.new"));
  fs::create_directory_symlink(organisation / "tile" / "0", open / "tile" / "7");
  fs::create_directories(open / "ceremonies" / "abc");
  fs::create_symlink(organisation / "canary", open / "ceremonies" / "abc" / "threshold.json");
  fs::create_directory_symlink(organisation, open / "ceremonies" / "up");
  const auto served = [&](const std::string& path) {
    const Response response = clicks.site().answer({"GET", path, "", "", {}, "192.0.2.7"});
    EXPECT_LT(response.status, 500) << testing::PrintToString(path);
    return content_of(response);
  };
  ASSERT_EQ(served("/ledger/published/" + hash), canary) << "the test sees it where it is served";
  for (const std::string& path :
       {"/ledger/published/" + linked, std::string("/ledger/tile/7/000"), std::string("/link.html"),
        std::string("/link"), std::string("/up/canary.html"), std::string("/up/index.html"),
        std::string("/api/v1/ceremonies/abc/threshold.json"), std::string("/api/v1/ceremonies/up/certs.jsons"),
        "/elections/" + uuid + ".paper.json.new"}) {
    EXPECT_EQ(served(path).find(canary), std::string::npos) << path;
  }

  std::vector<std::string> secrets{std::string(canary)};
  for (const char* name : {"private/ledger.key", "settings.toml", "policy"}) {
    secrets.push_back(must(service::read_file(organisation / name)));
  }
  const std::vector<std::string> bases{"/",
                                       "/assets/",
                                       "/ledger/",
                                       "/ledger/tile/0/",
                                       "/ledger/tile/entries/",
                                       "/ledger/published/",
                                       "/elections/",
                                       "/api/v1/ceremonies/",
                                       "/me/",
                                       "/api/v1/ceremonies/abc/",
                                       "/api/v1/elections/",
                                       "/elections/" + uuid + "/"};
  const std::vector<std::string> ups{"..",
                                     "%2e%2e",
                                     "%2E.",
                                     ".%2e",
                                     "..;",
                                     "...",
                                     "....",
                                     "\xc0\xae\xc0\xae",
                                     "%c0%ae%c0%ae",
                                     "%252e%252e",
                                     "%uff0e%uff0e",
                                     "",
                                     ".",
                                     std::string("..\0", 3)};
  const std::vector<std::string> slashes{"/", "%2f", "%2F", "\\", "%5c", "//", "/./", "\xc0\xaf", "%c0%af", "%252f"};
  const std::vector<std::string> names{
      "canary",        "canary.html", "index.html",  "checkpoint", "private/ledger.key",
      "settings.toml", "policy",      "certs.jsons", "tile/0/000", "published/" + hash};
  std::vector<std::string> paths;
  for (const std::string& base : bases) {
    for (const std::string& up : ups) {
      for (const std::string& slash : slashes) {
        std::string way = base;
        for (int depth = 1; depth <= 3; ++depth) {
          way += up + slash;
          for (const std::string& name : names) {
            paths.push_back(way + name);
            if (depth == 1) paths.push_back(way + name + std::string(".bel\0", 5) + ".json");
          }
        }
      }
    }
    for (const std::string& name : names) {
      const std::string whole = (organisation / name).string();
      for (const std::string& path : {whole, whole.substr(1), "/" + whole, "file://" + whole})
        paths.push_back(base + path);
      paths.push_back(base + "checkpoint" + std::string("\0", 1) + "/../../" + name);
    }
  }
  for (const std::string& path : paths) {
    const std::string content = served(path);
    for (const std::string& secret : secrets) {
      ASSERT_EQ(content.find(secret), std::string::npos) << testing::PrintToString(path);
    }
  }
  std::cout << paths.size() << " paths\n";
}

}  // namespace
}  // namespace folkmoot::server::test
