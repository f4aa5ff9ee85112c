#include "ledger/replay.hpp"

#include <algorithm>

namespace folkmoot::ledger {
namespace {

Status check_tile(const Source& source, const Tile& tile, std::span<const Hash> hashes) {
  const auto stored = TRY(read_tile(source, tile));
  const auto differ = std::ranges::mismatch(stored, hashes).in1;
  if (differ == stored.end()) return {};
  return fail("{}: hash {} is not that of what is below it", tile.path(), differ - stored.begin());
}

}  // namespace

Status replay(const Source& source, RightEdge& edge, const TreeHead& head, const Visit& visit) {
  if (head.size < edge.size()) return fail("the log has {} entries; it had {}", head.size, edge.size());
  while (edge.size() != head.size) {
    const Tile tile = tile_at(0, edge.size() / tile_width, head.size);
    const Bundle bundle = TRY(read_bundle(source, tile.index, tile.width));
    const std::vector<Hash> hashes = TRY(read_tile(source, tile));
    for (std::size_t i = edge.size() % tile_width; i < tile.width; ++i) {
      const std::uint64_t index = edge.size();
      const Hash leaf = leaf_hash(bundle.entries[i]);
      if (leaf != hashes[i]) return fail("entry {}: {} does not have its hash", index, tile.path());
      if (visit) TRY(in(fmt::format("entry {}", index), visit(index, bundle.entries[i])));
      Status tiles;
      edge.add(leaf, [&](const Tile& full, std::span<const Hash> all) {
        if (tiles) tiles = check_tile(source, full, all);
      });
      TRY(tiles);
    }
  }
  for (unsigned level = 0; level <= max_tile_level; ++level) {
    const std::span<const Hash> hashes = edge.tile(level);
    if (hashes.empty()) continue;
    const std::uint64_t index = (head.size >> (tile_height * level)) / tile_width;
    TRY(check_tile(source, tile_at(static_cast<int>(level), index, head.size), hashes));
  }
  if (edge.root() != head.root) return fail("the {} entries are not those of the checkpoint", head.size);
  return {};
}

}  // namespace folkmoot::ledger
