#include "base/json.hpp"

#include <gtest/gtest.h>

namespace folkmoot::json {
namespace {

struct Pair {
  std::string name;
  std::int64_t number = 0;
};
void write(Writer& writer, const Pair& pair) {
  writer.begin_object().key("name").string(pair.name).key("number").integer(pair.number).end_object();
}
Result<Pair> read_pair(Value value) {
  auto name = TRY(read_field(value, "name", read_string));
  auto number = TRY(read_field(value, "number", [](Value v) { return v.integer(-5, 99); }));
  return Pair{std::move(name), number};
}
std::string message(std::string_view text) {
  const auto pair = read_canonical(text, read_pair);
  return pair ? "" : pair.error().message;
}

TEST(Json, ReadsTheCanonicalFormOnly) {
  EXPECT_EQ(message(R"({"name":"a","number":7})"), "");
  EXPECT_EQ(message(R"({"name":"é\u007f\u0001\n\"\\/","number":-5})"), "");
  EXPECT_EQ(message(R"({"name":"a","number": 7})"), "not in canonical form: at byte 21, \" 7}\" instead of \"7}\"");
  EXPECT_NE(message(R"({"number":7,"name":"a"})"), "");
  EXPECT_NE(message(R"({"name":"a","number":7,"more":1})"), "");
  EXPECT_NE(message(R"({"name":"a","number":7,"number":7})"), "");
  EXPECT_NE(message(R"({"name":"\u0061","number":7})"), "");
  EXPECT_NE(message(R"({"name":"a\/","number":7})"), "");
  EXPECT_NE(message(R"({"name":"a","number":7} )"), "");
  EXPECT_NE(message("{\"name\":\"\xff\",\"number\":7}"), "");
}

TEST(Json, SaysWhatAndWhere) {
  EXPECT_EQ(message(R"({"name":"a"})"), "no field \"number\"");
  EXPECT_EQ(message(R"({"name":"a","number":"7"})"), "number: expected an integer");
  EXPECT_EQ(message(R"({"name":"a","number":7.0})"), "number: expected an integer");
  EXPECT_EQ(message(R"({"name":"a","number":100})"), "number: 100 is not in -5..99");
  EXPECT_EQ(message(R"([])"), "expected an object");
  EXPECT_TRUE(message(R"({"name":"a","number":)").starts_with("not JSON"));
  EXPECT_EQ(message({}), "not JSON: an empty text");
}

TEST(Json, RefusesDeepNesting) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(Document::parse(nested(60)));
  EXPECT_FALSE(Document::parse(nested(100000)));
}

TEST(Json, TextOfAValueIsCompact) {
  const std::string text = R"({"a":[1,2,{"b":"c\n"}],"d":{},"e":null,"f":true,"g":[],"h":-3})";
  const auto document = Document::parse("  " + text + "\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), text);
  const auto twice = Document::parse(R"([{"a":{"":1,"b":2,"":3}}])");
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->root().text().error().message, R"(field "" is there twice)");
}

// A value that is read from one text only, and the structure that has some.
struct Digits {
  std::string digits;
  [[nodiscard]] std::string text() const { return digits; }
};
struct Numbers {
  Digits first, second;
};
void write(Writer& writer, const Numbers& numbers) {
  writer.begin_object().key("a").decoded(numbers.first).key("b").begin_array().decoded(numbers.second).end_array();
  writer.end_object();
}
Result<Digits> read_digits(Value value) {
  const auto text = TRY(value.string());
  if (text.empty() || text.find_first_not_of("0123456789abcdef") != std::string_view::npos) return fail("no digits");
  return Digits{std::string(text)};
}
Result<Numbers> read_numbers(Value value) {
  auto first = TRY(read_field(value, "a", read_digits));
  auto second = TRY(read_field(value, "b", [](Value v) { return read_array(v, read_digits); }));
  if (second.size() != 1) return fail("{} numbers", second.size());
  return Numbers{std::move(first), std::move(second[0])};
}

// Decoded strings are not made again for the comparison: whatever stands around or in them is found all the same.
TEST(Json, ComparesWithoutMakingDecodedStringsAgain) {
  const std::string good = R"({"a":"12","b":["ab"]})";
  const auto read = [](std::string_view text) { return read_canonical(text, read_numbers); };
  ASSERT_TRUE(read(good));
  EXPECT_EQ(to_text(*read(good)), good);
  for (const std::string_view other :
       {R"({"a":"1\u0032","b":["ab"]})", R"({"a":"12","b":["\u0061b"]})", R"({"a":"12","b":["ab"],"a":"12"})",
        R"({"a":"12","a":"13","b":["ab"]})", R"({"b":["ab"],"a":"12"})", R"({"a":"12","b":["ab"]} )",
        R"( {"a":"12","b":["ab"]})", R"({"a" :"12","b":["ab"]})", R"({"a":"12","b":["ab"],"c":1})",
        R"({"a":"12","b":["ab"],"c":"12"})"}) {
    const auto refused = read(other);
    ASSERT_FALSE(refused) << other;
    EXPECT_TRUE(refused.error().message.starts_with("not in canonical form: at byte ")) << refused.error().message;
  }
  EXPECT_EQ(read(R"({"a":"12", "b":["ab"]})").error().message,
            R"(not in canonical form: at byte 10, " "b":["ab"]}" instead of ""b":["ab"]}")");
}

// Any text that differs from the canonical one, in one character more or fewer or other, is refused.
TEST(Json, ComparesEveryCharacter) {
  const std::string good = R"({"a":"12","b":["ab"]})";
  for (std::size_t i = 0; i < good.size(); ++i) {
    const std::string shorter = good.substr(0, i) + good.substr(i + 1);
    const auto value = read_canonical(shorter, read_numbers);
    if (value) {
      EXPECT_EQ(to_text(*value), shorter);
    }
    for (const char c : {' ', '"', '0', 'a', ',', '\\', '}'}) {
      std::string other = good;
      other[i] = c;
      if (const auto read = read_canonical(other, read_numbers)) {
        EXPECT_EQ(to_text(*read), other);
      }
      other.insert(i, 1, good[i]);
      if (const auto read = read_canonical(other, read_numbers)) {
        EXPECT_EQ(to_text(*read), other);
      }
    }
  }
}

TEST(Json, ArraysNameTheIndex) {
  const auto document = Document::parse(R"(["a",1])");
  ASSERT_TRUE(document);
  const auto strings = read_array(document->root(), read_string);
  ASSERT_FALSE(strings);
  EXPECT_EQ(strings.error().message, "[1]: expected a string");
}

}  // namespace
}  // namespace folkmoot::json
