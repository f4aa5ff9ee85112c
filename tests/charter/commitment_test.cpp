#include "charter/commitment.hpp"

#include <gtest/gtest.h>

#include "charter/elector_proof.hpp"

namespace folkmoot::charter {
namespace {

Salt salt_of(std::size_t i) { return sha256(fmt::format("salt {}", i)); }
Entry entry_of(std::size_t i) {
  return {fmt::format("m-{:016x}", i * 0x9E3779B97F4A7C15), static_cast<std::int64_t>(i % 3 + 1)};
}

std::vector<Digest> commitments(std::size_t size) {
  std::vector<Digest> all;
  for (std::size_t i = 0; i < size; ++i) all.push_back(commit(salt_of(i), to_text(entry_of(i))));
  return all;
}

TEST(Commitment, ATextOfAnEntry) {
  EXPECT_EQ(to_text(Entry{"m-0123456789abcdef", 3}), R"({"member":"m-0123456789abcdef","weight":3})");
}

TEST(Commitment, ARootThatAnyoneCanWorkOut) {
  const auto all = commitments(2);
  const auto leaf = [](const Digest& of) { return Sha256().add(std::string_view("\0", 1)).add(ByteView(of)).digest(); };
  EXPECT_EQ(electorate_tree(all).head().root,
            Sha256().add("\1").add(ByteView(leaf(all[0]))).add(ByteView(leaf(all[1]))).digest());
  EXPECT_EQ(electorate_tree({}).head(), (merkle::TreeHead{0, sha256("")}));
}

TEST(ElectorProof, EveryElectorHasOneAndNobodyElse) {
  for (std::size_t size = 1; size <= 20; ++size) {
    const auto tree = electorate_tree(commitments(size));
    const merkle::TreeHead head = tree.head();
    for (std::size_t i = 0; i < size; ++i) {
      const ElectorProof proof{"election-12", entry_of(i), salt_of(i), i, tree.path(i)};
      EXPECT_TRUE(verify(proof, head));
      const auto refused = [&](auto change) {
        ElectorProof changed = proof;
        change(changed);
        EXPECT_FALSE(verify(changed, head)) << size << " " << i;
      };
      refused([&](ElectorProof& p) { p.entry.member = entry_of(i + 1).member; });
      refused([](ElectorProof& p) { ++p.entry.weight; });
      refused([](ElectorProof& p) { p.salt[31] ^= 1; });
      refused([&](ElectorProof& p) { p.index += size; });
      refused([&](ElectorProof& p) { p.path.push_back(head.root); });
      if (size > 1) {
        refused([&](ElectorProof& p) { p.index = (i + 1) % size; });
        refused([](ElectorProof& p) { p.path.pop_back(); });
        refused([](ElectorProof& p) { p.path.front()[0] ^= 128; });
      }
      EXPECT_FALSE(verify(proof, {size, sha256("another root")}));
      EXPECT_FALSE(verify(proof, {size * 2 + 1, head.root}));
    }
  }
}

TEST(ElectorProof, ReadsWhatIsWritten) {
  const auto tree = electorate_tree(commitments(3));
  const ElectorProof proof{"election-12", entry_of(1), salt_of(1), 1, tree.path(1)};
  const std::string text = to_text(proof);
  EXPECT_EQ(text, fmt::format(R"({{"of":"election-12","member":"{}","weight":2,"salt":"{}","index":1,)"
                              R"("path":["{}","{}"]}})",
                              entry_of(1).member, to_hex(salt_of(1)), to_hex(proof.path[0]), to_hex(proof.path[1])));
  EXPECT_EQ(read_elector_proof(text), proof);
}

TEST(ElectorProof, RefusesOtherTexts) {
  const std::string text = to_text(ElectorProof{"election-12", entry_of(1), salt_of(1), 0, {salt_of(2)}});
  const auto refusal = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    const std::size_t at = changed.find(from);
    if (at == std::string::npos) return std::string("not there");
    const auto proof = read_elector_proof(changed.replace(at, from.size(), to));
    return proof ? std::string("read") : proof.error().message;
  };
  EXPECT_EQ(refusal("election-12", "contest-12"), "of: expected the id of an election or a petition");
  EXPECT_EQ(refusal("m-9", "m-g"), "member: expected a member's reference");
  EXPECT_NE(refusal(R"("weight":2)", R"("weight":0)"), "read");
  EXPECT_NE(refusal(R"("weight":2)", R"("weight":02)"), "read");
  EXPECT_NE(refusal(R"("index":0)", R"("index":-1)"), "read");
  EXPECT_NE(refusal(to_hex(salt_of(1)), to_hex(salt_of(1)) + "00"), "read");
  EXPECT_NE(refusal(to_hex(salt_of(2)), "ABCD"), "read");
  EXPECT_NE(refusal(R"("path":[)", R"("path": [)"), "read");
  EXPECT_NE(refusal("}", R"(,"note":1})"), "read");
  ElectorProof longer{"election-12", entry_of(1), salt_of(1), 0, merkle::Proof(64)};
  EXPECT_EQ(read_elector_proof(to_text(longer)).error().message, "path: longer than 63 hashes");
}

}  // namespace
}  // namespace folkmoot::charter
