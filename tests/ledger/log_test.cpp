#include "ledger/log.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/cosignature.hpp"
#include "ledger/policy.hpp"
#include "ledger/reader.hpp"
#include "ledger/replay.hpp"
#include "ledger/text.hpp"
#include "support.hpp"

namespace folkmoot::ledger {
namespace {

using namespace test;

Status append(Log& log, std::uint64_t count) {
  const std::uint64_t size = log.head().head.size;
  const auto all = entries(size, size + count);
  const std::uint64_t first = TRY(log.append(views(all)));
  EXPECT_EQ(first, size);
  return {};
}

Status publish_head(Log& log) { return log.publish(TRY(log.sign_head())); }

TEST(Log, GrowsInGroupsOfAnySizeToTheSameTree) {
  MemoryStorage once;
  make_log(once, 1000, 1000);
  for (const std::uint64_t group : {1, 7, 255, 256, 257, 511}) {
    MemoryStorage storage;
    make_log(storage, 1000, group);
    for (const auto& [path, bytes] : once.files) {
      if (path == "journal") continue;
      EXPECT_EQ(storage.files.at(path), bytes) << path << " " << group;
    }
  }
}

TEST(Log, ContinuesWhereItWasClosed) {
  MemoryStorage storage;
  { need(Log::create(storage, log_signer())); }
  std::uint64_t size = 0;
  for (const std::uint64_t count : {0, 1, 254, 1, 1, 255, 300, 0, 212}) {
    Log log = need(Log::open(storage, log_signer()));
    EXPECT_EQ(log.head().head.size, size);
    EXPECT_EQ(log.published_size(), size == 0 ? std::nullopt : std::optional(size));
    need(append(log, count));
    size += count;
    EXPECT_EQ(log.head().head, head_of(entries(0, size), size));
    if (size != 0) need(publish_head(log));
  }
  RightEdge edge;
  std::uint64_t seen = 0;
  need(replay(storage, edge, head_of(entries(0, size), size), [&](std::uint64_t index, ByteView bytes) -> Status {
    EXPECT_EQ(index, seen++);
    EXPECT_TRUE(std::ranges::equal(bytes, entry(index)));
    return {};
  }));
  EXPECT_EQ(seen, size);
}

TEST(Log, IsNeitherMadeTwiceNorFromNothing) {
  MemoryStorage storage;
  EXPECT_FALSE(Log::open(storage, log_signer()));
  make_log(storage, 10);
  EXPECT_FALSE(Log::create(storage, log_signer()));
  EXPECT_FALSE(Log::open(storage, signer("ledger.example/other", SignatureType::note, 1)));
  EXPECT_FALSE(Log::open(storage, signer(origin, SignatureType::note, 2)));  // it has not signed the checkpoint
  storage.files.erase("journal");
  EXPECT_FALSE(Log::open(storage, log_signer()));
  EXPECT_FALSE(Log::create(storage, log_signer()));
}

TEST(Log, TooMuchIsRefusedWithoutEffect) {
  MemoryStorage storage;
  Log log = need(Log::create(storage, log_signer()));
  const auto before = storage.files;
  const Bytes large(max_entry + 1, 1);
  EXPECT_FALSE(log.append(std::vector<ByteView>{ByteView(large)}));
  EXPECT_FALSE(log.append(std::vector<ByteView>(Log::max_group_entries + 1)));
  EXPECT_FALSE(log.append(std::vector<ByteView>(1025, ByteView(large).first(max_entry))));
  EXPECT_EQ(storage.files, before);
  need(log.append(std::vector<ByteView>{ByteView(large).first(max_entry)}));
  need(log.append(std::vector<ByteView>(Log::max_group_entries)));
  EXPECT_EQ(log.head().head.size, 1 + Log::max_group_entries);
  EXPECT_EQ(need(Log::open(storage, log_signer())).head().head, log.head().head);
}

TEST(Log, PublishesOnlyWhatItHasSignedAndNeverLess) {
  MemoryStorage storage;
  Log log = need(Log::create(storage, log_signer()));
  need(append(log, 5));
  const std::string five = need(log.sign_head());
  need(append(log, 5));
  const std::string ten = need(log.sign_head());
  // Witnesses take their time: an earlier head may be published while the log has grown already.
  Note cosigned = need(parse_note(five));
  const Signer witness = signer("w", SignatureType::cosignature_v1, 8);
  cosigned.signatures.push_back(need(cosign(witness, cosigned.text, 77)));
  need(log.publish(to_text(cosigned)));
  EXPECT_EQ(text_of(storage.files["checkpoint"]), to_text(cosigned));
  need(log.publish(ten));
  EXPECT_FALSE(log.publish(five));
  EXPECT_EQ(log.published_size(), 10U);

  const auto signed_by_other = [&](const std::string& text, const Signer& by) {
    return to_text(Note{text, {need(sign_note(by, text))}});
  };
  EXPECT_FALSE(log.publish(signed_by_other(need(parse_note(ten)).text, signer(origin, SignatureType::note, 2))));
  EXPECT_FALSE(log.publish(signed_by_other("other\n10\n" + to_padded_base64(Hash{}) + "\n", log_signer())));
  EXPECT_FALSE(log.publish(to_text(need(parse_note(ten))).substr(1)));
  EXPECT_EQ(text_of(storage.files["checkpoint"]), ten);
}

// Everything on which the next head depends is checked when the log is opened.
TEST(Log, DamageIsNeverSigned) {
  MemoryStorage storage;
  {
    Log log = need(Log::create(storage, log_signer()));
    need(append(log, 300));
    need(append(log, 30));
    need(publish_head(log));
  }
  const auto whole = storage.files;
  for (const char* path : {"journal", "checkpoint", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"}) {
    ASSERT_TRUE(whole.contains(path)) << path;
    for (std::size_t i = 0; i < 8 * whole.at(path).size(); i += 5) {
      storage.files = whole;
      storage.files[path][i / 8] ^= static_cast<std::uint8_t>(1 << i % 8);
      EXPECT_FALSE(Log::open(storage, log_signer())) << path << " bit " << i;
    }
    storage.files = whole;
    storage.files[path].pop_back();
    EXPECT_FALSE(Log::open(storage, log_signer())) << path;
  }
}

// The storage fails at every operation in turn, and then loses some of what was not synced. Whatever happens, the log
// opens, has all that was acknowledged, and never signs two heads that are inconsistent.
TEST(Log, SurvivesAFailureAtEveryWrite) {
  std::mt19937 random(20240);
  std::int64_t total = 0;
  for (std::int64_t failing = 0;; ++failing) {
    MemoryStorage storage;
    std::vector<std::string> signed_texts;  // every head that ever left the signer
    Signer recording = log_signer();
    recording.sign = [&, sign = recording.sign](std::string_view text) {
      signed_texts.emplace_back(text);
      return sign(text);
    };
    std::uint64_t acknowledged = 0, published = 0;
    // What is appended depends on how often the log was opened, so that a lost group is followed by a different one.
    const auto run = [&](char life) -> Status {
      Log log =
          TRY(storage.files.contains("journal") ? Log::open(storage, recording) : Log::create(storage, recording));
      EXPECT_GE(log.head().head.size, acknowledged);
      EXPECT_GE(log.published_size().value_or(0), published);
      for (const std::size_t count : {3, 252, 1, 1, 260, 5}) {
        const std::vector<Bytes> group(count, Bytes{static_cast<std::uint8_t>(life), static_cast<std::uint8_t>(count)});
        TRY(log.append(views(group)));
        acknowledged = log.head().head.size;
        const std::string note = TRY(log.sign_head());
        TRY(log.publish(note));
        published = acknowledged;
      }
      return {};
    };
    storage.budget = failing;
    const Status first = run('a');
    storage.crash(random);
    storage.budget = failing / 2;  // and once more while it recovers, or later
    if (!first) std::ignore = run('b');
    storage.crash(random);
    const Status last = run('c');
    ASSERT_TRUE(last) << "operation " << failing << ": " << last.error().message;

    const Checkpoint head = need(Log::open(storage, recording)).head();
    EXPECT_GE(head.head.size, acknowledged);
    RightEdge edge;
    std::vector<Bytes> all;
    const auto collect = [&](std::uint64_t, ByteView bytes) -> Status {
      return all.emplace_back(bytes.begin(), bytes.end()), Status();
    };
    need(replay(storage, edge, head.head, collect));
    for (const std::string& text : signed_texts) {
      const Checkpoint earlier = need(parse_checkpoint(text));
      ASSERT_LE(earlier.head.size, head.head.size);
      EXPECT_EQ(earlier.head, need(TileReader(storage, head.head).consistency(earlier.head.size)).earlier) << failing;
    }
    total += static_cast<std::int64_t>(signed_texts.size());
    if (first) break;  // no operation is left to fail
  }
  EXPECT_GT(total, 100);
}

TEST(Log, AfterAFailedWriteItMustBeOpenedAgain) {
  MemoryStorage storage;
  Log log = need(Log::create(storage, log_signer()));
  storage.budget = 1;
  EXPECT_FALSE(append(log, 5));
  storage.budget = 1000;
  EXPECT_FALSE(append(log, 5));
  EXPECT_FALSE(log.sign_head());
  // The journal had been written, though: the entries are in.
  EXPECT_EQ(need(Log::open(storage, log_signer())).head().head, head_of(entries(0, 5), 5));
}

struct Replay : ::testing::Test {
  MemoryStorage storage;
  TreeHead head;
  void SetUp() override {
    make_log(storage, 700, 90);
    head = head_of(entries(0, 700), 700);
  }
  Status run() {
    RightEdge edge;
    return replay(storage, edge, head);
  }
};

TEST_F(Replay, EveryFlippedBitIsNoticed) {
  ASSERT_TRUE(run());
  std::mt19937 random(7);
  for (auto& [path, bytes] : storage.files) {
    if (!path.starts_with("tile/")) continue;
    const Tile tile = need(Tile::parse(path));
    const std::uint64_t index = tile.index;
    if (tile.width != tile_at(tile.level, index, 700).width) continue;  // a partial tile of an earlier checkpoint
    for (int i = 0; i < 60; ++i) {
      const std::size_t bit = random() % (8 * bytes.size());
      bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
      EXPECT_FALSE(run()) << path << " bit " << bit;
      bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    }
    const Bytes whole = bytes;
    bytes.pop_back();
    EXPECT_FALSE(run()) << path;
    bytes = whole;
    bytes.push_back(0);
    EXPECT_FALSE(run()) << path;
    bytes = whole;
  }
  EXPECT_TRUE(run());
}

TEST_F(Replay, ErrorsSayWhere) {
  storage.files["tile/entries/001"][2] ^= 1;
  EXPECT_THAT(run().error().message, ::testing::HasSubstr("entry 256: tile/0/001"));
  storage.files.erase("tile/entries/001");
  EXPECT_THAT(run().error().message, ::testing::HasSubstr("tile/entries/001: there is none"));
}

TEST_F(Replay, AWrongRootIsNoticed) {
  head.root[0] ^= 1;
  EXPECT_FALSE(run());
}

// A monitor that replays what is new finds out whether the old part has been rewritten.
TEST_F(Replay, ContinuesFromAnEarlierHead) {
  MemoryStorage earlier;
  make_log(earlier, 300);
  RightEdge edge;
  need(replay(earlier, edge, head_of(entries(0, 300), 300)));
  std::uint64_t next = 300;
  need(replay(storage, edge, head, [&](std::uint64_t index, ByteView) -> Status {
    EXPECT_EQ(index, next++);
    return {};
  }));
  EXPECT_EQ(next, 700U);
  EXPECT_FALSE(replay(storage, edge, {300, {}}));

  std::vector<Bytes> rewritten = entries(0, 300);
  rewritten[17] = {1, 2, 3};
  RightEdge other;
  for (const Bytes& one : rewritten) other.add(leaf_hash(one));
  EXPECT_FALSE(replay(storage, other, head));
}

TEST_F(Replay, TheVisitorMayEndIt) {
  RightEdge edge;
  const auto result = replay(storage, edge, head, [](std::uint64_t index, ByteView) -> Status {
    return index == 400 ? Status(fail("not by the charter")) : Status();
  });
  EXPECT_EQ(result.error().message, "entry 400: not by the charter");
}

}  // namespace
}  // namespace folkmoot::ledger
