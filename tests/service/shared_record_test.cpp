// A record on several nodes: one order, whoever adds, whoever fails.
#include "service/shared_record.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "database/cluster.hpp"
#include "service/ballot_box.hpp"
#include "service/supplement.hpp"
#include "service/trial.hpp"

namespace folkmoot::service {
namespace {

using testing::HasSubstr;
using Fate = Handed::Fate;

const BallotBox::Allow anybody = [](const std::string&) { return true; };

constexpr int voters = 8;

std::string voter(int number) { return {static_cast<char>('A' + number)}; }
Status ignore(const record::Step&) { return {}; }

// An election that is open on the node "one"; the others have the database only.
class SharedRecordTest : public testing::TestWithParam<test::Kind> {
 protected:
  SharedRecordTest() { ok(database::migrate(*shared.open(), shared_record_tables())); }

  // A node's own file; that of a node which has none yet is made from the database.
  [[nodiscard]] fs::path file_of(const std::string& node) const {
    if (node == "one") return trial.record();
    fs::create_directories(trial.folder() / node);
    return trial.folder() / node / trial.record().filename();
  }
  [[nodiscard]] std::unique_ptr<RecordLog> log(const std::string& node) const {
    return ok(SharedRecord::open(file_of(node), shared.url(), ignore));
  }
  [[nodiscard]] std::unique_ptr<BallotBox> box(const std::string& node) {
    const auto noted = seen[node] = std::make_shared<Seen>();
    return ok(BallotBox::open(file_of(node), shared.url(), noted));
  }
  [[nodiscard]] std::string bytes(const std::string& node) const { return ok(read_file(file_of(node))); }
  static record::Addition addition(const MadeBallot& ballot) { return {record::EventType::ballot, {ballot.text}}; }

  std::map<std::string, std::shared_ptr<Seen>> seen;  // by the box that each node opened last
  test::TemporaryDatabase shared{GetParam()};
  Trial trial{R"({"name": "Who?", "contests": [
      {"kind": "choice", "question": "Who?", "candidates": ["Ada", "Ben"], "min": 1, "rule": "plurality", "seats": 1}]})",
              "Ed25519", roll_of(voters), 1};
};

INSTANTIATE_TEST_SUITE_P(On, SharedRecordTest, testing::Values(test::Kind::sqlite, test::Kind::postgresql),
                         [](const auto& info) { return test::name(info.param); });

// What is opened on one node no other takes, also one that has checked the ballot already; and it stands in the
// supplement of each, and of whoever brings the record home.
TEST_P(SharedRecordTest, ABallotThatWasOpenedOnOneNodeIsTakenByNone) {
  const auto show = [&](int number) {
    const fs::path prepared = trial.folder() / fmt::format("prepared-{}", number);
    const fs::path shown = trial.folder() / fmt::format("shown-{}", number);
    ok(prepare_ballot(trial.record(), trial.credential(voter(number)), {{{"Ada"}}, {}}, prepared));
    ok(open_prepared(prepared, shown));
    std::string text = ok(read_file(shown));
    text.pop_back();
    return text;
  };
  const auto ballot_in = [](const std::string& opened) {
    const std::size_t begin = opened.find("\"ballot\":") + 9;
    return opened.substr(begin, opened.find(",\"answers\":[[") - begin);
  };
  const std::string first = show(0), second = show(1), cast = show(2);
  {
    const auto one = box("one"), two = box("two");
    EXPECT_EQ(one->spoil(first, anybody).fate, Fate::accepted);
    EXPECT_EQ(one->spoil(first, anybody).fate, Fate::there);
    EXPECT_EQ(two->spoil(first, anybody).fate, Fate::there) << "two hears of it when it asks";
    EXPECT_EQ(two->spoil(second, anybody).fate, Fate::accepted);
    const Handed refused = one->hand_in(ballot_in(second));
    EXPECT_EQ(refused.fate, Fate::refused) << "checked before one has heard of it";
    EXPECT_THAT(refused.message, HasSubstr("it was opened"));
    EXPECT_EQ(one->hand_in(ballot_in(first)).fate, Fate::refused);
    EXPECT_EQ(one->hand_in(ballot_in(cast)).fate, Fate::accepted);
    EXPECT_THAT(two->spoil(cast, anybody).message, HasSubstr("has been cast"));
    EXPECT_EQ(seen["two"]->ballots(), 1U);
  }
  const auto spoiled_at = [&](const std::string& node) {
    return (*ok(read_supplement<group::Ed25519>(file_of(node)))).spoiled;
  };
  EXPECT_EQ(spoiled_at("one").size(), 2U);
  EXPECT_EQ(spoiled_at("one"), spoiled_at("two"));
  fs::create_directories(file_of("home").parent_path());
  auto fresh = *ok(read_supplement<group::Ed25519>(file_of("one")));
  const auto all = std::exchange(fresh.spoiled, {});
  ok(write_supplement(file_of("home"), fresh));
  EXPECT_EQ(ok(share_record(file_of("home"), shared.url())), 2);
  EXPECT_EQ(spoiled_at("home"), all);
}

