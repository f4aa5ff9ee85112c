// Who must sign what, and which signatures are none.
#include "audit/history.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/book.hpp"

namespace folkmoot::audit {
namespace {

using namespace test;
using charter::days;
using testing::HasSubstr;

struct HistoryTest : testing::Test {
  Book book{"cooperative"};

  [[nodiscard]] std::string error_of(const SignedRequest& request) const {
    const Status status = book.history().check_signatures(request, book.now);
    return status ? "" : status.error().message;
  }
  [[nodiscard]] SignedRequest statement(const std::string& text = "a text") const {
    return book.signed_request(
        book.request("secretary:", "statement.publish", {{"title", "News"}, {"hash", sha256_hex(text)}}));
  }
  // By the secretary, with the chair.
  [[nodiscard]] SignedRequest reset(int member) const {
    return book.signed_request(
        book.request("secretary:", "member.reset_key", {{"member", ref_of(Book::member(member))}}, "chair:"));
  }
};

TEST_F(HistoryTest, AnOfficersActIsSigned) {
  SignedRequest request = statement();
  EXPECT_EQ(error_of(request), "");
  EXPECT_EQ(request.signatures.size(), 1U);
  request.signatures.clear();
  EXPECT_THAT(error_of(request), HasSubstr("has not signed it"));
}

TEST_F(HistoryTest, AMembersOwnActIsNot) {
  const auto resignation =
      book.request(Book::member(5), "petition.open",
                   {{"rule", "members"}, {"title", "A petition"}, {"hash", sha256_hex("its text")}});
  EXPECT_EQ(error_of({resignation, {}}), "");
  const SignedRequest extra{resignation, {sign(resignation, ref_of(Book::member(5)), book.now)}};
  EXPECT_THAT(error_of(extra), HasSubstr("need not sign it"));
}

TEST_F(HistoryTest, TwoPeopleSignAPrivilegedActInOrder) {
  SignedRequest request = reset(7);
  ASSERT_EQ(request.signatures.size(), 2U);
  EXPECT_EQ(error_of(request), "");
  std::swap(request.signatures[0], request.signatures[1]);
  EXPECT_THAT(error_of(request), HasSubstr("has not signed it"));
  request = reset(7);
  request.signatures.pop_back();
  EXPECT_THAT(error_of(request), HasSubstr(book.actor("chair:").member + " has not signed it"));
}

TEST_F(HistoryTest, ASignatureIsForOneRequestOfOneLedger) {
  const SignedRequest good = statement();
  SignedRequest other = statement("another text");
  other.signatures = good.signatures;
  EXPECT_THAT(error_of(other), HasSubstr("is wrong"));
  SignedRequest elsewhere = good;
  const std::string secretary = book.actor("secretary:").member;
  elsewhere.signatures = {sign(good.request, secretary, book.now, "another.example/moot")};
  EXPECT_THAT(error_of(elsewhere), HasSubstr("is wrong"));
  SignedRequest by_another = good;
  by_another.signatures[0].signature = sign(good.request, ref_of(Book::member(5)), book.now).signature;
  EXPECT_THAT(error_of(by_another), HasSubstr("is wrong"));
  SignedRequest at_another_time = good;
  at_another_time.signatures[0].asked = book.now - days(1);
  EXPECT_THAT(error_of(at_another_time), HasSubstr("is wrong"));
}

TEST_F(HistoryTest, ASignatureIsNeitherStaleNorOfTheFuture) {
  const SignedRequest request = statement();
  const auto at = [&](charter::Time now) {
    const Status status = book.history().check_signatures(request, now);
    return status ? "" : status.error().message;
  };
  EXPECT_EQ(at(book.now + longest_wait), "");
  EXPECT_THAT(at(book.now + longest_wait + charter::Length{1}), HasSubstr("not within 1 week before"));
  EXPECT_THAT(at(book.now - charter::Length{1}), HasSubstr("not within"));
}

TEST_F(HistoryTest, ASignatureServesOnce) {
  const SignedRequest request = statement();
  book.act("secretary:", "statement.publish", request.request.body);
  EXPECT_THAT(error_of(request), HasSubstr("was used before"));
  // A day later the same request, signed anew, is another one; the old signature still is not.
  book.pass(days(1));
  EXPECT_EQ(error_of(statement()), "");
  EXPECT_THAT(error_of(request), HasSubstr("was used before"));
  // After longest_wait it need not be remembered: it is stale.
  book.pass(longest_wait);
  book.act("secretary:", "statement.publish", statement("another").request.body);
  EXPECT_THAT(error_of(request), HasSubstr("not within"));
}

TEST_F(HistoryTest, WhatFailsChangesNothing) {
  History history(origin);
  const std::size_t half = book.copy.entries.size() / 2;
  for (std::size_t i = 0; i < half; ++i) need(history.take(need(read_entry(book.copy.entries[i]))));
  const std::string before = charter::to_json(history.state());
  Entry wrong = need(read_entry(book.copy.entries[half]));
  wrong.act.time = wrong.act.time - days(1);
  const Status taken = history.take(wrong);
  ASSERT_FALSE(taken);
  EXPECT_THAT(taken.error().message, HasSubstr(fmt::format("act {} ({})", half, wrong.act.type)));
  EXPECT_EQ(charter::to_json(history.state()), before);
  for (std::size_t i = half; i < book.copy.entries.size(); ++i) {
    need(history.take(need(read_entry(book.copy.entries[i]))));
  }
  EXPECT_EQ(charter::to_json(history.state()), charter::to_json(book.state()));
}

TEST_F(HistoryTest, AKeyIsEnrolledByItself) {
  book.act("secretary:", "member.admit", {{"members", std::vector<std::string>{ref_of("Nia New")}}});
  const auto request = book.request("Nia New", "member.enrol_key",
                                    {{"member", ref_of("Nia New")}, {"key", public_key(ref_of("Nia New"))}});
  EXPECT_THAT(error_of({request, {}}), HasSubstr("has not signed it"));
  const auto stolen = book.request("Nia New", "member.enrol_key",
                                   {{"member", ref_of("Nia New")}, {"key", public_key(ref_of(Book::member(1)))}});
  EXPECT_THAT(error_of(book.signed_request(stolen)), HasSubstr("is wrong"));
  EXPECT_EQ(error_of(book.signed_request(request)), "");
}

TEST_F(HistoryTest, AKeyThatIsWithdrawnOrResetSignsNothing) {
  const std::string secretary = book.actor("secretary:").member;
  const auto withdrawal =
      book.signed_request(book.request("secretary:", "member.withdraw_key", {{"member", secretary}}));
  EXPECT_EQ(error_of({withdrawal.request, {}}), secretary + " has not signed it");
  book.enter(
      {std::get<charter::Act>(charter::decide(book.state(), withdrawal.request, book.now)), withdrawal.signatures});
  EXPECT_THAT(error_of(statement()), HasSubstr("has enrolled no key"));
}

TEST_F(HistoryTest, AKeyThatWasResetIsReplaced) {
  const std::string member = ref_of(Book::member(7));
  book.act("secretary:", "member.reset_key", {{"member", member}}, "chair:");
  EXPECT_EQ(book.state().members.find(member)->second.key, "");
  book.pass(days(1));
  book.act(Book::member(7), "member.enrol_key", {{"member", member}, {"key", public_key(member)}});
  EXPECT_EQ(book.state().members.find(member)->second.key, public_key(member));
}

TEST_F(HistoryTest, TheFounderSignsUntilTheFoundingIsOver) {
  History history(origin);
  const Entry founding = need(read_entry(book.copy.entries.front()));
  Entry without = founding;
  without.signatures.clear();
  EXPECT_THAT(history.take(without).error().message, HasSubstr("act 0 (organisation.found): "));
  need(history.take(founding));
  const charter::Request admission{
      "member.admit", {ref_of("Fen Founder"), ""}, {}, {{"members", std::vector<std::string>{ref_of("Nia New")}}}};
  const auto check = [&](const History& at, const SignedRequest& request, charter::Time now) {
    const Status status = at.check_signatures(request, now);
    return status ? "" : status.error().message;
  };
  EXPECT_THAT(check(history, {admission, {}}, founding.act.time), HasSubstr("has not signed it"));
  EXPECT_EQ(check(history, {admission, {sign(admission, ref_of("Fen Founder"), founding.act.time)}}, founding.act.time),
            "");
  // Afterwards the founder is a member like any other.
  EXPECT_EQ(check(book.history(), {admission, {}}, book.now), "");
}

}  // namespace
}  // namespace folkmoot::audit
