#include "server/witness.hpp"

#include <sys/wait.h>

#include <csignal>
#include <fstream>

#include "client.hpp"
#include "ledger/cosignature.hpp"
#include "ledger/support.hpp"
#include "store/witnesses.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using namespace test;
using namespace ledger;
using namespace ledger::test;
using ::testing::HasSubstr;

constexpr std::uint64_t now = 1'900'000'000;

// A log, and what it knows of its witness.
struct Organisation {
  Signer key;
  MemoryStorage storage;
  Log log;
  store::WitnessSizes sizes;
  store::HttpClient client;

  explicit Organisation(const std::string& name, std::uint8_t number = 1)
      : key(signer(name, SignatureType::note, number)), log(need(Log::create(storage, key))) {}

  // Appends so many entries, beginning with that number; gives the checkpoint.
  std::string grow(std::uint64_t first, std::uint64_t count) {
    need(log.append(views(entries(first, first + count))));
    return need(log.sign_head());
  }
  store::Witnessed ask(const std::string& note, const VerifierKey& witness, const std::string& url) {
    const Policy policy = need(
        Policy::parse(fmt::format("log {}\nwitness w {} {}\nquorum w\n", key.key.to_text(), witness.to_text(), url)));
    return need(store::gather(storage, note, policy, sizes, client));
  }
};

struct WitnessOverHttp : ::testing::Test {
  fs::path folder = fs::path(::testing::TempDir()) / fmt::format("folkmoot-witness-http-{}", ::getpid());
  std::vector<std::string> told;

  WitnessOverHttp() { fs::remove_all(folder); }
  ~WitnessOverHttp() override { fs::remove_all(folder); }

  VerifierKey make(const std::vector<const Organisation*>& logs) const {
    const VerifierKey key = need(service::make_witness(folder, "witness.example/w"));
    std::ofstream file(folder / "logs", std::ios::app);
    for (const Organisation* log : logs) file << log->key.key.to_text() << '\n';
    return key;
  }
  Handler calls(service::WitnessFolder& opened) {
    return witness_calls(
        opened.witness, [] { return now; }, [this](std::string_view what) { told.emplace_back(what); });
  }
};

TEST_F(WitnessOverHttp, CosignsTwoLogsAsTheyGrow) {
  Organisation union_("union.example/log"), coop("coop.example/log", 2);
  const VerifierKey key = make({&union_, &coop});
  for (int start = 0; start < 3; ++start) {  // each time from its records
    auto opened = need(service::open_witness(folder));
    Running server(calls(opened));
    for (Organisation* log : {&union_, &coop}) {
      for (const std::uint64_t count : {0, 1, 300}) {
        const std::string note = log->grow(log->log.head().head.size, count);
        const auto witnessed = log->ask(note, key, server.url());
        ASSERT_TRUE(witnessed.quorum) << witnessed.asked[0].answer.message;
        EXPECT_EQ(witnessed.asked[0].answer.time, now);
        // What monitors fetch is what the log was given.
        const std::string path = "/" + Witness::record_path(log->key.key.name());
        EXPECT_EQ(body_of(answer(server, get(path))), witnessed.checkpoint);
      }
    }
    union_.sizes.clear();  // it starts again too, and learns where the witness stands
  }
  EXPECT_TRUE(told.empty());
}

TEST_F(WitnessOverHttp, RaisesTheAlarmOnAnotherHistory) {
  Organisation honest("log.example"), fork("log.example");
  const VerifierKey key = make({&honest});
  auto opened = need(service::open_witness(folder));
  Running server(calls(opened));
  ASSERT_TRUE(honest.ask(honest.grow(0, 9), key, server.url()).quorum);
  const auto longer = fork.ask(fork.grow(100, 20), key, server.url());
  EXPECT_EQ(longer.asked[0].answer.kind, Answer::alarm);
  EXPECT_FALSE(longer.quorum);
  server.stop();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(told[0], HasSubstr("log.example: not cosigned: "));

  Running again(calls(opened));
  Organisation shorter("log.example");
  EXPECT_EQ(shorter.ask(shorter.grow(0, 5), key, again.url()).asked[0].answer.kind, Answer::alarm);
  EXPECT_TRUE(honest.ask(honest.grow(9, 1), key, again.url()).quorum);
}

