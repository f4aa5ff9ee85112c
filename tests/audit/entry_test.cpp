// Entries as they stand in the ledger: one text for each.
#include "audit/entry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "audit/book.hpp"

namespace folkmoot::audit {
namespace {

using namespace test;
using testing::HasSubstr;

rc::Gen<std::string> some_reference() {
  return rc::gen::map(rc::gen::container<std::string>(16, rc::gen::elementOf(std::string("0123456789abcdef"))),
                      [](const std::string& digits) { return "m-" + digits; });
}
rc::Gen<charter::Time> some_time() {
  return rc::gen::map(rc::gen::inRange<std::int64_t>(0, 253'402'300'799),
                      [](std::int64_t seconds) { return charter::Time{seconds}; });
}
rc::Gen<Signature> some_signature() {
  return rc::gen::exec([] {
    Signature signature{*some_reference(), *some_time(), {}};
    for (std::uint8_t& byte : signature.signature) byte = *rc::gen::arbitrary<std::uint8_t>();
    return signature;
  });
}
charter::Request some_request() {
  charter::Request request{"spend.enter", {*some_reference(), *rc::gen::element<std::string>("", "treasurer")}, {}, {}};
  if (*rc::gen::arbitrary<bool>()) request.seconded_by.push_back({*some_reference(), "chair"});
  request.body.add("amount", *rc::gen::inRange<std::int64_t>(0, 1'000'000));
  request.body.add("purpose", sha256_hex(*rc::gen::arbitrary<std::string>()));
  return request;
}
std::vector<Signature> some_signatures() {
  return *rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, 3), [](std::size_t count) {
    return rc::gen::container<std::vector<Signature>>(count, some_signature());
  });
}

RC_GTEST_PROP(Entry, IsReadAsItWasWritten, ()) {
  charter::Request request = some_request();
  charter::Act act{request.type, *some_time(), request.actor, request.seconded_by, 1, request.body, {}};
  if (*rc::gen::arbitrary<bool>()) act.refused = charter::Refusal{"spending.limit", "a \"reason\"\n\x7f é", true};
  const std::string text = json::to_text(Entry{act, some_signatures()});
  const auto read = read_entry(text);
  RC_ASSERT(read.has_value());
  RC_ASSERT(json::to_text(*read) == text);
}

RC_GTEST_PROP(SignedRequest, IsReadAsItWasWritten, ()) {
  const std::string text = json::to_text(SignedRequest{some_request(), some_signatures()});
  const auto read = read_signed_request(text);
  RC_ASSERT(read.has_value());
  RC_ASSERT(json::to_text(*read) == text);
}

// One bit of an entry never gives another text of the same entry.
RC_GTEST_PROP(Entry, HasOneText, ()) {
  const charter::Request request = some_request();
  const charter::Act act{request.type, *some_time(), request.actor, request.seconded_by, 1, request.body, {}};
  const std::string good = json::to_text(Entry{act, some_signatures()});
  std::string text = good;
  const auto bit = *rc::gen::inRange<std::size_t>(0, text.size() * 8);
  text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
  if (const auto read = read_entry(text)) RC_ASSERT(json::to_text(*read) == text);
}

std::string error_of(const std::string& text) {
  const auto read = read_entry(text);
  return read ? "" : read.error().message;
}

TEST(Entry, OtherTextsAreRefused) {
  const std::string act =
      R"({"type":"seat.resign","time":"2026-03-01T12:00:00Z","actor":{"member":"m-0123456789abcdef"},"charter":1,)"
      R"("body":{"seat":"seat-chair-1"}})";
  const std::string signature = R"({"member":"m-0123456789abcdef","asked":"2026-03-01T12:00:00Z","signature":")" +
                                std::string(128, '0') + R"("})";
  const auto entry = [&](const std::string& signatures) {
    return R"({"act":)" + act + R"(,"signatures":[)" + signatures + "]}";
  };
  const auto changed = [](std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  const std::string good = entry(signature);
  ASSERT_EQ(error_of(good), "");
  ASSERT_EQ(error_of(entry("")), "");
  ASSERT_EQ(error_of(entry(signature + "," + signature)), "");
  EXPECT_THAT(error_of(entry(signature + "," + signature + "," + signature)), HasSubstr("more than 2"));
  EXPECT_THAT(error_of(changed(good, "\"asked\":\"2026-03-01T12", "\"asked\":\"2026-03-01t12")), HasSubstr("asked"));
  EXPECT_THAT(error_of(changed(good, "signature\":\"00", "signature\":\"0")), HasSubstr("signature"));
  EXPECT_THAT(error_of(changed(good, "signature\":\"00", "signature\":\"A0")), HasSubstr("signature"));
  EXPECT_THAT(error_of(changed(good, "[{\"member\":\"m-0", "[{\"member\":\"n-0")), HasSubstr("member"));
  EXPECT_THAT(error_of(changed(good, "seat.resign", "seat.steal")), HasSubstr("there is no act"));
  for (const std::string& other : {
           changed(good, "{\"act\"", "{ \"act\""),
           changed(good, ",\"signatures\"", ",\"more\":1,\"signatures\""),
           changed(good, "\"charter\":1", "\"charter\":1,\"charter\":1"),
           changed(good, "{\"seat\"", "{\"seat\":\"seat-chair-2\",\"seat\""),
           changed(good, "seat.resign", "seat.r\\u0065sign"),
           good + "\n",
           good + good,
           good.substr(0, good.size() - 1),
           R"({"signatures":[],"act":)" + act + "}",
           std::string("[]"),
           std::string(),
       }) {
    EXPECT_NE(error_of(other), "") << other;
  }
}

// The text that is signed is part of the format: other programs make it, too.
TEST(Entry, WhatIsSignedIsFiveLines) {
  const charter::Request request{"seat.resign", {"m-0123456789abcdef", "chair"}, {}, {{"seat", "seat-chair-1"}}};
  EXPECT_EQ(signed_text("ledger.example/moot", request, "m-0123456789abcdef", {1'772'366'400}),
            "folkmoot/act/v1\nledger.example/moot\nm-0123456789abcdef\n2026-03-01T12:00:00Z\n"
            R"({"type":"seat.resign","actor":{"office":"chair","member":"m-0123456789abcdef"},)"
            "\"body\":{\"seat\":\"seat-chair-1\"}}\n");
}

}  // namespace
}  // namespace folkmoot::audit
