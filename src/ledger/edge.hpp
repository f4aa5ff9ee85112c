// How the tree grows. Its right edge, the last and not yet full tile of each level, is all that appending needs.
#pragma once

#include "ledger/source.hpp"

namespace folkmoot::ledger {

// The hash of a tree (RFC 6962 section 2.1) over a row of subtrees, at least one, all of the same height but for the
// last, which may be lower.
Hash fold(std::span<const Hash> hashes);

class RightEdge {
 public:
  RightEdge() = default;  // of the empty tree

  // The edge of the tree of `size` entries (below 2^63). It is as trustworthy as the source until its root() has been
  // compared with a known one.
  static Result<RightEdge> read(const Source& source, std::uint64_t size);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  // The root of the tree (RFC 6962 section 2.1).
  [[nodiscard]] Hash root() const;
  [[nodiscard]] TreeHead head() const { return {size_, root()}; }
  // The hashes of the last tile of a level, 0..255 of them; none above the top.
  [[nodiscard]] std::span<const Hash> tile(unsigned level) const;

  // Appends a leaf. `filled(Tile, std::span<const Hash>)` is given each tile that becomes full by it, from below.
  template <class Filled>
  void add(const Hash& leaf, Filled filled) {
    Hash hash = leaf;
    for (unsigned level = 0;; ++level) {
      std::vector<Hash>& hashes = level_at(level);
      hashes.push_back(hash);
      if (hashes.size() < tile_width) break;
      filled(Tile{static_cast<int>(level), size_ >> (tile_height * (level + 1))}, std::span<const Hash>(hashes));
      hash = fold(hashes);
      hashes.clear();
    }
    ++size_;
  }
  void add(const Hash& leaf) {
    add(leaf, [](const Tile&, std::span<const Hash>) {});
  }

 private:
  std::vector<Hash>& level_at(unsigned level);

  std::uint64_t size_ = 0;
  std::vector<std::vector<Hash>> levels_;
};

// What appending some entries changes in the log's files.
struct File {
  std::string path;
  Bytes bytes;
};
struct Growth {
  RightEdge edge;                     // afterwards
  Bytes open_bundle;                  // the entries of the last bundle if it is partial
  std::vector<File> files;            // bundles, then tiles: to be written
  std::vector<std::string> outdated;  // folders of partial tiles and bundles that now have a full one
};

// The growth by `entries` (each at most 65,535 bytes) of the tree with that edge and open bundle.
Growth grow(RightEdge edge, Bytes open_bundle, std::span<const ByteView> entries);

}  // namespace folkmoot::ledger
