// Two nodes behind HAProxy, with the configuration of deploy/, on one PostgreSQL, or one by itself; and what happens to
// ballots when any of them dies, or stops and goes on. FOLKMOOT_KILLS says how often (12 times unless set).
#include <algorithm>
#include <cstdlib>
#include <thread>

#include "database/cluster.hpp"
#include "server/client.hpp"
#include "server/processes.hpp"
#include "service/shared_record.hpp"
#include "service/trial.hpp"
#include "store/http_client.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using service::ok;

using namespace test;
using namespace folkmoot::test;

class NodesTest : public testing::Test {
 protected:
  static constexpr int voters = 16;

  // Whether the ballot is in the record for certain.
  bool hand_in(store::HttpClient& client, const std::string& ballot) {
    const auto answer = client.ask(
        {fmt::format("http://{}/api/v1/elections/{}/ballots", local(entrance), trial.paper().uuid), ballot, 65536});
    if (answer && answer->status == 504) ++given_up;
    return answer && (answer->status == 200 || answer->status == 201);
  }

  static int wanted_kills() {
    const char* wanted = std::getenv("FOLKMOOT_KILLS");
    return wanted != nullptr ? std::atoi(wanted) : 12;
  }
  // People cast ballots while `kill` is called so many times, after pauses; and until all are certain.
  template <class Kill>
  void cast_during(int kills, Kill kill) {
    std::atomic<bool> enough = false;
    std::array<std::vector<std::string>, 4> acknowledged;
    {
      std::vector<std::jthread> people;
      for (std::size_t i = 0; i < acknowledged.size(); ++i) {
        people.emplace_back([&, i] {
          store::HttpClient client;
          for (int next = 0; !enough; ++next) {
            const auto voter = static_cast<int>(i) + 4 * (next % 4);
            const auto made = trial.ballot({static_cast<char>('A' + voter)}, {{next % 2 == 0 ? "Ada" : "Ben"}});
            // As the booth does: again until it is certain. At times a second time, as a person does.
            int attempts = 1;
            while (!hand_in(client, made.text)) {
              ASSERT_LT(++attempts, 3000) << "nobody takes ballots any more";
              std::this_thread::sleep_for(std::chrono::milliseconds(20));
            }
            if (next % 5 == 0) (void)hand_in(client, made.text);
            acknowledged[i].push_back(made.tracker);
            ++acknowledgements[i];
          }
        });
      }
      for (int number = 0; number < kills; ++number) {
        std::this_thread::sleep_for(std::chrono::milliseconds(300 + 37 * (number % 7)));
        kill(number);
      }
      enough = true;
      kill(kills);
    }
    for (const auto& some : acknowledged) trackers.insert(trackers.end(), some.begin(), some.end());
    EXPECT_GT(trackers.size(), 4U);
    std::cout << trackers.size() << " ballots, " << kills << " deaths\n";
  }
  static void kill_and_start(Process& victim, int number) {
    victim.kill();
    std::this_thread::sleep_for(std::chrono::milliseconds(50 * (number % 3)));
    victim.start();
  }
  // Each acknowledged ballot is in the record once, and no other.
  void expect_kept(const std::string& database) const {
    std::vector<std::string> kept;
    const auto note = [&](const record::Step& step) -> Status {
      if (step.event.type == record::EventType::ballot) kept.push_back(to_base64(step.payload().hash));
      return {};
    };
    { (void)ok(service::RecordLog::open(trial.record(), database, note)); }
    EXPECT_THAT(kept, testing::UnorderedElementsAreArray(trackers));
    EXPECT_EQ(ok(service::verify_record(trial.record())).ballots, trackers.size());
  }

  service::Trial trial{R"({"name": "Who?", "contests": [
      {"kind": "choice", "question": "Who?", "candidates": ["Ada", "Ben"], "min": 1, "rule": "plurality", "seats": 1}]})",
                       "Ed25519", service::roll_of(voters), 1};
  const int entrance = free_port();
  std::vector<std::string> trackers;                   // of ballots that were acknowledged
  std::array<std::atomic<int>, 4> acknowledgements{};  // that each of the people has had
  std::atomic<int> given_up = 0;                       // requests of which HAProxy has waited too long for an answer
};

