// The tree as files (c2sp.org/tlog-tiles): tiles of up to 256 hashes, and beside each tile of level 0 a bundle of the
// entries that its hashes are of.
#pragma once

#include <string>

#include "ledger/merkle.hpp"

namespace folkmoot::ledger {

inline constexpr unsigned tile_height = 8;
inline constexpr unsigned tile_width = 1U << tile_height;
inline constexpr unsigned max_tile_level = 7;                            // that a tree below 2^63 entries can have
inline constexpr std::size_t max_entry = 65'535;                         // bytes
inline constexpr std::size_t max_bundle = tile_width * (2 + max_entry);  // bytes

// Which hashes of the tree: numbers 256·index to 256·index + width - 1 of its level, where the hash number i of level l
// is that of the 256^l entries from i·256^l on.
struct Tile {
  static constexpr int entries = -1;  // as the level: the bundle of entries

  int level = 0;
  std::uint64_t index = 0;
  unsigned width = tile_width;  // 1..256; less than 256 in a partial tile
  friend bool operator==(const Tile&, const Tile&) = default;

  // Relative to the log's prefix: "tile/0/x001/x234/067.p/8", "tile/entries/000".
  [[nodiscard]] std::string path() const;
  // The reverse, for servers: refuses every other text.
  static Result<Tile> parse(std::string_view path);

  // The full tile in the same place, and the folder of the partial ones that precede it.
  [[nodiscard]] Tile full() const { return {level, index, tile_width}; }
  [[nodiscard]] std::string partials() const { return full().path() + ".p"; }
  [[nodiscard]] std::size_t bytes() const { return width * sizeof(Hash); }  // of a tile, not a bundle
};

// The tile at that place in a tree of `size` entries, as wide as it then is; its width is 0 if the tree has no such.
Tile tile_at(int level, std::uint64_t index, std::uint64_t size);

// Adds an entry of at most 65,535 bytes (the caller has checked it) to a bundle: its length as 16 bits, big-endian,
// then its bytes.
void add_to_bundle(Bytes& bundle, ByteView entry);

// The entries of a bundle, as views into it. Fails unless it is exactly `count` of them.
Result<std::vector<ByteView>> parse_bundle(ByteView bundle, std::size_t count);

// Takes one entry off the front of a bundle.
Result<ByteView> take_entry(ByteView& bundle);

}  // namespace folkmoot::ledger
