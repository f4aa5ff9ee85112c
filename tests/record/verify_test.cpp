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

TEST(Report, ShowsNamesWithoutWhatMovesTheCursor) {
  Report report;
  report.election = {"uuid",
                     "A\x1b[2Jb\xc2\x9b"
                     "c\u202e\u2066d\nVALID",
                     "fingerprint"};
  report.outcome = {"Ada\rBen\x7f", "É, “ß” — \u2026 stay"};
  report[CheckId::chain].fail("e\u200f\u2028f");
  const std::string text = to_text(report);
  const std::string_view gone = "\uFFFD";
  EXPECT_THAT(text, HasSubstr(fmt::format("A{0}[2Jb{0}c{0}{0}d{0}VALID\n", gone)));
  EXPECT_THAT(text, HasSubstr(fmt::format("Ada{0}Ben{0}\n", gone)));
  EXPECT_THAT(text, HasSubstr("É, “ß” — \u2026 stay\n"));
  EXPECT_THAT(text, HasSubstr(fmt::format("e{0}{0}f\n", gone)));
}

TEST(Report, TellsSomeFailuresInFullAndCountsTheRest) {
  Report report;
  Check& check = report[CheckId::ballot_proofs];
  for (int i = 0; i < 25; ++i) check.fail(fmt::format("ballot {}", i));
  EXPECT_EQ(check.failures(), 25U);
  EXPECT_EQ(check.details().size(), Check::most_details);
  EXPECT_THAT(to_text(report), HasSubstr("… and 5 more"));
  EXPECT_THAT(to_json(report), HasSubstr("ballot 19; … and 5 more"));

  std::string endless(Check::longest_detail - 1, 'x');
  for (int i = 0; i < 1000; ++i) endless += "é";
  Report cut;
  cut[CheckId::chain].fail(endless);
  EXPECT_EQ(cut[CheckId::chain].details().at(0), std::string(Check::longest_detail - 1, 'x') + "…");
}

TEST(Report, IsValidOnlyIfEveryCheckWasMade) {
  Report report;
  EXPECT_EQ(report.verdict(), Verdict::incomplete);
  for (std::size_t id = 0; id + 1 < check_count; ++id) report[static_cast<CheckId>(id)].finish();
  EXPECT_EQ(report.verdict(), Verdict::incomplete);
  report[CheckId::result].finish();
  EXPECT_EQ(report.verdict(), Verdict::valid);
  report[CheckId::result].fail("no");
  EXPECT_EQ(report.verdict(), Verdict::invalid);
}

}  // namespace
}  // namespace folkmoot::record