class TwoNodesTest : public NodesTest {
 protected:
  TwoNodesTest() {
    ok(database::migrate(*shared.open(), service::shared_record_tables()));
    // The first node has the record; the second gets it from the database, and what is beside it.
    (void)ok(service::SharedRecord::open(trial.record(), shared.url(), [](const auto&) { return Status(); }));
    fs::create_directories(second.parent_path());
    const int ports[2] = {free_port(), free_port()};
    ::setenv("FOLKMOOT_BIND", local(entrance).c_str(), 1);
    ::setenv("FOLKMOOT_ONE", local(ports[0]).c_str(), 1);
    ::setenv("FOLKMOOT_TWO", local(ports[1]).c_str(), 1);
    const auto start = [&](std::optional<Process>& node, int port, const fs::path& record) {
      node.emplace(std::vector<std::string>{FOLKMOOT_BINARY_DIR "/bin/test_node", "elections", local(port),
                                            record.parent_path().string(), shared.url()});
    };
    start(one, ports[0], trial.record());
    start(two, ports[1], second);
    haproxy.emplace(std::vector<std::string>{"haproxy", "-db", "-f", FOLKMOOT_SOURCE_DIR "/deploy/haproxy.cfg"});
  }
  // Both nodes have each acknowledged ballot once, and the same record.
  void expect_kept_by_both() {
    one->kill();
    two->kill();
    expect_kept(shared.url());
    (void)ok(service::SharedRecord::open(second, shared.url(), [](const auto&) { return Status(); }));
    EXPECT_EQ(ok(service::read_file(trial.record())), ok(service::read_file(second)));
  }
  // "one" or "two": which answers somebody who comes for the first time.
  [[nodiscard]] std::string who_answers() const {
    Client client(entrance);
    client.send("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string answer = client.rest();
    constexpr std::string_view cookie = "folkmoot-node=";
    const std::size_t found = answer.find(cookie);
    return found == std::string::npos ? "nobody" : answer.substr(found + cookie.size(), 3);
  }
  // Until each of the people who vote has been sure of that many more ballots.
  void wait_for_everybody(int more) const {
    for (const auto& mine : acknowledgements) {
      const int before = mine;
      for (int looks = 0; mine < before + more; ++looks) {
        ASSERT_LT(looks, 12'000) << "nobody takes this one's ballots any more";
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
    }
  }

  const TemporaryDatabase shared{Kind::postgresql};
  const fs::path second = trial.folder() / "second" / trial.record().filename();
  std::optional<Process> one, two, haproxy;
};

TEST_F(TwoNodesTest, NoBallotIsLostOrCountedTwiceWhateverDies) {
  const int kills = wanted_kills();
  cast_during(kills, [&](int number) {
    if (number == kills) {
      // As what supervises a node does, if it found no database when it was started.
      kill_and_start(*one, 0);
    } else if (number % 4 == 3) {
      crash_postgresql();
    } else {
      kill_and_start(number % 2 == 0 ? *one : *two, number);
    }
  });
  expect_kept_by_both();
}

// As a machine that hangs, or is cut off: its connections stay, and so do the locks of its transactions.
TEST_F(TwoNodesTest, OneGoesOnWhileTheOtherDoesNotAnswer) {
  const int stops = std::max(2, wanted_kills() / 4);
  cast_during(stops, [&](int number) {
    if (number == stops) return;
    const bool first = number % 2 == 0;
    Process& stopped = first ? *one : *two;
    const std::string its_name = first ? "one" : "two";
    stopped.stop();
    wait_for_everybody(2);
    EXPECT_EQ(who_answers(), first ? "two" : "one");
    stopped.go_on();
    int asked = 0;
    while (who_answers() != its_name) ASSERT_LT(++asked, 10'000) << "it does not take part again";
    wait_for_everybody(2);
  });
  EXPECT_EQ(given_up, 0) << "who was sent to it waits for the health check, and not for an answer of its";
  expect_kept_by_both();
}

TEST_F(NodesTest, NoBallotIsLostOrCountedTwiceWhenTheOnlyNodeDies) {
  Process only(
      {FOLKMOOT_BINARY_DIR "/bin/test_node", "elections", local(entrance), trial.record().parent_path().string(), ""});
  const int kills = wanted_kills();
  cast_during(kills, [&](int number) {
    if (number < kills) kill_and_start(only, number);
  });
  only.kill();
  expect_kept("");
}

}  // namespace
}  // namespace folkmoot::server
