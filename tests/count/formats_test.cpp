#include "count/format/format.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "base/json.hpp"
#include "count/count.hpp"
#include "count/format/blt.hpp"
#include "count/pairwise.hpp"
#include "count/shared.hpp"

namespace folkmoot::count {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

template <class T>
std::string error_of(const Result<T>& result) {
  return result ? "no error" : result.error().message;
}

std::vector<Mark> marks(const Contest& contest, std::size_t entry) {
  const std::span<const Mark> all = contest.papers.marks(entry);
  return {all.begin(), all.end()};
}

TEST(Formats, Preflib) {
  const auto contest = read_preflib(
      "# TITLE: T\n# DATA TYPE: toi\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n"
      "# ALTERNATIVE NAME 3: C\n5: 3,{1,2}\n2: 2\n");
  ASSERT_TRUE(contest) << contest.error().message;
  EXPECT_THAT(contest->candidates, ElementsAre("A", "B", "C"));
  EXPECT_THAT(marks(*contest, 0), ElementsAre(Mark{2, 1}, Mark{0, 2}, Mark{1, 2}));
  EXPECT_EQ(contest->papers.total(), 7);
  EXPECT_EQ(error_of(read_preflib("# ALTERNATIVE NAME 1: A\n5: 2\n")),
            "line 2, column 4: expected the number of an alternative from 1 to 1, found 2");
  EXPECT_EQ(error_of(read_preflib("# ALTERNATIVE NAME 1: A\n5: {1\n")),
            "line 2, column 6: expected a comma or }, found the end of the line");
  EXPECT_EQ(error_of(read_preflib("# ALTERNATIVE NAME 2: A\n")),
            "line 1, column 1: expected the name of alternative 1");
}

TEST(Formats, Cef) {
  const auto contest = read_cef(
      "#/Candidates: A ; B;C\n#/Number of Seats: 2\n#/Weight Allowed: true\n\n"
      "x, y || A > B = C ^ 3 * 4 # a comment\n/EMPTY_RANKING/\nC\n");
  ASSERT_TRUE(contest) << contest.error().message;
  EXPECT_EQ(contest->seats, 2U);
  EXPECT_THAT(marks(*contest, 0), ElementsAre(Mark{0, 1}, Mark{1, 2}, Mark{2, 2}));
  EXPECT_EQ(contest->papers.weight(0), 12);
  EXPECT_TRUE(contest->papers.marks(1).empty());
  EXPECT_EQ(error_of(read_cef("#/Candidates: A\nB * 2\n")), "line 2, column 1: “B” is not one of the candidates");
  EXPECT_EQ(error_of(read_cef("A * x\n")), "line 1, column 1: expected a number after *");
}

TEST(Formats, Abif) {
  const auto ranked = read_abif("{title: \"T\"}\n=a:[Ann A]\n# c\n3:a>b=[Cy C]\n2:b\n");
  ASSERT_TRUE(ranked) << ranked.error().message;
  EXPECT_EQ(ranked->title, "T");
  EXPECT_THAT(ranked->candidates, ElementsAre("Ann A", "b", "Cy C"));
  EXPECT_THAT(marks(*ranked, 0), ElementsAre(Mark{0, 1}, Mark{1, 2}, Mark{2, 2}));
  const auto rated = read_abif("{max_rating: 5}\n{min_rating: 0}\n3:a/5,b/0\n1:b/4\n");
  ASSERT_TRUE(rated) << rated.error().message;
  EXPECT_EQ(rated->grades.front(), "5");
  EXPECT_EQ(rated->grades.size(), 6U);
  EXPECT_THAT(marks(*rated, 0), ElementsAre(Mark{0, 1}, Mark{1, 6}));
  EXPECT_THAT(marks(*rated, 1), ElementsAre(Mark{1, 2}));
  EXPECT_EQ(error_of(read_abif("3:a/5>b\n")), "line 1, column 1: some candidates are rated and others not");
  EXPECT_THAT(error_of(read_abif("x:a\n")), HasSubstr("line 1, column 1: expected a number of papers"));
}

TEST(Formats, Csv) {
  const auto ranks = read_rank_csv("count,rank1,rank2,rank3\n3,\"Ann, A\",undervote,Ben\n1,overvote,Ben,Ben\n");
  ASSERT_TRUE(ranks) << ranks.error().message;
  EXPECT_THAT(ranks->candidates, ElementsAre("Ann, A", "Ben"));
  EXPECT_THAT(marks(*ranks, 0), ElementsAre(Mark{0, 1}, Mark{1, 3}));
  EXPECT_THAT(marks(*ranks, 1), ElementsAre(Mark{overvote, 1}, Mark{1, 2}, Mark{1, 3}));
  const auto ballots = read_ballot_csv("ID,Ann,Ben\n7,2,1\n8,,\n", {});
  ASSERT_TRUE(ballots) << ballots.error().message;
  EXPECT_THAT(marks(*ballots, 0), ElementsAre(Mark{1, 1}, Mark{0, 2}));
  EXPECT_EQ(error_of(read_ballot_csv("ID,Ann\n7,x\n", {})), "line 2, field 2: expected a rank, or nothing");
  EXPECT_EQ(error_of(read_rank_csv("count,rank1\n\"3,A\n")), "line 2: a quotation mark that is never closed");
  const auto grades = read_grade_csv(",Ann,Ben\n1,0,3\n2,3,\n", {.best = 3, .worst = 1});
  ASSERT_TRUE(grades) << grades.error().message;
  EXPECT_THAT(grades->grades, ElementsAre("3", "2", "1"));
  EXPECT_THAT(marks(*grades, 0), ElementsAre(Mark{1, 1}));
}

// Whatever the format, a name, title or grade that would not print is refused, and the message says where.
TEST(Formats, NamesPrint) {
  const std::string_view why = "a name must be UTF-8, without control characters";
  const std::string bell = "\a";
  const std::string c1 = "\xC2\x9B";
  const auto refused = [&](Format format, const std::string& text, std::string_view where) {
    EXPECT_EQ(error_of(read_contest(format, text)), fmt::format("{}: {}", where, why)) << name_of(format);
  };
  refused(Format::blt, "1 1\n0\n\"A" + bell + "\"\n\"T\"\n", "line 3, column 1");
  refused(Format::blt, "1 1\n0\n\"A\"\n\"T" + c1 + "\"\n", "line 4, column 1");
  refused(Format::blt, "1 1\n0\n\"\xff\"\n\"T\"\n", "line 3, column 1");
  refused(Format::preflib, "# ALTERNATIVE NAME 1: A" + bell + "\n1: 1\n", "line 1, column 1");
  refused(Format::preflib, "# TITLE: T" + bell + "\n# ALTERNATIVE NAME 1: A\n1: 1\n", "line 1, column 1");
  refused(Format::preflib, "# ALTERNATIVE NAME 1: A\n# CATEGORY NAME 1: " + c1 + "\n1: 1\n", "line 2, column 1");
  refused(Format::abif, "=a:[A" + bell + "]\n1:a\n", "line 1, column 2");
  refused(Format::abif, "1:a\n2:b" + c1 + "\n", "line 2, column 3");
  refused(Format::abif, "{title: \"T" + bell + "\"}\n1:a\n", "line 1, column 1");
  refused(Format::cef, "#/Candidates: A;B" + bell + "\nA\n", "line 1, column 1");
  refused(Format::cef, "A > B" + c1 + "\n", "line 1, column 1");
  refused(Format::debian, "Option 1--->: A" + bell + "\nV: 1  x\n", "line 1, column 1");
  refused(Format::rank_csv, "count,rank1\n1,A" + bell + "\n", "line 2, field 2");
  refused(Format::ballot_csv, "ID,A,B" + c1 + "\n1,1,2\n", "line 1, field 3");
  refused(Format::grade_csv, ",A,\"B\nC\"\n1,1,2\n", "line 1, field 3");
  const auto report = [](const std::string& name, const std::string& title) {
    return R"({"CVR":[],"Election":[{"Candidate":[{"@id":"c","Name":")" + name +
           R"("}],"Contest":[{"@id":"k","Name":")" + title +
           R"(","ContestSelection":[{"@id":"s","CandidateIds":["c"]}]}]}]})";
  };
  refused(Format::cdf, report("A\\u0007", "T"), "Election");
  refused(Format::cdf, report("A", "T\\u009b"), "Election: Name");
  ASSERT_TRUE(read_contest(Format::cdf, report("A", "T"))) << "the file is good but for the names";
}

