// The ledger: an append-only log of entries that nobody can rewrite unseen. Its formats are C2SP's (c2sp.org), so that
// tools and witnesses made by others work with it. Read in this order:
//
//   merkle      the tree over the entries, and proofs about it       RFC 6962 section 2.1, RFC 9162 section 2.1
//   tile, edge  the tree as files; how it grows                      tlog-tiles
//   note, checkpoint, cosignature   a tree head, signed              signed-note, tlog-checkpoint, tlog-cosignature
//   policy      whose signatures suffice                             tlog-policy
//   receipt     one entry's proof, to be kept                        tlog-proof
//   log, replay the two ends: who appends, who verifies everything
//   witness     who makes sure that everybody sees the same log      tlog-witness
//
// No input or output, no clock, no secret: bytes come through Source and Storage (source.hpp), times are arguments, and
// signing is a function that the caller gives (note.hpp).
//
// This file: Merkle tree hashes, and verifying proofs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/sha256.hpp"

namespace folkmoot::ledger {

using Hash = Digest;
using Proof = std::vector<Hash>;

// No tree has more entries than this.
inline constexpr std::uint64_t max_size = (std::uint64_t{1} << 63) - 1;

// A tree of `size` entries, and the hash that stands for all of them.
struct TreeHead {
  std::uint64_t size = 0;
  Hash root{};
  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

// RFC 6962 section 2.1: the hash of an entry, of two subtrees side by side, and of no entry at all.
Hash leaf_hash(ByteView entry);
Hash node_hash(const Hash& left, const Hash& right);
Hash empty_root();

// Whether the tree has the leaf at that index (RFC 9162 section 2.1.3.2). Any values may come in; fails if the proof
// does not show it.
Status verify_inclusion(const Hash& leaf, std::uint64_t index, const TreeHead& head, std::span<const Hash> proof);

// Whether the later tree begins with all entries of the earlier one (RFC 9162 section 2.1.4.2). The empty tree is
// consistent with any tree, and any tree with itself, by an empty proof.
Status verify_consistency(const TreeHead& earlier, const TreeHead& later, std::span<const Hash> proof);

}  // namespace folkmoot::ledger
