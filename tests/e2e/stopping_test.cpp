// The server is stopped as a machine's manager stops it, again and again, while people cast ballots and hand in acts:
// what it has acknowledged is there when it has started again, once, and nothing else is.
#include <ctime>
#include <sstream>
#include <thread>

#include "account/sign_in.hpp"
#include "audit/entry.hpp"
#include "base/sha256.hpp"
#include "scenes/example.hpp"
#include "server/client.hpp"
#include "server/processes.hpp"
#include "service/settings.hpp"
#include "service/trial.hpp"
#include "store/http_client.hpp"
#include "store/record_file.hpp"

namespace folkmoot::e2e {
namespace {

namespace fs = std::filesystem;
using server::test::Client;
using server::test::status_of;
using service::ok;

class Stopping : public testing::Test {
 protected:
  static constexpr std::size_t voters = 3, members = 3;

  Stopping() {
    std::ostringstream acts;
    example = ok(scenes::make_example({folder / "example", ""}, charter::Time{std::time(nullptr)}, acts, no_progress,
                                      scenes::Extent::ballot));
    record = example.organisation / "public" / "elections" / (example.election + ".bel");
    before = trackers();
  }

  // In the order of the record.
  [[nodiscard]] std::vector<std::string> trackers() const {
    std::vector<std::string> found;
    (void)ok(store::RecordFile::open(record, [&](const record::Step& step) -> Status {
      if (step.event.type == record::EventType::ballot) found.push_back(to_base64(step.payload().hash));
      return {};
    }));
    return found;
  }
  // Of the petitions in the ledger.
  [[nodiscard]] std::vector<std::string> titles() const {
    std::vector<std::string> found;
    const auto organisation = ok(service::Organisation::open(example.organisation));
    for (const auto& [id, petition] : organisation->state().petitions) found.push_back(petition.title);
    return found;
  }

  [[nodiscard]] bool answers() const try {
    Client browser(port);
    browser.send(server::test::get("/health"));
    return status_of(browser.response()) == 200;
  } catch (const std::runtime_error&) {
    return false;  // nobody listens
  }

  static std::string member(std::size_t number) { return scenes::id_of(scenes::member(24 + static_cast<int>(number))); }
  // A ballot of that voter's, who votes anew each time.
  [[nodiscard]] service::MadeBallot ballot(std::size_t voter) const {
    const auto credential = ok(secret::PrivateCredential::parse(example.voters.at(voter).credential));
    return ok(service::make_ballot(record, credential, {{{scenes::member(21), scenes::member(20)}}, {}}));
  }
  // Whether it is certain that the ballot counts.
  bool cast(store::HttpClient& browser, const std::string& text) const {
    const auto answer = browser.ask(
        {fmt::format("http://{}/api/v1/elections/{}/ballots", test::local(port), example.election), text, 65536});
    return answer && (answer->status == 200 || answer->status == 201);
  }
  // Whether it is certain that the member's petition is in the ledger.
  [[nodiscard]] bool open_petition(const std::string& member, const std::string& cookie, const std::string& title,
                                   const std::string& key) const try {
    const charter::Request request{
        "petition.open", {member, ""}, {}, {{"rule", "policy"}, {"title", title}, {"hash", sha256_hex(title)}}};
    std::string body = json::to_text(audit::SignedRequest{request, {}});
    body.insert(body.size() - 1, fmt::format(R"(,"texts":["{}"])", title));
    Client browser(port);
    browser.send(
        fmt::format("POST /api/v1/acts HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n"
                    "Idempotency-Key: \"{}\"\r\nContent-Type: application/json\r\nContent-Length: {}\r\n"
                    "Connection: close\r\n\r\n{}",
                    cookie, key, body.size(), body));
    return status_of(browser.rest()) == 201;
  } catch (const std::runtime_error&) {
    return false;  // nobody listens
  }
  [[nodiscard]] std::string sign_in(const std::string& member) const {
    const auto settings = ok(service::read_settings(example.organisation));
    const auto database = ok(database::open(service::database_url(example.organisation, settings)));
    const std::int64_t now = std::time(nullptr);
    const auto token = ok(account::SignIn(*database).begin({member, 0, now}, now, secret::Random::system()));
    return "folkmoot=" + std::string(token.view());
  }

  // Does it again until it is certain, as pages do; and counts that.
  template <class Attempt>
  void insist(Attempt attempt) {
    for (int attempts = 1; !attempt(); ++attempts) {
      ASSERT_LT(attempts, 3000) << "the server does not take it any more";
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ++certain;
  }
  void wait_for(int more) const {
    const int now = certain;
    for (int looks = 0; certain < now + more; ++looks) {
      ASSERT_LT(looks, 12'000) << "nothing is acknowledged any more";
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  service::TemporaryFolder folder;
  scenes::Example example;
  fs::path record;
  std::vector<std::string> before;  // trackers
  const int port = test::free_port();
  std::atomic<int> certain = 0;
};

TEST_F(Stopping, LosesNothingAndDoesNothingTwice) {
  constexpr int stops = 12;
  test::Process server({FOLKMOOT_BINARY_DIR "/bin/folkmoot", "serve", "--dir", example.organisation.string(), "--port",
                        std::to_string(port)});
  insist([&] { return answers(); });
  std::array<std::string, members> cookies;
  for (std::size_t i = 0; i < members; ++i) cookies.at(i) = sign_in(member(i));
  std::array<std::vector<std::string>, voters> cast_by;
  std::array<std::vector<std::string>, members> opened_by;
  std::atomic<bool> enough = false;
  {
    std::vector<std::jthread> people;
    for (std::size_t i = 0; i < voters; ++i) {
      people.emplace_back([&, i] {
        store::HttpClient browser;
        while (!enough) {
          const service::MadeBallot made = ballot(i);
          insist([&] { return cast(browser, made.text); });
          cast_by.at(i).push_back(made.tracker);
        }
      });
    }
    for (std::size_t i = 0; i < members; ++i) {
      people.emplace_back([&, i, member = member(i), cookie = cookies.at(i)] {
        for (int next = 0; !enough; ++next) {
          const std::string title = fmt::format("Number {} of {}", next, i);
          insist([&] { return open_petition(member, cookie, title, fmt::format("key-of-person-{}-{}", i, next)); });
          opened_by.at(i).push_back(title);
        }
      });
    }
    for (int stop = 0; stop < stops; ++stop) {
      wait_for(10 + 7 * (stop % 3));
      EXPECT_EQ(server.end(), 0);
      server.start();
    }
    enough = true;
  }
  EXPECT_EQ(server.end(), 0);

  std::vector<std::string> ballots = before, petitions;
  for (const auto& some : cast_by) ballots.insert(ballots.end(), some.begin(), some.end());
  for (const auto& some : opened_by) petitions.insert(petitions.end(), some.begin(), some.end());
  EXPECT_GT(ballots.size(), before.size() + stops);
  EXPECT_GT(petitions.size(), members);
  EXPECT_THAT(trackers(), testing::UnorderedElementsAreArray(ballots));
  EXPECT_EQ(ok(service::verify_record(record)).ballots, ballots.size());
  EXPECT_THAT(titles(), testing::UnorderedElementsAreArray(petitions));
  std::cout << ballots.size() - before.size() << " ballots and " << petitions.size() << " acts, " << stops
            << " stops\n";
}

}  // namespace
}  // namespace folkmoot::e2e
