// Casting on a disk that fills up, by a clock that jumps, and while the acts cannot be read: nothing that was
// acknowledged is lost, nothing counts twice, and it goes on when the fault is over. That whole programs die is in
// nodes_test.
#include "database/cluster.hpp"
#include "server/client.hpp"
#include "server/elections.hpp"
#include "server/membership.hpp"
#include "service/shared_record.hpp"
#include "service/trial.hpp"
#include "support/small_disk.hpp"

namespace folkmoot::server::test {
namespace {

namespace fs = std::filesystem;
using folkmoot::test::Kind;
using testing::HasSubstr;

constexpr int voters = 6;
constexpr std::int64_t minute = 60, hour = 3600, day = 24 * hour;

// An election on one node, by itself ("Alone") or as one of several that share a database, and a server for it.
class Casting : public testing::TestWithParam<bool> {
 protected:
  Casting() {
    if (GetParam()) {
      shared.emplace(Kind::postgresql);
      service::ok(database::migrate(*shared->open(), service::shared_record_tables()));
    }
    for (int i = 0; i < voters; ++i) ballots.push_back(trial.ballot({static_cast<char>('A' + i)}, {{"Ada"}}));
    open();
  }
  ~Casting() override { stop(); }

  void open() {
    const auto timetable = [this](const std::string&) -> Result<std::optional<VotingTime>> {
      if (unreadable) return fail("the ledger is being read again");
      return VotingTime{charter::Time{1000}, charter::Time{3000}};
    };
    elections.emplace(service::ok(Elections::open(
        trial.record().parent_path(), timetable, [this] { return charter::Time{now.load()}; },
        shared ? shared->url() : "")));
    server.emplace([this](const Request& request) { return elections->answer(request); }, Limits{},
                   [this](Request& request, const Reply& reply) { return elections->take(request, reply); });
  }
  void stop() {
    server.reset();
    elections.reset();
  }

  // The answer to that ballot.
  std::string cast(const service::MadeBallot& ballot) {
    return answer(*server, post("/api/v1/elections/" + trial.paper().uuid + "/ballots", ballot.text));
  }
  // How many bytes the record has grown by with the ballot that it has.
  [[nodiscard]] std::uint64_t size_of_a_ballot() const { return fs::file_size(trial.record()) - empty; }
  // What is in the record, read from the disk after the server has gone.
  std::vector<std::string> kept() {
    stop();
    std::vector<std::string> trackers;
    (void)service::ok(store::RecordFile::open(trial.record(), [&](const record::Step& step) -> Status {
      if (step.event.type == record::EventType::ballot) trackers.push_back(to_base64(step.payload().hash));
      return {};
    }));
    EXPECT_EQ(service::ok(service::verify_record(trial.record())).ballots, trackers.size());
    return trackers;
  }
  [[nodiscard]] std::vector<std::string> all_trackers() const {
    std::vector<std::string> trackers;
    for (const auto& ballot : ballots) trackers.push_back(ballot.tracker);
    return trackers;
  }

  std::optional<folkmoot::test::TemporaryDatabase> shared;
  service::Trial trial{R"({"name": "Who?", "contests": [
      {"kind": "choice", "question": "Who?", "candidates": ["Ada", "Ben"], "min": 1, "rule": "plurality", "seats": 1}]})",
                       "Ed25519", service::roll_of(voters), 1};
  std::vector<service::MadeBallot> ballots;
  std::uint64_t empty = fs::file_size(trial.record());
  std::atomic<std::int64_t> now = 2000;
  std::atomic<bool> unreadable = false;  // the acts
  std::optional<Elections> elections;
  std::optional<Running> server;
};
INSTANTIATE_TEST_SUITE_P(On, Casting, testing::Bool(),
                         [](const auto& info) { return info.param ? "SharedRecord" : "OwnRecord"; });

TEST_P(Casting, GoesOnWhenAFullDiskHasRoomAgain) {
  EXPECT_EQ(status_of(cast(ballots[0])), 201);
  std::vector<std::string> full, tries;
  {
    const std::uint64_t size = fs::file_size(trial.record());
    const folkmoot::test::SmallDisk disk(size + size_of_a_ballot() + size_of_a_ballot() / 2);
    for (int time = 0; time < 2; ++time) {
      for (int i = 1; i < voters; ++i) tries.push_back(cast(ballots[static_cast<std::size_t>(i)]));
    }
    full.push_back(answer(*server, get("/elections/" + trial.paper().uuid + ".bel")));
  }
  EXPECT_EQ(status_of(tries[0]), 201) << "there is room for one";
  const int again = status_of(tries[voters - 1]);
  if (GetParam())  // what the database has, the node's own file may lack
    EXPECT_TRUE(again == 200 || again == 503) << again;
  else
    EXPECT_EQ(again, 200) << "which is known for certain, though the disk is full";
  for (const std::size_t i : {1U, 2U, 3U, 4U}) {
    EXPECT_EQ(status_of(tries[i]), 503) << tries[i];
    EXPECT_THAT(tries[i], HasSubstr("/problems/not-stored"));
    EXPECT_THAT(tries[i], testing::Not(HasSubstr(trial.record().filename().string()))) << "is the operator's";
  }
  EXPECT_EQ(status_of(full[0]), 200) << "what is there can be read";
  for (const auto& ballot : ballots) {
    const int status = status_of(cast(ballot));
    EXPECT_TRUE(status == 200 || status == 201) << status;
    EXPECT_EQ(status_of(cast(ballot)), 200);
  }
  EXPECT_THAT(kept(), testing::UnorderedElementsAreArray(all_trackers())) << "each once";
}

