#include "count/lots.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace folkmoot::count {
namespace {

const std::vector<std::string> three{"Ann", "Ben", "Cy"};

// Reckoned apart from this code, with sha256sum and Python.
TEST(Lots, PublishedSeed) {
  const DrawLot lots = seeded_lots("20261122");
  std::vector<std::size_t> drawn;
  for (int i = 0; i < 8; ++i) drawn.push_back(lots({"exclusion", three})->index);
  EXPECT_EQ(drawn, (std::vector<std::size_t>{2, 0, 2, 0, 0, 1, 1, 0}));
}

TEST(Lots, EachIsDrawnAboutAsOften) {
  const DrawLot lots = seeded_lots("fairness");
  std::vector<int> times(3);
  for (int i = 0; i < 3000; ++i) ++times[lots({"exclusion", three})->index];
  for (const int count : times) {
    EXPECT_GT(count, 900);
    EXPECT_LT(count, 1100);
  }
}

TEST(Lots, WithoutThemATieIsNamed) {
  const auto lot = no_lots()({"exclusion", three});
  ASSERT_FALSE(lot);
  EXPECT_EQ(lot.error().message,
            "a tie has to be decided by lot (exclusion): “Ann”, “Ben”, “Cy”; give a seed or enter the lot drawn");
}

}  // namespace
}  // namespace folkmoot::count
