// What an election comes to by the charter; on records that are read already, without any cryptography.
#include "audit/poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "audit/book.hpp"
#include "count/lots.hpp"

namespace folkmoot::audit {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Numbers = std::vector<std::vector<std::uint64_t>>;

const std::string fingerprint = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0";  // SHA-256 of "abc"

Poll poll(const std::string& rule, std::int64_t places, const charter::Names& candidates) {
  Poll poll;
  poll.id = "election-9";
  poll.fingerprint = sha256_hex("abc");
  poll.electors = poll.weight = 10;
  poll.trustees = 3;
  poll.threshold = 2;
  poll.rule = rule;
  poll.places = places;
  poll.candidates = candidates;
  return poll;
}

record::Finished record_of(election::Question question, election::QuestionResult result, std::uint64_t tallied) {
  record::Finished finished;
  finished.fingerprint = fingerprint;
  finished.credentials = finished.credentials_weight = 10;
  finished.trustees = 3;
  finished.needed = 2;
  finished.tallied = finished.weight = tallied;
  finished.closing = sha256("the end of the voting");
  finished.questions.push_back(std::move(question));
  finished.result.questions.push_back(std::move(result));
  return finished;
}
record::Finished rankings(const std::vector<std::string>& answers, const Numbers& ballots) {
  return record_of({election::NonHomomorphicQuestion{answers, "Who?"}, {}}, ballots, ballots.size());
}
record::Finished totals(const std::vector<std::string>& answers, std::vector<std::uint64_t> totals,
                        std::uint64_t weight, std::int64_t max = 1, bool blank = false) {
  return record_of(
      {election::HomomorphicQuestion{answers, blank ? std::optional(true) : std::nullopt, 0, max, "Who?"}, {}},
      std::move(totals), weight);
}

template <class T>
std::string error_of(const Result<T>& result) {
  return result ? "" : result.error().message;
}
Outcome outcome(const Poll& of, const record::Finished& finished) {
  EXPECT_EQ(error_of(check_record(of, finished)), "");
  return ledger::test::need(count(of, finished));
}

TEST(Poll, RankingsAreCountedByTheChartersRule) {
  const Poll of = poll("av", 1, {"m-a", "m-b", "m-c"});
  const auto finished = rankings({"Ada", "Ben", "Cyd"}, {{1, 2, 0}, {1, 0, 0}, {0, 1, 2}, {0, 2, 1}, {0, 2, 1}});
  const Outcome found = outcome(of, finished);
  EXPECT_EQ(found.cast, 5);
  EXPECT_THAT(found.elected, ElementsAre("m-c"));  // with the next preference of who is excluded
  EXPECT_THAT(found.transcript, HasSubstr(R"("rule":"av")"));
  EXPECT_THAT(found.transcript, HasSubstr(R"("title":"Who?","seats":1,"candidates":["Ada","Ben","Cyd"])"));
  EXPECT_EQ(found.other_transcript, "");
  const charter::Body body = declaration(of, found, std::string(64, 'f'), "");
  EXPECT_EQ(json::to_text(body),
            fmt::format(R"({{"election":"election-9","record":"{}","transcript":"{}","cast":5,"elected":["m-c"]}})",
                        std::string(64, 'f'), sha256_hex(found.transcript)));
}

TEST(Poll, TheOrderOfBallotsInTheRecordMeansNothing) {
  Numbers ballots{{1, 2, 0}, {1, 0, 0}, {0, 1, 0}, {0, 2, 1}, {0, 2, 1}, {3, 1, 2}};
  const Poll of = poll("scottish-2011", 2, {"m-a", "m-b", "m-c"});
  const Outcome one = outcome(of, rankings({"Ada", "Ben", "Cyd"}, ballots));
  std::ranges::reverse(ballots);
  EXPECT_EQ(outcome(of, rankings({"Ada", "Ben", "Cyd"}, ballots)).transcript, one.transcript);
}

TEST(Poll, LotsAreDrawnFromTheEndOfTheVoting) {
  const Poll of = poll("plurality", 1, {"m-a", "m-b"});
  std::set<std::string> drawn;
  for (int i = 0; i < 20; ++i) {
    record::Finished finished = totals({"Ada", "Ben"}, {3, 3}, 6);
    finished.closing = sha256(fmt::format("ending {}", i));
    const Outcome found = outcome(of, finished);
    ASSERT_EQ(found.elected.size(), 1U);
    drawn.insert(found.elected.front());
    const std::vector<std::string> names{"Ada", "Ben"};
    const auto lot = count::seeded_lots(to_hex(finished.closing))({"election", names});
    EXPECT_EQ(found.elected.front(), of.candidates[ledger::test::need(lot).index]);
  }
  EXPECT_EQ(drawn.size(), 2U);
}

TEST(Poll, TotalsOfWeightedElectors) {
  Poll of = poll("block-vote", 2, {"m-a", "m-b", "m-c"});
  of.weight = 420;
  record::Finished finished = totals({"Ada", "Ben", "Cyd"}, {7, 300, 120, 120}, 420, 2, true);
  finished.credentials_weight = 420;
  finished.tallied = 2;
  const Outcome found = outcome(of, finished);
  EXPECT_EQ(found.cast, 2);
  EXPECT_EQ(found.elected.front(), "m-a");
  EXPECT_THAT(found.transcript, HasSubstr(R"("papers":413)"));  // all but the blank ones
}

TEST(Poll, ForAndAgainst) {
  Poll of = poll("", 0, {});
  of.yes_or_no = true;
  const Outcome found = outcome(of, totals({"Yes", "No"}, {1, 5, 3}, 9, 1, true));
  EXPECT_EQ(found.yes, 5);
  EXPECT_EQ(found.no, 3);
  EXPECT_EQ(found.transcript, R"({"question":"Who?","answers":["Yes","No"],"totals":[5,3],"weight":9})");
  EXPECT_THAT(json::to_text(declaration(of, found, std::string(64, '0'), "")),
              HasSubstr(R"("cast":9,"yes":5,"no":3})"));
}

// R32: a candidate who is struck stands no longer; the count is published as if that had not been, too.
TEST(Poll, BothWays) {
  const auto finished = rankings({"Ada", "Ben"}, {{1, 2}, {1, 0}, {0, 1}});
  Poll of = poll("av", 1, {"m-a", "m-b"});
  of.out = of.suspended = {"m-a"};
  const Outcome struck = outcome(of, finished);
  EXPECT_THAT(struck.elected, ElementsAre("m-b"));
  of.out.clear();  // where the rule lets candidates stay
  const Outcome stays = outcome(of, finished);
  EXPECT_THAT(stays.elected, ElementsAre("m-a"));
  EXPECT_EQ(struck.transcript, stays.other_transcript);
  EXPECT_EQ(struck.other_transcript, stays.transcript);
  EXPECT_NE(struck.transcript, stays.transcript);
  EXPECT_TRUE(declaration(of, stays, "", "").has("other_transcript"));
}

// Nobody is elected unopposed: the paper's last answer re-opens nominations.
TEST(Poll, AgainstReopening) {
  Poll of = poll("av", 1, {"m-a"});
  of.reopens = true;
  EXPECT_THAT(outcome(of, rankings({"Ada", "Re-open"}, {{1, 0}, {0, 1}, {0, 1}})).elected, ElementsAre());
  EXPECT_THAT(outcome(of, rankings({"Ada", "Re-open"}, {{1, 0}, {1, 2}, {0, 1}})).elected, ElementsAre("m-a"));
  of.places = 5;  // there is always one who is not elected
  of.rule = "scottish-2011";
  EXPECT_THAT(outcome(of, rankings({"Ada", "Re-open"}, {{1, 0}, {0, 1}, {0, 1}})).elected, ElementsAre());
  EXPECT_THAT(error_of(check_record(of, rankings({"Ada"}, {{1}}))), HasSubstr("1 candidates, and 2 stand"));
}

TEST(Poll, ARecordOfAnotherElectionIsRefused) {
  const Poll of = poll("plurality", 2, {"m-a", "m-b"});
  const record::Finished good = totals({"Ada", "Ben"}, {1, 2}, 3);
  ASSERT_EQ(error_of(check_record(of, good)), "");
  const auto error = [&](auto change) {
    record::Finished other = good;
    change(other);
    return error_of(check_record(of, other));
  };
  EXPECT_THAT(error([](auto& r) { r.fingerprint[0] = 'v'; }), HasSubstr("of another election"));
  EXPECT_THAT(error([](auto& r) { r.fingerprint = "no base64"; }), HasSubstr("fingerprint"));
  EXPECT_THAT(error([](auto& r) { r.credentials = 11; }), HasSubstr("11 credentials"));
  EXPECT_THAT(error([](auto& r) { r.credentials_weight = 11; }), HasSubstr("of weight 11"));
  EXPECT_THAT(error([](auto& r) { r.trustees = 2; }), HasSubstr("2 trustees"));
  EXPECT_THAT(error([](auto& r) { r.needed = 1; }), HasSubstr("the charter asks for 2"));
  EXPECT_THAT(error([](auto& r) { r.questions.push_back(r.questions.front()); }), HasSubstr("2 questions"));
  EXPECT_THAT(error_of(check_record(of, totals({"Ada", "Ben", "Cyd"}, {1, 2, 3}, 6))), HasSubstr("3 answers"));
  EXPECT_THAT(error_of(check_record(of, totals({"Ada", "Ben"}, {1, 2}, 3, 2))), HasSubstr("lets 2 answers"));
  Poll motion = of;
  motion.yes_or_no = true;
  EXPECT_THAT(error_of(check_record(motion, rankings({"Yes", "No"}, {}))), HasSubstr("not one of yes or no"));
}

TEST(Poll, ARuleThatIsUnknownCountsNothing) {
  const Poll of = poll("by-acclamation", 1, {"m-a", "m-b"});
  EXPECT_THAT(error_of(count(of, rankings({"Ada", "Ben"}, {{1, 2}}))), HasSubstr("no counting rule"));
}

TEST(Poll, TheExamplesCanBeCounted) {
  for (const char* name : {"campaign", "cooperative", "union"}) {
    std::string text = test::example_charter(name);
    const auto charter = charter::read_charter(text);
    ASSERT_TRUE(charter) << name << '\n' << charter::describe(charter.error());
    EXPECT_EQ(charter::describe(check_rules(*charter)), "") << name;
  }
}

TEST(Poll, ACharterThatCannotBeCountedIsNamed) {
  std::string text = test::example_charter("campaign");
  const auto replace = [&](const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  replace("rule = \"block-vote\"", "rule = \"scottish-2011\"");  // of the affiliates, who have weights
  replace("rule = \"scottish-2011\"", "rule = \"av\"");          // of the coordinating group, which has nine seats
  replace("rule = \"av\"", "rule = \"loudest\"");                // of the leader
  const auto charter = charter::read_charter(text);
  ASSERT_TRUE(charter) << charter::describe(charter.error());
  const std::string problems = charter::describe(check_rules(*charter));
  EXPECT_THAT(problems, HasSubstr(R"(contests.leader.rule: there is no counting rule "loudest")"));
  EXPECT_THAT(problems, HasSubstr(R"(contests.coordinating.rule: "av" elects one candidate, and 9 can be wanted)"));
  EXPECT_THAT(problems, HasSubstr("contests.affiliates.rule: \"scottish-2011\" ranks"));
}

}  // namespace
}  // namespace folkmoot::audit
