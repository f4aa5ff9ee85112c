#include "store/witnesses.hpp"

#include "ledger/support.hpp"
#include "ledger/witness.hpp"
#include "scripted_server.hpp"

namespace folkmoot::store {
namespace {

using namespace ledger;
using namespace ledger::test;
using test::ScriptedServer;
using ::testing::HasSubstr;

// A witness and its server.
struct Neighbour {
  Signer key;
  Witness witness;
  std::vector<std::string> asked;  // the old sizes
  ScriptedServer server;

  explicit Neighbour(std::uint8_t number)
      : key(signer(fmt::format("witness.example/w{}", number), SignatureType::cosignature_v1, number)),
        witness(key, {log_signer().key}),
        server([this](const std::string& request) { return ScriptedServer::Reply{answer(request)}; }) {}

  std::string answer(const std::string& request) {
    EXPECT_EQ(test::first_line(request), "POST /w/add-checkpoint HTTP/1.1");
    const std::string body = request.substr(request.find("\r\n\r\n") + 4);
    asked.push_back(body.substr(0, body.find('\n')));
    auto [response, record] = witness.decide(body, 1000);
    if (record) witness.apply(*std::move(record));
    return test::response(std::to_string(response.status) + " X", response.body,
                          "Content-Type: " + response.content_type + "\r\n");
  }
  // What the log had when only this witness was asked.
  void sees(const Source& source, const std::string& note) {
    auto [response, record] = witness.decide(to_text(need(make_add_checkpoint(source, note, 0))), 1000);
    ASSERT_EQ(response.status, 200);
    witness.apply(*std::move(record));
  }
};

struct WitnessesTest : ::testing::Test {
  MemoryStorage storage;
  Log log = need(Log::create(storage, log_signer()));
  WitnessSizes sizes;
  HttpClient client;

