// The programs as they are released: whole elections, from the roll to a record that the verifier finds valid.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.hpp"

namespace folkmoot {
namespace {

namespace fs = std::filesystem;

const std::string programs = FOLKMOOT_BINARY_DIR "/bin/";
const fs::path shared = FOLKMOOT_SOURCE_DIR "/../shared";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Demo : public testing::Test {
 protected:
  Demo() : folder_(fs::temp_directory_path() / ("folkmoot-e2e-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~Demo() override { fs::remove_all(folder_); }

  // The exit status of a command line; what it prints goes to a file that a failure shows.
  int run(const std::string& command) {
    const std::string log = (folder_ / "log").string();
    const int status = std::system((programs + command + " > " + log + " 2>&1").c_str());
    if (status != 0) std::cerr << command << "\n" << read(log);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] std::string record() const {
    for (const auto& entry : fs::directory_iterator(folder_ / "demo/public"))
      if (entry.path().extension() == ".bel") return entry.path().string();
    return {};
  }

  fs::path folder_;
};

// A field of a JSON file, as compact JSON.
std::string field_of(const fs::path& file, std::string_view name) {
  const std::string text = read(file);
  const auto document = json::Document::parse(text);
  if (!document) return document.error().message;
  const auto field = document->root().field(name);
  return field ? field->text() : field.error().message;
}

TEST_F(Demo, AnInventedOrganisationElectsALeaderAndACommittee) {
  ASSERT_EQ(run("folkmoot demo --members 60 --dir " + path("demo")), 0);
  EXPECT_EQ(run("folkmoot-verify " + record()), 0);
}

TEST_F(Demo, RealBallotsAreCountedAsTheyWereMarked) {
  const fs::path ballots = shared / "count/ballots/glasgow07_linn.blt";
  if (!fs::exists(ballots)) GTEST_SKIP() << "no " << ballots;
  const std::string rule = " --seats 4 --rule scottish-2011 ";
  ASSERT_EQ(run("folkmoot demo --ballots " + ballots.string() + rule + "--dir " + path("demo")), 0);
  EXPECT_EQ(run("folkmoot-verify " + record()), 0);
  const fs::path counted = path("demo/public/contest-1.json");
  EXPECT_EQ(field_of(counted, "winners"),
            field_of(shared / "count/expected/glasgow07_linn__scottish-stv.json", "winners"));
  // The papers as the city published them, counted directly: tests/count compares those stages with the official ones.
  ASSERT_EQ(
      std::system((programs + "folkmoot count --json" + rule + ballots.string() + " > " + path("direct")).c_str()), 0);
  EXPECT_EQ(field_of(counted, "stages"), field_of(path("direct"), "stages"));
}

}  // namespace
}  // namespace folkmoot