// Two files of one vote, in two formats, hold the same papers.
TEST(Formats, AgreeWithEachOther) {
  NEED_SHARED();
  const auto pairs_of = [](const Result<Contest>& contest) { return Pairwise(*contest).matrix(); };
  const std::string formats = test::shared + "formats/";
  const std::string ballots = test::shared + "ballots/";
  const auto soi = read_preflib(test::read_file(formats + "preflib/00001-00000002.soi"));
  const auto blt = read_blt(test::read_file(ballots + "dail2002_dublinwest.blt"));
  ASSERT_TRUE(soi && blt);
  const auto papers_of = [](const Contest& contest) {  // in whatever order
    std::multiset<std::pair<std::int64_t, std::vector<Candidate>>> papers;
    const Rankings rankings(contest);
    for (std::size_t entry = 0; entry < rankings.size(); ++entry) {
      const auto preferences = rankings.preferences(entry);
      papers.emplace(rankings.weight(entry), std::vector<Candidate>(preferences.begin(), preferences.end()));
    }
    return papers;
  };
  EXPECT_TRUE(papers_of(*soi) == papers_of(*blt));
  for (const auto& [sheet, votes] : {std::pair("debian_tally/D06.debian_votes", "debian_dpl_2006.cvotes"),
                                     std::pair("debian_tally/D22.debian_votes", "debian_dpl_2022.cvotes")}) {
    const auto tally = read_debian(test::read_file(formats + sheet));
    const auto cef = read_cef(test::read_file(ballots + votes));
    ASSERT_TRUE(tally) << tally.error().message;
    ASSERT_TRUE(cef) << cef.error().message;
    EXPECT_EQ(pairs_of(tally), pairs_of(cef)) << sheet;
  }
}

