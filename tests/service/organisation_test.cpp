#include "service/organisation.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "base/merkle.hpp"
#include "ledger/policy.hpp"
#include "ledger/receipt.hpp"
#include "service/request.hpp"
#include "store/ledger_files.hpp"
#include "support/small_disk.hpp"

namespace folkmoot::service {
namespace {

using charter::Time;

// A founder with a key, and an organisation that is being founded, in a folder of its own.
class OrganisationFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "folkmoot-organisation-XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    folder = name;
    ASSERT_TRUE(Organisation::create(folder / "org", {"ledger.test.example", ""}));
    ASSERT_TRUE(make_member_key(founder, folder / "founder.key"));
    key = *read_member_key(folder / "founder.key");
    auto organisation = open();
    const std::string charter = *read_file(FOLKMOOT_SOURCE_DIR "/examples/cooperative.toml");
    ask(*organisation, "organisation.found", {{"text", charter}, {"key", to_hex(key->key.key())}});
    ASSERT_EQ(organisation->state().acts, 1);
  }
  void TearDown() override { fs::remove_all(folder); }

  [[nodiscard]] std::unique_ptr<Organisation> open() const {
    auto opened = Organisation::open(folder / "org");
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? *std::move(opened) : nullptr;
  }
  [[nodiscard]] audit::SignedRequest signed_request(const Organisation& organisation, const std::string& type,
                                                    charter::Body body) const {
    audit::SignedRequest request{{type, {founder, ""}, {}, std::move(body)}, {}};
    EXPECT_TRUE(sign(request, organisation.state(), organisation.origin(), *key, now));
    return request;
  }
  Outcome ask(Organisation& organisation, const std::string& type, charter::Body body) const {
    const auto outcome = organisation.submit(signed_request(organisation, type, std::move(body)), now);
    EXPECT_TRUE(outcome) << outcome.error().message;
    return *outcome;
  }
  // The n-th member to be admitted.
  static charter::Body admission(int n) { return {{"members", std::vector<std::string>{fmt::format("m-{:016x}", n)}}}; }

  fs::path folder;
  std::string founder = "m-00000000000000ff";
  std::optional<ledger::Signer> key;
  Time now = *charter::read_time("2026-01-05T09:00:00Z");
};

TEST_F(OrganisationFolder, IsTheSameWhenItIsOpenedAgain) {
  std::string state;
  {
    const auto organisation = open();
    for (int n = 1; n <= 3; ++n) EXPECT_EQ(ask(*organisation, "member.admit", admission(n)).number, n);
    ASSERT_TRUE(organisation->publish());
    state = charter::to_json(organisation->state());
  }
  const auto organisation = open();
  EXPECT_EQ(charter::to_json(organisation->state()), state);
  EXPECT_EQ(*count_acts(organisation->database()), 4U);

  const auto policy = ledger::Policy::parse("log " + organisation->ledger_key().to_text() + "\nquorum none\n");
  ASSERT_TRUE(policy) << policy.error().message;
  const auto receipt = ledger::parse_receipt(*organisation->receipt(2));
  ASSERT_TRUE(receipt);
  const auto acts = *timeline(organisation->database(), founder);
  ASSERT_EQ(acts.size(), 4U);
  const std::string entry = json::to_text(acts[2].entry);
  EXPECT_TRUE(ledger::verify_receipt(*policy, *receipt, merkle::leaf_hash(bytes_of(entry))));
  EXPECT_FALSE(ledger::verify_receipt(*policy, *receipt, merkle::leaf_hash(bytes_of(json::to_text(acts[1].entry)))));
}

TEST_F(OrganisationFolder, NobodyElseOpensItMeanwhile) {
  const auto organisation = open();
  EXPECT_FALSE(Organisation::open(folder / "org", std::chrono::milliseconds(1)));
}

TEST_F(OrganisationFolder, WhoLetsItGoSeesWhatOthersHaveDone) {
  const auto organisation = open();
  ask(*organisation, "member.admit", admission(1));
  organisation->let_go();
  EXPECT_FALSE(*organisation->is_behind());
  {
    const auto other = open();
    ask(*other, "member.admit", admission(2));
    ASSERT_TRUE(other->publish());
  }
  EXPECT_TRUE(*organisation->is_behind());
  EXPECT_EQ(organisation->state().acts, 2);
  EXPECT_EQ(ask(*organisation, "member.admit", admission(3)).number, 3U);
  EXPECT_EQ(organisation->entered().size(), 1U);
  ASSERT_TRUE(organisation->publish());
  EXPECT_FALSE(organisation->has_unpublished());
  organisation->let_go();
  const auto again = open();
  EXPECT_EQ(charter::to_json(again->state()), charter::to_json(organisation->state()));
}

