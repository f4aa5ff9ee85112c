#include "ledger/source.hpp"

#include <cstring>

namespace folkmoot::ledger {
namespace {

struct Found {
  Bytes bytes;
  unsigned width;
};

// The tile or bundle, or the full one in its place.
Result<Found> read_or_full(const Source& source, const Tile& tile) {
  for (const Tile& candidate : {tile, tile.full()}) {
    const std::size_t limit = tile.level == Tile::entries ? max_bundle : candidate.bytes();
    auto bytes = TRY(source.read(candidate.path(), limit));
    if (bytes) return Found{*std::move(bytes), candidate.width};
  }
  return fail("{}: there is none", tile.path());
}

}  // namespace

Result<std::vector<Hash>> read_tile(const Source& source, const Tile& tile) {
  const Found found = TRY(read_or_full(source, tile));
  if (found.bytes.size() != found.width * sizeof(Hash)) {
    return fail("{}: expected {} bytes, found {}", tile.path(), found.width * sizeof(Hash), found.bytes.size());
  }
  std::vector<Hash> hashes(tile.width);
  std::memcpy(hashes.data(), found.bytes.data(), tile.bytes());
  return hashes;
}

Result<Bundle> read_bundle(const Source& source, std::uint64_t index, unsigned width) {
  const Tile tile{Tile::entries, index, width};
  Found found = TRY(read_or_full(source, tile));
  Bundle bundle;
  bundle.bytes = std::move(found.bytes);
  bundle.entries = TRY(in(tile.path(), parse_bundle(bundle.bytes, found.width)));
  if (found.width > width) {
    bundle.bytes.resize(static_cast<std::size_t>(bundle.entries[width].data() - 2 - bundle.bytes.data()));
    bundle.entries.resize(width);
  }
  return bundle;
}

}  // namespace folkmoot::ledger
