#include "charter/commitment.hpp"

#include <gtest/gtest.h>

namespace folkmoot::charter {
namespace {

std::vector<Digest> commitments(std::size_t size) {
  std::vector<Digest> all;
  for (std::size_t i = 0; i < size; ++i)
    all.push_back(commit(sha256(fmt::format("salt {}", i)), fmt::format("entry {}", i)));
  return all;
}

TEST(Commitment, ATextOfAnEntry) {
  EXPECT_EQ(to_text(Entry{"m-0123456789abcdef", 3}), R"({"member":"m-0123456789abcdef","weight":3})");
}

// RFC 6962 section 2.1, by its definition: split at the largest power of two below the size.
Digest defined_root(std::span<const Digest> all) {
  if (all.size() == 1) return Sha256().add(std::string_view("\0", 1)).add(ByteView(all[0])).digest();
  std::size_t split = 1;
  while (split * 2 < all.size()) split *= 2;
  return Sha256()
      .add("\1")
      .add(ByteView(defined_root(all.first(split))))
      .add(ByteView(defined_root(all.subspan(split))))
      .digest();
}

TEST(Commitment, RootIsThatOfTheRfc) {
  EXPECT_EQ(electorate_root({}), sha256(""));
  for (std::size_t size = 1; size <= 40; ++size) {
    const auto all = commitments(size);
    EXPECT_EQ(electorate_root(all), defined_root(all)) << size;
  }
}

TEST(Commitment, EveryElectorProvesItAndNobodyElse) {
  for (std::size_t size = 1; size <= 20; ++size) {
    const auto all = commitments(size);
    const Digest root = electorate_root(all);
    for (std::size_t i = 0; i < size; ++i) {
      auto path = electorate_path(all, i);
      EXPECT_TRUE(on_electorate(all[i], i, size, path, root));
      EXPECT_FALSE(on_electorate(sha256("a stranger"), i, size, path, root));
      EXPECT_FALSE(on_electorate(all[i], i + size, size, path, root));
      EXPECT_FALSE(on_electorate(all[i], i, size, path, sha256("another root")));
      path.push_back(root);
      EXPECT_FALSE(on_electorate(all[i], i, size, path, root));
      if (path.size() > 1) {
        EXPECT_FALSE(on_electorate(all[i], i, size, std::span(path).first(path.size() - 2), root));
      }
    }
  }
}

}  // namespace
}  // namespace folkmoot::charter
