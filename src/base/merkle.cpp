#include "base/merkle.hpp"

#include <bit>
#include <cassert>

namespace folkmoot::merkle {
namespace {

bool odd(std::uint64_t number) { return (number & 1) != 0; }

}  // namespace

Hash leaf_hash(ByteView entry) { return Sha256().add(std::string_view("\x00", 1)).add(entry).digest(); }

Hash node_hash(const Hash& left, const Hash& right) { return Sha256().add("\x01").add(left).add(right).digest(); }

Hash empty_root() { return sha256(std::string_view()); }

// In both verifiers `fn` and `sn` are positions on the way up from a leaf: of the node whose hash is known, and of the
// last node, on the same level. A node that is last and a left child has no sibling, and is carried up as it is.

Status verify_inclusion(const Hash& leaf, std::uint64_t index, const TreeHead& head, std::span<const Hash> proof) {
  if (index >= head.size) return fail("index {} is not in a tree of {} entries", index, head.size);
  std::uint64_t fn = index, sn = head.size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (sn == 0) return fail("the inclusion proof is too long");
    if (odd(fn) || fn == sn) {
      hash = node_hash(sibling, hash);
      for (; !odd(fn) && fn != 0; sn >>= 1) fn >>= 1;
    } else {
      hash = node_hash(hash, sibling);
    }
    fn >>= 1, sn >>= 1;
  }
  if (sn != 0) return fail("the inclusion proof is too short");
  if (hash != head.root) return fail("the inclusion proof of index {} does not lead to the root", index);
  return {};
}

Status verify_consistency(const TreeHead& earlier, const TreeHead& later, std::span<const Hash> proof) {
  if (earlier.size > later.size) return fail("{} entries cannot have become {}", earlier.size, later.size);
  if (earlier.size == later.size && earlier.root != later.root) {
    return fail("two different trees of {} entries", later.size);
  }
  if (earlier.size == 0 && earlier.root != empty_root()) return fail("not the root of the empty tree");
  if (earlier.size == 0 || earlier.size == later.size) {
    return proof.empty() ? Status() : fail("a consistency proof where none is needed");
  }
  std::uint64_t fn = earlier.size - 1, sn = later.size - 1;
  for (; odd(fn); sn >>= 1) fn >>= 1;
  // The largest subtree that the earlier tree ends with: the whole earlier tree, or the first hash of the proof.
  const bool whole = std::has_single_bit(earlier.size);
  if (!whole && proof.empty()) return fail("the consistency proof is too short");
  Hash earlier_hash = whole ? earlier.root : proof.front();
  Hash later_hash = earlier_hash;
  for (const Hash& sibling : proof.subspan(whole ? 0 : 1)) {
    if (sn == 0) return fail("the consistency proof is too long");
    if (odd(fn) || fn == sn) {
      earlier_hash = node_hash(sibling, earlier_hash);
      later_hash = node_hash(sibling, later_hash);
      for (; !odd(fn) && fn != 0; sn >>= 1) fn >>= 1;
    } else {
      later_hash = node_hash(later_hash, sibling);
    }
    fn >>= 1, sn >>= 1;
  }
  if (sn != 0) return fail("the consistency proof is too short");
  if (earlier_hash != earlier.root) return fail("the consistency proof does not lead to the earlier root");
  if (later_hash != later.root) return fail("the consistency proof does not lead to the later root");
  return {};
}

Tree::Tree(std::vector<Hash> leaves) {
  levels_.push_back(std::move(leaves));
  while (levels_.back().size() > 1) {
    const std::vector<Hash>& below = levels_.back();
    std::vector<Hash> level;
    level.reserve((below.size() + 1) / 2);
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) level.push_back(node_hash(below[i], below[i + 1]));
    if (below.size() % 2 == 1) level.push_back(below.back());
    levels_.push_back(std::move(level));
  }
}

TreeHead Tree::head() const { return {size(), size() == 0 ? empty_root() : levels_.back().front()}; }

Proof Tree::path(std::uint64_t index) const {
  assert(index < size());
  Proof path;
  for (const std::vector<Hash>& level : levels_) {
    const std::uint64_t sibling = index ^ 1;
    if (sibling < level.size()) path.push_back(level[sibling]);
    index /= 2;
  }
  return path;
}

}  // namespace folkmoot::merkle
