#include "ledger/edge.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace folkmoot::ledger {
namespace {

Bytes bytes_of_hashes(std::span<const Hash> hashes) {
  Bytes bytes;
  bytes.reserve(hashes.size_bytes());
  for (const Hash& hash : hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
  return bytes;
}

}  // namespace

Hash fold(std::span<const Hash> hashes) {
  assert(!hashes.empty());
  std::vector<Hash> row(hashes.begin(), hashes.end());
  // Level by level; a last hash without a sibling is carried up, which is RFC 6962's split seen from below.
  while (row.size() > 1) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < row.size(); i += 2)
      row[count++] = i + 1 < row.size() ? node_hash(row[i], row[i + 1]) : row[i];
    row.resize(count);
  }
  return row.front();
}

std::vector<Hash>& RightEdge::level_at(unsigned level) {
  if (level == levels_.size()) levels_.emplace_back().reserve(tile_width);
  return levels_[level];
}

std::span<const Hash> RightEdge::tile(unsigned level) const {
  return level < levels_.size() ? std::span<const Hash>(levels_[level]) : std::span<const Hash>();
}

Hash RightEdge::root() const {
  if (size_ == 0) return empty_root();
  // Each level's row ends with what the levels below it amount to, which has no sibling of its own height.
  std::vector<Hash> row;
  for (const std::vector<Hash>& level : levels_) {
    std::vector<Hash> hashes = level;
    if (!row.empty()) hashes.push_back(fold(row));
    row = std::move(hashes);
  }
  return fold(row);
}

Result<RightEdge> RightEdge::read(const Source& source, std::uint64_t size) {
  assert(size <= max_size);
  RightEdge edge;
  edge.size_ = size;
  for (std::uint64_t hashes = size, level = 0; hashes != 0; hashes >>= tile_height, ++level) {
    const Tile tile = tile_at(static_cast<int>(level), hashes / tile_width, size);
    edge.levels_.push_back(tile.width == 0 ? std::vector<Hash>() : TRY(read_tile(source, tile)));
    edge.levels_.back().reserve(tile_width);
  }
  return edge;
}

Growth grow(RightEdge edge, Bytes open_bundle, std::span<const ByteView> entries) {
  const std::uint64_t before = edge.size();
  std::vector<File> bundles, tiles;
  std::vector<std::string> outdated;
  const auto replace_partials = [&](const Tile& tile) {
    // There can only be some if the tile was begun before.
    if (tile_at(tile.level, tile.index, before).width != 0) outdated.push_back(tile.partials());
  };
  for (const ByteView entry : entries) {
    add_to_bundle(open_bundle, entry);
    edge.add(leaf_hash(entry), [&](const Tile& tile, std::span<const Hash> hashes) {
      tiles.push_back({tile.path(), bytes_of_hashes(hashes)});
      replace_partials(tile);
      if (tile.level != 0) return;
      const Tile bundle{Tile::entries, tile.index};
      bundles.push_back({bundle.path(), std::exchange(open_bundle, {})});
      replace_partials(bundle);
    });
  }
  if (edge.size() % tile_width != 0 && edge.size() != before) {
    bundles.push_back({tile_at(Tile::entries, edge.size() / tile_width, edge.size()).path(), open_bundle});
  }
  for (std::uint64_t level = 0, hashes = edge.size(); hashes != 0; ++level, hashes >>= tile_height) {
    const Tile tile = tile_at(static_cast<int>(level), hashes / tile_width, edge.size());
    if (tile.width == 0 || hashes == before >> (tile_height * level)) continue;  // full, or as it was
    tiles.push_back({tile.path(), bytes_of_hashes(edge.tile(static_cast<unsigned>(level)))});
  }
  bundles.insert(bundles.end(), std::move_iterator(tiles.begin()), std::move_iterator(tiles.end()));
  return {std::move(edge), std::move(open_bundle), std::move(bundles), std::move(outdated)};
}

}  // namespace folkmoot::ledger
