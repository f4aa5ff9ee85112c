// An organisation of eight, founded and constituted, that its members act in over HTTP: everything behind the calls is
// the real thing. Members 1 to 8 have names and addresses; 1 is chair, 2 secretary, 5 returning officer; 1, 2 and 5
// have keys enrolled.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/sign_in.hpp"
#include "base/sha256.hpp"
#include "database/cluster.hpp"
#include "server/acts.hpp"
#include "service/request.hpp"

namespace folkmoot::server::test {

namespace fs = std::filesystem;

inline std::string member(int n) { return fmt::format("m-{:016x}", n); }
inline const std::string founder = "m-00000000000000ff";

class Acting {
 public:
  template <class T>
  static T ok(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return detail::value_of(std::move(result));
  }

  explicit Acting(folkmoot::test::Kind kind = folkmoot::test::Kind::sqlite) {
    std::string name = (fs::temp_directory_path() / "folkmoot-acting-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a folder");
    folder = name;
    if (kind == folkmoot::test::Kind::postgresql) shared.emplace(kind);
    ok(service::Organisation::create(folder / "org", {"ledger.test.example", shared ? shared->url() : ""}));
    found();
    url = service::database_url(folder / "org", ok(service::read_settings(folder / "org")));
    database = ok(database::open(url));
    open();
  }
  ~Acting() {
    calls.reset();
    clerk.reset();
    database.reset();
    fs::remove_all(folder);
  }
  Acting(const Acting&) = delete;
  Acting& operator=(const Acting&) = delete;

  void open() {
    calls.reset();
    clerk.reset();
    clerk = ok(service::Clerk::open(folder / "org", {[this] { return time(); }, [](std::string_view) {}}));
    accounts.emplace(url, site, *account::SealingKey::parse(account::SealingKey::make(random).view()), random);
    const auto uuid = [](const std::string&) { return std::string("here"); };
    calls = std::make_unique<ActCalls>(*clerk, *accounts, url, uuid, random);
  }
  [[nodiscard]] charter::Time time() const { return charter::Time{seconds}; }

  // A cookie of a new session.
  std::string sign_in(const std::string& who, bool second_factor = false) {
    const account::Session session{who, second_factor ? seconds.load() : 0, seconds};
    const account::Token token = ok(account::SignIn(*database).begin(session, seconds, random));
    return fmt::format("__Host-folkmoot={}", token.view());
  }

  // As one of the site's own pages sends it.
  static Request request(const std::string& cookie, const std::string& method, const std::string& path,
                         const std::string& body = "") {
    Request request{method, path, body, "", {{"sec-fetch-site", "same-origin"}, {"content-type", "application/json"}}};
    const auto query = path.find('?');
    if (query != std::string::npos) request.query = path.substr(query + 1);
    request.path = path.substr(0, query);
    request.headers.emplace_back("cookie", cookie);
    return request;
  }
  Response send(const std::string& cookie, const std::string& method, const std::string& path,
                const std::string& body = "") {
    auto answer = calls->answer(request(cookie, method, path, body));
    return answer ? *std::move(answer) : text_response(404, "no such call");
  }
  Response act(const std::string& cookie, const audit::SignedRequest& request,
               const std::vector<std::string>& texts = {}, const std::string& path = "/api/v1/acts") {
    return send(cookie, "POST", path, handed_in(request, texts));
  }
  // The same under a key.
  Response act_once(const std::string& cookie, const std::string& key, const audit::SignedRequest& wanted,
                    const std::vector<std::string>& texts = {}, const std::string& path = "/api/v1/acts") {
    Request asked = request(cookie, "POST", path, handed_in(wanted, texts));
    asked.headers.emplace_back("idempotency-key", key);
    return *calls->answer(asked);
  }
  static std::string handed_in(const audit::SignedRequest& request, const std::vector<std::string>& texts = {}) {
    std::string body = json::to_text(request);
    json::Writer writer;
    writer.begin_array();
    for (const std::string& text : texts) writer.string(text);
    body.insert(body.size() - 1, ",\"texts\":" + writer.end_array().take());
    return body;
  }
  static std::string text_of(const Response& response) { return std::get<std::string>(response.body); }
  // A field of the answer, as JSON.
  static std::string field(const Response& response, std::string_view name) {
    const json::Document document = ok(json::Document::parse(text_of(response)));
    const json::Value value = ok(document.root().field(name));
    return value.is_string() ? std::string(ok(value.string())) : ok(value.text());
  }