// Killed between the database's commit and the ledger's write.
TEST_F(OrganisationFolder, ALedgerThatStayedBehindCatchesUp) {
  const fs::path copy = folder / "copy";
  std::string state;
  {
    const auto organisation = open();
    ask(*organisation, "member.admit", admission(1));
    ASSERT_TRUE(organisation->publish());
    fs::copy(folder / "org" / "public", copy, fs::copy_options::recursive);
    for (int n = 2; n <= 5; ++n) ask(*organisation, "member.admit", admission(n));
    ASSERT_TRUE(organisation->publish());
    state = charter::to_json(organisation->state());
  }
  const std::string checkpoint = *read_file(folder / "org" / "public" / "checkpoint");
  fs::remove_all(folder / "org" / "public");
  fs::rename(copy, folder / "org" / "public");
  const auto organisation = open();
  EXPECT_EQ(charter::to_json(organisation->state()), state);
  EXPECT_EQ(*organisation->publish(), checkpoint) << "the same tree, and the same signature of it";
}

TEST_F(OrganisationFolder, ADatabaseThatStayedBehindCatchesUp) {
  {
    const auto organisation = open();
    for (int n = 1; n <= 3; ++n) ask(*organisation, "member.admit", admission(n));
    // As after a crash between the ledger's write and the database's.
    ASSERT_TRUE(organisation->database().run("DELETE FROM mention WHERE act >= 2"));
    ASSERT_TRUE(organisation->database().run("DELETE FROM act WHERE number >= 2"));
  }
  const auto organisation = open();
  EXPECT_EQ(*count_acts(organisation->database()), 4U);
  const auto before = *organisation->database().run("SELECT * FROM mention ORDER BY thing, act");
  EXPECT_EQ(*organisation->rebuild(), 4U);
  EXPECT_EQ(*organisation->database().run("SELECT * FROM mention ORDER BY thing, act"), before);
}

TEST_F(OrganisationFolder, ADatabaseOfAnotherLedgerIsRefused) {
  ASSERT_TRUE(open()->database().run("INSERT INTO act (number, type, time, member, entry) VALUES (7, '', 0, '', '')"));
  const auto opened = Organisation::open(folder / "org");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message, "the acts of the database: the database lacks act 1");
}

TEST_F(OrganisationFolder, OnAFullDiskNothingIsHalfDone) {
  std::string error;
  {
    const auto organisation = open();
    ask(*organisation, "member.admit", admission(1));
    const audit::SignedRequest request = signed_request(*organisation, "member.admit", admission(2));
    {
      const test::SmallDisk full(1);
      const auto outcome = organisation->submit(request, now);
      error = outcome ? "" : outcome.error().message;
    }
    EXPECT_NE(error, "");
    EXPECT_FALSE(organisation->submit(request, now)) << "until it has been opened again";
  }
  const auto organisation = open();
  const auto acts = organisation->state().acts;
  EXPECT_TRUE(acts == 2 || acts == 3) << "the act is there or it is not: " << acts;
  EXPECT_EQ(*count_acts(organisation->database()), static_cast<std::uint64_t>(acts));
  EXPECT_EQ(ask(*organisation, "member.admit", admission(3)).number, acts);
  EXPECT_TRUE(organisation->publish());
}

TEST_F(OrganisationFolder, TheLedgersTimesNeverGoBack) {
  const auto organisation = open();
  const Time right = now;
  const auto at = [&](std::int64_t seconds, int n) {
    now = right + charter::Length{seconds};
    EXPECT_TRUE(organisation->settle(now));
    return ask(*organisation, "member.admit", admission(n));
  };
  EXPECT_TRUE(at(600, 1).act());
  const Outcome back = at(0, 2);
  ASSERT_TRUE(back.refusal());
  EXPECT_EQ(back.refusal()->rule, "time");
  EXPECT_FALSE(back.number) << "not recorded: it would stand before the last entry";
  EXPECT_TRUE(at(601, 2).act());
  EXPECT_TRUE(at(7200, 3).act());
  EXPECT_FALSE(at(1000, 4).act());
  Time last{0};
  const std::vector<Numbered> acts = *timeline(organisation->database(), founder);
  for (const Numbered& act : acts) {
    EXPECT_FALSE(act.entry.act.time < last);
    last = act.entry.act.time;
  }
  EXPECT_EQ(organisation->state().acts, 4);
}

