#include "record/growth.hpp"

#include <gtest/gtest.h>

#include "record/sample.hpp"

namespace folkmoot::record {
namespace {

Result<std::uint64_t> growth(std::string_view earlier, std::string_view later) {
  return check_growth(MemorySource(earlier), MemorySource(later));
}

TEST(Growth, EachStageOfARecordIsAStartOfTheLaterOnes) {
  const std::vector<EventType> types = sample::election(5);
  const std::string later = sample::record_of(types);
  for (std::size_t steps = 0; steps <= types.size(); ++steps) {
    const std::string earlier = sample::record_of(std::vector(types.begin(), types.begin() + steps));
    const auto entries = growth(earlier, later);
    ASSERT_TRUE(entries) << entries.error().message;
    std::uint64_t expected = 1;
    for (std::size_t i = 0; i < steps; ++i) expected += data_count(types[i]) + 1;
    EXPECT_EQ(*entries, expected);
  }
}

TEST(Growth, NothingMayBeRemoved) {
  const std::string earlier = sample::record_of(sample::election(5));
  const std::string later = sample::record_of(std::vector{EventType::setup, EventType::ballot});
  EXPECT_EQ(
      growth(earlier, later).error().message,
      fmt::format(
          "the later copy ends at byte {0}, in entry 8 (which begins at byte {0}) of the earlier copy's {1} bytes",
          later.size(), earlier.size()));
}

TEST(Growth, NothingMayBeRewritten) {
  const std::string later = sample::record_of(sample::election(5));
  for (std::size_t at = 0; at < later.size(); at += 97) {
    std::string earlier = later.substr(0, later.size() / 1024 * 1024);
    if (at >= earlier.size()) break;
    earlier[at] = static_cast<char>(earlier[at] ^ 4);
    const auto entries = growth(earlier, later);
    ASSERT_FALSE(entries) << at;
  }
  std::string earlier = later;
  earlier[1024 + 600] ^= 1;
  EXPECT_EQ(
      growth(earlier, later).error().message,
      fmt::format("the copies part at byte 1624, in entry 1 (which begins at byte 1024) of the earlier copy's {} bytes",
                  earlier.size()));
}

TEST(Growth, AnotherBallotInTheSamePlaceIsSeen) {
  auto additions = std::vector{sample::addition(EventType::setup), sample::addition(EventType::ballot, 1)};
  const std::string earlier = sample::record_of(additions);
  additions[1] = sample::addition(EventType::ballot, 2);
  additions.push_back(sample::addition(EventType::ballot, 1));
  const auto entries = growth(earlier, sample::record_of(additions));
  ASSERT_FALSE(entries);
  EXPECT_TRUE(entries.error().message.starts_with("the copies part at byte 6144, in entry 6"));
}

TEST(Growth, TheEarlierCopyEndsWhereAnEntryDoes) {
  const std::string later = sample::record_of(sample::election(1));
  EXPECT_EQ(growth(later.substr(0, 1024 + 700), later).error().message,
            "the earlier copy ends in the middle of entry 1");
  EXPECT_EQ(growth(later.substr(0, 1024 + 100), later).error().message,
            "the earlier copy ends in the middle of entry 1");
  EXPECT_EQ(growth(later, later), 1 + 5 + 2 + 1 + 3 + 6 + 1 + 6 + 2);
}

TEST(Growth, AnEmptyCopyIsNone) { EXPECT_FALSE(growth("", sample::record_of(sample::election(1)))); }

TEST(Growth, TwoEqualFilesThatAreNoRecordsAreRefused) {
  const std::string text(2000, 'x');
  EXPECT_TRUE(growth(text, text).error().message.starts_with("earlier copy: at byte 0: tar header: "));
}

}  // namespace
}  // namespace folkmoot::record
