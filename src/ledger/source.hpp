// Where the files of a log are: read by anyone (a folder, a web site), written by the log itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/tile.hpp"

namespace folkmoot::ledger {

class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  // The file at that path (relative, as "tile/0/000"), or nothing if there is none. Fails if it cannot be read, or is
  // longer than `limit` bytes, which is said before anything is allocated.
  [[nodiscard]] virtual Result<std::optional<Bytes>> read(const std::string& path, std::size_t limit) const = 0;
};

class Storage : public Source {
 public:
  // Makes or replaces a file. Whoever reads, at any time and after a crash, finds the old one or the new one, whole; it
  // is sure to be the new one only once sync() has returned. A path is written once between two syncs.
  virtual Status write(const std::string& path, ByteView bytes) = 0;
  // When this returns, everything written before is in its place and on disk.
  virtual Status sync() = 0;
  // Removes a folder and what is in it, if it is there. Need not survive a crash.
  virtual Status discard(const std::string& folder) = 0;
};

// The hashes of a tile, of `tile.width`. Takes the full tile if a partial one is gone, as logs may remove those
// (tlog-tiles, "Partial Tiles"). The content is as trustworthy as the source.
Result<std::vector<Hash>> read_tile(const Source& source, const Tile& tile);

// The entries of a bundle, likewise, and the bytes they are views into: exactly those of the entries.
struct Bundle {
  Bundle() = default;
  Bundle(Bundle&&) = default;
  Bundle& operator=(Bundle&&) = default;

  Bytes bytes;
  std::vector<ByteView> entries;
};
Result<Bundle> read_bundle(const Source& source, std::uint64_t index, unsigned width);

}  // namespace folkmoot::ledger
