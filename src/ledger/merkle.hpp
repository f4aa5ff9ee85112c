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
// This file: the Merkle tree's hashes and proofs, which are base's (base/merkle.hpp), under the names used here.
#pragma once

#include "base/merkle.hpp"

namespace folkmoot::ledger {

using merkle::empty_root;
using merkle::Hash;
using merkle::leaf_hash;
using merkle::max_size;
using merkle::node_hash;
using merkle::Proof;
using merkle::TreeHead;
using merkle::verify_consistency;
using merkle::verify_inclusion;

}  // namespace folkmoot::ledger
