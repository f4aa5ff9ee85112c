#include "ledger/reader.hpp"

#include <algorithm>
#include <bit>

#include "ledger/edge.hpp"

namespace folkmoot::ledger {
namespace {

constexpr std::size_t max_tiles = 4096;  // kept

}  // namespace

Result<const std::vector<Hash>*> TileReader::tile(int level, std::uint64_t index) {
  if (const auto found = tiles_.find({level, index}); found != tiles_.end()) return &found->second;
  auto hashes = TRY(read_tile(source_, tile_at(level, index, head_.size)));
  if (tiles_.size() == max_tiles) tiles_.clear();
  return &(tiles_[{level, index}] = std::move(hashes));
}

Result<Hash> TileReader::subtree(unsigned height, std::uint64_t number) {
  const unsigned within = height % tile_height;  // how far above the tile's hashes
  const std::uint64_t first = number << within;
  const std::vector<Hash>& hashes = *TRY(tile(static_cast<int>(height / tile_height), first / tile_width));
  return fold(std::span(hashes).subspan(first % tile_width, std::size_t{1} << within));
}

Result<Hash> TileReader::range(std::uint64_t begin, std::uint64_t end) {
  if (begin == end) return empty_root();
  // From the right: the smallest whole subtree that the range ends with, then the next, each to the left of the last.
  std::optional<Hash> hash;
  for (std::uint64_t left = end; left != begin;) {
    const auto height = static_cast<unsigned>(std::countr_zero(left - begin));
    const Hash next = TRY(subtree(height, (left >> height) - 1));
    hash = hash ? node_hash(next, *hash) : next;
    left -= std::uint64_t{1} << height;
  }
  return *hash;
}

Result<TileReader::Inclusion> TileReader::inclusion(std::uint64_t index) {
  if (index >= head_.size) return fail("index {} is not in a log of {} entries", index, head_.size);
  Inclusion inclusion{TRY(range(index, index + 1)), {}};
  // PATH(m, D[n]): halve the range that has the leaf; the other half is its sibling. That gives the proof from the root
  // down, so it is turned round.
  for (std::uint64_t begin = 0, end = head_.size; end - begin > 1;) {
    const std::uint64_t middle = begin + std::bit_floor(end - begin - 1);
    if (index < middle) {
      inclusion.proof.push_back(TRY(range(middle, end)));
      end = middle;
    } else {
      inclusion.proof.push_back(TRY(range(begin, middle)));
      begin = middle;
    }
  }
  std::ranges::reverse(inclusion.proof);
  TRY(in("the tiles do not fit the checkpoint", verify_inclusion(inclusion.leaf, index, head_, inclusion.proof)));
  return inclusion;
}

Result<TileReader::Consistency> TileReader::consistency(std::uint64_t size) {
  if (size > head_.size) return fail("the log has {} entries, not yet {}", head_.size, size);
  Consistency consistency{{size, TRY(range(0, size))}, {}};
  // SUBPROOF(m, D[n], b), from the root down as above. `begin` is 0 as long as b holds: the verifier then knows the
  // hash that the proof would begin with.
  std::uint64_t begin = 0, end = size == 0 ? 0 : head_.size;
  while (end != size) {
    const std::uint64_t middle = begin + std::bit_floor(end - begin - 1);
    if (size <= middle) {
      consistency.proof.push_back(TRY(range(middle, end)));
      end = middle;
    } else {
      consistency.proof.push_back(TRY(range(begin, middle)));
      begin = middle;
    }
  }
  if (begin != 0) consistency.proof.push_back(TRY(range(begin, end)));
  std::ranges::reverse(consistency.proof);
  TRY(in("the tiles do not fit the checkpoint", verify_consistency(consistency.earlier, head_, consistency.proof)));
  return consistency;
}

Result<Bytes> TileReader::entry(std::uint64_t index) {
  const Inclusion known = TRY(inclusion(index));
  const Tile tile = tile_at(Tile::entries, index / tile_width, head_.size);
  const Bundle bundle = TRY(read_bundle(source_, tile.index, tile.width));
  const ByteView entry = bundle.entries[index % tile_width];
  if (leaf_hash(entry) != known.leaf) return fail("{}: entry {} is not the logged one", tile.path(), index);
  return Bytes(entry.begin(), entry.end());
}

}  // namespace folkmoot::ledger