// All voters at once, each to both nodes; then the nodes have the same record, to the byte, with each ballot once.
TEST_P(SharedRecordTest, NodesTakeBallotsAtTheSameTime) {
  std::vector<MadeBallot> ballots;
  for (int i = 0; i < voters; ++i) ballots.push_back(trial.ballot(voter(i), {{"Ada"}}));
  std::atomic<int> accepted = 0, there = 0;
  {
    const auto one = box("one"), two = box("two");
    std::vector<std::jthread> threads;
    for (const MadeBallot& ballot : ballots) {
      for (BallotBox* node : {one.get(), two.get()}) {
        threads.emplace_back([&, node] {
          const Handed handed = node->hand_in(ballot.text);
          EXPECT_EQ(handed.tracker, ballot.tracker) << handed.message;
          (handed.fate == Fate::accepted ? accepted : there)++;
        });
      }
    }
    threads.clear();
    ok(one->follow());
    ok(two->follow());
    EXPECT_EQ(seen["one"]->ballots(), ballots.size());
    EXPECT_EQ(seen["one"]->trackers(0, 100), seen["two"]->trackers(0, 100));
  }
  EXPECT_EQ(accepted, voters);
  EXPECT_EQ(there, voters);
  EXPECT_EQ(bytes("one"), bytes("two"));
  EXPECT_EQ(ok(verify_record(trial.record())).ballots, static_cast<std::uint64_t>(voters));
}

TEST_P(SharedRecordTest, AllStepsReachAllNodes) {
  trial.cast("A", {{"Ada"}});
  { const auto one = log("one"); }
  const auto two = box("two");
  EXPECT_EQ(seen["two"]->ballots(), 1u);
  EXPECT_EQ(two->hand_in(trial.ballot("B", {{"Ben"}}).text).fate, Fate::accepted);
  { const auto one = log("one"); }
  trial.tally();
  EXPECT_FALSE(seen["two"]->finished());
  { const auto one = log("one"); }
  ok(two->follow());
  EXPECT_TRUE(seen["two"]->finished());
  EXPECT_EQ(two->hand_in(trial.ballot("C", {{"Ben"}}).text).fate, Fate::closed);
  EXPECT_EQ(bytes("two"), bytes("one"));
  EXPECT_EQ(log("three")->chain().events(), log("one")->chain().events());
}

// A step of the tally is taken on a copy, and again if something comes between: a ballot, or one that is opened.
TEST_P(SharedRecordTest, AStepIsTakenBetweenWhatOtherNodesAdd) {
  const auto one = box("one");
  EXPECT_EQ(one->hand_in(trial.ballot("A", {{"Ada"}}).text).fate, Fate::accepted);
  const fs::path prepared = trial.folder() / "prepared", shown = trial.folder() / "shown";
  ok(prepare_ballot(trial.record(), trial.credential("C"), {{{"Ada"}}, {}}, prepared));
  ok(open_prepared(prepared, shown));
  { const auto two = log("two"); }
  int tries = 0;
  std::uint64_t closed = 0;
  ok(step_shared_record(file_of("two"), shared.url(), [&](const fs::path& copy) -> Status {
    closed = TRY(close_voting(copy)).ballots;
    ++tries;
    if (tries == 1) EXPECT_EQ(one->hand_in(trial.ballot("B", {{"Ben"}}).text).fate, Fate::accepted);
    if (tries == 2) EXPECT_EQ(one->spoil(ok(read_lines(shown)).front(), anybody).fate, Fate::accepted);
    return {};
  }));
  EXPECT_EQ(tries, 3);
  EXPECT_EQ(closed, 2U);
  EXPECT_EQ(one->hand_in(trial.ballot("D", {{"Ben"}}).text).fate, Fate::closed);
  const auto supplement = [&](const std::string& node) { return ok(read_file(supplement_file(file_of(node)))); };
  EXPECT_EQ(bytes("one"), bytes("two"));
  EXPECT_EQ(supplement("one"), supplement("two"));
  EXPECT_EQ(ok(read_supplement<group::Ed25519>(file_of("two")))->spoiled.size(), 1U);
}

