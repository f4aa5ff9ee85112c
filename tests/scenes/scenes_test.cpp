// Each scene, on each kind of database: its promise holds, and everything can be made again from its ledger.
#include "scenes/scene.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <set>

#include "../database/cluster.hpp"

namespace folkmoot::scenes {
namespace {

class SceneTest : public ::testing::TestWithParam<std::tuple<std::size_t, test::Kind>> {};

TEST_P(SceneTest, Plays) {
  const auto [number, kind] = GetParam();
  std::vector<std::unique_ptr<test::TemporaryDatabase>> databases;
  std::string folder = (service::fs::temp_directory_path() / "folkmoot-scene-XXXXXX").string();
  ASSERT_TRUE(::mkdtemp(folder.data()));
  const auto new_place = [&, kind = kind]() -> Place {
    databases.push_back(std::make_unique<test::TemporaryDatabase>(kind));
    return {service::fs::path(folder) / std::to_string(databases.size()), databases.back()->url()};
  };
  const Status played = play(scenes()[number], {new_place, std::string(example_charter), &std::cout});
  service::fs::remove_all(folder);
  EXPECT_TRUE(played) << played.error().message;
}

std::string name(const ::testing::TestParamInfo<SceneTest::ParamType>& parameter) {
  const auto [number, kind] = parameter.param;
  const Scene scene = scenes()[number];
  std::string words = fmt::format("R{:02}_{}_{}", scene.row, scene.title, test::name(kind));
  std::ranges::replace_if(
      words, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return words;
}

INSTANTIATE_TEST_SUITE_P(Rows, SceneTest,
                         ::testing::Combine(::testing::Range(std::size_t{0}, scenes().size()),
                                            ::testing::Values(test::Kind::sqlite, test::Kind::postgresql)),
                         name);

// Rows 47 and 48 are about pages and mail.
TEST(Scenes, EveryRowHasOne) {
  std::set<int> rows;
  for (const Scene& scene : scenes()) rows.insert(scene.row);
  for (int row = 1; row <= 49; ++row) EXPECT_TRUE(rows.contains(row) || row == 47 || row == 48) << "R" << row;
}

}  // namespace
}  // namespace folkmoot::scenes
