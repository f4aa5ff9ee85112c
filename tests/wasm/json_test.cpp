// The JSON parser of the browser's modules beside simdjson: what one refuses, the other does; what both accept reads
// the same.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json.hpp"
#include "library/json_dom.hpp"

namespace folkmoot {
namespace {

namespace small = wasm::json_dom;
namespace real = simdjson;

constexpr std::size_t depth = 64;  // as base/json.cpp has it

// Types, numbers, keys and strings in order, whichever parser it was.
template <class Types, class Element>
void describe(std::string& out, const Element& element) {
  using Type = typename Types::element_type;
  switch (element.type()) {
    case Type::ARRAY: {
      const auto array = element.get_array().value_unsafe();
      out += '[';
      for (const auto item : array) describe<Types>(out, item);
      out += ']';
      return;
    }
    case Type::OBJECT: {
      const auto object = element.get_object().value_unsafe();
      out += '{';
      for (const auto& [key, item] : object) {
        out += fmt::format("{:?}:", std::string_view(key));
        describe<Types>(out, item);
        // Of keys that are there twice, both find the first.
        describe<Types>(out, object.at_key(key).value_unsafe());
      }
      out += '}';
      return;
    }
    case Type::STRING:
      out += fmt::format("{:?};", std::string_view(element.get_string().value_unsafe()));
      return;
    case Type::BOOL:
      out += element.get_bool().value_unsafe() ? "true;" : "false;";
      return;
    case Type::INT64:
      out += fmt::format("{};", std::int64_t{element.get_int64().value_unsafe()});
      return;
    case Type::NULL_VALUE:
      out += "null;";
      return;
    case Type::UINT64:
      out += Types::text(element) + ";";
      return;
    default:
      out += "number;";
  }
}

struct SmallTypes {
  using element_type = small::dom::element_type;
  static std::string text(const small::dom::element& element) { return small::minify(element); }
};
struct RealTypes {
  using element_type = real::dom::element_type;
  static std::string text(const real::dom::element& element) { return real::minify(element); }
};

std::string read_small(std::string_view text) {
  small::dom::document document;
  small::dom::parser parser;
  EXPECT_EQ(parser.allocate(text.size(), depth), small::SUCCESS);
  const auto root = parser.parse_into_document(document, text.data(), text.size(), true);
  if (root.error() != small::SUCCESS) return "refused";
  std::string out;
  describe<SmallTypes>(out, root.value_unsafe());
  return out;
}
std::string read_real(std::string_view text) {
  real::dom::document document;
  real::dom::parser parser;
  EXPECT_EQ(parser.allocate(std::max<std::size_t>(text.size(), 64), depth), real::SUCCESS);
  const auto root = parser.parse_into_document(document, text.data(), text.size(), true);
  if (root.error() != real::SUCCESS) return "refused";
  std::string out;
  describe<RealTypes>(out, root.value_unsafe());
  return out;
}

TEST(WasmJson, agrees_with_simdjson_about_hard_texts) {
  std::vector<std::string> texts{"0",
                                 "-0",
                                 "00",
                                 "01",
                                 "-",
                                 "1.",
                                 ".5",
                                 "1.5",
                                 "1e5",
                                 "1e",
                                 "1e+",
                                 "-1E-2",
                                 "9223372036854775807",
                                 "9223372036854775808",
                                 "18446744073709551615",
                                 "18446744073709551616",
                                 "-9223372036854775808",
                                 "-9223372036854775809",
                                 "true",
                                 "tru",
                                 "truex",
                                 "nul",
                                 "null",
                                 "false ",
                                 " [ ] ",
                                 "[1,]",
                                 "[,1]",
                                 "[1 2]",
                                 "{}",
                                 "{\"a\":1,}",
                                 "{\"a\"}",
                                 "{\"a\":}",
                                 "{a:1}",
                                 "{\"a\":1,\"a\":2}",
                                 "{1:2}",
                                 "[",
                                 "]",
                                 "{",
                                 "}",
                                 "[}",
                                 "\"",
                                 "\"a",
                                 "\"\\\"",
                                 "\"\\u0041\"",
                                 "\"\\u00e9\\u20ac\"",
                                 "\"\\ud83d\\ude00\"",
                                 "\"\\ud83d\"",
                                 "\"\\ude00\"",
                                 "\"\\ud83d\\u0041\"",
                                 "\"\\u12\"",
                                 "\"\\u123g\"",
                                 "\"\\x\"",
                                 "\"\\/\\b\\f\\n\\r\\t\\\\\"",
                                 "\"a\nb\"",
                                 "\"\x01\"",
                                 "\"\x7f\"",
                                 "\"\xc3\xa9\"",
                                 "\"\xc3\"",
                                 "\"\xff\"",
                                 "\"\xed\xa0\x80\"",
                                 "\"\xf4\x90\x80\x80\"",
                                 "\"\xc0\x80\"",
                                 "\"\xe0\x80\x80\"",
                                 "1 2",
                                 "[] []",
                                 "\xef\xbb\xbf[]",
                                 std::string("\"a\0b\"", 5),
                                 std::string("[]\0", 3),
                                 "[1]x",
                                 "\v1",
                                 "- 1",
                                 "+1",
                                 "1a",
                                 "[1a]",
                                 "\"a\"b",
                                 "0x1",
                                 "1_0",
                                 "NaN",
                                 "[\"\\u0000\"]",
                                 ""};
  for (const std::size_t n : {62, 63, 64, 65, 66}) {
    texts.push_back(std::string(n, '[') + std::string(n, ']'));
    texts.push_back(std::string(n, '[') + "1" + std::string(n, ']'));
  }
  for (const std::string& text : texts) {
    if (text.empty()) continue;  // which base/json.cpp refuses itself
    EXPECT_EQ(read_small(text), read_real(text)) << text;
  }
  EXPECT_EQ(read_small(""), "refused");
}

// Texts that are JSON but for a few bytes.
rc::Gen<std::string> any_text() {
  return rc::gen::exec([] {
    const std::string good =
        R"({"version":1,"name":"Réunion","a":[1,-20,null,true,{"b":"\u00e9\n","c":[[],{}]}],"d":{"e":18446744073709551615},"f":1.5e3})";
    std::string text = good;
    const int changes = *rc::gen::inRange(0, 3);
    for (int i = 0; i < changes; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
      const auto replacement = *rc::gen::element<std::string>("", "\"", ",", ":", "[", "]", "{", "}", "\\", "0", "-",
                                                              " ", "\xc3", "\n", "\x01", "e", "\\u", "\"a\":");
      text.replace(at, *rc::gen::inRange<std::size_t>(0, 3), replacement);
    }
    return text;
  });
}

RC_GTEST_PROP(WasmJson, agrees_with_simdjson_about_damaged_texts, ()) {
  const std::string text = *any_text();
  RC_ASSERT(read_small(text) == read_real(text));
}

RC_GTEST_PROP(WasmJson, agrees_with_simdjson_about_utf8, ()) {
  const auto text = *rc::gen::container<std::string>(
      rc::gen::element<char>('a', '\x7f', '\x80', '\x8f', '\x90', '\x9f', '\xa0', '\xbf', '\xc0', '\xc2', '\xdf',
                             '\xe0', '\xe1', '\xed', '\xef', '\xf0', '\xf1', '\xf4', '\xf5'));
  RC_ASSERT(small::validate_utf8(text.data(), text.size()) == real::validate_utf8(text.data(), text.size()));
}

}  // namespace
}  // namespace folkmoot
