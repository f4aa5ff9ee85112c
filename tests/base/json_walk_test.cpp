#include "base/json_walk.hpp"

#include <gtest/gtest.h>

namespace folkmoot::json::test {
namespace {

// The texts of the pieces, with the indices of their first values and how many they are.
std::vector<std::string> pieces_of(const std::string& text, std::size_t bytes) {
  const LongText long_text = LongText::of(text);
  Walk walk(long_text);
  const auto pieces = walk.pieces(bytes);
  if (!pieces || !walk.at_end()) return {"none"};
  std::vector<std::string> texts;
  for (const Piece& piece : *pieces) {
    texts.push_back(fmt::format("{}+{}:{}", piece.first, piece.count, text.substr(piece.at, piece.size)));
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(JsonWalk, cutsAnArrayBetweenItsValues) {
  const std::string text = R"(["a",{"b":["]",2]},[],null,-17])";
  EXPECT_EQ(pieces_of(text, 1), (Texts{R"(0+1:"a")", R"(1+1:{"b":["]",2]})", "2+1:[]", "3+1:null", "4+1:-17"}));
  EXPECT_EQ(pieces_of(text, 4), (Texts{R"(0+2:"a",{"b":["]",2]})", "2+2:[],null", "4+1:-17"}));
  EXPECT_EQ(pieces_of(text, 1000), (Texts{"0+5:" + text.substr(1, text.size() - 2)}));
  EXPECT_EQ(pieces_of("[]", 1), Texts());
}

TEST(JsonWalk, comesToNoEndOfWhatIsNoneOrNotCompact) {
  for (const auto* text : {"", "[", "[1", "[1,", "[1,]", "[,1]", "[1]]", "[1] ", "[ 1]", "[1 ]", "{}", "1", "[\"a]",
                           "[}", "[[1]", "[\"\\\"\"]"}) {
    EXPECT_EQ(pieces_of(text, 1), Texts{"none"}) << text;
  }
}

TEST(JsonWalk, takesWhatIsExpectedOrNothing) {
  const std::string text = R"({"ab":"c"})";
  const LongText long_text = LongText::of(text);
  Walk walk(long_text);
  EXPECT_FALSE(walk.take(R"({"aa")"));
  EXPECT_TRUE(walk.take(R"({"ab":)"));
  EXPECT_EQ(walk.value(), R"("c")");
  EXPECT_FALSE(walk.value());
  EXPECT_TRUE(walk.take("}"));
  EXPECT_TRUE(walk.at_end());
  EXPECT_FALSE(walk.take("}"));
}

// More than is read at a time.
TEST(JsonWalk, ofALongText) {
  std::string text = "[";
  const std::string value = R"("0123456789abcdef0123456789abcdef")";
  for (int i = 0; i < 100'000; ++i) text += value + ",";
  text.back() = ']';
  const auto pieces = pieces_of(text, 1 << 16);
  EXPECT_EQ(pieces.size(), 54U);
  std::string together = "[";
  for (const std::string& piece : pieces) together += piece.substr(piece.find(':') + 1) + ",";
  together.back() = ']';
  EXPECT_TRUE(together == text);
}

}  // namespace
}  // namespace folkmoot::json::test
