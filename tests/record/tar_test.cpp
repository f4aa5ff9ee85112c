#include "record/tar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace folkmoot::record::tar {
namespace {

TEST(Tar, HeaderIsThatOfTheOriginalTools) {
  const Block block = header_block({"BELENIOS", 38, 1795302576});
  std::string expected(512, '\0');
  expected.replace(0, 8, "BELENIOS");
  expected.replace(100, 7, "0000644");
  expected.replace(108, 7, "0000000");
  expected.replace(116, 7, "0000000");
  expected.replace(124, 11, "00000000046");
  expected.replace(136, 11, "15300422260");
  expected.replace(148, 8, std::string("005702\0 ", 8));
  expected.replace(156, 1, "0");
  EXPECT_EQ(std::string(block.data(), block.size()), expected);
}

TEST(Tar, HoldsTheGreatestNumbersAndLongestName) {
  const Header header{std::string(longest_name, 'n'), greatest_number, greatest_number};
  EXPECT_EQ(read_header(header_block(header)), header);
}

RC_GTEST_PROP(Tar, ReadsWhatItWrites, ()) {
  const Header header{
      *rc::gen::suchThat(rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)),
                         [](const std::string& name) { return !name.empty() && name.size() <= longest_name; }),
      *rc::gen::inRange<std::uint64_t>(0, greatest_number), *rc::gen::inRange<std::uint64_t>(0, greatest_number)};
  RC_ASSERT(read_header(header_block(header)) == header);
}

TEST(Tar, RefusesAnyOtherByteAnywhere) {
  const Block block = header_block({"0123456789abcdef.data.json", 123456, 1795302576});
  for (std::size_t at = 0; at < block.size(); ++at) {
    for (int change = 1; change < 256; change += change < 16 ? 1 : 15) {
      Block changed = block;
      changed[at] = static_cast<char>(changed[at] ^ change);
      EXPECT_FALSE(read_header(changed)) << "byte " << at << " changed by " << change;
    }
  }
}

TEST(Tar, NamesTheByte) {
  Block block = header_block({"name", 1, 2});
  block[130] = '8';
  EXPECT_EQ(read_header(block).error().message, "tar header: byte 130 is no octal digit");
  block[130] = '0';
  block[257] = 'u';
  EXPECT_EQ(read_header(block).error().message, "tar header: byte 257 is not as the header's writer has it");
  EXPECT_EQ(read_header(Block{}).error().message, "tar header: no name");
}

TEST(Tar, EntriesFillWholeBlocks) {
  for (const std::size_t size : {0U, 1U, 511U, 512U, 513U, 1024U}) {
    std::string out = "before";
    append_entry(out, "name", 7, std::string(size, 'x'));
    EXPECT_EQ(out.size() - 6, entry_size(size));
    EXPECT_EQ(entry_size(size) % block_size, 0U);
    EXPECT_EQ(out.substr(6 + block_size), std::string(size, 'x') + std::string(padding(size), '\0'));
  }
}

}  // namespace
}  // namespace folkmoot::record::tar