TEST_F(OrganisationFolder, WhatIsNotSignedIsNeitherDoneNorRecorded) {
  const auto organisation = open();
  audit::SignedRequest request = signed_request(*organisation, "member.admit", admission(1));
  const auto refused = [&](const audit::SignedRequest& asked) {
    const Outcome outcome = *organisation->submit(asked, now);
    EXPECT_FALSE(outcome.number);
    return outcome.refusal() ? outcome.refusal()->rule + ": " + outcome.refusal()->message : "";
  };
  EXPECT_EQ(refused({request.request, {}}), "keys: m-00000000000000ff has not signed it");
  audit::SignedRequest other = request;
  other.request.body = admission(2);
  EXPECT_EQ(refused(other), "keys: the signature of m-00000000000000ff is wrong");
  EXPECT_EQ(organisation->state().acts, 1);
  EXPECT_EQ(organisation->submit(request, now)->number, 1U);
  EXPECT_TRUE(refused(request).starts_with("keys: what m-00000000000000ff signed at 2026-01-05T09:00:00Z was used"));
  now = now + charter::days(8);
  EXPECT_FALSE(organisation->submit(request, now)->number);
  EXPECT_EQ(organisation->state().acts, 2);
}

TEST_F(OrganisationFolder, ACharterThatCannotBeCountedIsRefused) {
  const fs::path other = folder / "other";
  ASSERT_TRUE(Organisation::create(other, {"other.test.example", ""}));
  const auto organisation = *Organisation::open(other);
  std::string charter = *read_file(FOLKMOOT_SOURCE_DIR "/examples/cooperative.toml");
  const std::string rule = "rule = \"wigm-exact\"";
  charter.replace(charter.find(rule), rule.size(), "rule = \"fair\"");
  const Outcome outcome =
      ask(*organisation, "organisation.found", {{"text", charter}, {"key", to_hex(key->key.key())}});
  ASSERT_TRUE(outcome.refusal());
  EXPECT_EQ(outcome.refusal()->rule, "contests.yearly.rule");
  EXPECT_EQ(organisation->state().acts, 0);
}

TEST_F(OrganisationFolder, ConsideringChangesNothing) {
  const auto organisation = open();
  const auto request = signed_request(*organisation, "member.admit", admission(1));
  EXPECT_TRUE(std::holds_alternative<charter::Act>(organisation->consider(request, now)));
  EXPECT_EQ(organisation->state().acts, 1);
}

TEST_F(OrganisationFolder, ManyRequestsAreOneGroup) {
  const auto organisation = open();
  std::vector<audit::SignedRequest> requests;
  for (int n = 1; n <= 50; ++n) requests.push_back(signed_request(*organisation, "member.admit", admission(n % 40)));
  const auto outcomes = *organisation->submit(requests, now);
  ASSERT_EQ(outcomes.size(), 50U);
  for (std::size_t i = 0; i < 50; ++i)
    EXPECT_EQ(outcomes[i].number.has_value(), i < 40) << i;  // the rest are on the roll
  EXPECT_EQ(organisation->entered().size(), 40U);
}

// Killed at any moment: what was acknowledged is there, and it goes on from where it was.
TEST_F(OrganisationFolder, SurvivesBeingKilled) {
  std::uint64_t acknowledged = 1;
  for (int round = 0; round < 6; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto organisation = open();
      for (int n = static_cast<int>(organisation->state().acts);; ++n) {
        const Outcome outcome = ask(*organisation, "member.admit", admission(n));
        if (!outcome.number || !organisation->publish()) ::_exit(1);
        const std::uint64_t number = *outcome.number + 1;
        if (::write(pipe[1], &number, sizeof number) != sizeof number) ::_exit(1);
      }
    }
    ::close(pipe[1]);
    std::uint64_t number = 0;
    // After so many acts, and a while that differs.
    for (int n = 0; n < 3 + round && ::read(pipe[0], &number, sizeof number) == sizeof number; ++n)
      acknowledged = number;
    std::this_thread::sleep_for(std::chrono::microseconds(700 * round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(pipe[0], &number, sizeof number) == sizeof number) acknowledged = number;
    ::close(pipe[0]);

    const auto organisation = open();
    ASSERT_TRUE(organisation);
    EXPECT_GE(static_cast<std::uint64_t>(organisation->state().acts), acknowledged);
    EXPECT_EQ(*count_acts(organisation->database()), static_cast<std::uint64_t>(organisation->state().acts));
    EXPECT_TRUE(organisation->publish());
  }
  EXPECT_GT(acknowledged, 6U);
}

TEST(Settings, AreReadStrictly) {
  std::string name = (fs::temp_directory_path() / "folkmoot-settings-XXXXXX").string();
  ASSERT_TRUE(::mkdtemp(name.data()));
  const fs::path folder = name;
  ASSERT_TRUE(write_settings(folder, {"ledger.test.example", "postgresql:///x"}));
  EXPECT_EQ(read_settings(folder)->database, "postgresql:///x");
  fs::remove(folder / "settings.toml");
  ASSERT_TRUE(write_file(folder / "settings.toml", "origin = 'a'\ncolour = 'red'\n"));
  const auto wrong = read_settings(folder);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("line 2: colour"), std::string::npos) << wrong.error().message;
  EXPECT_FALSE(write_settings(folder / "other", {"it's", ""}));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace folkmoot::service
