// Debian's belenios-tool on the same forgeries: where it says otherwise than we do, docs/differences.md says why.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tamper/support.hpp"
#include "tamper/thorough.hpp"

namespace folkmoot::tamper {
namespace {

namespace fs = std::filesystem;

bool runs(const std::string& command) { return std::system((command + " > /dev/null 2>&1").c_str()) == 0; }

class OriginalTool : public testing::Test {
 protected:
  void SetUp() override {
    if (!runs("belenios-tool --version")) GTEST_SKIP() << "belenios-tool is not installed";
    fs::create_directories(folder / "record");
    fs::create_directories(folder / "earlier");
  }
  void TearDown() override { fs::remove_all(folder); }

  // Whether the tool finds nothing wrong. With `earlier`, an older copy, it must also have grown from that.
  [[nodiscard]] bool accepts(const std::string& record, const std::string* earlier = nullptr) const {
    put("record", record);
    if (earlier == nullptr) return runs(fmt::format("belenios-tool election verify --dir {}", dir("record")));
    put("earlier", *earlier);
    return runs(fmt::format("belenios-tool election verify-diff --dir1 {} --dir2 {}", dir("earlier"), dir("record")));
  }

 private:
  [[nodiscard]] std::string dir(std::string_view name) const { return "'" + (folder / name).string() + "'"; }
  void put(std::string_view name, const std::string& bytes) const {
    std::ofstream(folder / name / "TamperSampLez1.bel", std::ios::binary) << bytes;
  }

  fs::path folder = fs::path(testing::TempDir()) / fmt::format("folkmoot-tamper-{}", ::getpid());
};

// Version 2.0 knows neither Ed25519 nor lists.
bool can_be_read(const Attack& attack) {
  return attack.groups != Attack::Groups::only_ed25519 && attack.kind != Kind::lists;
}

TEST_F(OriginalTool, AcceptsTheGoodRecords) {
  for (const Kind kind : {Kind::choice, Kind::weighted, Kind::threshold, Kind::ranking}) {
    EXPECT_TRUE(accepts(sample_2048(kind).record)) << name(kind);
  }
}

TEST_F(OriginalTool, RefusesTheForgeriesOrTheDifferenceIsDocumented) {
  std::ifstream file(FOLKMOOT_SOURCE_DIR "/docs/differences.md");
  const std::string document{std::istreambuf_iterator<char>(file), {}};
  std::size_t number = 0;
  for (const Attack& attack : all_attacks()) {
    if (!can_be_read(attack) || (!thorough && ++number % 20 != 0)) continue;
    const Sample& good = sample_2048(attack.kind);
    const bool accepted = accepts(forge(attack, good), attack.against ? &good.record : nullptr);
    EXPECT_EQ(accepted, !attack.accepted_by_tool.empty()) << attack.name;
    if (accepted) {
      EXPECT_NE(document.find(fmt::format("\n### {}\n", attack.accepted_by_tool)), std::string::npos) << attack.name;
    }
  }
}

}  // namespace
}  // namespace folkmoot::tamper
