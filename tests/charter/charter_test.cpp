// Reading and checking charters: the examples are good, and each thing wrong with one is named with its line.
#include "charter/charter.hpp"

#include <gtest/gtest.h>

#include "charter/organisation.hpp"
#include "charter/time.hpp"

namespace folkmoot::charter {

using test::example_charter;
namespace {

// The problems of an example charter after one edit, as text; the edit must find its place.
std::string problems_after(const std::string& name, const std::string& from, const std::string& to) {
  std::string text = example_charter(name);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  const auto charter = read_charter(text);
  return charter ? "" : describe(charter.error());
}

// The number of the line on which that text begins in the example.
std::size_t line_of(const std::string& name, const std::string& part) {
  const std::string text = example_charter(name);
  return static_cast<std::size_t>(
             std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(part)), '\n')) +
         1;
}

TEST(Charter, ExamplesAreGood) {
  for (const char* name : {"campaign", "union", "cooperative"}) {
    const auto charter = read_charter(example_charter(name));
    EXPECT_TRUE(charter) << name << '\n' << describe(charter.error());
  }
}

TEST(Charter, UnknownKeysAreErrorsWithTheirLine) {
  const std::string problems = problems_after("cooperative", "seconders = 1", "secondres = 1");
  EXPECT_EQ(problems, fmt::format("line {}: motions.ordinary.secondres: is no rule that a charter knows\n",
                                  line_of("cooperative", "seconders = 1")));
}

struct Wrong {
  const char* from;
  const char* to;
  const char* message;
};

TEST(Charter, WhatCannotWorkIsNamed) {
  const Wrong wrongs[] = {
      {"above = \"meeting\"\nsecretary = \"secretary\"", "above = \"committee\"\nsecretary = \"secretary\"",
       "organs.committee.above: \"committee\" would be above itself: a circle of authority"},
      {"seats = 2\ncontest = \"yearly\"\nterm = \"1 year\"",
       "seats = 2\nappointed_by = \"committee\"\nterm = \"1 year\"", ""},  // 3 of 5 are still elected
      {"seats = 2\ncontest = \"yearly\"\nterm = \"1 year\"",
       "seats = 3\nappointed_by = \"committee\"\nterm = \"1 year\"",
       "organs.committee.composition[0].share: 3 of 6 seats are elected by \"members\", and 4 are needed"},
      {"contest = \"yearly\"\nterm = \"1 year\"\nmax_terms", "contest = \"weekly\"\nterm = \"1 year\"\nmax_terms",
       "posts.chair.contest: there is no contest \"weekly\""},
      {"majority = \"2/3\"", "majority = \"1/3\"",
       "motions.rules.majority: must be \"majority\" or a share above one half"},
      {"majority = \"2/3\"", "majority = \"1/2\"", "motions.rules.majority: must be"},
      {"changes_charter = true", "changes_charter = false", "motions: none changes the charter"},
      {"quorum = 2", "quorum = 9", "organs.appeals.quorum: 9 of 3 seats can never be met"},
      {"panel_size = 3", "panel_size = 7", "discipline.panel_size: 7 of the 5 seats"},
      {"appeals = \"appeals\"\nnotice", "appeals = \"committee\"\nnotice", "nobody hears appeals against themselves"},
      {"roll = [\"secretary\"]", "roll = [\"returning-officer\"]", "may not be the only one that keeps the roll"},
      {"roll = [\"secretary\"]", "roll = []", "duties.roll: no post has this duty"},
      {"\"secretary\", \"treasurer\"]", "]", "privileged: needs two posts or more"},
      {"amendments = \"7 days\"", "amendments = \"30 days\"", "motions.rules.amendments: end after the debate"},
      {"threshold = \"1/10\"", "threshold = \"11/10\"", "petitions.members.threshold: \"11/10\" is neither"},
      {"term = \"2 years\"", "term = \"two years\"", "is not a length of time"},
      {"triggers = \"motion\"", "triggers = \"sit-in\"", "petitions.members.triggers: expected one of motion, recall"},
      {"trustees = 2", "trustees = 1", "elections.threshold: more than there are trustees"},
      {"[elections]", "[electoins]", "is no rule that a charter knows"},
      {"name = ", "name == ", "line 2: "},
  };
  for (const Wrong& wrong : wrongs) {
    const std::string problems = problems_after("cooperative", wrong.from, wrong.to);
    if (*wrong.message == '\0') {
      EXPECT_EQ(problems, "") << wrong.to;
    } else {
      EXPECT_NE(problems.find(wrong.message), std::string::npos) << wrong.to << '\n' << problems;
    }
  }
}

