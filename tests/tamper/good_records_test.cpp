// The records that the other tests tamper with are good, and what a growing or compared record is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "record/archive.hpp"
#include "record/verify.hpp"
#include "tamper/sample.hpp"

namespace folkmoot::tamper {
namespace {

using record::CheckId;
using record::MemorySource;
using record::Report;
using record::Verdict;

Report verify(const std::string& bytes, const record::VerifyOptions& options = {}) {
  return record::verify(MemorySource(bytes), options);
}

class GoodRecord : public testing::TestWithParam<std::pair<Kind, GroupId>> {};

TEST_P(GoodRecord, IsValid) {
  const Report report = verify(sample(GetParam().first, GetParam().second).record);
  EXPECT_EQ(report.verdict(), Verdict::valid) << record::to_text(report);
  EXPECT_EQ(report.ballots, ballot_count);
  EXPECT_EQ(report.tallied, ballot_count - 1);
}

INSTANTIATE_TEST_SUITE_P(
    Each, GoodRecord,
    testing::Values(std::pair(Kind::choice, GroupId::ed25519), std::pair(Kind::weighted, GroupId::ed25519),
                    std::pair(Kind::lists, GroupId::ed25519), std::pair(Kind::ranking, GroupId::ed25519),
                    std::pair(Kind::threshold, GroupId::ed25519), std::pair(Kind::choice, GroupId::belenios2048),
                    std::pair(Kind::weighted, GroupId::belenios2048), std::pair(Kind::threshold, GroupId::belenios2048),
                    std::pair(Kind::ranking, GroupId::rfc3526)),
    [](const auto& test) { return fmt::format("{}_{}", name(test.param.first), name(test.param.second)); });

// Where each step of the record ends.
std::vector<std::uint64_t> ends_of_steps(const std::string& bytes) {
  const MemorySource source(bytes);
  auto reader = record::Reader::open(source).value();
  std::vector<std::uint64_t> ends;
  while (const auto step = reader.next().value()) ends.push_back(step->end());
  return ends;
}

TEST(GrowingRecord, IsIncompleteAfterEachStepButTheLast) {
  for (const Kind kind : {Kind::choice, Kind::ranking, Kind::threshold}) {
    const std::string& bytes = sample(kind).record;
    const auto ends = ends_of_steps(bytes);
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const Report report = verify(bytes.substr(0, ends[i]));
      EXPECT_EQ(report.verdict(), i + 1 < ends.size() ? Verdict::incomplete : Verdict::valid)
          << i << record::to_text(report);
      EXPECT_EQ(report.ballots, std::min(i, ballot_count));
    }
  }
}

TEST(GrowingRecord, HasAllOfItsEarlierCopies) {
  const std::string& bytes = sample(Kind::choice).record;
  for (const std::uint64_t end : ends_of_steps(bytes)) {
    const std::string earlier = bytes.substr(0, end);
    const MemorySource source(earlier);
    record::VerifyOptions options;
    options.earlier = &source;
    const Report report = verify(bytes, options);
    EXPECT_EQ(report.verdict(), Verdict::valid);
    EXPECT_TRUE(report[CheckId::growth].passed());
    EXPECT_GT(report[CheckId::growth].items(), 0U);
  }
}

TEST(EmptyRecord, IsOfNoElection) {
  const std::string& bytes = sample(Kind::choice).record;
  const Report report = verify(bytes.substr(0, 1024));
  EXPECT_EQ(report.verdict(), Verdict::invalid);
  EXPECT_TRUE(report[CheckId::chain].failed());
  EXPECT_EQ(verify("").verdict(), Verdict::invalid);
}

TEST(Report, IsTheSameForAnyNumberOfThreads) {
  for (const Kind kind : {Kind::choice, Kind::ranking}) {
    record::VerifyOptions options;
    options.threads = 1;
    const std::string one = record::to_json(verify(sample(kind).record, options));
    for (const unsigned threads : {2U, 3U, 8U}) {
      options.threads = threads;
      EXPECT_EQ(record::to_json(verify(sample(kind).record, options)), one);
    }
  }
}

TEST(Report, SaysWhatBecameOfATracker) {
  const std::string& bytes = sample(Kind::weighted).record;
  const MemorySource source(bytes);
  auto reader = record::Reader::open(source).value();
  std::vector<std::string> trackers;
  while (const auto step = reader.next().value()) {
    if (step->event.type == record::EventType::ballot) trackers.push_back(to_base64(step->payload().hash));
  }
  ASSERT_EQ(trackers.size(), ballot_count);
  const auto look_up = [&](const std::string& tracker) {
    record::VerifyOptions options;
    options.tracker = tracker;
    return verify(bytes, options).tracked;
  };
  EXPECT_FALSE(look_up("nobody's"));
  const auto second = look_up(trackers[1]);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->number, 2U);
  EXPECT_EQ(second->weight, 2U);
  EXPECT_FALSE(second->replaced_by);
  EXPECT_EQ(look_up(trackers[0])->replaced_by, trackers[4]);
  EXPECT_FALSE(look_up(trackers[4])->replaced_by);
}

TEST(Report, TellsHowFarItIs) {
  const std::string& bytes = sample(Kind::ranking).record;
  std::vector<std::uint64_t> seen;
  record::VerifyOptions options;
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, bytes.size());
    seen.push_back(done);
  };
  EXPECT_EQ(verify(bytes, options).verdict(), Verdict::valid);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_GT(seen.size(), ballot_count);
  EXPECT_EQ(seen.back(), bytes.size());
}

TEST(Report, AsJsonHasTheFieldsThatProgramsRelyOn) {
  const Report report = verify(sample(Kind::choice).record);
  const auto document = json::Document::parse(record::to_json(report)).value();
  const json::Value root = document.root();
  EXPECT_EQ(root.field("verdict")->string().value(), "valid");
  for (const char* name : {"uuid", "name", "fingerprint"}) EXPECT_TRUE(root.field("election")->field(name)->string());
  EXPECT_EQ(root.field("ballots")->integer().value(), 5);
  EXPECT_EQ(root.field("tallied")->integer().value(), 4);
  EXPECT_EQ(root.field("result")->text(), "[[1,1,2,2],[1,2]]");
  std::set<std::string> ids;
  const json::Array checks = root.field("checks")->array().value();
  for (const json::Value check : checks) {
    EXPECT_TRUE(ids.emplace(check.field("id")->string().value()).second);
    EXPECT_TRUE(check.field("title")->string());
    EXPECT_TRUE(check.field("spec")->string());
    EXPECT_TRUE(check.field("items")->integer());
    EXPECT_TRUE(check.field("ok")->boolean().value());
    EXPECT_EQ(check.field("detail")->string().value(), "");
  }
  EXPECT_EQ(ids.size(), record::check_count - 1);
}

}  // namespace
}  // namespace folkmoot::tamper