TEST_F(WitnessOverHttp, AnswersWithTheStatusOfTheSpecification) {
  Organisation known("log.example"), unknown("other.example"), impostor("log.example", 7);
  const VerifierKey key = make({&known});
  auto opened = need(service::open_witness(folder));
  Running server(calls(opened));
  const auto submit = [&](Organisation& log, std::uint64_t from) {
    const auto request = need(make_add_checkpoint(log.storage, need(log.log.sign_head()), from));
    return answer(server, post("/add-checkpoint", to_text(request)));
  };
  for (Organisation* log : {&known, &unknown, &impostor}) log->grow(0, 9);
  EXPECT_EQ(status_of(submit(unknown, 0)), 404);
  EXPECT_EQ(status_of(submit(impostor, 0)), 403);
  EXPECT_EQ(status_of(submit(known, 0)), 200);
  const std::string conflict = submit(known, 3);
  EXPECT_EQ(status_of(conflict), 409);
  EXPECT_THAT(conflict, HasSubstr("Content-Type: text/x.tlog.size\r\n"));
  EXPECT_EQ(body_of(conflict), "9\n");
  EXPECT_EQ(status_of(answer(server, post("/add-checkpoint", "hello"))), 400);
  EXPECT_EQ(status_of(answer(server, post("/add-checkpoint", std::string(70'000, 'x')))), 413);
  EXPECT_EQ(status_of(answer(server, get("/add-checkpoint"))), 405);
  const std::string path = "/" + Witness::record_path("log.example");
  EXPECT_EQ(status_of(answer(server, get(path))), 200);
  EXPECT_EQ(status_of(answer(server, post(path, ""))), 405);
  for (const std::string& other : {"/" + Witness::record_path("other.example"), std::string("/"), std::string("/key"),
                                   path + "/", path + ".new", std::string("/lock"), "/records" + path}) {
    EXPECT_EQ(status_of(answer(server, get(other))), 404) << other;
  }
}

// The witness in a process of its own, killed in the middle of a log's questions. Whatever the log was given before,
// and whatever was under way, the next life continues it, and refuses another history.
TEST_F(WitnessOverHttp, KilledAtAnyMomentItForgetsNothing) {
  Organisation honest("log.example"), fork("log.example");
  const VerifierKey key = make({&honest});
  std::mt19937 random(11);
  std::uint64_t cosigned = 0;
  for (int life = 0; life < 25; ++life) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      auto opened = service::open_witness(folder);
      if (!opened) ::_exit(3);
      auto server = HttpServer::listen("127.0.0.1:0", calls(*opened));
      if (!server) ::_exit(4);
      const std::string line = (*server)->address() + "\n";
      if (::write(ends[1], line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(5);
      (*server)->run();
      ::_exit(6);
    }
    ::close(ends[1]);
    std::string url = "http://";
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) url += c;
    ::close(ends[0]);

    std::thread killer([child, after = static_cast<useconds_t>(random() % 20'000)] {
      ::usleep(after);
      ::kill(child, SIGKILL);
    });
    for (Answer::Kind kind = Answer::cosigned; kind == Answer::cosigned;) {
      const std::string note = honest.grow(honest.log.head().head.size, 1 + random() % 3);
      const auto witnessed = honest.ask(note, key, url);
      kind = witnessed.asked[0].answer.kind;
      ASSERT_TRUE(kind == Answer::cosigned || kind == Answer::later) << witnessed.asked[0].answer.message;
      if (kind == Answer::cosigned) cosigned = honest.log.head().head.size;
    }
    killer.join();
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "exit " << WEXITSTATUS(status);

    auto opened = need(service::open_witness(folder));
    const Response record = witness_calls(
        opened.witness, [] { return now; },
        [](std::string_view) {})({"GET", "/" + Witness::record_path("log.example"), ""});
    if (cosigned == 0 && record.status == 404) continue;
    const auto kept = need(parse_signed_checkpoint(std::get<std::string>(record.body)));
    ASSERT_GE(kept.checkpoint.head.size, cosigned);
    ASSERT_TRUE(need(cosigned_at(kept.note, key)));
    if (fork.log.head().head.size <= kept.checkpoint.head.size) fork.grow(1000, kept.checkpoint.head.size + 1);
    const auto lie = need(make_add_checkpoint(fork.storage, need(fork.log.sign_head()), kept.checkpoint.head.size));
    ASSERT_EQ(opened.witness.add_checkpoint(to_text(lie), now).status, 422);
  }
  EXPECT_GT(cosigned, 0U);
}

}  // namespace
}  // namespace folkmoot::server