// What is written reads the same.
TEST(Formats, RoundTrips) {
  NEED_SHARED();
  for (const char* name : {"ers_a53.blt", "droop_meek_eq1.blt", "glasgow07_linn.blt"}) {
    const auto contest = read_blt(test::read_file(test::shared + "ballots/" + name));
    ASSERT_TRUE(contest) << contest.error().message;
    const auto preflib = read_preflib(write_preflib(*contest));
    const auto abif = read_abif(write_abif(*contest));
    const auto cdf = read_cdf(write_cdf(*contest));
    ASSERT_TRUE(preflib) << preflib.error().message;
    ASSERT_TRUE(abif) << abif.error().message;
    ASSERT_TRUE(cdf) << cdf.error().message;
    EXPECT_EQ(preflib->papers, contest->papers);
    EXPECT_EQ(abif->papers, contest->papers);
    EXPECT_EQ(cdf->papers.total(), contest->papers.total());
    EXPECT_EQ(Pairwise(*cdf).matrix(), Pairwise(*contest).matrix());
    EXPECT_EQ(cdf->candidates, contest->candidates);
  }
  const auto graded = read_preflib(test::read_file(test::shared + "ballots/approval2002_orsay1.cat"));
  ASSERT_TRUE(graded) << graded.error().message;
  const auto again = read_preflib(write_preflib(*graded));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->papers, graded->papers);
  EXPECT_EQ(again->grades, graded->grades);
}

TEST(Formats, RctabSummaryIsJson) {
  Contest contest;
  contest.title = "A \"contest\"";
  contest.candidates = {"A", "B", "C"};
  contest.seats = 1;
  contest.papers.add_ranking(std::vector<Candidate>{0}, 5);
  contest.papers.add_ranking(std::vector<Candidate>{1}, 4);
  contest.papers.add_ranking(std::vector<Candidate>{2, 1}, 3);
  const auto transcript = count("rcv-us", contest, {});
  ASSERT_TRUE(transcript) << transcript.error().message;
  EXPECT_EQ(write_rctab_summary(*transcript),
            R"({"config":{"contest":"A \"contest\""},"jsonFormatVersion":"1","results":[{"inactiveBallots":)"
            R"({"exhaustedChoices":"0"},"round":1,"tally":{"A":"5","B":"4","C":"3"},"tallyResults":[{"eliminated":"C",)"
            R"("transfers":{"B":"3"}}],"threshold":"7"},{"inactiveBallots":{"exhaustedChoices":"0"},"round":2,)"
            R"("tally":{"A":"5","B":"7"},"tallyResults":[{"elected":"B","transfers":{}}],"threshold":"7"}],)"
            R"("summary":{"numCandidates":3,"numWinners":1,"totalNumBallots":"12"}})");
}

TEST(Formats, Guessed) {
  EXPECT_EQ(guess_format("a.blt", ""), Format::blt);
  EXPECT_EQ(guess_format("a.soi", ""), Format::preflib);
  EXPECT_EQ(guess_format("a.csv", "count,rank1\n"), Format::rank_csv);
  EXPECT_EQ(guess_format("a", "{\"@type\": \"CVR.CastVoteRecordReport\"}"), Format::cdf);
  EXPECT_EQ(guess_format("a", "hello"), std::nullopt);
  EXPECT_EQ(format_called("grade-csv"), Format::grade_csv);
}

TEST(Formats, TextsThatAreNotUtf8AreWindows1252) {
  EXPECT_EQ(read_contest(Format::ballot_csv, "\xb5")->candidates, std::vector<std::string>{"µ"});
}

}  // namespace
}  // namespace folkmoot::count
