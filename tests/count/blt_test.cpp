#include "count/format/blt.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <filesystem>

#include "count/generate.hpp"
#include "count/shared.hpp"

namespace folkmoot::count {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string garden =
    "4 2\n-2\n3 1 3 4 0\n4 1 3 2 0\n1 0\n0\n\"Adam\"\n\"Basil\"\n\"Charlotte\"\n\"Donald\"\n\"Title\"\n";

std::string error_of(std::string_view text, BltDialect dialect = BltDialect::tolerant) {
  const auto contest = read_blt(text, dialect);
  return contest ? "no error" : contest.error().message;
}

TEST(Blt, ReadsEveryPart) {
  for (const BltDialect dialect : {BltDialect::strict, BltDialect::tolerant}) {
    const auto contest = read_blt(garden, dialect);
    ASSERT_TRUE(contest) << contest.error().message;
    EXPECT_EQ(contest->title, "Title");
    EXPECT_EQ(contest->seats, 2U);
    EXPECT_THAT(contest->candidates, ElementsAre("Adam", "Basil", "Charlotte", "Donald"));
    EXPECT_THAT(contest->withdrawn, ElementsAre(1));
    ASSERT_EQ(contest->papers.size(), 3U);
    EXPECT_EQ(contest->papers.total(), 8);
    EXPECT_EQ(contest->papers.weight(1), 4);
    EXPECT_THAT(contest->papers.marks(0), ElementsAre(Mark{0, 1}, Mark{2, 2}, Mark{3, 3}));
    EXPECT_TRUE(contest->papers.marks(2).empty());
  }
}

TEST(Blt, TolerantDialects) {
  const auto contest = read_blt(
      "# a comment\n3 2 # candidates and seats\n[nick a b c]\n[tie c b a]\n[withdrawn c]\n\n"
      "  2 a=b c 0\n(id) b - a b\n0\n3 c 0 0\n\"A\" \n\"B\"\n\"C\"\n\"T\"\n\"source\"\nanything\n");
  ASSERT_TRUE(contest) << contest.error().message;
  EXPECT_THAT(contest->withdrawn, ElementsAre(2));
  EXPECT_THAT(contest->papers.marks(0), ElementsAre(Mark{0, 1}, Mark{1, 1}, Mark{2, 2}));
  EXPECT_THAT(contest->papers.marks(1), ElementsAre(Mark{1, 1}, Mark{0, 3}, Mark{1, 4}));
  EXPECT_EQ(contest->papers.weight(2), 3);
  EXPECT_EQ(contest->notes.size(), 3U);  // the tie order, the repeated mark, the text after the title
}

TEST(Blt, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(error_of(""), "line 1, column 1: expected the number of candidates, found the end of the file");
  EXPECT_EQ(error_of("3\n1 1 0\n0\n"), "line 1, column 2: expected the number of seats, found the end of the line");
  EXPECT_EQ(error_of("3 1\n1 2 4 0\n0\n"),
            "line 2, column 5: expected a candidate’s number from 1 to 3, or 0, found 4");
  EXPECT_EQ(error_of("2 1\n1 1 0\n0\n\"A\"\n\"B\n"), "line 5, column 1: the quotes are not closed on this line");
  EXPECT_EQ(error_of("2 1\n1 1 0\n0\n\"A\"\nBob\n"),
            "line 5, column 1: expected the name of a candidate in quotes, found Bob");
  EXPECT_EQ(error_of("2 1\n1 1 0\n0\n\"A\"\n\"A\"\n\"T\"\n"),
            "two candidates are called “A”: add what tells them apart");
  EXPECT_THAT(error_of("2 1\n1 1 01\n0\n"), HasSubstr("line 2, column 6"));
  EXPECT_THAT(error_of("2 1\n9000000000 1 0\n1 2 0\n0\n\"A\"\n\"B\"\n"),
              HasSubstr("line 3, column 1: there are too many votes"));
  EXPECT_THAT(error_of("2 1\n99999999999999999999 1 0\n"), HasSubstr("found 99999999999999999999"));
  EXPECT_THAT(error_of("2 1\n1 1 1 0\n0\n\"A\"\n\"B\"\n\"T\"\n", BltDialect::strict),
              HasSubstr("line 2, column 5: the candidate has been named on this paper before"));
  EXPECT_THAT(error_of("99999 1\n"), HasSubstr("line 1, column 1: expected the number of candidates"));
  EXPECT_THAT(error_of("1 1\n0\n\"\x80\"\n"), HasSubstr("UTF-8"));
}

// The corpus of a published grammar of the strict format: what must be refused, and what must be read.
TEST(Blt, StrictCorpus) {
  NEED_SHARED();
  int refused = 0;
  for (const auto& file : std::filesystem::directory_iterator(test::shared + "formats/blt-format/should-fail")) {
    const auto contest = read_blt(test::read_file(file.path()), BltDialect::strict);
    EXPECT_FALSE(contest) << file.path();
    ++refused;
  }
  EXPECT_EQ(refused, 18);
  for (const auto& file : std::filesystem::directory_iterator(test::shared + "formats/blt-format/should-pass")) {
    const auto contest = read_blt(test::read_file(file.path()), BltDialect::strict);
    EXPECT_TRUE(contest) << file.path() << ": " << contest.error().message;
  }
}

TEST(Blt, EveryRealFile) {
  NEED_SHARED();
  int files = 0;
  for (const auto& file : std::filesystem::directory_iterator(test::shared + "ballots")) {
    if (file.path().extension() != ".blt") continue;
    const auto contest = read_blt(test::read_file(file.path()));
    ASSERT_TRUE(contest) << file.path() << ": " << contest.error().message;
    const auto again = read_blt(write_blt(*contest));
    ASSERT_TRUE(again) << file.path() << ": " << again.error().message;
    EXPECT_EQ(again->papers, contest->papers) << file.path();
    EXPECT_EQ(again->withdrawn, contest->withdrawn);
    ++files;
  }
  EXPECT_EQ(files, 42);
}

RC_GTEST_PROP(Blt, WrittenIsReadTheSame, ()) {
  Contest contest;
  const auto candidates = *rc::gen::inRange<std::size_t>(1, 12);
  contest.seats = *rc::gen::inRange<std::size_t>(1, 5);
  contest.title = "A contest";
  for (std::size_t i = 0; i < candidates; ++i) contest.candidates.push_back(fmt::format("Candidate {}", i));
  const auto papers = *rc::gen::inRange<std::size_t>(0, 20);
  for (std::size_t i = 0; i < papers; ++i) {
    std::vector<Mark> marks;
    std::uint16_t rank = 1;
    const std::vector<Candidate> order = test::any_ranking(candidates);
    for (const Candidate candidate : order) {
      marks.push_back({candidate, rank});
      rank = static_cast<std::uint16_t>(rank + *rc::gen::inRange(0, 3));
    }
    contest.papers.add(marks, *rc::gen::inRange(1, 1000));
  }
  const auto again = read_blt(write_blt(contest));
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->papers == contest.papers);
  RC_ASSERT(again->candidates == contest.candidates);
}

}  // namespace
}  // namespace folkmoot::count
