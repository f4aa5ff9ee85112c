// A folder of small files on several nodes: what came first is on all of them.
#include "service/shared_folder.hpp"

#include <thread>

#include "database/cluster.hpp"
#include "service/trial.hpp"

namespace folkmoot::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Writes what is not there yet.
SharedFolder::Work writing(const std::string& file, const std::string& text) {
  return [=](const fs::path& folder) -> Status {
    if (!fs::exists(folder / file)) return write_file(folder / file, text);
    return TRY(read_file(folder / file)) == text ? Status() : fail("{} is another one", file);
  };
}

std::vector<std::string> files_in(const fs::path& folder) {
  std::vector<std::string> files;
  for (const fs::path& file : files_with_extension(folder, ".json"))
    files.push_back(fmt::format("{}: {}", file.filename().string(), ok(read_file(file))));
  return files;
}

class SharedFolderTest : public testing::TestWithParam<test::Kind> {
 protected:
  SharedFolderTest() { ok(database::migrate(*shared.open(), {&shared_folder_table(), 1})); }

  const test::TemporaryDatabase shared{GetParam()};
  const TemporaryFolder folder;
  SharedFolder one{folder / "one", shared.url()}, two{folder / "two", shared.url()};
};

INSTANTIATE_TEST_SUITE_P(On, SharedFolderTest, testing::Values(test::Kind::sqlite, test::Kind::postgresql),
                         [](const auto& info) { return test::name(info.param); });

TEST_P(SharedFolderTest, WhatOneNodeAddsTheOthersHave) {
  ok(one.change("a", writing("1.json", "first")));
  ok(two.change("a", writing("2.json", "second")));
  EXPECT_THAT(files_in(two.path() / "a"), ElementsAre("1.json: first", "2.json: second"));
  EXPECT_THAT(error_of(one.change("a", writing("2.json", "other"))), HasSubstr("2.json is another one"));
  EXPECT_THAT(files_in(one.path() / "a"), ElementsAre("1.json: first", "2.json: second"));
  ok(one.change("b", writing("1.json", "of b")));
  ok(two.follow());
  EXPECT_THAT(files_in(two.path() / "b"), ElementsAre("1.json: of b"));
}

TEST_P(SharedFolderTest, OfTwoThatComeAtTheSameTimeOneIsFirst) {
  std::array<Status, 2> done;
  {
    const std::jthread first([&] { done[0] = one.change("a", writing("1.json", "one")); });
    done[1] = two.change("a", writing("1.json", "two"));
  }
  EXPECT_NE(done[0].has_value(), done[1].has_value());
  ok(one.follow());
  ok(two.follow());
  EXPECT_EQ(files_in(one.path() / "a"), files_in(two.path() / "a"));
}

// Before there was a second node; and when the database has lost what it had.
TEST_P(SharedFolderTest, AFolderGivesWhatTheDatabaseLacks) {
  ok(write_file(one.path() / "a" / "1.json", "old"));
  ok(one.follow());
  ok(two.follow());
  EXPECT_THAT(files_in(two.path() / "a"), ElementsAre("1.json: old"));
  ok(shared.open()->run("DELETE FROM shared_file"));
  SharedFolder again{two.path(), shared.url()}, three{folder / "three", shared.url()};
  ok(again.follow());
  ok(three.follow());
  EXPECT_THAT(files_in(three.path() / "a"), ElementsAre("1.json: old"));
  fs::remove_all(three.path() / "a");
  ok(write_file(three.path() / "a" / "1.json", "forged"));
  SharedFolder other{three.path(), shared.url()};
  EXPECT_THAT(error_of(other.follow()), HasSubstr("a/1.json: the database has another one"));
}

TEST(SharedFolder, WorkThatFailsLeavesNothing) {
  const TemporaryFolder folder;
  SharedFolder only(folder / "only", "");
  const auto half = [](const fs::path& at) -> Status {
    TRY(write_file(at / "1.json", "half"));
    return fail("no");
  };
  EXPECT_EQ(error_of(only.change("a", half)), "no");
  EXPECT_FALSE(fs::exists(only.path() / "a"));
  ok(only.change("a", writing("1.json", "whole")));
  EXPECT_THAT(files_in(only.path() / "a"), ElementsAre("1.json: whole"));
}

}  // namespace
}  // namespace folkmoot::service
