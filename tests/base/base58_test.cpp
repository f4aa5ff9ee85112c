#include "base/base58.hpp"

#include <gtest/gtest.h>

#include <cctype>

namespace folkmoot {
namespace {

TEST(Base58, IsTheDigitsAndLettersWithoutTheFourThatAreConfused) {
  std::string expected;
  for (const char c : std::string("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) {
    if (std::string("0OIl").find(c) == std::string::npos) expected += c;
  }
  EXPECT_EQ(base58_digits, expected);
  for (int c = 0; c < 256; ++c) {
    const std::string text = "1" + std::string(1, static_cast<char>(c)) + "z";
    EXPECT_EQ(is_base58(text), expected.find(static_cast<char>(c)) != std::string::npos) << c;
  }
  EXPECT_TRUE(is_base58(""));
}

}  // namespace
}  // namespace folkmoot
