// Hashes and proofs out of tiles (tlog-tiles: "compute any desired proof").
#pragma once

#include <map>
#include <utility>

#include "ledger/source.hpp"

namespace folkmoot::ledger {

// Reads a log whose head is known, as from a verified checkpoint. Everything it gives has been verified against that
// head, so the source need not be trusted. Keeps the tiles it has read, up to 32 MiB of them. For one thread.
class TileReader {
 public:
  // The source must outlive the reader. The head's size is below 2^63.
  TileReader(const Source& source, const TreeHead& head) : source_(source), head_(head) {}

  [[nodiscard]] const TreeHead& head() const { return head_; }

  // The hash of a leaf and the proof that the tree has it at that index (RFC 6962 section 2.1.1). Fails if index is not
  // below the head's size, or if a tile is missing or not the head's.
  struct Inclusion {
    Hash leaf;
    Proof proof;
  };
  Result<Inclusion> inclusion(std::uint64_t index);

  // The head of the tree's first `size` entries, and the proof that the tree begins with it (RFC 6962 section 2.1.2).
  // Fails if there are fewer, or if a tile is missing or not the head's.
  struct Consistency {
    TreeHead earlier;
    Proof proof;
  };
  Result<Consistency> consistency(std::uint64_t size);

  // The entry of that index.
  Result<Bytes> entry(std::uint64_t index);

 private:
  // MTH(D[begin:end]) of a range that the tree's recursive halving leads to, or of a prefix. Not verified.
  Result<Hash> range(std::uint64_t begin, std::uint64_t end);
  // The hash of the 2^height leaves from number·2^height on, all of them in the tree.
  Result<Hash> subtree(unsigned height, std::uint64_t number);
  Result<const std::vector<Hash>*> tile(int level, std::uint64_t index);

  const Source& source_;
  TreeHead head_;
  std::map<std::pair<int, std::uint64_t>, std::vector<Hash>> tiles_;
};

}  // namespace folkmoot::ledger
