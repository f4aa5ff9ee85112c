#include "ledger/tile.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "ledger/reader.hpp"
#include "support.hpp"

namespace folkmoot::ledger {
namespace {

using namespace test;

TEST(Tile, PathsAreAsSpecified) {
  // "index 1234067 will be encoded as x001/x234/067" (tlog-tiles, "Merkle Tree").
  EXPECT_EQ((Tile{0, 1234067}.path()), "tile/0/x001/x234/067");
  EXPECT_EQ((Tile{Tile::entries, 1234067, 8}.path()), "tile/entries/x001/x234/067.p/8");
  EXPECT_EQ((Tile{0, 0}.path()), "tile/0/000");
  EXPECT_EQ((Tile{1, 999, 255}.path()), "tile/1/999.p/255");
  EXPECT_EQ((Tile{2, 1000, 1}.path()), "tile/2/x001/000.p/1");
}

TEST(Tile, OtherSpellingsAreRefused) {
  for (const char* path : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/00/000",
                           "tile/64/000",
                           "tile/-1/000",
                           "tile/0/x000/000",
                           "tile/0/x001",
                           "tile/0/x001/x234",
                           "tile/0/001/234",
                           "tile/0/000.p",
                           "tile/0/000.p/",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/08",
                           "tile/0/000/",
                           "tile/0/000.p/8/",
                           "/tile/0/000",
                           "tile/entries/00a",
                           "tile/data/000",
                           "tile/0/x001.p/8/000",
                           "tile/0/../000",
                           "tile//000",
                           "tile/0/000.p/8 ",
                           "tile/0/x999/x999/x999/x999/x999/x999/x999/999"}) {
    EXPECT_FALSE(Tile::parse(path)) << path;
  }
}

RC_GTEST_PROP(Tile, PathsAreReadAsTheyAreWritten, ()) {
  const Tile tile{*rc::gen::inRange(-1, 64), *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 55),
                  *rc::gen::inRange(1U, 257U)};
  const auto parsed = Tile::parse(tile.path());
  RC_ASSERT((parsed && *parsed == tile));
}

RC_GTEST_PROP(Tile, NoTextIsReadAsATileItIsNot, (const std::string& noise)) {
  std::string path = Tile{0, 1234067, 8}.path();
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, path.size() + 1);
  path.replace(at, std::min<std::size_t>(noise.size(), 3), noise);
  if (const auto parsed = Tile::parse(path)) RC_ASSERT(parsed->path() == path);
}

// "a tree of size 70,000 will be represented by 273 full level 0 tiles, one partial level 0 tile of width 112, one full
// level 1 tile, one partial level 1 tile of width 17, and one partial level 2 tile of width 1 … a tree of size 256 by a
// full level 0 tile and a partial level 1 tile of width 1" (tlog-tiles, "Partial Tiles").
TEST(Tile, ATreeIsTheTilesThatTheSpecificationSays) {
  const auto tiles_of = [](std::uint64_t size) {
    MemoryStorage storage;
    make_log(storage, size, 65'536);
    std::set<std::string> paths;
    for (const auto& [path, bytes] : storage.files) {
      if (!path.starts_with("tile/")) continue;
      paths.insert(path);
      const Tile tile = need(Tile::parse(path));
      EXPECT_TRUE(tile.level == Tile::entries || bytes.size() == tile.width * 32) << path;
    }
    return paths;
  };
  EXPECT_EQ(tiles_of(0), (std::set<std::string>{}));
  EXPECT_EQ(tiles_of(256), (std::set<std::string>{"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}));
  std::set<std::string> expected = {"tile/0/273.p/112", "tile/entries/273.p/112", "tile/1/000", "tile/1/001.p/17",
                                    "tile/2/000.p/1"};
  for (int i = 0; i < 273; ++i) {
    expected.insert(fmt::format("tile/0/{:03}", i));
    expected.insert(fmt::format("tile/entries/{:03}", i));
  }
  // Those of the log's first group of 65,536 entries are full, so that no partial tile of it is left.
  EXPECT_EQ(tiles_of(70'000), expected);
}

TEST(Bundle, HoldsEntriesOfAnyLength) {
  Bytes bundle;
  std::vector<Bytes> all = {{}, {7}, Bytes(255, 1), Bytes(256, 2), Bytes(max_entry, 3), {}};
  for (const Bytes& one : all) add_to_bundle(bundle, one);
  const auto parsed = need(parse_bundle(bundle, all.size()));
  ASSERT_EQ(parsed.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_TRUE(std::ranges::equal(parsed[i], all[i]));
  EXPECT_EQ((Bytes(bundle.begin(), bundle.begin() + 5)), (Bytes{0, 0, 0, 1, 7}));  // big-endian lengths

  EXPECT_FALSE(parse_bundle(bundle, all.size() - 1));
  EXPECT_FALSE(parse_bundle(bundle, all.size() + 1));
  for (const std::size_t cut : {1, 2, 3, 65'537, 65'538}) {
    EXPECT_FALSE(parse_bundle(ByteView(bundle).first(bundle.size() - cut), all.size())) << cut;
  }
}

// All of a log's entries, and proofs for all places and sizes that are at a boundary of something.
TEST(TileReader, ProofsAreThoseOfTheDefinition) {
  MemoryStorage storage;
  const std::uint64_t size = 700;
  const auto all = entries(0, size);
  make_log(storage, size, 97);
  TileReader reader(storage, head_of(all, size));
  for (std::uint64_t index : {0, 1, 2, 254, 255, 256, 257, 300, 511, 512, 513, 698, 699}) {
    const auto inclusion = need(reader.inclusion(index));
    EXPECT_EQ(inclusion.leaf, leaf_hash(all[index]));
    EXPECT_EQ(inclusion.proof, path(all, index, 0, size)) << index;
    EXPECT_EQ(need(reader.entry(index)), all[index]);
  }
  EXPECT_FALSE(reader.inclusion(size));
  for (std::uint64_t earlier : {1, 2, 3, 128, 255, 256, 257, 384, 511, 512, 513, 640, 699, 700}) {
    const auto consistency = need(reader.consistency(earlier));
    EXPECT_EQ(consistency.earlier, head_of(all, earlier));
    EXPECT_EQ(consistency.proof, subproof(all, earlier, 0, size, true)) << earlier;
  }
  EXPECT_EQ(need(reader.consistency(0)).earlier, (TreeHead{0, empty_root()}));
  EXPECT_FALSE(reader.consistency(size + 1));
}

TEST(TileReader, HostileHeadsEndInAnError) {
  MemoryStorage storage;
  make_log(storage, 300);
  for (const std::uint64_t size : {std::uint64_t{1}, std::uint64_t{301}, std::uint64_t{1} << 40, max_size}) {
    TileReader reader(storage, {size, {}});
    EXPECT_FALSE(reader.inclusion(0));
    EXPECT_FALSE(reader.inclusion(size - 1));
    EXPECT_FALSE(size > 1 && reader.consistency(size - 1));
    EXPECT_FALSE(reader.consistency(size / 2 + 1));
  }
}

}  // namespace
}  // namespace folkmoot::ledger