  // Signed by those of them whose key there is.
  audit::SignedRequest signed_by(const std::vector<std::string>& who, charter::Request wanted) {
    audit::SignedRequest request{std::move(wanted), {}};
    for (const std::string& one : who) {
      const auto sign = [&](const service::Organisation& organisation) {
        return service::sign(request, organisation.state(), organisation.origin(), keys.at(one), time());
      };
      ok(ok(clerk->look(sign)));
    }
    return request;
  }
  [[nodiscard]] std::int64_t acts() const {
    return ok(clerk->look([](const service::Organisation& organisation) { return organisation.state().acts; }));
  }

  fs::path folder;
  std::optional<folkmoot::test::TemporaryDatabase> shared;
  std::atomic<std::int64_t> seconds = charter::read_time("2026-01-05T09:00:00Z")->seconds;
  std::map<std::string, ledger::Signer> keys;
  std::string url;
  secret::Random& random = secret::Random::system();
  service::Site site{"The Bakery", "https://vote.members.example", {"The Bakery", "moot@members.example"}};
  std::unique_ptr<database::Database> database;
  std::unique_ptr<service::Clerk> clerk;
  std::optional<service::Accounts> accounts;
  std::unique_ptr<ActCalls> calls;

 private:
  void ask(service::Organisation& organisation, const std::string& who, const std::string& type, charter::Body body) {
    audit::SignedRequest request{{type, {who, ""}, {}, std::move(body)}, {}};
    if (keys.contains(who))
      ok(service::sign(request, organisation.state(), organisation.origin(), keys.at(who), time()));
    const service::Outcome outcome = ok(organisation.submit(request, time()));
    if (!outcome.act()) throw std::runtime_error(type + ": " + outcome.refusal()->message);
    seconds += 1;
  }
  std::string make_key(const std::string& who) {
    std::string key = ok(service::make_member_key(who, folder / (who + ".key")));
    keys.emplace(who, ok(service::read_member_key(folder / (who + ".key"))));
    return key;
  }
  void found() {
    const auto organisation = ok(service::Organisation::open(folder / "org"));
    const std::string charter = ok(service::read_file(FOLKMOOT_SOURCE_DIR "/examples/cooperative.toml"));
    const std::string founder_key = make_key(founder);
    ask(*organisation, founder, "organisation.found", {{"text", charter}, {"key", founder_key}});
    std::vector<std::string> all;
    std::vector<service::Person> people;
    for (int n = 1; n <= 8; ++n) {
      all.push_back(member(n));
      people.push_back({member(n),
                        std::to_string(n),
                        fmt::format("Person Number{}", n),
                        fmt::format("p{}@example.org", n),
                        n == 4 ? "cy" : "en",
                        {},
                        {}});
    }
    ask(*organisation, founder, "member.admit", {{"members", all}, {"joined", "2024-01-01T00:00:00Z"}});
    int n = 1;
    for (const char* seat : {"chair-1", "secretary-1", "treasurer-1", "committee-member-1", "committee-member-2",
                             "convener-1", "appeals-member-1", "appeals-member-2"}) {
      ask(*organisation, founder, "seat.found",
          {{"seat", fmt::format("seat-{}", seat)},
           {"member", member(n <= 6 ? n : 6)},
           {"until", "2026-08-01T00:00:00Z"}});
      ++n;
    }
    ask(*organisation, founder, "seat.found",
        {{"seat", "seat-returning-officer-1"}, {"member", member(5)}, {"until", "2026-08-01T00:00:00Z"}});
    ask(*organisation, founder, "organisation.constitute", {});
    for (const int officer : {1, 2, 5}) {
      const std::string key = make_key(member(officer));
      ask(*organisation, member(officer), "member.enrol_key", {{"member", member(officer)}, {"key", key}});
    }
    service::People table(organisation->database());
    ok(organisation->database().transact([&] { return table.insert(people); }));
  }
};

}  // namespace folkmoot::server::test
