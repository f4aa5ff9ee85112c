#include "ledger/merkle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/text.hpp"
#include "support.hpp"

namespace folkmoot::ledger {
namespace {

using namespace test;

// The tree of eight leaves that the implementations of RFC 6962 test themselves with: leaves, and the root for each
// size (transparency-dev/merkle, testonly/constants.go; from google/certificate-transparency).
const std::vector<std::string> reference_leaves = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> reference_roots = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                                  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                                  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                                  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                                  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                                  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                                  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                                  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                                  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Bytes> reference_entries() {
  std::vector<Bytes> all;
  for (const std::string& leaf : reference_leaves) all.push_back(need(from_hex(leaf)));
  return all;
}

TEST(Merkle, RootsAreThoseOfOtherImplementations) {
  const auto all = reference_entries();
  RightEdge edge;
  for (std::size_t size = 0; size <= all.size(); ++size) {
    EXPECT_EQ(to_hex(mth(all, 0, size)), reference_roots[size]) << size;
    EXPECT_EQ(to_hex(edge.root()), reference_roots[size]) << size;
    if (size < all.size()) edge.add(leaf_hash(all[size]));
  }
}

TEST(Merkle, ProofsAreThoseOfOtherImplementations) {
  // transparency-dev/merkle, testdata/inclusion/1/happy-path.json and testdata/consistency/1/happy-path.json.
  Proof proof;
  for (const char* text :
       {"lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=", "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
        "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ="}) {
    proof.push_back(need(parse_hash(text)));
  }
  const auto all = reference_entries();
  const TreeHead one{1, need(parse_hash("bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0="))};
  const TreeHead eight{8, need(parse_hash("XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="))};
  EXPECT_EQ(path(all, 0, 0, 8), proof);
  EXPECT_TRUE(verify_inclusion(one.root, 0, eight, proof));
  EXPECT_TRUE(verify_consistency(one, eight, proof));
}

TEST(Merkle, EveryProofOfASmallTreeIsAccepted) {
  const auto all = entries(0, 40);
  for (std::size_t size = 0; size <= all.size(); ++size) {
    const TreeHead head = head_of(all, size);
    for (std::size_t index = 0; index < size; ++index) {
      EXPECT_TRUE(verify_inclusion(leaf_hash(all[index]), index, head, path(all, index, 0, size)))
          << index << " " << size;
    }
    for (std::size_t earlier = 0; earlier <= size; ++earlier) {
      const Proof proof = earlier == 0 ? Proof{} : subproof(all, earlier, 0, size, true);
      EXPECT_TRUE(verify_consistency(head_of(all, earlier), head, proof)) << earlier << " " << size;
    }
  }
}

// Whatever differs from the truth by one bit, one hash or one position is refused.
TEST(Merkle, ChangedProofsAreRefused) {
  const auto all = entries(0, 21);
  for (std::size_t size = 1; size <= all.size(); ++size) {
    const TreeHead head = head_of(all, size);
    for (std::size_t index = 0; index < size; ++index) {
      const Hash leaf = leaf_hash(all[index]);
      const Proof proof = path(all, index, 0, size);
      const auto refuses = [&](std::uint64_t at, const TreeHead& under, const Proof& by) {
        EXPECT_FALSE(verify_inclusion(leaf, at, under, by)) << index << " " << size;
      };
      for (std::size_t i = 0; i < proof.size(); ++i) {
        Proof changed = proof;
        changed[i][index % 32] ^= 4;
        refuses(index, head, changed);
        changed = proof;
        changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(i));
        refuses(index, head, changed);
      }
      Proof longer = proof;
      longer.push_back(leaf);
      refuses(index, head, longer);
      for (std::size_t other = 0; other <= size; ++other) {
        if (other != index) refuses(other, head, proof);
      }
    }
    for (std::size_t earlier = 1; earlier < size; ++earlier) {
      const TreeHead from = head_of(all, earlier);
      const Proof proof = subproof(all, earlier, 0, size, true);
      for (std::size_t i = 0; i <= proof.size(); ++i) {
        Proof changed = proof;
        if (i < proof.size()) {
          changed[i][0] ^= 1;
        } else {
          changed.push_back(from.root);
        }
        EXPECT_FALSE(verify_consistency(from, head, changed));
      }
      EXPECT_FALSE(verify_consistency(from, head, {}));
      for (std::size_t other = 0; other < size; ++other) {
        if (other == earlier) continue;
        EXPECT_FALSE(verify_consistency({other, from.root}, head, proof)) << other;
      }
      TreeHead wrong = head;
      wrong.root[31] ^= 128;
      EXPECT_FALSE(verify_consistency(from, wrong, proof));
      wrong = from;
      wrong.root[31] ^= 128;
      EXPECT_FALSE(verify_consistency(wrong, head, proof));
    }
  }
}

TEST(Merkle, TreesWithoutNeedOfAProof) {
  const auto all = entries(0, 3);
  const TreeHead none{0, empty_root()}, three = head_of(all, 3);
  EXPECT_TRUE(verify_consistency(none, none, {}));
  EXPECT_TRUE(verify_consistency(none, three, {}));
  EXPECT_TRUE(verify_consistency(three, three, {}));
  EXPECT_FALSE(verify_consistency(none, three, Proof{three.root}));
  EXPECT_FALSE(verify_consistency(three, three, Proof{three.root}));
  EXPECT_FALSE(verify_consistency({0, three.root}, three, {}));
  EXPECT_FALSE(verify_consistency({3, none.root}, three, {}));
  EXPECT_FALSE(verify_consistency(three, {2, mth(all, 0, 2)}, {}));
}

RC_GTEST_PROP(Merkle, HostileSizesAndProofsEndInARefusal,
              (std::uint64_t index, std::uint64_t size, std::uint64_t later)) {
  const Proof proof(*rc::gen::inRange<std::size_t>(0, 130));
  RC_ASSERT(!verify_inclusion({}, index, {size, {3}}, proof));  // of one entry, the root is its hash
  RC_ASSERT(!verify_consistency({size, {1}}, {later, {2}}, proof));
}

RC_GTEST_PROP(RightEdge, HasTheRootOfTheDefinition, ()) {
  const auto all = entries(0, *rc::gen::inRange<std::size_t>(0, 1500));
  RightEdge edge;
  for (const Bytes& one : all) edge.add(leaf_hash(one));
  RC_ASSERT(edge.head() == head_of(all, all.size()));
}

}  // namespace
}  // namespace folkmoot::ledger
