// One organisation on two nodes that share a PostgreSQL, each with a ledger of its own: the ledger never forks.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "base/sha256.hpp"
#include "database/cluster.hpp"
#include "service/organisation.hpp"
#include "service/request.hpp"

namespace folkmoot::service {
namespace {

using charter::Time;

template <class T>
T ok(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return detail::value_of(std::move(result));
}

class SharedOrganisation : public testing::Test {
 protected:
  SharedOrganisation() {
    std::string name = (fs::temp_directory_path() / "folkmoot-shared-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no folder");
    folder = name;
    ok(Organisation::create(one(), {"ledger.test.example", database.url()}));
    ok(make_member_key(founder, folder / "founder.key"));
    key = ok(read_member_key(folder / "founder.key"));
    const auto organisation = ok(Organisation::open(one()));
    const std::string charter = ok(read_file(FOLKMOOT_SOURCE_DIR "/examples/cooperative.toml"));
    EXPECT_EQ(ask(*organisation, "organisation.found", {{"text", charter}, {"key", to_hex(key->key.key())}}), 0U);
    ok(organisation->publish());
    // As docs/operate.md says.
    fs::create_directories(two() / "private");
    for (const char* file : {"settings.toml", "policy", "private/ledger.key"}) fs::copy(one() / file, two() / file);
  }
  ~SharedOrganisation() override { fs::remove_all(folder); }
  SharedOrganisation(const SharedOrganisation&) = delete;
  SharedOrganisation& operator=(const SharedOrganisation&) = delete;

  [[nodiscard]] fs::path one() const { return folder / "one"; }
  [[nodiscard]] fs::path two() const { return folder / "two"; }
  // The number of the act.
  std::optional<std::uint64_t> ask(Organisation& organisation, const std::string& type, charter::Body body) const {
    audit::SignedRequest request{{type, {founder, ""}, {}, std::move(body)}, {}};
    ok(sign(request, organisation.state(), organisation.origin(), *key, now));
    const Outcome outcome = ok(organisation.submit(request, now));
    return outcome.act() ? outcome.number : std::nullopt;
  }
  static charter::Body admission(int n) { return {{"members", std::vector<std::string>{fmt::format("m-{:016x}", n)}}}; }
  // The hash in it covers every entry, and opening a node's folder compares all of them with it.
  static std::string checkpoint_of(const fs::path& node) { return ok(read_file(node / "public" / "checkpoint")); }
  void expect_the_same() const {
    for (const fs::path& node : {one(), two()}) ok(ok(Organisation::open(node))->publish());
    EXPECT_EQ(checkpoint_of(one()), checkpoint_of(two()));
  }

