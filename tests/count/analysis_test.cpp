#include "count/analysis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/json.hpp"
#include "count/format/blt.hpp"
#include "count/render/html.hpp"
#include "count/render/text.hpp"
#include "count/shared.hpp"

namespace folkmoot::count {
namespace {

using testing::HasSubstr;
using testing::Not;

// Six candidates, two seats; invented.
Contest club() {
  const auto contest = read_blt(
      "5 2\n20 1 2 0\n15 2 3 0\n9 3 0\n8 4 3 0\n4 5 4 0\n0\n\"Ada\"\n\"Ben\"\n\"Cem\"\n\"Dora\"\n\"Eli <b>\"\n\"The "
      "club\"\n");
  return *contest;
}

Options with_lots() {
  Options options;
  options.lots = test::first_lot();
  return options;
}

TEST(Explain, SaysWhatDecidedAndWhatWasMissing) {
  const Contest contest = club();
  const auto text = explain("scottish-2011", contest, with_lots(), 3);
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_THAT(*text, HasSubstr("Dora began with 8.00000 votes; the quota was 19.00000."));
  EXPECT_THAT(*text, HasSubstr("Dora was excluded after stage"));
  EXPECT_THAT(*text, HasSubstr("[r.51(1)]"));
  EXPECT_THAT(*text, HasSubstr("would have put off this exclusion"));
  const auto winner = explain("scottish-2011", contest, with_lots(), 0);
  EXPECT_THAT(*winner, HasSubstr("Ada was elected at stage 1: has the quota [r.48(1)]."));
}

// The number of papers that explain names does put the exclusion off, and one fewer doesn't.
TEST(Explain, TheNumberIsTheSmallest) {
  const Contest contest = club();
  for (const char* rule : {"scottish-2011", "ers97", "meek-prf", "av-optional"}) {
    Options options = with_lots();
    if (std::string(rule) == "av-optional") options.seats = 1;
    const auto before = count(rule, contest, options);
    ASSERT_TRUE(before) << before.error().message;
    std::size_t stage = 0;
    for (std::size_t i = 0; i < before->stages.size(); ++i)
      for (const Event& event : before->stages[i].events)
        if (event.kind == Event::Kind::excluded && event.candidates.front() == 4) stage = i + 1;
    ASSERT_GT(stage, 0U) << rule;
    const auto text = explain(rule, contest, options, 4);
    ASSERT_TRUE(text) << text.error().message;
    const std::size_t at = text->find(" more paper");
    ASSERT_NE(at, std::string::npos) << *text;
    const std::int64_t needed = std::stol(text->substr(text->rfind('\n', at) + 1));
    for (const std::int64_t papers : {needed - 1, needed}) {
      Contest more = contest;
      if (papers > 0) more.papers.add_ranking(std::vector<Candidate>{4}, papers);
      const auto after = count(rule, more, options);
      ASSERT_TRUE(after) << after.error().message;
      bool excluded = false;
      for (std::size_t i = 0; i < std::min(stage, after->stages.size()); ++i)
        for (const Event& event : after->stages[i].events)
          excluded = excluded ||
                     (event.kind == Event::Kind::excluded && std::ranges::count(event.candidates, Candidate{4}) > 0);
      EXPECT_EQ(excluded, papers < needed) << rule << " with " << papers;
    }
  }
}

TEST(Compare, ShowsWhoDiffers) {
  NEED_SHARED();
  const auto contest = read_blt(test::read_file(test::shared + "ballots/ers_a53.blt"));
  const std::string table = to_table(compare({"ers97", "meek-nz", "warren", "av"}, *contest, with_lots()));
  EXPECT_EQ(table,
            "ers97    10, 1, 7 and 2\n"
            "meek-nz  10, 1, 7 and 4  (4 instead of 2)\n"
            "warren   10, 1, 7 and 6  (6 instead of 2)\n"
            "av       – av elects one candidate, not 4\n");
}

TEST(Trail, FollowsOnePaper) {
  const Contest contest = club();
  const auto text = trail("scottish-2011", contest, with_lots(), 53);  // one of the last four
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_THAT(*text, HasSubstr("Paper 53: 1. Eli <b>, 2. Dora\n"));
  EXPECT_THAT(*text, HasSubstr("  stage 1, First preferences: 1 for Eli <b>\n"));
  EXPECT_THAT(*text, HasSubstr("Exclusion of Eli <b>: 1 for Dora"));
  const auto shares = trail("meek-prf", contest, with_lots(), 1);
  ASSERT_TRUE(shares) << shares.error().message;
  EXPECT_THAT(*shares, HasSubstr("for Ada"));
  EXPECT_THAT(*shares, HasSubstr("for Ben"));
  EXPECT_EQ(trail("scottish-2011", contest, with_lots(), 57).error().message, "there is no paper 57: there are 56");
  EXPECT_EQ(trail("schulze", contest, with_lots(), 1).error().message,
            "schulze does not move papers that can be followed");
}

TEST(Vacancy, Recount) {
  const Contest contest = club();
  const auto again = fill_vacancy(Vacancy::recount, "scottish-2011", contest, 0, {}, with_lots());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->winners.size(), 1U);
  const auto only_eli = fill_vacancy(Vacancy::recount_kept, "scottish-2011", contest, 0, {4}, with_lots());
  ASSERT_TRUE(only_eli) << only_eli.error().message;
  EXPECT_EQ(only_eli->winners, (std::vector<Candidate>{4}));
  EXPECT_EQ(fill_vacancy(Vacancy::recount, "scottish-2011", contest, 4, {}, with_lots()).error().message,
            "Eli <b> was not elected");
}

TEST(Constraints, ExplainedBeforeTheCount) {
  const Contest contest = club();
  Options options = with_lots();
  options.constraints = {{"women", {0}, 2}};
  EXPECT_EQ(count("scottish-2011", contest, options).error().message,
            "“at least 2 of women” can’t be kept: 1 of the group stand for 2 seats, and 4 others");
  options.constraints = {{"women", {0, 3}, 2}, {"members of the board", {0, 1, 3}, 0, 1}};
  EXPECT_EQ(count("meek-nz", contest, options).error().message,
            "“at least 2 of women” and “at most 1 of members of the board” can’t both be kept among 2 seats");
  options.constraints = {{"women", {3}, 1}};
  EXPECT_EQ(count("senate-2016", contest, options).error().message,
            "senate-2016 can’t keep constraints by guarding and dooming: count with recounts instead");
  const auto recounted = count_with_recounts("senate-2016", contest, options);
  ASSERT_TRUE(recounted) << recounted.error().message;
  EXPECT_EQ(recounted->winners, (std::vector<Candidate>{0, 3}));
}

// A default option with a quorum and a majority, as Debian has them.
TEST(Schulze, DefaultOption) {
  const auto contest = read_blt("3 1\n5 1 3 2 0\n4 2 3 1 0\n0\n\"A\"\n\"B\"\n\"None\"\n\"T\"\n");
  Options options = with_lots();
  EXPECT_EQ(count("schulze", *contest, options)->winners, (std::vector<Candidate>{0}));
  options.default_option = {.name = "None", .quorum = 6};
  EXPECT_EQ(count("schulze", *contest, options)->winners, (std::vector<Candidate>{2}));
  options.default_option = {.name = "None", .quorum = 1, .majority = 3};
  EXPECT_EQ(count("schulze", *contest, options)->winners, (std::vector<Candidate>{2}));
  options.default_option = {.name = "Nobody"};
  EXPECT_EQ(count("schulze", *contest, options).error().message, "the default option “Nobody” does not stand");
}

TEST(Render, EscapesWhatComesFromTheFile) {
  const auto transcript = count("scottish-2011", club(), with_lots());
  ASSERT_TRUE(transcript) << transcript.error().message;
  const std::string html = to_html(*transcript);
  EXPECT_THAT(html, HasSubstr("Eli &lt;b&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("Eli <b>")));
  EXPECT_THAT(html, HasSubstr("<svg"));
  EXPECT_THAT(to_sankey(*transcript), HasSubstr("</svg>"));
  const std::string sheet = to_result_sheet(*transcript);
  EXPECT_THAT(sheet, HasSubstr("\"Ada\",20.00000"));
  EXPECT_THAT(sheet, HasSubstr("\"Totals\",56.00000"));
  EXPECT_THAT(to_table(*transcript), HasSubstr("Elected: Ada and Ben"));
}

// The transfers that make up one exclusion are one column and, between the same two, one band.
TEST(Render, PictureOfTheFlow) {
  Transcript transcript;
  transcript.title = "A & B";
  transcript.candidates = {"Ada", "Maximiliane Łukasiewicz-Ångström", "Cem"};
  transcript.papers = 100;
  transcript.places = 0;
  transcript.winners = {0};
  const auto add = [&](Stage::Kind kind, bool part, std::vector<Candidate> from, std::vector<Rational> votes,
                       std::vector<Transfer> transfers) {
    Stage& stage = transcript.stages.emplace_back();
    stage.kind = kind;
    stage.part = part;
    stage.from = std::move(from);
    stage.votes = std::move(votes);
    stage.transfers = std::move(transfers);
  };
  add(Stage::Kind::first, false, {}, {50, 30, 20}, {{nobody, 0, 50, 50}});
  add(Stage::Kind::exclusion, true, {2}, {55, 32, 13}, {{2, 0, 5, 5}, {2, 1, 2, 2}});
  add(Stage::Kind::exclusion, false, {2}, {61, 34, 0}, {{2, 0, 6, 6}, {2, 1, 2, 2}, {2, nobody, 5, 5}});
  transcript.stages.back().nontransferable = 5;
  const std::string svg = to_sankey(transcript);
  EXPECT_THAT(svg, HasSubstr("aria-label=\"The flow of votes: A &amp; B\""));
  EXPECT_THAT(svg, HasSubstr("<title>Exclusion of Cem</title>"));
  EXPECT_THAT(svg, HasSubstr(">Exclusion of</text>"));
  EXPECT_THAT(svg, HasSubstr(">Cem</text>"));
  EXPECT_THAT(svg, HasSubstr("font-weight=\"700\">3</text>")) << "the stage's number in the transcript";
  EXPECT_THAT(svg, Not(HasSubstr("font-weight=\"700\">2</text>")));
  EXPECT_THAT(svg, HasSubstr("<title>Cem → Ada: 11</title>"));
  EXPECT_THAT(svg, HasSubstr("<title>Cem → Not transferable: 5</title>"));
  EXPECT_THAT(svg, HasSubstr("font-weight=\"700\">Ada 61</text>"));
  EXPECT_THAT(svg, HasSubstr("\"end\">Maximiliane Łukasiewicz-Ån… 30</text>"));
  EXPECT_THAT(svg, Not(HasSubstr("\"start\">Cem")));
  transcript.stages.clear();
  EXPECT_EQ(to_sankey(transcript), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
}

// A surplus is said to be passed on, with the paragraph, by every rule that does so: in the stage in which it moves,
// or, where a round ends with what it decides, in the one before.
TEST(Transcript, SurplusesHaveTheirParagraph) {
  std::set<std::string_view> passing;
  for (const Rule* rule : rules()) {
    const auto transcript = count(rule->name, club(), with_lots());
    if (!transcript) continue;
    std::set<Candidate> said;
    for (const Stage& stage : transcript->stages) {
      for (const Event& event : stage.events) {
        if (event.kind != Event::Kind::surplus) continue;
        EXPECT_NE(event.paragraph, "") << rule->name;
        said.insert(event.candidates.begin(), event.candidates.end());
      }
      if (stage.kind != Stage::Kind::surplus) continue;
      passing.insert(rule->name);
      for (const Transfer& transfer : stage.transfers) {
        if (transfer.from == nobody || transfer.votes == 0) continue;
        EXPECT_EQ(said.count(transfer.from), 1U) << rule->name;
      }
    }
  }
  EXPECT_GE(passing.size(), 18U);
  const auto scottish = count("scottish-2011", club(), with_lots());
  EXPECT_EQ(scottish->stages[1].events.front().reason, "1.00000 votes over the quota are passed on");
  EXPECT_EQ(scottish->stages[1].events.front().paragraph, "r.49(1)");
}

TEST(Render, JsonOfEveryRuleIsJson) {
  for (const Rule* rule : rules()) {
    Options options = with_lots();
    options.seats = 1;
    const auto transcript = count(rule->name, club(), options);
    ASSERT_TRUE(transcript) << rule->name << ": " << transcript.error().message;
    const auto document = json::Document::parse(to_json(*transcript));
    ASSERT_TRUE(document) << rule->name << ": " << document.error().message;
    EXPECT_EQ(*(*document->root().field("rule")).string(), rule->name);
    EXPECT_FALSE(to_html(*transcript).empty());
    EXPECT_FALSE(to_result_sheet(*transcript).empty());
  }
}

}  // namespace
}  // namespace folkmoot::count
