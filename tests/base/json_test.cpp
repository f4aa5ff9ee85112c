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

TEST(Json, ArraysNameTheIndex) {
  const auto document = Document::parse(R"(["a",1])");
  ASSERT_TRUE(document);
  const auto strings = read_array(document->root(), read_string);
  ASSERT_FALSE(strings);
  EXPECT_EQ(strings.error().message, "[1]: expected a string");
}

}  // namespace
}  // namespace folkmoot::json
