#include "base/merkle.hpp"

#include <gtest/gtest.h>

namespace folkmoot::merkle {
namespace {

std::vector<Hash> leaves(std::size_t size) {
  std::vector<Hash> all;
  for (std::size_t i = 0; i < size; ++i) all.push_back(leaf_hash(bytes_of(fmt::format("entry {}", i))));
  return all;
}

// RFC 6962 section 2.1, by its definition: split at the largest power of two below the size.
Hash defined_root(std::span<const Hash> all) {
  if (all.empty()) return sha256("");
  if (all.size() == 1) return all[0];
  std::size_t half = 1;
  while (half * 2 < all.size()) half *= 2;
  return node_hash(defined_root(all.first(half)), defined_root(all.subspan(half)));
}

TEST(Tree, HasTheRootOfTheDefinition) {
  for (std::size_t size = 0; size <= 70; ++size) {
    EXPECT_EQ(Tree(leaves(size)).head(), (TreeHead{size, defined_root(leaves(size))})) << size;
  }
}

TEST(Tree, ProvesEveryLeafAndNoOther) {
  for (std::size_t size = 1; size <= 40; ++size) {
    const auto all = leaves(size);
    const Tree tree(all);
    for (std::size_t i = 0; i < size; ++i) {
      const Proof path = tree.path(i);
      EXPECT_TRUE(verify_inclusion(all[i], i, tree.head(), path)) << i << " of " << size;
      EXPECT_FALSE(verify_inclusion(leaf_hash(bytes_of("a stranger")), i, tree.head(), path));
      if (size > 1) {
        EXPECT_FALSE(verify_inclusion(all[i], (i + 1) % size, tree.head(), path));
      }
    }
  }
}

}  // namespace
}  // namespace folkmoot::merkle
