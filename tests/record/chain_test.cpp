#include "record/chain.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <regex>

#include "record/sample.hpp"

namespace folkmoot::record {
namespace {

using enum EventType;

// A letter for each type, so that the grammar can be said as a regular expression.
std::string letters(const std::vector<EventType>& types) {
  std::string text;
  for (const EventType type : types) text += "sbetxfdr"[static_cast<int>(type)];
  return text;
}

// Sequences that are mostly right: random ones would end after a step or two.
rc::Gen<std::vector<EventType>> almost_elections() {
  return rc::gen::exec([] {
    std::vector<EventType> types =
        sample::election(*rc::gen::inRange<std::size_t>(0, 4), *rc::gen::inRange<std::size_t>(0, 3),
                         *rc::gen::inRange<std::size_t>(0, 3));
    if (*rc::gen::arbitrary<bool>()) {
      const auto at = *rc::gen::inRange<std::size_t>(0, types.size());
      types[at] = static_cast<EventType>(*rc::gen::inRange(0, 8));
    }
    if (*rc::gen::arbitrary<bool>()) types.erase(types.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, types.size()));
    return types;
  });
}

RC_GTEST_PROP(Chain, TakesEventsInTheOrderOfAnElection, ()) {
  // Prefixes of s b* e t (x* f)? d+ r
  static const std::regex grammar("(s(b*(e(t((x*|x*f)|(x*f)?d+r?))?)?)?)?");
  const auto types = *almost_elections();
  RC_ASSERT(sample::read_all(sample::record_of(types)).has_value() == std::regex_match(letters(types), grammar));
}

std::string error_of(const std::vector<Addition>& additions) { return sample::error_of(sample::record_of(additions)); }

std::vector<Addition> start() {
  return {sample::addition(setup), sample::addition(ballot, 1), sample::addition(ballot, 2)};
}

TEST(Chain, NamesWhatMayNotFollow) {
  EXPECT_EQ(error_of({sample::addition(ballot)}), "at byte 2048: event 0: Ballot may not be the first");
  auto additions = start();
  additions.push_back(sample::addition(setup, 2));
  EXPECT_TRUE(error_of(additions).ends_with(": event 3: Setup may not follow Ballot"));
}

TEST(Chain, RefusesDataThatIsThereAlready) {
  auto additions = start();
  additions.push_back(sample::addition(ballot, 1));
  EXPECT_EQ(error_of(additions), "at byte 10240: data that is in the record already");
  additions = start();
  additions[0].data[1] = additions[0].data[0];
  EXPECT_EQ(error_of(additions), "at byte 2048: the same data twice");
}

TEST(Chain, RefusesDataThatNoEventBrings) {
  auto additions = start();
  additions[1].data.insert(additions[1].data.begin(), "{}");
  EXPECT_EQ(error_of(additions), "at byte 8192: event 1: Ballot needs 1 data entries before it, and has 2");
  additions = start();
  additions[0].data.insert(additions[0].data.begin(), "{}");
  EXPECT_EQ(error_of(additions), "at byte 5120: more data than any event brings");
  additions = start();
  additions.push_back({end_ballots, {"{}"}});
  EXPECT_TRUE(error_of(additions).ends_with(": EndBallots with a payload"));

  std::string bytes = sample::record_of(start());
  const std::size_t end = bytes.size();
  append_entry(bytes, sample::header, EntryKind::data, "{}", end);
  EXPECT_EQ(sample::error_of(bytes), fmt::format("at byte {}: data without an event that brings it", end));

  bytes = sample::record_of(sample::election(1));
  const std::size_t finished = bytes.size();
  append_entry(bytes, sample::header, EntryKind::data, "{}", finished);
  EXPECT_EQ(sample::error_of(bytes), fmt::format("at byte {}: data after the result", finished));
}

TEST(Chain, RefusesEventsWithoutTheirData) {
  auto additions = start();
  additions[1].data.clear();
  EXPECT_TRUE(error_of(additions).ends_with("event 1: Ballot without a payload"));
  additions = start();
  additions[0].data.erase(additions[0].data.begin());
  EXPECT_TRUE(error_of(additions).ends_with("event 0: Setup needs 4 data entries before it, and has 3"));
  additions = start();
  std::swap(additions[0].data[0], additions[0].data[1]);
  EXPECT_TRUE(error_of(additions).ends_with(
      "event 0: data entry 1 before the event is not the one that the payload refers to"));
  additions = start();
  additions[0].data[3] = R"({"election":"x"})";
  EXPECT_FALSE(error_of(additions).empty());
  additions = start();
  additions.insert(additions.end(), {sample::addition(end_ballots), sample::addition(encrypted_tally)});
  EXPECT_EQ(error_of(additions), "");
  additions.back().data[1] = std::string(largest_kept + 1, ' ');
  EXPECT_TRUE(error_of(additions).ends_with("event 4: a payload of 1048577 bytes"));
}

// A record of start()'s, whose last event has been changed.
std::string with_last_event(const std::function<void(Event&)>& change) {
  std::string bytes = sample::record_of(start());
  const MemorySource source(bytes);
  auto reader = Reader::open(source);
  std::optional<Step> last;
  while (auto step = *reader->next()) last = std::move(step);
  change(last->event);
  bytes.resize(last->entry.offset);
  append_entry(bytes, sample::header, EntryKind::event, json::to_text(last->event), bytes.size());
  return sample::error_of(bytes);
}

TEST(Chain, RefusesForksGapsAndForeignPayloads) {
  EXPECT_EQ(with_last_event([](Event&) {}), "");
  EXPECT_TRUE(with_last_event([](Event& event) {
                event.parent->at(31) ^= 1;
              }).ends_with("event 2: its parent is not the event before it"));
  EXPECT_TRUE(with_last_event([](Event& event) {
                event.parent.reset();
              }).ends_with("event 2: its parent is not the event before it"));
  EXPECT_TRUE(with_last_event([](Event& event) { ++event.height; }).ends_with("event of height 3 instead of 2"));
  EXPECT_TRUE(with_last_event([](Event& event) {
                event.payload->at(0) ^= 1;
              }).ends_with("event 2: the data before the event is not its payload"));
  EXPECT_TRUE(
      with_last_event([](Event& event) { event.payload.reset(); }).ends_with("event 2: Ballot without a payload"));
}

// Two histories from the same event: the second child of the Setup names its true parent, but is not the next one.
TEST(Chain, RefusesAForkedChain) {
  Chain one, other;
  std::string bytes = header_entry(sample::header);
  std::string fork = bytes;
  for (std::string* out : {&bytes, &fork}) {
    ASSERT_TRUE(append(*out, out == &bytes ? one : other, sample::header, out->size(), sample::addition(setup)));
  }
  const std::size_t common = fork.size();
  ASSERT_TRUE(append(bytes, one, sample::header, bytes.size(), sample::addition(ballot, 1)));
  ASSERT_TRUE(append(fork, other, sample::header, fork.size(), sample::addition(ballot, 2)));
  EXPECT_EQ(sample::error_of(bytes + fork.substr(common)),
            fmt::format("at byte {}: event of height 1 instead of 2", bytes.size() + 1024));
}

TEST(Chain, AnAdditionThatFailsChangesNothing) {
  Chain chain;
  std::string bytes = header_entry(sample::header);
  const auto add = [&](Addition addition) {
    return append(bytes, chain, sample::header, bytes.size(), std::move(addition));
  };
  ASSERT_TRUE(add(sample::addition(setup)));
  ASSERT_TRUE(add(sample::addition(ballot, 1)));
  const std::string before = bytes;
  EXPECT_EQ(add(sample::addition(ballot, 1)).error().message, "data that is in the record already");
  EXPECT_FALSE(add(sample::addition(result)));
  EXPECT_FALSE(add({ballot, {}}));
  EXPECT_FALSE(add({ballot, {"{}", "[]"}}));
  EXPECT_EQ(bytes, before);
  EXPECT_EQ(chain.events(), 2);
  ASSERT_TRUE(add(sample::addition(ballot, 2)));
  EXPECT_EQ(sample::read_all(bytes), 3);
}

TEST(Chain, AnEntryThatFailsChangesNothing) {
  const std::string bytes = sample::record_of(start());
  const MemorySource source(bytes);
  auto reader = EntryReader::open(source);
  Chain chain;
  while (auto entry = *reader->next()) {
    // Before each entry, an event and a data that cannot stand there.
    Entry stray;
    stray.kind = EntryKind::event;
    stray.content = json::to_text(Event{{}, 77, ballot, {}});
    stray.size = stray.content.size();
    EXPECT_FALSE(chain.add(stray));
    ASSERT_TRUE(chain.add(*std::move(entry)));
  }
  EXPECT_EQ(chain.events(), 3);
  EXPECT_TRUE(chain.end());
}

}  // namespace
}  // namespace folkmoot::record
