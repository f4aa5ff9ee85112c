#include "base/utf8.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace folkmoot {
namespace {

TEST(FirstCharacters, AreWhole) {
  EXPECT_EQ(first_characters("Zoë 山田", 3), "Zoë");
  EXPECT_EQ(first_characters("Zoë 山田", 5), "Zoë 山");
  EXPECT_EQ(first_characters("Zoë 山田", 6), "Zoë 山田");
  EXPECT_EQ(first_characters("Zoë 山田", 60), "Zoë 山田");
  EXPECT_EQ(first_characters("Zoë", 0), "");
}

TEST(DecodeText, LeavesUtf8AsItIs) {
  for (const std::string text : {"", "plain", "Zoë Ångström-Łukasiewicz 山田 𝒳", "café\n"}) {
    EXPECT_EQ(decode_text(text), text);
    EXPECT_EQ(decode_text("\xEF\xBB\xBF" + text), text) << "with a byte order mark";
  }
}

TEST(DecodeText, ReadsWindows1252) {
  EXPECT_EQ(decode_text("Zo\xEB \xC5ngstr\xF6m"), "Zoë Ångström");
  EXPECT_EQ(decode_text("\x80 \x8A\x9A\x8E\x9E\x9F \x93quoted\x94 O\x92Neill \x96 \x85"),
            "€ ŠšŽžŸ “quoted” O’Neill – …");
  EXPECT_EQ(decode_text("\xA0\xFF\xE9"), "\xC2\xA0ÿé");
  EXPECT_EQ(decode_text("caf\xE9 \x81\x8D\x8F\x90\x9D"), "café \uFFFD\uFFFD\uFFFD\uFFFD\uFFFD")
      << "bytes without meaning";
  // "É»" would be one good UTF-8 character, but two others are not.
  EXPECT_EQ(decode_text("\xAB"
                        "CAF\xC9\xBB"),
            "«CAFÉ»");
}

TEST(DecodeText, DamagedUtf8IsNotReadAsWindows1252) {
  EXPECT_EQ(decode_text("Zoë Ångström caf\xE9"), "Zoë Ångström caf\uFFFD");
  EXPECT_EQ(decode_text("\xEF\xBB\xBF"
                        "caf\xE9"),
            "caf\uFFFD")
      << "the mark says UTF-8";
}

TEST(DecodeText, RefusesUtf16) {
  EXPECT_EQ(decode_text(std::string("\xFF\xFEi\0d\0", 6)).error().message, "the file is in UTF-16; save it as UTF-8");
  EXPECT_FALSE(decode_text(std::string("\xFE\xFF\0i\0d", 6)));
}

TEST(DecodeText, EveryByteOfWindows1252IsOneCharacter) {
  for (int byte = 1; byte < 256; ++byte) {
    // Two stray bytes make sure that it is not UTF-8.
    const auto text = decode_text(std::string{static_cast<char>(byte), '\xE9', ' ', '\xE9'});
    ASSERT_TRUE(text);
    EXPECT_TRUE(text->ends_with("é é")) << byte;
    if (byte < 0x80) {
      EXPECT_EQ(text->front(), byte);
    }
  }
}

RC_GTEST_PROP(DecodeText, GivesUtf8WhateverTheBytes, (const std::string& bytes)) {
  const auto text = decode_text(bytes);
  if (text) RC_ASSERT(is_utf8(*text));
}

}  // namespace
}  // namespace folkmoot
