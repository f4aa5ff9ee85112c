// Several processes' parts, joined, are the report of one; and going on from a state gives the report of a whole run.
#include "record/part.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record/sample.hpp"
#include "record/verify.hpp"

namespace folkmoot::record {
namespace {

using testing::HasSubstr;

std::string original(std::string_view folder) {
  const auto path = std::filesystem::path(FOLKMOOT_SOURCE_DIR "/../shared/elections") / folder / "record.bel";
  return std::filesystem::exists(path) ? sample::read_file(path) : "";
}

#define ORIGINAL(name, folder)               \
  const std::string name = original(folder); \
  if (name.empty()) GTEST_SKIP() << "../shared/elections/" << (folder) << " is not here"

// As it comes from a file.
Part through_text(const Part& part) {
  auto read = json::read_canonical(json::to_text(part), read_part);
  if (!read) throw std::runtime_error(read.error().message);
  return *std::move(read);
}

Part part_of(const std::string& record, Share share, const std::string& tracker = "") {
  VerifyOptions options;
  options.threads = 1;
  options.share = share;
  options.make_state = true;
  options.tracker = tracker;
  return through_text(verify_part(MemorySource(record), options).value());
}

std::vector<Part> parts_of(const std::string& record, std::uint64_t of, const std::string& tracker = "") {
  std::vector<Part> parts;
  for (std::uint64_t i = of; i-- > 0;) parts.push_back(part_of(record, {i, of}, tracker));
  return parts;
}

Report whole(const std::string& record, const std::string& earlier = "", const std::string& tracker = "") {
  const MemorySource copy(earlier);
  VerifyOptions options;
  options.threads = 1;
  options.tracker = tracker;
  if (!earlier.empty()) options.earlier = &copy;
  return verify(MemorySource(record), options);
}

void expect_same(const Report& found, const Report& expected) {
  EXPECT_EQ(to_json(found), to_json(expected));
  EXPECT_EQ(to_text(found), to_text(expected));
}

// The record up to each of its events, from the Setup on.
std::vector<std::string> stages(const std::string& record) {
  std::vector<std::string> stages;
  const MemorySource source(record);
  auto reader = Reader::open(source).value();
  while (reader.next().value()) stages.push_back(record.substr(0, reader.end()));
  return stages;
}

// A record whose events say the same, after `change` has been at the data of each.
std::string rebuilt(const std::string& record, const std::function<void(Addition&)>& change) {
  const MemorySource source(record);
  auto reader = Reader::open(source).value();
  std::string bytes = header_entry(reader.header());
  Chain chain;
  while (const auto step = reader.next().value()) {
    Addition addition{step->event.type, {}};
    for (const Entry& entry : step->data) addition.data.push_back(reader.content(entry).value());
    change(addition);
    append(bytes, chain, reader.header(), bytes.size(), std::move(addition)).value();
  }
  return bytes;
}

class Parts : public testing::TestWithParam<const char*> {};

TEST_P(Parts, JoinedAreTheReportOfOneProcess) {
  ORIGINAL(record, GetParam());
  const Report one = whole(record);
  const auto joined = join(parts_of(record, 3));
  ASSERT_TRUE(joined) << joined.error().message;
  expect_same(joined->report, one);
}

TEST_P(Parts, OfARecordThatIsCutOff) {
  ORIGINAL(record, GetParam());
  const std::vector<std::string> all = stages(record);
  for (const std::size_t more : {0, 700}) {
    for (const std::size_t i : {std::size_t{20}, all.size() - 3}) {
      const std::string cut = record.substr(0, all[i].size() + more);
      expect_same(join(parts_of(cut, 2)).value().report, whole(cut));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Records, Parts,
                         testing::Values("v1-choose1of5-blank-ed25519", "v1-weighted-ed25519", "v1-rank8-ed25519",
                                         "v1-mixed-single-and-threshold-ed25519", "v1-bad-one-ballot-proof-ed25519"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(Part, TellsOfManyFailuresTheFirst) {
  ORIGINAL(record, "v1-choose1of5-blank-ed25519");
  std::size_t ballots = 0;
  const std::string spoiled = rebuilt(record, [&](Addition& addition) {
    if (addition.type != EventType::ballot || ++ballots % 3 == 0) return;
    std::string& ballot = addition.data.back();
    if (ballots % 2 == 0) {
      ballot.insert(1, " ");  // not canonical
    } else {
      const std::size_t at = ballot.rfind("\"response\":\"") + 12;
      ballot[at] = ballot[at] == '1' ? '2' : '1';
    }
  });
  const Report one = whole(spoiled);
  ASSERT_GT(one[CheckId::ballot_form].failures(), Check::most_details);
  ASSERT_GT(one[CheckId::ballot_signature].failures(), Check::most_details);
  expect_same(join(parts_of(spoiled, 3)).value().report, one);
}

TEST(Part, FindsATrackerInWhateverPartItIs) {
  ORIGINAL(record, "v1-choose1of5-blank-ed25519");
  const std::string first = to_base64(Reader::open(MemorySource(record)).value().next().value()->entry.hash);
  std::vector<std::string> trackers;
  const MemorySource source(record);
  auto reader = Reader::open(source).value();
  while (const auto step = reader.next().value()) {
    if (step->event.type == EventType::ballot) trackers.push_back(to_base64(step->payload().hash));
  }
  for (const std::string& tracker : {trackers.front(), first}) {
    expect_same(join(parts_of(record, 3, tracker)).value().report, whole(record, "", tracker));
  }
}

TEST(Part, OfWhatHasNoElectionInIt) {
  const std::string invented = sample::record_of(sample::election(2));
  for (const std::string& record : {invented, std::string("nothing"), std::string(2048, '\0')}) {
    expect_same(join(parts_of(record, 2)).value().report, whole(record));
  }
}

// Everything that must not be joined.
TEST(Join, RefusesWhatDoesNotBelongTogether) {
  ORIGINAL(record, "v1-choose1of5-blank-ed25519");
  ORIGINAL(other, "v1-threshold3of5-ed25519");
  const std::vector<std::string> all = stages(record);
  const std::string& before = all[all.size() - 2];
  const Part a = part_of(record, {0, 2});
  const Part b = part_of(record, {1, 2});
  const auto message = [](std::vector<Part> parts) {
    const auto joined = join(std::move(parts));
    return joined ? "joined" : joined.error().message;
  };
  EXPECT_EQ(message({a, b}), "joined");
  EXPECT_EQ(message({}), "no parts");
  EXPECT_EQ(message({a}), "part 2 of 2 is missing");
  EXPECT_EQ(message({b}), "part 1 of 2 is missing");
  EXPECT_THAT(message({a, b, b}), HasSubstr("the same part twice"));
  EXPECT_THAT(message({a, part_of(record, {1, 3})}), HasSubstr("not of the same number of parts"));
  EXPECT_THAT(message({a, part_of(other, {1, 2})}), HasSubstr("of different records"));
  EXPECT_THAT(message({a, part_of(before, {1, 2})}), HasSubstr("of different records"));
  EXPECT_THAT(message({a, part_of(record, {1, 2}, "T")}), HasSubstr("different trackers"));
  Part disagreeing = b;
  disagreeing.report[CheckId::trustees].fail("no");
  EXPECT_THAT(message({a, disagreeing}), HasSubstr("do not agree"));
  Part without_sum = b;
  without_sum.sum.reset();
  EXPECT_THAT(message({a, without_sum}), HasSubstr("no sum"));
  Part false_sum = b;
  false_sum.sum->tally = "[]";
  EXPECT_THAT(message({a, false_sum}), HasSubstr("part 2 of 2: sum"));
  Part heavy = b;
  heavy.sum->total_weight = std::numeric_limits<std::int64_t>::max();
  EXPECT_THAT(message({a, heavy}), HasSubstr("63 bits"));
}

TEST(Part, ThatIsDamagedIsRefused) {
  ORIGINAL(record, "v1-weighted-ed25519");
  const std::string text = json::to_text(part_of(record, {0, 2}));
  const auto message = [](std::string_view changed) {
    const auto read = json::read_canonical(changed, read_part);
    return read ? "read" : read.error().message;
  };
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = text;
    const std::size_t at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return message(changed.replace(at, from.size(), to));
  };
  EXPECT_EQ(message(text), "read");
  EXPECT_THAT(with("\"folkmoot_part\":1", "\"folkmoot_part\":2"), HasSubstr("version 2"));
  EXPECT_THAT(message(R"({"verdict":"valid"})"), HasSubstr("no part"));
  EXPECT_THAT(message("[]"), HasSubstr("no part"));
  EXPECT_THAT(with("\"shard\":[1,2]", "\"shard\":[3,2]"), HasSubstr("shard"));
  EXPECT_THAT(with("\"shard\":[1,2]", "\"shard\":[0,2]"), HasSubstr("shard"));
  EXPECT_THAT(with("\"size\":", "\"size\":-"), HasSubstr("size"));
  EXPECT_THAT(with("\"tracker\"", " \"tracker\""), HasSubstr("canonical"));
  EXPECT_NE(with("\"credentials\":true", "\"credentials\":null"), "read");
  for (std::size_t size = 0; size < text.size(); size += 13) EXPECT_NE(message(text.substr(0, size)), "read");
}

class States : public testing::TestWithParam<const char*> {};

// From stages all along the election to a later one, and to the whole.
TEST_P(States, GoOnToTheReportOfAWholeRun) {
  ORIGINAL(record, GetParam());
  const std::vector<std::string> all = stages(record);
  for (const std::size_t i : {std::size_t{0}, std::size_t{1}, all.size() / 3, all.size() - 5, all.size() - 1}) {
    const Part state = part_of(all[i], {});
    ASSERT_TRUE(check_state(state));
    for (const std::size_t later : {std::min(i + 7, all.size() - 1), all.size() - 1}) {
      VerifyOptions options;
      options.threads = 1;
      options.state = &state;
      const auto grown = verify_part(MemorySource(all[later]), options);
      ASSERT_TRUE(grown) << grown.error().message;
      expect_same(grown->report, whole(all[later], all[i]));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Records, States,
                         testing::Values("v1-choose1of5-blank-ed25519", "v1-weighted-ed25519", "v1-rank8-ed25519",
                                         "v1-bad-one-ballot-proof-ed25519"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(State, IsTheSameWhetherMadeAtOnceOrStepByStep) {
  ORIGINAL(record, "v1-weighted-ed25519");
  const std::vector<std::string> all = stages(record);
  Part state = part_of(all[3], {});
  for (const std::size_t stage : {std::size_t{40}, std::size_t{105}, all.size() - 1}) {
    VerifyOptions options;
    options.state = &state;
    options.make_state = true;
    Part next = through_text(verify_part(MemorySource(all[stage]), options).value());
    const Part at_once = part_of(all[stage], {});
    EXPECT_EQ(next.sum->tally, at_once.sum->tally);
    EXPECT_EQ(next.sum->total_weight, at_once.sum->total_weight);
    EXPECT_EQ(next.voted, at_once.voted);
    state = std::move(next);
  }
  ASSERT_TRUE(check_state(state));
}

TEST(State, CanBeOfPartsThatWereJoined) {
  ORIGINAL(record, "v1-rank8-ed25519");
  const std::string early = stages(record)[60];
  const Part state = through_text(join(parts_of(early, 3)).value());
  ASSERT_TRUE(check_state(state));
  VerifyOptions options;
  options.state = &state;
  expect_same(verify_part(MemorySource(record), options).value().report, whole(record, early));
}

TEST(State, FindsTrackersAmongTheBallotsThatItKnows) {
  ORIGINAL(record, "v1-choose1of5-blank-ed25519");
  const std::vector<std::string> all = stages(record);
  const Part state = part_of(all[90], {});
  const MemorySource source(record);
  auto reader = Reader::open(source).value();
  while (const auto step = reader.next().value()) {
    if (step->event.type != EventType::ballot || step->event.height % 35 != 1) continue;
    VerifyOptions options;
    options.state = &state;
    options.tracker = to_base64(step->payload().hash);
    expect_same(verify_part(source, options).value().report, whole(record, all[90], options.tracker));
  }
}

// What was there has been removed or rewritten: the report says so, and is of all ballots.
TEST(State, NoticesARecordThatWasRewritten) {
  ORIGINAL(record, "v1-choose1of5-blank-ed25519");
  const std::vector<std::string> all = stages(record);
  const auto grown = [](const Part& state, const std::string& later) {
    VerifyOptions options;
    options.state = &state;
    Report report = verify_part(MemorySource(later), options).value().report;
    EXPECT_TRUE(report[CheckId::growth].failed());
    EXPECT_EQ(report.verdict(), Verdict::invalid);
    return report;
  };
  const Part state = part_of(all[50], {});
  const auto without = [&](std::size_t place) {
    std::size_t number = 0;
    std::string bytes = header_entry(Reader::open(MemorySource(record)).value().header());
    Chain chain;
    const MemorySource source(record);
    auto reader = Reader::open(source).value();
    while (const auto step = reader.next().value()) {
      if (step->event.type == EventType::ballot && ++number == place) continue;
      Addition addition{step->event.type, {}};
      for (const Entry& entry : step->data) addition.data.push_back(reader.content(entry).value());
      append(bytes, chain, reader.header(), bytes.size(), std::move(addition)).value();
    }
    return bytes;
  };
  for (const std::size_t place : {1, 25, 50}) {
    const Report report = grown(state, without(place));
    EXPECT_EQ(report.ballots, 109U);
    EXPECT_FALSE(report[CheckId::ballot_proofs].failed());
  }
  grown(state, all[49]);  // shorter
  grown(state, all[0]);
  grown(state, "");
  const Part finished = part_of(record, {});
  grown(finished, all[all.size() - 2]);  // without its result
  std::string damaged = record;
  damaged[all[10].size() + 700] ^= 1;
  grown(state, damaged);
  std::string other_time = rebuilt(record, [](Addition&) {});
  ASSERT_EQ(other_time, record);
  Part late = state;
  ++late.timestamp;
  EXPECT_THAT(grown(late, record)[CheckId::growth].details().front(), HasSubstr("time"));
}

TEST(State, ThatSaysOfTheBallotsWhatIsNotSoIsAnError) {
  ORIGINAL(record, "v1-weighted-ed25519");
  const Part state = part_of(stages(record)[50], {});
  const auto refused = [&](const std::function<void(Part&)>& forge) {
    Part forged = state;
    forge(forged);
    VerifyOptions options;
    options.state = &forged;
    const auto part = verify_part(MemorySource(record), options);
    return part ? "taken" : part.error().message;
  };
  EXPECT_EQ(refused([](Part&) {}), "taken");
  EXPECT_THAT(refused([](Part& part) { ++part.sum->ballots; }), HasSubstr("but the record has"));
  EXPECT_THAT(refused([](Part& part) { part.sum->ballots = 0; }), HasSubstr("but the record has"));
  EXPECT_THAT(refused([](Part& part) { --part.sum->total_weight; }), HasSubstr("but the record has"));
  EXPECT_THAT(refused([](Part& part) { part.unreadable = {7}; }), HasSubstr("but the record has"));
  EXPECT_THAT(refused([](Part& part) { part.sum->tally = "[[]]"; }), HasSubstr("sum"));
  EXPECT_THAT(refused([](Part& part) { part.sum->tally = "nonsense"; }), HasSubstr("sum"));
}

TEST(State, IsNotMadeOfDamageOrParts) {
  ORIGINAL(record, "v1-weighted-ed25519");
  EXPECT_THAT(check_state(part_of(record, {0, 2})).error().message, HasSubstr("part 1 of 2"));
  EXPECT_THAT(check_state(part_of(record.substr(0, 30'000), {})).error().message, HasSubstr("damaged"));
  EXPECT_THAT(check_state(part_of(sample::record_of(sample::election(2)), {})).error().message,
              HasSubstr("no election"));
}

}  // namespace
}  // namespace folkmoot::record
