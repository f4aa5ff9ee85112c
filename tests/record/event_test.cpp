#include "record/event.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "record/tar.hpp"

namespace folkmoot::record {
namespace {

const std::string hash_a(64, 'a'), hash_b(64, 'b');

std::string header_error(std::string_view text) {
  const auto header = json::read_canonical(text, read_archive_header);
  return header ? "" : header.error().message;
}
std::string event_error(std::string_view text) {
  const auto event = json::read_canonical(text, read_event);
  return event ? "" : event.error().message;
}

TEST(ArchiveHeader, HasItsTimestampAsAString) {
  EXPECT_EQ(json::to_text(ArchiveHeader{1795302576}), R"({"version":1,"timestamp":"1795302576"})");
  EXPECT_EQ(json::read_canonical(R"({"version":1,"timestamp":"1795302576"})", read_archive_header)->timestamp,
            1795302576U);
  EXPECT_EQ(header_error(R"({"version":1,"timestamp":"0"})"), "");
  EXPECT_EQ(header_error(R"({"version":1,"timestamp":"8589934591"})"), "");
}

TEST(ArchiveHeader, RefusesOtherForms) {
  EXPECT_EQ(header_error(R"({"version":2,"timestamp":"1"})"), "version: 2 is not in 1..1");
  EXPECT_EQ(header_error(R"({"version":1,"timestamp":1795302576})"), "timestamp: expected a string");
  EXPECT_NE(header_error(R"({"version":1,"timestamp":"01"})"), "");
  EXPECT_NE(header_error(R"({"version":1,"timestamp":"-1"})"), "");
  EXPECT_NE(header_error(R"({"version":1,"timestamp":""})"), "");
  EXPECT_NE(header_error(R"({"version":1,"timestamp":"1 "})"), "");
  EXPECT_NE(header_error(R"({"version":1,"timestamp":"8589934592"})"), "");
  EXPECT_NE(header_error(R"({"version":1,"timestamp":"99999999999999999999"})"), "");
  EXPECT_NE(header_error(R"({"timestamp":"1","version":1})"), "");
  EXPECT_NE(header_error(R"({"version":1,"timestamp":"1","more":1})"), "");
}

TEST(Event, IsCompactJsonInTheSpecifiedOrder) {
  Digest parent, payload;
  ASSERT_TRUE(from_hex(hash_a, parent));
  ASSERT_TRUE(from_hex(hash_b, payload));
  EXPECT_EQ(json::to_text(Event{{}, 0, EventType::setup, payload}),
            R"({"height":0,"type":"Setup","payload":")" + hash_b + R"("})");
  EXPECT_EQ(json::to_text(Event{parent, 9, EventType::end_ballots, {}}),
            R"({"parent":")" + hash_a + R"(","height":9,"type":"EndBallots"})");
}

RC_GTEST_PROP(Event, ReadsWhatItWrites, ()) {
  const auto digest = [] { return *rc::gen::maybe(rc::gen::container<Digest>(rc::gen::arbitrary<std::uint8_t>())); };
  const auto optional = [&]() -> std::optional<Digest> {
    const auto value = digest();
    return value ? std::optional(*value) : std::nullopt;
  };
  const Event event{optional(), *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 62),
                    static_cast<EventType>(*rc::gen::inRange(0, 8)), optional()};
  const auto read = json::read_canonical(json::to_text(event), read_event);
  RC_ASSERT(read == event);
}

TEST(Event, RefusesOtherForms) {
  const std::string good = R"({"parent":")" + hash_a + R"(","height":1,"type":"Ballot","payload":")" + hash_b + R"("})";
  EXPECT_EQ(event_error(good), "");
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    return event_error(text.replace(text.find(from), from.size(), to));
  };
  EXPECT_EQ(with("Ballot", "ballot"), "type: no such type of event");
  EXPECT_EQ(with(":1", ":-1"), "height: -1 is not in 0..9223372036854775806");
  EXPECT_NE(with(":1", ":1.0"), "");
  EXPECT_NE(with("aaaa", "AAAA"), "") << "upper-case hash";
  EXPECT_NE(with("aaaa", "aaa"), "") << "short hash";
  EXPECT_NE(with("\"" + hash_a + "\"", "null"), "");
  EXPECT_NE(with("\"height\"", "\"height\":1,\"height\""), "") << "duplicate field";
  EXPECT_NE(with("}", ",\"note\":\"\"}"), "") << "unknown field";
  EXPECT_NE(with("{", "{ "), "") << "white space";
}

TEST(References, AreThoseOfThePayload) {
  Digest a, b;
  ASSERT_TRUE(from_hex(hash_a, a));
  ASSERT_TRUE(from_hex(hash_b, b));
  const std::string setup =
      R"({"election":")" + hash_a + R"(","trustees":")" + hash_b + R"(","credentials":")" + hash_a + R"("})";
  EXPECT_EQ(references(EventType::setup, setup), (std::vector{a, b, a}));
  const std::string sized = R"({"num_tallied":1,"total_weight":1,"encrypted_tally":")" + hash_b + R"("})";
  EXPECT_EQ(references(EventType::encrypted_tally, sized), std::vector{b});
  const std::string owned = R"({"owner":1,"payload":")" + hash_a + R"("})";
  EXPECT_EQ(references(EventType::shuffle, owned), std::vector{a});
  EXPECT_EQ(references(EventType::partial_decryption, owned), std::vector{a});
  EXPECT_EQ(references(EventType::ballot, "anything"), std::vector<Digest>{});
  EXPECT_EQ(references(EventType::shuffle, setup).error().message, "no field \"payload\"");
  EXPECT_FALSE(references(EventType::shuffle, "no JSON"));
}

}  // namespace
}  // namespace folkmoot::record
