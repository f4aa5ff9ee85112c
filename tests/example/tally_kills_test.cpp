// The server dies at any moment of the tally's steps, over HTTP, from the end of the voting to the result: each has
// been done then or has not, and asked for again it is done once. FOLKMOOT_KILLS says how often (8 times unless set).
#include <cstdlib>
#include <future>
#include <set>

#include "example/clicks.hpp"
#include "server/client.hpp"
#include "server/processes.hpp"
#include "store/record_file.hpp"

namespace folkmoot::server::test {
namespace {

using folkmoot::record::EventType;
using folkmoot::test::free_port;
using folkmoot::test::local;
using folkmoot::test::Process;

class TallyKills : public testing::Test {
 protected:
  static constexpr int steps = 8;

  TallyKills() {
    const scenes::ExampleVoter& voter = clicks.example().voters.front();
    const auto credential = must(secret::PrivateCredential::parse(voter.credential));
    const auto ballot =
        must(service::make_ballot(record, credential, {{{scenes::member(21), scenes::member(20)}}, {}}));
    EXPECT_EQ(field_of(clicks.unchecked("POST", one + "/ballots", ballot.text), "tracker"), ballot.tracker);
    over = must(charter::read_time(field_of(clicks.unchecked("GET", one), "closes")));
    clicks.stop();
    node.emplace(std::vector<std::string>{FOLKMOOT_BINARY_DIR "/bin/test_node", "site", local(port),
                                          clicks.organisation().string(), std::to_string(over.seconds)});
  }

  // Empty if there is no answer.
  [[nodiscard]] std::string ask(const std::string& method, const std::string& path, const std::string& cookie = "",
                                const std::string& body = "") const try {
    Client client(port);
    client.send(
        fmt::format("{} {} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n"
                    "Content-Length: {}\r\nConnection: close\r\n\r\n{}",
                    method, path, cookie, body.size(), body));
    return client.rest();
  } catch (const std::runtime_error&) {
    return "";  // nobody listens yet
  }
  // How far the tally is, once the server has been started.
  [[nodiscard]] std::string tally() const {
    for (int tries = 0; tries < 3000; ++tries) {
      const std::string answer = ask("GET", one + "/tally");
      if (status_of(answer) == 200) return body_of(answer);
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    throw std::runtime_error("the server does not start");
  }
  // Does the step while the server dies so often, and then until it is answered; gives the answer.
  std::string insist(const std::string& path, const std::string& cookie, const std::string& body = "") {
    constexpr std::array<int, 8> moments{0, 40, 5, 150, 15, 80, 2, 300};  // milliseconds
    std::set<std::string> seen{tally()};
    const std::string before = *seen.begin();
    for (int kill = 0; kill < kills_of_a_step; ++kill) {
      {
        const auto asked = std::async(std::launch::async, [&] { return ask("POST", one + path, cookie, body); });
        std::this_thread::sleep_for(std::chrono::milliseconds(moments.at(static_cast<std::size_t>(deaths++ % 8))));
        node->kill();
      }
      node->start();
      seen.insert(tally());
    }
    const std::string answer = ask("POST", one + path, cookie, body);
    EXPECT_TRUE(status_of(answer) == 200 || status_of(answer) == 201) << path << ": " << answer;
    const std::string after = tally();
    for (const std::string& text : seen) EXPECT_TRUE(text == before || text == after) << path << ": " << text;
    const std::string again = ask("POST", one + path, cookie, body);
    EXPECT_EQ(status_of(again), 200) << path << ": " << again;
    EXPECT_EQ(tally(), after) << path << ": once";
    return body_of(answer);
  }
  // As officer, or as trustee of that number.
  [[nodiscard]] std::string officer() const {
    return clicks.cookie_of(clicks.person("returning-officer").member, over.seconds, over.seconds);
  }
  [[nodiscard]] std::string trustee(int number) const {
    return clicks.cookie_of(clicks.example().trustees.at(static_cast<std::size_t>(number - 1)).member, over.seconds, 0);
  }
  // What a trustee makes on their own machine, from a copy of what is public.
  std::string make(int number, bool shuffle) {
    const fs::path copy = clicks.folder() / fmt::format("trustee-{}-{}", number, shuffle);
    fs::create_directories(copy);
    for (const char* extension : {".bel", ".strict.json"}) {
      const fs::path file = fs::path(record).replace_extension(extension);
      fs::copy(file, copy / file.filename());
    }
    const std::string all = tally();
    const json::Document document = must(json::Document::parse(all));
    std::vector<std::string> keys;
    for (const json::Value one : must(must(document.root().field("trustees")).array())) {
      keys.push_back(must(json::read_field(one, "decryption_key", json::read_string)));
    }
    const auto index = static_cast<std::size_t>(number - 1);
    must(service::write_secret(copy / "trustee.key", clicks.example().trustees.at(index).key + "\n"));
    must(service::write_file(copy / "trustee.dkey", body_of(ask("GET", keys.at(index)))));
    const service::TrusteeSecret secret{copy / "trustee.key", copy / "trustee.dkey"};
    const fs::path from = copy / record.filename(), out = copy / "out";
    const auto sent =
        must(shuffle ? service::shuffle_tally(from, secret, out) : service::decrypt_tally(from, secret, out));
    EXPECT_EQ(sent.trustee, number);
    return must(service::read_file(out));
  }
  // What is in the record, after the ballots.
  [[nodiscard]] std::vector<EventType> events() const {
    std::vector<EventType> events;
    (void)must(store::RecordFile::open(record, [&](const folkmoot::record::Step& step) -> Status {
      if (step.event.type > EventType::ballot) events.push_back(step.event.type);
      return {};
    }));
    return events;
  }

  Clicks clicks;
  const std::string one = "/api/v1/elections/" + clicks.example().election;
  const fs::path record = clicks.organisation() / "public" / "elections" / (clicks.example().election + ".bel");
  const int port = free_port();
  charter::Time over;
  std::optional<Process> node;
  int kills_of_a_step = 1, deaths = 0;
};

TEST_F(TallyKills, EachStepIsDoneOnceWheneverTheServerDies) {
  const char* wanted = std::getenv("FOLKMOOT_KILLS");
  kills_of_a_step = ((wanted != nullptr ? std::atoi(wanted) : steps) + steps - 1) / steps;
  insist("/close", officer());
  for (const int number : {1, 2}) insist("/shuffles", trustee(number), make(number, true));
  insist("/shuffles/end", officer());
  for (const int number : {2, 3}) insist("/decryptions", trustee(number), make(number, false));
  insist("/result", officer());
  const std::string declared = insist("/declaration", officer());
  node->kill();
  EXPECT_THAT(events(), testing::ElementsAre(EventType::end_ballots, EventType::encrypted_tally, EventType::shuffle,
                                             EventType::shuffle, EventType::end_shuffles, EventType::partial_decryption,
                                             EventType::partial_decryption, EventType::result));
  EXPECT_EQ(must(service::verify_record(record)).verdict(), folkmoot::record::Verdict::valid);

  // The declaration, by the example's own clock.
  clicks.open();
  clicks.wait_until(over);
  const json::Document document = must(json::Document::parse(declared));
  const charter::Body fields =
      must(charter::read_body(document.root(), charter::find_act_type("election.declare")->fields, false));
  clicks.act("election.declare", "returning-officer", "chair", fields);
  const audit::Report report = clicks.verify();
  EXPECT_TRUE(report.valid()) << audit::to_text(report);
  std::cout << deaths << " deaths\n";
}

}  // namespace
}  // namespace folkmoot::server::test