TEST_P(Casting, LosesNothingIfItDiesWhileTheDiskIsFull) {
  EXPECT_EQ(status_of(cast(ballots[0])), 201);
  {
    const folkmoot::test::SmallDisk disk(fs::file_size(trial.record()) + 700);  // in the middle of a ballot
    EXPECT_EQ(status_of(cast(ballots[1])), 503);
    stop();
  }
  EXPECT_THAT(kept(), testing::ElementsAre(ballots[0].tracker));
}

// Around opening and closing, back and forth. What counts is the clock when a ballot comes.
TEST_P(Casting, IsOpenByTheClockHoweverItJumps) {
  const std::vector<std::pair<std::int64_t, int>> jumps{{999, 409},  {1000, 201}, {500, 409}, {2999, 201},
                                                        {3000, 409}, {2000, 201}, {-5, 409},  {90'000, 409}};
  std::vector<std::string> acknowledged;
  for (const auto& [time, status] : jumps) {
    const service::MadeBallot& ballot = ballots[acknowledged.size()];
    now = time;
    EXPECT_EQ(status_of(cast(ballot)), status) << time;
    if (status == 201) acknowledged.push_back(ballot.tracker);
  }
  now = 2000;
  EXPECT_EQ(status_of(cast(ballots[0])), 200);
  EXPECT_THAT(kept(), testing::ElementsAreArray(acknowledged));
}

// A voter is not told that the voting is over because the ledger cannot be read for a moment.
TEST_P(Casting, GoesOnWhenTheActsCanBeReadAgain) {
  const std::string one = "/api/v1/elections/" + trial.paper().uuid;
  const auto describe = [&] { return answer(*server, get(one)); };
  // As a worker does: who takes ballots at once may do so by what was known a moment ago.
  const auto hand_in = [&](const service::MadeBallot& ballot) {
    return elections->answer({"POST", one + "/ballots", ballot.text, "", {}, ""});
  };
  stop();
  unreadable = true;
  open();
  EXPECT_EQ(status_of(describe()), 503) << "it has never been known";
  EXPECT_EQ(status_of(cast(ballots[0])), 503);
  unreadable = false;
  EXPECT_EQ(status_of(cast(ballots[0])), 201);
  unreadable = true;
  const Response later = hand_in(ballots[1]);
  EXPECT_EQ(later.status, 503);
  EXPECT_THAT(text_of(later), HasSubstr("/problems/not-stored"));
  EXPECT_THAT(describe(), HasSubstr(R"("phase":"open")"));
  now = 3000;
  EXPECT_THAT(describe(), HasSubstr(R"("phase":"closed")")) << "by the time that it had";
  EXPECT_TRUE(elections->find(trial.paper().uuid)->over);
  EXPECT_EQ(hand_in(ballots[1]).status, 503);
  unreadable = false;
  EXPECT_EQ(hand_in(ballots[1]).status, 409);
  EXPECT_THAT(kept(), testing::ElementsAre(ballots[0].tracker));
}

TEST(OnAFullDisk, SigningInSaysThatItCannotBeDoneNow) {
  Membership site(Kind::sqlite);
  Membership::Browser browser{site};
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  const Request asking =
      Membership::request("POST", "/api/v1/sign-in", R"({"email":"ada@example.org","language":"en"})");
  std::optional<Response> full;
  int reading = 0;
  {
    const folkmoot::test::SmallDisk disk(1);
    full = site.calls.answer(asking);
    reading = browser.send("GET", "/api/v1/session").status;
  }
  EXPECT_EQ(full->status, 503);
  EXPECT_THAT(text_of(*full), HasSubstr("/problems/unavailable"));
  EXPECT_EQ(reading, 200);
  EXPECT_EQ(site.calls.answer(asking)->status, 202);
  EXPECT_EQ(browser.sign_in("ada@example.org"), 201);
}

class Clocks : public EitherDatabase {};
ON_EITHER_DATABASE(Clocks);

// Whatever was made while the clock was ahead would last too long once it is right again.
TEST_P(Clocks, NoSessionAndNoLinkOutlivesAClockThatIsSetBack) {
  const std::int64_t right = site.now;
  site.now = right + 30 * day;
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  site.ask("ada@example.org");
  const std::string link = R"({"token":")" + site.last_token() + "\"}";
  site.now = right;
  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 401);
  EXPECT_EQ(browser.send("POST", "/api/v1/session", link).status, 403);
  // Two nodes' clocks are never quite the same.
  site.now += hour;
  ASSERT_EQ(browser.sign_in("ada@example.org"), 201);
  site.now -= minute;
  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 200);
  site.now += 13 * hour;
  EXPECT_EQ(browser.send("GET", "/api/v1/session").status, 401);
}

TEST_P(Clocks, NobodyIsLockedOutByAClockThatIsSetBack) {
  site.now += 30 * day;
  for (int i = 0; i < 5; ++i) site.ask("ada@example.org");
  EXPECT_EQ(site.mails.size(), 3U);
  site.now -= 30 * day;
  for (int i = 0; i < 5; ++i) site.ask("ada@example.org");
  EXPECT_EQ(site.mails.size(), 6U) << "limited as ever";
}

}  // namespace
}  // namespace folkmoot::server::test