// Two organs that fill each other would be filled by nobody.
TEST(Charter, OrgansMustBeFillable) {
  const std::string problems =
      problems_after("campaign", "[electorates.members]\nof = \"members\"\nmember_for = \"30 days\"",
                     "[electorates.members]\nof = \"coordinating\"");
  EXPECT_NE(problems.find("organs.coordinating: cannot be filled"), std::string::npos) << problems;
}

TEST(Charter, HostileTextsAreRefused) {
  EXPECT_FALSE(read_charter(""));
  EXPECT_FALSE(read_charter("\xff"));
  EXPECT_FALSE(read_charter("[\n"));          // at which the library asserts
  EXPECT_FALSE(read_charter("V\u00ad = 1"));  // which it calls unreachable
  EXPECT_FALSE(read_charter(std::string(longest_charter + 1, '#')));
  std::string deep = "a";
  for (int i = 0; i < 10'000; ++i) deep += ".a";
  EXPECT_FALSE(read_charter(deep + " = 1"));
  EXPECT_FALSE(read_charter("a = " + std::string(5000, '[')));
}

TEST(Time, ReadsOneForm) {
  EXPECT_EQ(text(*read_time("2026-03-01T12:00:00Z")), "2026-03-01T12:00:00Z");
  EXPECT_EQ(text(*read_time("2024-02-29T23:59:59Z")), "2024-02-29T23:59:59Z");
  for (const char* wrong : {"", "2026-02-29T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T12:00:60Z",
                            "2026-03-01 12:00:00Z", "2026-03-01T12:00:00+", "1969-12-31T23:59:59Z",
                            "2026-+3-01T12:00:00Z", "2026-13-01T12:00:00Z", "2026-03-00T12:00:00Z"}) {
    EXPECT_FALSE(read_time(wrong)) << wrong;
  }
}

TEST(Time, LengthsHaveUnits) {
  EXPECT_EQ(read_length("14 days")->seconds, 14 * 86'400);
  EXPECT_EQ(text(*read_length("14 days")), "2 weeks");
  EXPECT_EQ(text(*read_length("1 hour")), "1 hour");
  EXPECT_EQ(read_length("none")->seconds, 0);
  for (const char* wrong : {"", "14", "days", "-1 days", "14days", "101 years", "1 month", " 1 day", "1  day"}) {
    EXPECT_FALSE(read_length(wrong)) << wrong;
  }
}

TEST(Threshold, NumbersAndShares) {
  EXPECT_TRUE(read_threshold("majority")->met(15, 28));
  EXPECT_FALSE(read_threshold("majority")->met(14, 28));
  EXPECT_EQ(read_threshold("majority")->needed(28), 15);
  EXPECT_EQ(read_threshold("2/3")->needed(10), 7);
  EXPECT_EQ(read_threshold("5%")->needed(101), 6);
  EXPECT_EQ(read_threshold("500")->needed(3), 500);
  EXPECT_EQ(read_threshold("5%")->needed(0), 1);
  for (const char* wrong : {"", "0", "0%", "101%", "3/2", "1/0", "1/1001", "-1", "1/2/3", "/2", "%"}) {
    EXPECT_FALSE(read_threshold(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace folkmoot::charter
