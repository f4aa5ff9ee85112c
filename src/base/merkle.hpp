// Merkle trees as certificate transparency defines them (RFC 6962 section 2.1, RFC 9162 section 2.1): one hash stands
// for a list of entries, and a short proof shows that an entry is in it, or that a longer list begins with it. The
// ledger's tree is one, and so is the commitment to an electorate.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/sha256.hpp"

namespace folkmoot::merkle {

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

// A tree in memory, of leaves that leaf_hash gave: about twice their bytes.
class Tree {
 public:
  explicit Tree(std::vector<Hash> leaves);
  [[nodiscard]] std::uint64_t size() const { return levels_.front().size(); }
  [[nodiscard]] TreeHead head() const;
  // The proof of the leaf at that index, which exists (RFC 9162 section 2.1.3.1), lowest sibling first.
  [[nodiscard]] Proof path(std::uint64_t index) const;

 private:
  // The leaves, and above each level its neighbours joined; a last one without a neighbour is carried up as it is. That
  // gives the RFC's tree, whose left subtrees are perfect.
  std::vector<std::vector<Hash>> levels_;
};

}  // namespace folkmoot::merkle
