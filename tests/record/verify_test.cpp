// The original tools' records get the verdicts that the README beside them says. (tests/tamper has records of our own
// making, good and bad.)
#include "record/verify.hpp"

#include <gtest/gtest.h>

#include "record/sample.hpp"

namespace folkmoot::record {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Expected {
  std::string folder;
  // The check that fails, and what it says; nothing for a valid record.
  std::string failing = {};
  std::string detail = {};
};

void PrintTo(const Expected& expected, std::ostream* out) { *out << expected.folder; }

class OriginalVerdict : public testing::TestWithParam<Expected> {
 protected:
  void SetUp() override {
    const auto path = std::filesystem::path(FOLKMOOT_SOURCE_DIR "/../shared/elections") / GetParam().folder;
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "../shared/elections/" << GetParam().folder << " is not here";
    record = sample::read_file(path / "record.bel");
    result = sample::read_file(path / "result.json");
    while (result.ends_with('\n')) result.pop_back();
  }
  std::string record;
  std::string result;  // as the tools wrote it beside the record, which is not so for all of them
};

TEST_P(OriginalVerdict, IsAsTheReadmeSays) {
  const Report report = verify(MemorySource(record));
  std::vector<std::string> failed;
  for (const Check* check : report.checks()) {
    if (check->failed()) failed.emplace_back(check->id());
    EXPECT_NE(check->passed(), check->failed()) << check->id() << ": the record is finished, nothing may be left out";
  }
  if (!result.empty()) {
    EXPECT_EQ(fmt::format(R"({{"result":{}}})", report.result.value_or("")), result);
  }
  if (GetParam().failing.empty()) {
    EXPECT_EQ(report.verdict(), Verdict::valid) << to_text(report);
    return;
  }
  EXPECT_EQ(report.verdict(), Verdict::invalid);
  EXPECT_THAT(failed, ElementsAre(GetParam().failing));
  for (const Check* check : report.checks()) {
    if (check->failed()) {
      EXPECT_THAT(check->details(), ElementsAre(HasSubstr(GetParam().detail)));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Records, OriginalVerdict,
    testing::Values(
        Expected{"v1-choose1of5-blank-ed25519"}, Expected{"v1-choose0to9of20-ed25519"}, Expected{"v1-weighted-ed25519"},
        Expected{"v1-lists-ed25519"}, Expected{"v1-rank8-ed25519"}, Expected{"v1-rank20-ed25519"},
        Expected{"v1-threshold3of5-ed25519"}, Expected{"v1-mixed-single-and-threshold-ed25519"},
        Expected{"v1-choose1of5-blank-belenios2048"}, Expected{"v1-threshold3of5-belenios2048"},
        Expected{"v1-rank8-rfc3526"}, Expected{"v1-by-2.0-rank8-rfc3526"},
        Expected{"v1-by-2.0-threshold3of5-belenios2048", "trustees",
                 "item 2: the threshold keys lack the signatures that the specification requires since versions 2.5.1"},
        Expected{"v1-bad-one-ballot-proof-ed25519", "ballot-proofs",
                 "ballot 11 (ZUCp0DNg3dTpsWQH+GXpg6W+SBSgaepJPt+gAdB4eNQ): answers[0]: proof"}),
    [](const auto& test) {
      std::string name = test.param.folder;
      for (char& c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
      }
      return name;
    });

}  // namespace
}  // namespace folkmoot::record
