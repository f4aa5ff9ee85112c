// Letters on both databases, to a real SMTP server and to a folder.
#include "mail/delivery.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "database/cluster.hpp"
#include "mail/smtp_server.hpp"

namespace folkmoot::mail {
namespace {

namespace fs = std::filesystem;
using folkmoot::test::Kind;
using testing::HasSubstr;
using testing::Not;

template <class T>
T ok(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return detail::value_of(std::move(result));
}

constexpr std::int64_t minute = 60, day = 86'400;

class Delivering : public testing::TestWithParam<Kind> {
 protected:
  Delivering() { ok(database::migrate(*database, outbox_steps())); }

  // To the member of that name, whose address is name@members.example.
  void put(const std::string& name, Topic topic = Topic::account, std::int64_t worth = 4 * day) {
    Letter letter{
        fmt::format("{:032x}", ++letters), "m-" + name, "sign-in", "en", topic, {{"minutes", "15"}}, now, now + worth};
    ok(outbox.put({&letter, 1}));
  }
  [[nodiscard]] static std::unique_ptr<Transport> to(const std::string& url, int patience_ms = 20'000) {
    return over_smtp({url, "", "", false, std::chrono::milliseconds(patience_ms)});
  }
  Tally deliver_to(Transport& transport, std::size_t most = 50) {
    const auto compose = [&](const Letter& letter) -> Result<std::optional<Message>> {
      ++composed;
      const std::string name = letter.member.substr(2);
      if (name == "nobody") return std::nullopt;
      if (name == "unwritten") return fail("no words");
      Message message;
      message.id = letter.id + "@moot.example";
      message.from = {"Moot", "moot@moot.example"};
      message.to = {name, name == "noaddress" ? "no address" : name + "@members.example"};
      message.subject = "Sign in";
      message.text = ".\nminutes: " + letter.values.at("minutes") + "\n";
      message.language = "en";
      return message;
    };
    return ok(deliver(
        *database, transport, compose, [&] { return now; }, most));
  }
  [[nodiscard]] Delivered last_to(const std::string& name) { return ok(outbox.letters_to("m-" + name)).at(0); }