  std::string grow(std::uint64_t count) {
    const std::uint64_t size = log.head().head.size;
    need(log.append(views(entries(size, size + count))));
    return need(log.sign_head());
  }
  // All of these, a quorum of so many.
  static Policy policy(const std::vector<Neighbour*>& witnesses, int quorum, const std::string& slash = "") {
    std::string text = fmt::format("log {}\n", log_signer().key.to_text()), names;
    for (std::size_t i = 0; i < witnesses.size(); ++i) {
      text +=
          fmt::format("witness w{} {} {}/w{}\n", i, witnesses[i]->key.key.to_text(), witnesses[i]->server.url(), slash);
      names += fmt::format(" w{}", i);
    }
    return need(Policy::parse(text + fmt::format("group enough {}{}\nquorum enough\n", quorum, names)));
  }
  Witnessed ask(const std::string& note, const Policy& policy) {
    return need(gather(storage, note, policy, sizes, client));
  }
};

TEST_F(WitnessesTest, CosignTheLogAsItGrows) {
  Neighbour a(10), b(11), c(12);
  const Policy all = policy({&a, &b, &c}, 3, "/");
  for (const std::uint64_t count : {0, 1, 300, 5}) {
    const std::string note = grow(count);
    const Witnessed witnessed = ask(note, all);
    ASSERT_TRUE(witnessed.quorum) << witnessed.quorum.error().message;
    EXPECT_EQ(witnessed.asked.size(), 3U);
    for (const auto& [witness, answer] : witnessed.asked) EXPECT_EQ(answer.kind, Answer::cosigned) << answer.message;
    EXPECT_EQ(need(verify_checkpoint(all, witnessed.checkpoint)).cosignatures.size(), 3U);
    need(log.publish(witnessed.checkpoint));
  }
  EXPECT_THAT(b.asked, ::testing::ElementsAre("old 0", "old 0", "old 1", "old 301"));
}

TEST_F(WitnessesTest, AreAskedFromWhereTheyStand) {
  Neighbour ahead(10), fresh(11);
  ahead.sees(storage, grow(5));
  const Policy both = policy({&ahead, &fresh}, 2);
  EXPECT_TRUE(ask(grow(4), both).quorum);
  EXPECT_THAT(ahead.asked, ::testing::ElementsAre("old 0", "old 5"));
  EXPECT_THAT(fresh.asked, ::testing::ElementsAre("old 0"));
  EXPECT_TRUE(ask(grow(1), both).quorum);
  EXPECT_EQ(ahead.asked.back(), "old 9");
}

TEST_F(WitnessesTest, AQuorumOfThemIsEnoughAndTheOthersCanBeAskedLater) {
  Neighbour a(10), b(11);
  const std::string note = grow(3);
  auto c = std::make_unique<Neighbour>(12);
  const Policy down = policy({&a, &b, c.get()}, 2);
  c.reset();
  const Witnessed first = ask(note, down);
  EXPECT_TRUE(first.quorum);
  ASSERT_EQ(first.asked.size(), 3U);
  EXPECT_EQ(first.asked[2].witness, "w2");
  EXPECT_EQ(first.asked[2].answer.kind, Answer::later);
  EXPECT_THAT(first.asked[2].answer.message, HasSubstr("/w/add-checkpoint"));
  EXPECT_EQ(need(verify_checkpoint(down, first.checkpoint)).cosignatures.size(), 2U);

  // It is back, at another address; only it is asked, and it adds to what there is.
  c = std::make_unique<Neighbour>(12);
  const Policy up = policy({&a, &b, c.get()}, 3);
  const Witnessed second = ask(first.checkpoint, up);
  ASSERT_EQ(second.asked.size(), 1U);
  EXPECT_TRUE(second.quorum);
  EXPECT_EQ(need(verify_checkpoint(up, second.checkpoint)).cosignatures.size(), 3U);
  EXPECT_EQ(a.asked.size(), 1U);
}

TEST_F(WitnessesTest, WithoutAQuorumNothingIsSaidToBeCosigned) {
  Neighbour a(10), stranger(11);
  stranger.witness = Witness(stranger.key, {});
  const std::string note = grow(3);
  const Witnessed witnessed = ask(note, policy({&a, &stranger}, 2));
  EXPECT_EQ(witnessed.asked[1].answer.kind, Answer::refused);
  ASSERT_FALSE(witnessed.quorum);
  EXPECT_THAT(witnessed.quorum.error().message, HasSubstr("cosigned by w0"));

  // Without addresses there is nobody to ask.
  const Policy silent = need(
      Policy::parse(fmt::format("log {}\nwitness w {}\nquorum w\n", log_signer().key.to_text(), a.key.key.to_text())));
  const Witnessed nobody = ask(note, silent);
  EXPECT_TRUE(nobody.asked.empty());
  EXPECT_FALSE(nobody.quorum);
  EXPECT_EQ(nobody.checkpoint, note);
}

TEST_F(WitnessesTest, RaiseAnAlarmWhenTheyHaveSeenAnotherHistory) {
  Neighbour shorter(10), longer(11);
  {
    MemoryStorage other;
    Log fork = need(Log::create(other, log_signer()));
    need(fork.append(views(entries(100, 104))));
    shorter.sees(other, need(fork.sign_head()));
    need(fork.append(views(entries(104, 120))));
    longer.sees(other, need(fork.sign_head()));
  }
  const Witnessed witnessed = ask(grow(9), policy({&shorter, &longer}, 1));
  ASSERT_EQ(witnessed.asked.size(), 2U);
  for (const auto& [witness, answer] : witnessed.asked) EXPECT_EQ(answer.kind, Answer::alarm) << answer.message;
  EXPECT_THAT(witnessed.asked[0].answer.message, HasSubstr("has cosigned 20 entries"));
  EXPECT_THAT(witnessed.asked[1].answer.message, HasSubstr("inconsistent"));
  EXPECT_FALSE(witnessed.quorum);
}

TEST_F(WitnessesTest, OneThatNeverStandsStillIsLeftForLater) {
  Neighbour key(10);
  int size = 0;
  const ScriptedServer restless([&](const std::string&) {
    return ScriptedServer::Reply{test::response("409 Conflict", fmt::format("{}\n", ++size % 3))};
  });
  const Policy policy = need(Policy::parse(fmt::format(
      "log {}\nwitness w {} {}\nquorum w\n", log_signer().key.to_text(), key.key.key.to_text(), restless.url())));
  const Witnessed witnessed = ask(grow(9), policy);
  ASSERT_EQ(witnessed.asked.size(), 1U);
  EXPECT_EQ(witnessed.asked[0].answer.kind, Answer::later);
  EXPECT_EQ(restless.requests(), 4);
}

TEST_F(WitnessesTest, ACosignatureByAnotherIsNone) {
  Neighbour named(10), other(11);
  const Policy policy =
      need(Policy::parse(fmt::format("log {}\nwitness w {} {}/w\nquorum w\n", log_signer().key.to_text(),
                                     named.key.key.to_text(), other.server.url())));
  const Witnessed witnessed = ask(grow(9), policy);
  EXPECT_EQ(other.asked.size(), 1U);
  EXPECT_EQ(witnessed.asked[0].answer.kind, Answer::refused);
  EXPECT_FALSE(witnessed.quorum);
}

TEST_F(WitnessesTest, NothingIsAskedThatCannotBeProven) {
  Neighbour a(10);
  const std::string note = grow(9);
  a.sees(storage, note);
  const std::string later = grow(300);
  const Policy policy = this->policy({&a}, 1);
  const MemoryStorage empty;
  EXPECT_FALSE(gather(empty, later, policy, sizes, client));
  EXPECT_FALSE(gather(storage, "no checkpoint", policy, sizes, client));
  Note wrong = need(parse_note(later));
  wrong.signatures.push_back({a.key.key.name(), a.key.key.id(), Bytes(72, 1)});
  EXPECT_FALSE(gather(storage, to_text(wrong), policy, sizes, client));
}

}  // namespace
}  // namespace folkmoot::store