  test::TemporaryDatabase database{test::Kind::postgresql};
  fs::path folder;
  std::string founder = "m-00000000000000ff";
  std::optional<ledger::Signer> key;
  Time now = *charter::read_time("2026-01-05T09:00:00Z");
};

TEST_F(SharedOrganisation, BothNodesTakeActsAndHaveTheSameLedger) {
  const auto first = ok(Organisation::open(one())), second = ok(Organisation::open(two()));
  EXPECT_EQ(second->state().acts, 1) << "a node that joins gets the ledger from the database";
  for (int n = 1; n <= 6; ++n) {
    Organisation& node = n % 3 == 0 ? *first : *second;
    EXPECT_EQ(ask(node, "member.admit", admission(n)), static_cast<std::uint64_t>(n));
  }
  EXPECT_EQ(ask(*second, "member.admit", admission(3)), std::nullopt) << "on the roll, as the other node knows";
  ok(first->follow());
  EXPECT_EQ(charter::to_json(first->state()), charter::to_json(second->state()));
  ok(first->publish());
  ok(second->publish());
  EXPECT_EQ(checkpoint_of(one()), checkpoint_of(two()));
}

TEST_F(SharedOrganisation, WhatOnePublishesTheOtherHas) {
  const std::string long_text(2'500'000, 'x');
  const auto first = ok(Organisation::open(one())), second = ok(Organisation::open(two()));
  for (const std::string& text : {std::string("words"), std::string(), long_text}) {
    const std::string name = ok(first->publish_bytes(text));
    EXPECT_FALSE(fs::exists(two() / "public" / "published" / name));
    EXPECT_TRUE(ok(second->has_published(name)));
    EXPECT_EQ(ok(read_file(two() / "public" / "published" / name)), text);
  }
  EXPECT_FALSE(ok(second->has_published(sha256_hex("nobody's"))));
}

TEST_F(SharedOrganisation, ADatabaseThatIsGoneForAWhileIsFoundAgain) {
  const auto first = ok(Organisation::open(one()));
  test::crash_postgresql();
  now = now + charter::Length{1};
  bool done = false;
  for (int tries = 0; !done && tries < 100; ++tries) {
    audit::SignedRequest request{{"member.admit", {founder, ""}, {}, admission(1)}, {}};
    ok(sign(request, first->state(), first->origin(), *key, now));
    const auto outcome = first->submit(request, now);
    ASSERT_FALSE(first->has_failed()) << "nothing has been decided";
    done = outcome.has_value();
  }
  EXPECT_TRUE(done);
  EXPECT_EQ(first->state().acts, 2);
}

// A backup has come back, and a node has gone on from it that knew no better.
TEST_F(SharedOrganisation, AForkIsNotFollowed) {
  const auto first = ok(Organisation::open(one())), second = ok(Organisation::open(two()));
  EXPECT_EQ(ask(*first, "member.admit", admission(1)), 1U);
  EXPECT_EQ(ask(*first, "member.admit", admission(2)), 2U);
  ok(first->publish());
  const std::string checkpoint = checkpoint_of(one());
  {
    const auto backup = database.open();
    for (const char* table : {"act", "mention", "ledger_head"})
      ok(backup->run(fmt::format("DELETE FROM {} WHERE {} > 0", table,
                                 std::string_view(table) == "act"       ? "number"
                                 : std::string_view(table) == "mention" ? "act"
                                                                        : "size - 1")));
  }
  for (int n = 11; n <= 13; ++n) EXPECT_TRUE(ask(*second, "member.admit", admission(n)));
  EXPECT_FALSE(first->follow());
  EXPECT_FALSE(first->submit(audit::SignedRequest{}, now));
  EXPECT_EQ(checkpoint_of(one()), checkpoint) << "and nothing else is signed";
}

// And if no node has gone on: what the database has lost comes back from any node's ledger.
TEST_F(SharedOrganisation, WhatADatabaseHasLostComesBack) {
  {
    const auto first = ok(Organisation::open(one()));
    for (int n = 1; n <= 3; ++n) EXPECT_TRUE(ask(*first, "member.admit", admission(n)));
    ok(first->publish());
    const auto backup = database.open();
    ok(backup->run("DELETE FROM mention WHERE act > 1"));
    ok(backup->run("DELETE FROM act WHERE number > 1"));
    ok(backup->run("DELETE FROM ledger_head WHERE size > 2"));
    EXPECT_FALSE(first->follow());
    EXPECT_TRUE(first->has_failed());
  }
  { EXPECT_EQ(ok(Organisation::open(one()))->state().acts, 4); }
  EXPECT_EQ(ok(Organisation::open(two()))->state().acts, 4);
  expect_the_same();
}

// Two nodes, each killed at any moment, also between its commit and its ledger.
TEST_F(SharedOrganisation, NoActIsLostOrEnteredTwiceWhoeverDies) {
  std::set<int> acknowledged;
  int next = 1;
  for (int round = 0; round < 4; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    std::array<pid_t, 2> children{};
    for (std::size_t node = 0; node < 2; ++node) {
      children[node] = ::fork();
      ASSERT_GE(children[node], 0);
      if (children[node] == 0) {
        try {
          const auto organisation = ok(Organisation::open(node == 0 ? one() : two()));
          for (int n = next + static_cast<int>(node); n < next + 1000; n += 2) {
            if (!ask(*organisation, "member.admit", admission(n))) ::_exit(1);
            if (::write(pipe[1], &n, sizeof n) != sizeof n) ::_exit(1);
            ok(organisation->publish());
          }
        } catch (const std::exception&) {
        }
        ::_exit(1);
      }
    }
    ::close(pipe[1]);
    int n = 0;
    for (int i = 0; i < 6 + round && ::read(pipe[0], &n, sizeof n) == sizeof n; ++i) acknowledged.insert(n);
    std::this_thread::sleep_for(std::chrono::microseconds(900 * round));
    ::kill(children[static_cast<std::size_t>(round) % 2], SIGKILL);
    for (int i = 0; i < 3 && ::read(pipe[0], &n, sizeof n) == sizeof n; ++i) acknowledged.insert(n);
    for (const pid_t child : children) {
      ::kill(child, SIGKILL);
      ::waitpid(child, nullptr, 0);
    }
    while (::read(pipe[0], &n, sizeof n) == sizeof n) acknowledged.insert(n);
    ::close(pipe[0]);
    next += 1000;
  }
  expect_the_same();
  const auto organisation = ok(Organisation::open(one()));
  EXPECT_GT(acknowledged.size(), 6U);
  for (const int n : acknowledged)
    EXPECT_TRUE(organisation->state().members.contains(fmt::format("m-{:016x}", n))) << n;
  EXPECT_EQ(ok(count_acts(organisation->database())), static_cast<std::uint64_t>(organisation->state().acts));
}

}  // namespace
}  // namespace folkmoot::service