  folkmoot::test::TemporaryDatabase temporary{GetParam()};
  std::unique_ptr<database::Database> database = temporary.open();
  Outbox outbox{*database};
  std::int64_t now = 1'772'000'000;
  int letters = 0, composed = 0;
};

INSTANTIATE_TEST_SUITE_P(On, Delivering, testing::Values(Kind::sqlite, Kind::postgresql),
                         [](const auto& info) { return folkmoot::test::name(info.param); });

TEST_P(Delivering, AMailArrivesAsItWasWritten) {
  const test::SmtpServer server;
  const auto smtp = to(server.url());
  put("ada");
  EXPECT_EQ(ok(outbox.waiting()), 1);
  EXPECT_EQ(deliver_to(*smtp), (Tally{{Fate::delivered, 1}}));
  ASSERT_EQ(server.mails().size(), 1U);
  const std::string mail = server.mails()[0];
  EXPECT_THAT(mail, HasSubstr(fmt::format("Message-ID: <{:032x}@moot.example>\r\n", 1)));
  EXPECT_THAT(mail, testing::EndsWith("\r\n\r\n=2E\r\nminutes: 15\r\n"));
  const Delivered record = last_to("ada");
  EXPECT_EQ(record.fate, Fate::delivered);
  EXPECT_EQ(record.reply, "250 2.0.0");
  EXPECT_EQ(record.attempts, 1);
  EXPECT_EQ(ok(outbox.waiting()), 0);
  now += day;
  EXPECT_EQ(deliver_to(*smtp), Tally{}) << "once is enough";
}

TEST_P(Delivering, TemporaryRefusalsAreTriedAgainAndFinalOnesNot) {
  const test::SmtpServer server;
  const auto smtp = to(server.url());
  for (const char* name : {"busy", "gone", "spam", "ada"}) put(name);
  EXPECT_EQ(deliver_to(*smtp), (Tally{{Fate::waiting, 1}, {Fate::failed, 2}, {Fate::delivered, 1}}));
  EXPECT_EQ(last_to("busy").reply, "451 4.3.0");
  EXPECT_EQ(last_to("gone").reply, "550 5.1.1") << "without the address that the server repeated";
  EXPECT_EQ(last_to("spam").reply, "554 5.7.1");
  now += minute - 1;
  EXPECT_EQ(deliver_to(*smtp), Tally{}) << "not before a minute has gone";
  now += 1;
  EXPECT_EQ(deliver_to(*smtp), (Tally{{Fate::delivered, 1}}));
  EXPECT_EQ(last_to("busy").attempts, 2);
  EXPECT_EQ(server.mails().size(), 2U);
}

TEST_P(Delivering, WhileTheServerIsDownNothingIsLost) {
  test::SmtpServer server;
  const auto smtp = to(server.url());
  server.stop();
  for (int i = 0; i < 3; ++i) put("ada");
  EXPECT_EQ(deliver_to(*smtp), (Tally{{Fate::waiting, 3}}));
  EXPECT_EQ(composed, 1) << "the others are not tried";
  EXPECT_EQ(last_to("ada").reply, "no answer");
  const test::SmtpServer back;
  const auto other = to(back.url());
  now += minute;
  EXPECT_EQ(deliver_to(*other), (Tally{{Fate::delivered, 3}}));
  EXPECT_EQ(back.mails().size(), 3U);
}

TEST_P(Delivering, AServerThatDoesNotAnswerIsGivenUpForNow) {
  const test::SmtpServer server;
  const auto smtp = to(server.url(), 300);
  put("slow");
  EXPECT_EQ(deliver_to(*smtp), (Tally{{Fate::waiting, 1}}));
  put("ada");
  const auto patient = to(server.url());
  EXPECT_EQ(deliver_to(*patient), (Tally{{Fate::delivered, 1}}));
}

TEST_P(Delivering, WhatTheServerSaysBeforeItKnowsTheMailIsNoWordOnTheMail) {
  const test::SmtpServer server(true);
  const auto smtp = to(server.url());
  put("ada");
  put("ada");
  EXPECT_EQ(deliver_to(*smtp), (Tally{{Fate::waiting, 2}}));
  EXPECT_EQ(last_to("ada").reply, "553 5.7.1");
  EXPECT_EQ(composed, 1);

  const test::SmtpServer good;
  put("leaves");
  put("ada");
  EXPECT_EQ(deliver_to(*to(good.url())), (Tally{{Fate::waiting, 2}})) << "421: it closes";
}

TEST_P(Delivering, ATransportThatMustBeSecureSendsNothingInTheClear) {
  const test::SmtpServer server;  // without STARTTLS
  const auto secure = over_smtp({server.url(), "", "", true, std::chrono::seconds(20)});
  put("ada");
  EXPECT_EQ(deliver_to(*secure), (Tally{{Fate::waiting, 1}}));
  EXPECT_TRUE(server.mails().empty());
}

// The one case in which SMTP itself leaves open whether a mail has been taken (RFC 5321 section 4.5.3.2.6).
TEST_P(Delivering, AnAnswerThatIsLostMakesTheSameMailTwice) {
  const test::SmtpServer server;
  const auto smtp = to(server.url());
  put("lost");
  EXPECT_EQ(deliver_to(*smtp), (Tally{{Fate::waiting, 1}}));
  now += minute;
  EXPECT_EQ(deliver_to(*smtp), (Tally{{Fate::delivered, 1}}));
  ASSERT_EQ(server.mails().size(), 2U);
  EXPECT_EQ(server.mails()[0], server.mails()[1]) << "so that mail programs see that they are one";
}

TEST_P(Delivering, ALetterIsLentToOneAtATimeAndComesBack) {
  put("ada");
  const auto second = temporary.open();
  const std::vector<Lent> lent = ok(outbox.lend(now, 10));
  ASSERT_EQ(lent.size(), 1U);
  EXPECT_TRUE(ok(Outbox(*second).lend(now, 10)).empty());
  // The first has died, and the second gets it when its time is over; what the first says then no longer counts.
  now += 60 * minute;
  const std::vector<Lent> again = ok(Outbox(*second).lend(now, 10));
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attempt, 2);
  ok(outbox.record(lent[0], Fate::failed, "550", now));
  EXPECT_EQ(last_to("ada").fate, Fate::waiting);
  ok(Outbox(*second).record(again[0], Fate::delivered, "250", now));
  EXPECT_EQ(last_to("ada").fate, Fate::delivered);
}

TEST_P(Delivering, PausesGrowAndTheTimeRunsOut) {
  test::SmtpServer server;
  const auto smtp = to(server.url());
  server.stop();
  put("ada", Topic::account, 15 * minute);
  put("ben");
  std::vector<std::int64_t> tries;
  const std::int64_t start = now;
  for (; now < start + 5 * day; now += minute) {
    if (deliver_to(*smtp).contains(Fate::waiting)) tries.push_back((now - start) / minute);
  }
  EXPECT_THAT(tries, testing::ElementsAre(0, 1, 6, 21, 81, 261, 621, 981, 1341, 1701, 2061, 2421, 2781, 3141, 3501,
                                          3861, 4221, 4581, 4941, 5301, 5661));
  EXPECT_EQ(last_to("ada").fate, Fate::expired);
  EXPECT_EQ(last_to("ada").attempts, 3);
  EXPECT_EQ(last_to("ben").fate, Fate::expired);
  ok(outbox.forget_before(now));
  EXPECT_TRUE(ok(outbox.letters_to("m-ben")).empty());
}

TEST_P(Delivering, WhoWantsNoNoticesGetsNone) {
  const test::SmtpServer server;
  const auto smtp = to(server.url());
  const std::string word = ok(outbox.unsubscribe_word("m-ada", Topic::notices, "w1"));
  EXPECT_EQ(ok(outbox.unsubscribe_word("m-ada", Topic::notices, "w2")), word) << "old mails' links go on working";
  EXPECT_FALSE(ok(outbox.unsubscribe("w2")));
  EXPECT_TRUE(ok(outbox.wants("m-ada", Topic::notices)));
  EXPECT_TRUE(ok(outbox.unsubscribe(word)));
  EXPECT_FALSE(ok(outbox.wants("m-ada", Topic::notices)));
  EXPECT_TRUE(ok(outbox.wants("m-ben", Topic::notices)));
  EXPECT_TRUE(ok(outbox.wants("m-ada", Topic::account)));
  put("ada", Topic::notices);
  put("ada", Topic::account);
  EXPECT_EQ(deliver_to(*smtp), (Tally{{Fate::unwanted, 1}, {Fate::delivered, 1}}));
  ok(outbox.choose("m-ada", Topic::notices, true));
  put("ada", Topic::notices);
  EXPECT_EQ(deliver_to(*smtp), (Tally{{Fate::delivered, 1}}));
}

TEST_P(Delivering, OneLetterThatCannotBeSentDoesNotHoldUpTheOthers) {
  const test::SmtpServer server;
  const auto smtp = to(server.url());
  for (const char* name : {"unwritten", "nobody", "noaddress", "ada"}) put(name);
  EXPECT_EQ(deliver_to(*smtp),
            (Tally{{Fate::waiting, 1}, {Fate::unknown, 1}, {Fate::failed, 1}, {Fate::delivered, 1}}));
  EXPECT_EQ(last_to("noaddress").reply, "no address");
}

TEST_P(Delivering, OfAMemberWhoIsForgottenNothingIsLeft) {
  put("ada");
  put("ben");
  ok(outbox.choose("m-ada", Topic::notices, false));
  ok(outbox.unsubscribe_word("m-ada", Topic::notices, "w"));
  ok(forget_members(*database, {{std::string("m-ada")}}));
  EXPECT_TRUE(ok(outbox.letters_to("m-ada")).empty());
  EXPECT_TRUE(ok(outbox.wants("m-ada", Topic::notices)));
  EXPECT_FALSE(ok(outbox.unsubscribe("w")));
  EXPECT_EQ(ok(outbox.waiting()), 1);
}

TEST(Folder, KeepsMailsAsFilesForItsOwner) {
  std::string name = (fs::temp_directory_path() / "folkmoot-outbox-XXXXXX").string();
  ASSERT_NE(::mkdtemp(name.data()), nullptr);
  const fs::path folder = fs::path(name) / "outbox";
  const auto transport = into_folder(folder);
  for (const char* text : {"first", "second"}) {
    EXPECT_EQ(transport->send({"id", "a@b.example", "c@d.example"}, text).kind, Outcome::Kind::taken);
  }
  std::ifstream file(folder / "id.eml");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "second");
  EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(folder / "id.eml").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
  fs::remove_all(name);
  EXPECT_EQ(into_folder(fs::path(name) / "not" / "there")->send({"id", "", ""}, "x").kind, Outcome::Kind::unreachable);
}

}  // namespace
}  // namespace folkmoot::mail
