// Acts on two nodes behind HAProxy, with the configuration of deploy/, on one PostgreSQL; and what happens to acts when
// any of them dies. FOLKMOOT_KILLS says how often (8 times unless set).
#include <cstdlib>
#include <ctime>
#include <thread>

#include "audit/verify.hpp"
#include "server/acting.hpp"
#include "server/client.hpp"
#include "server/processes.hpp"

namespace folkmoot::server::test {
namespace {

using folkmoot::test::free_port;
using folkmoot::test::local;
using folkmoot::test::Process;

class ActNodes : public testing::Test {
 protected:
  ActNodes() {
    // The second node begins with nothing but what docs/operate.md says.
    fs::create_directories(two() / "private");
    for (const char* file : {"settings.toml", "policy", "private/ledger.key"}) fs::copy(one() / file, two() / file);
    moot.calls.reset();
    moot.clerk.reset();
    session = moot.sign_in(member(2), true);
    members = moot.sign_in(member(7));
  }
  [[nodiscard]] fs::path one() const { return moot.folder / "org"; }
  [[nodiscard]] fs::path two() const { return moot.folder / "second"; }
  [[nodiscard]] std::vector<std::string> node(int port, const fs::path& folder) const {
    return {FOLKMOOT_BINARY_DIR "/bin/test_node", "acts", local(port), folder.string(), std::to_string(behind)};
  }

  // What the secretary signs once, and sends again until it is certain.
  [[nodiscard]] std::string statement(const std::string& title) const {
    const charter::Request request{
        "statement.publish", {member(2), "secretary"}, {}, {{"title", title}, {"hash", sha256_hex(title)}}};
    const charter::Time asked{std::time(nullptr) - behind};
    const std::string text = audit::signed_text("ledger.test.example", request, member(2), asked);
    return Acting::handed_in({request, {{member(2), asked, Acting::ok(moot.keys.at(member(2)).sign(text))}}}, {title});
  }
  // What a member asks for without a signature: as often as it is sent, unless under a key.
  [[nodiscard]] static std::string petition(const std::string& title) {
    const charter::Request request{
        "petition.open", {member(7), ""}, {}, {{"rule", "members"}, {"title", title}, {"hash", sha256_hex(title)}}};
    return Acting::handed_in({request, {}}, {title});
  }
  // Whether the act is in the ledger for certain. What nobody has signed goes under a key.
  bool hand_in(const std::string& body, const std::string& key = "") const try {
    Client client(entrance);
    client.send(
        fmt::format("POST /api/v1/acts HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n{}"
                    "Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
                    key.empty() ? session : members, key.empty() ? "" : fmt::format("Idempotency-Key: \"{}\"\r\n", key),
                    body.size(), body));
    const std::string answer = client.rest();
    return status_of(answer) == 201 || (key.empty() && answer.find("was used before") != std::string::npos);
  } catch (const std::runtime_error&) {
    return false;  // nobody listens yet
  }

  // What the ledger in that folder says, as anybody verifies it; each title as often as it is there.
  static std::vector<std::string> verified(const fs::path& folder) {
    const auto organisation = Acting::ok(service::Organisation::open(folder));
    Acting::ok(organisation->publish());
    const auto policy = ledger::Policy::parse("log " + organisation->ledger_key().to_text() + "\nquorum none\n");
    const store::LedgerFolder ledger(organisation->public_folder());
    audit::VerifyOptions options;
    options.policy = &*policy;
    const audit::Report report = audit::verify(ledger, audit::SourceLibrary(ledger), options);
    EXPECT_TRUE(report.valid()) << audit::to_text(report);
    EXPECT_TRUE(report.not_given.empty()) << "every node has every text";
    std::vector<std::string> titles;
    for (const auto& [id, statement] : organisation->state().statements) titles.push_back(statement.title);
    for (const auto& [id, petition] : organisation->state().petitions) titles.push_back(petition.title);
    return titles;
  }

  Acting moot{folkmoot::test::Kind::postgresql};
  const std::int64_t behind = std::time(nullptr) - moot.seconds;
  const int entrance = free_port();
  std::string session, members;
};

TEST_F(ActNodes, NoActIsLostOrDoneTwiceWhateverDies) {
  const char* wanted = std::getenv("FOLKMOOT_KILLS");
  const int kills = wanted != nullptr ? std::atoi(wanted) : 8;
  const int ports[2] = {free_port(), free_port()};
  ::setenv("FOLKMOOT_BIND", local(entrance).c_str(), 1);
  ::setenv("FOLKMOOT_ONE", local(ports[0]).c_str(), 1);
  ::setenv("FOLKMOOT_TWO", local(ports[1]).c_str(), 1);
  Process first(node(ports[0], one())), second(node(ports[1], two()));
  const Process haproxy({"haproxy", "-db", "-f", FOLKMOOT_SOURCE_DIR "/deploy/haproxy.cfg"});

  std::atomic<bool> enough = false;
  std::array<std::vector<std::string>, 3> acknowledged;
  {
    std::vector<std::jthread> people;
    for (std::size_t i = 0; i < acknowledged.size(); ++i) {
      people.emplace_back([&, i] {
        for (int next = 0; !enough; ++next) {
          // Every other one of whoever has no key is sent twice, as by two tabs, and by a person who presses again.
          const std::string title = fmt::format("Number {} of {}", next, i);
          const std::string body = i == 0 ? statement(title) : petition(title);
          const std::string key = i == 0 ? "" : fmt::format("key-of-person-{}-{}", i, next);
          std::jthread tab;
          if (i > 0 && next % 2 == 0) tab = std::jthread([&] { (void)hand_in(body, key); });
          int attempts = 1;
          while (!hand_in(body, key)) {
            ASSERT_LT(++attempts, 3000) << "nobody takes acts any more";
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
          }
          acknowledged[i].push_back(title);
        }
      });
    }
    for (int kill = 0; kill < kills; ++kill) {
      std::this_thread::sleep_for(std::chrono::milliseconds(700 + 113 * (kill % 5)));
      if (kill % 4 == 3) {
        folkmoot::test::crash_postgresql();
      } else {
        Process& victim = kill % 2 == 0 ? first : second;
        victim.kill();
        std::this_thread::sleep_for(std::chrono::milliseconds(50 * (kill % 3)));
        victim.start();
      }
    }
    enough = true;
    // As what supervises a node does, if it found no database when it was started.
    for (Process* process : {&first, &second}) {
      process->kill();
      process->start();
    }
  }
  first.kill();
  second.kill();

  std::vector<std::string> all;
  for (const auto& some : acknowledged) all.insert(all.end(), some.begin(), some.end());
  EXPECT_GT(all.size(), 3u);
  EXPECT_THAT(verified(one()), testing::UnorderedElementsAreArray(all)) << "each acknowledged act once, and no other";
  EXPECT_THAT(verified(two()), testing::UnorderedElementsAreArray(all));
  // Its hash covers every entry.
  EXPECT_EQ(Acting::ok(service::read_file(one() / "public" / "checkpoint")),
            Acting::ok(service::read_file(two() / "public" / "checkpoint")));
  std::cout << all.size() << " acts, " << kills << " deaths\n";
}

}  // namespace
}  // namespace folkmoot::server::test