// Whoever takes it, it is on all nodes then, with what the supplement says of it; one that fails leaves nothing.
TEST_P(SharedRecordTest, TheTallyIsOnAllNodes) {
  trial.cast("A", {{"Ada"}});
  { const auto one = log("one"), two = log("two"); }
  const auto step = [&](const std::string& node, const TallyStep& take) {
    return step_shared_record(file_of(node), shared.url(), take);
  };
  const auto closing = [](const fs::path& copy) -> Status {
    TRY(close_voting(copy));
    return {};
  };
  const auto half = [&](const fs::path& copy) -> Status {
    TRY(closing(copy));
    return fail("the disk is full");
  };
  EXPECT_EQ(error_of(step("two", half)), "the disk is full");
  { EXPECT_EQ(log("one")->chain().events(), 2) << "the election and a ballot"; }
  ok(step("one", closing));
  EXPECT_THAT(error_of(step("two", closing)), HasSubstr("closed already"));
  const std::string decrypted = ok(read_file(trial.decrypt(1)));
  ok(step("two", [&](const fs::path& copy) -> Status {
    TRY(collect_text(copy, decrypted));
    return {};
  }));
  ok(step("three", [](const fs::path& copy) -> Status {
    TRY(publish_result(copy));
    return {};
  }));
  for (const std::string node : {"one", "two", "three"}) {
    { const auto heard = log(node); }
    EXPECT_EQ(bytes(node), bytes("one"));
    EXPECT_EQ(ok(expect_good_record(file_of(node))).record.verdict(), record::Verdict::valid);
    EXPECT_EQ(ok(read_supplement<group::Ed25519>(file_of(node)))->decryptions.size(), 1U);
  }
}

// A database that was restored from a backup gets back what it had acknowledged.
TEST_P(SharedRecordTest, AFileGivesBackWhatTheDatabaseHasLost) {
  { EXPECT_EQ(box("one")->hand_in(trial.ballot("A", {{"Ada"}}).text).fate, Fate::accepted); }
  ok(shared.open()->run("DELETE FROM record_step WHERE number = 1"));
  ok(shared.open()->run("UPDATE record SET steps = 1"));
  { EXPECT_EQ(log("one")->chain().events(), 2); }
  EXPECT_EQ(log("two")->chain().events(), 2);
  EXPECT_EQ(bytes("two"), bytes("one"));
}

TEST_P(SharedRecordTest, OtherHistoriesAreRefused) {
  { const auto two = log("one"), copy = log("two"); }
  trial.cast("A", {{"Ada"}});  // by a program that knows nothing of the other nodes
  { ok(ok(log("two")->append({addition(trial.ballot("B", {{"Ben"}}))})).at(0)); }
  EXPECT_THAT(error_of(SharedRecord::open(file_of("one"), shared.url(), ignore)),
              HasSubstr("step 1 is another one in the database than in"));
  ok(shared.open()->run("UPDATE record_step SET data = 'null' WHERE number = 1"));
  EXPECT_THAT(error_of(SharedRecord::open(file_of("three"), shared.url(), ignore)),
              HasSubstr("step 1 in the database"));
  EXPECT_THAT(error_of(SharedRecord::open(trial.folder() / "two" / "unknown.bel", shared.url(), ignore)),
              HasSubstr("no such record, in the database or as a file"));
}

// Between its commit and its file a node may be killed at any moment.
TEST_P(SharedRecordTest, AKilledNodeLosesNothing) {
  std::vector<MadeBallot> ballots;
  for (int i = 0; i < voters; ++i) ballots.push_back(trial.ballot(voter(i), {{"Ada"}}));
  { const auto one = log("one"); }
  { const auto two = box("two"); }
  for (int i = 0; i < voters; ++i) {
    std::array<int, 2> acknowledged{};
    ASSERT_EQ(::pipe(acknowledged.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      auto opened = BallotBox::open(file_of("two"), shared.url());
      if (opened) {
        (void)!::write(acknowledged[1], "o", 1);
        if ((*opened)->hand_in(ballots[static_cast<std::size_t>(i)].text).fate == Fate::accepted)
          (void)!::write(acknowledged[1], "a", 1);
      }
      ::_exit(0);
    }
    ::close(acknowledged[1]);
    char said = 0;
    ASSERT_EQ(::read(acknowledged[0], &said, 1), 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(5 * i));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const bool accepted = ::read(acknowledged[0], &said, 1) == 1;
    ::close(acknowledged[0]);
    const auto one = box("one");
    const auto trackers = seen["one"]->trackers(0, 100);
    const bool there = std::ranges::count(trackers, ballots[static_cast<std::size_t>(i)].tracker) == 1;
    EXPECT_TRUE(there || !accepted);
    // Handed in again, it counts once.
    EXPECT_EQ(one->hand_in(ballots[static_cast<std::size_t>(i)].text).fate, there ? Fate::there : Fate::accepted);
  }
  { const auto two = log("two"); }
  { const auto one = log("one"); }
  EXPECT_EQ(bytes("two"), bytes("one"));
  EXPECT_EQ(ok(verify_record(trial.record())).ballots, static_cast<std::uint64_t>(voters));
}

}  // namespace
}  // namespace folkmoot::service
