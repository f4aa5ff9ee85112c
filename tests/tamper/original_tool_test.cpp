// Debian's belenios-tool on the same forgeries: where it says otherwise than we do, docs/differences.md says why.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <random>
#include <set>

#include "tamper/support.hpp"

namespace folkmoot::tamper {
namespace {

namespace fs = std::filesystem;

bool runs(const std::string& command) { return std::system((command + " > /dev/null 2>&1").c_str()) == 0; }

class OriginalTool : public testing::TestWithParam<Kind> {
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

// The attacks that docs/differences.md lists, one a line: those that the tool accepts.
std::set<std::string> documented() {
  std::ifstream file(FOLKMOOT_SOURCE_DIR "/docs/differences.md");
  std::set<std::string> attacks;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("- ")) attacks.insert(line.substr(2));
  }
  return attacks;
}

// Whether our verifier does.
bool we_accept(const std::string& record, const std::string* earlier = nullptr) {
  std::optional<record::MemorySource> copy;
  record::VerifyOptions options;
  if (earlier != nullptr) options.earlier = &copy.emplace(*earlier);
  options.stop_early = true;
  return record::verify(record::MemorySource(record), options).verdict() != record::Verdict::invalid;
}

TEST_P(OriginalTool, AcceptsTheGoodRecordAndThatItHasGrown) {
  Forgery good(sample_2048(GetParam()));
  const std::string earlier = good.bytes().substr(0, good.entry_of(EventType::end_ballots));
  EXPECT_TRUE(accepts(good.bytes()));
  EXPECT_TRUE(accepts(good.bytes(), &earlier));
  EXPECT_TRUE(accepts(earlier));
  EXPECT_TRUE(we_accept(earlier));
}

TEST_P(OriginalTool, SaysOfEachForgeryWhatWeSayOrTheDifferenceIsDocumented) {
  const std::set<std::string> differences = documented();
  const Sample& good = sample_2048(GetParam());
  int compared = 0;
  for (const Attack& attack : all_attacks()) {
    if (attack.kind != GetParam() || !can_be_read(attack)) continue;
    const std::string forged = forge(attack, good);
    const bool theirs = accepts(forged), ours = we_accept(forged);
    EXPECT_EQ(theirs && !ours, differences.contains(std::string(attack.name))) << attack.name;
    EXPECT_FALSE(ours && !theirs) << attack.name;
    if (attack.against) {
      EXPECT_EQ(accepts(forged, &good.record), we_accept(forged, &good.record)) << attack.name;
    }
    ++compared;
  }
  EXPECT_GT(compared, 0);
  std::cout << compared << " forgeries compared\n";
}

TEST_P(OriginalTool, FindsFlippedBitsAsWeDo) {
  std::mt19937_64 random(20'190'112);
  std::string bytes = sample_2048(GetParam()).record;
  for (int trial = 0; trial < 20; ++trial) {
    const std::size_t bit = random() % (8 * bytes.size());
    flip(bytes, bit);
    EXPECT_EQ(accepts(bytes), we_accept(bytes)) << "bit " << bit;
    flip(bytes, bit);
  }
}

INSTANTIATE_TEST_SUITE_P(On, OriginalTool,
                         testing::Values(Kind::choice, Kind::weighted, Kind::threshold, Kind::ranking),
                         [](const auto& test) { return std::string(name(test.param)); });

TEST(Differences, AreOfAttacksThatAreMade) {
  std::set<std::string> names;
  for (const Attack& attack : all_attacks()) {
    if (can_be_read(attack)) names.emplace(attack.name);
  }
  const std::set<std::string> differences = documented();
  EXPECT_FALSE(differences.empty());
  for (const std::string& name : differences) EXPECT_TRUE(names.contains(name)) << name;
}

}  // namespace
}  // namespace folkmoot::tamper
