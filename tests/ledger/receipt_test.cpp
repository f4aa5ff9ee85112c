#include "ledger/receipt.hpp"

#include <gtest/gtest.h>

#include "ledger/cosignature.hpp"
#include "ledger/text.hpp"
#include "support.hpp"

namespace folkmoot::ledger {
namespace {

using namespace test;

const Signer witness = signer("witness.example/w", SignatureType::cosignature_v1, 50);

struct Receipts : ::testing::Test {
  MemoryStorage storage;
  Policy policy = need(
      Policy::parse("log " + log_signer().key.to_text() + "\nwitness w " + witness.key.to_text() + "\nquorum w\n"));

  // A log of that size, cosigned.
  std::string log_of(std::uint64_t size) {
    Note note = need(parse_note(make_log(storage, size)));
    note.signatures.push_back(need(cosign(witness, note.text, 1'800'000'000)));
    return to_text(note);
  }
};

TEST_F(Receipts, AreTheTextOfTheSpecificationAndVerifyOffline) {
  const std::string checkpoint = log_of(3);
  const auto all = entries(0, 3);
  const Receipt receipt = need(make_receipt(storage, checkpoint, 2, Bytes{'s', 'a', 'l', 't'}));
  // tlog-proof, "Format".
  EXPECT_EQ(to_text(receipt), "c2sp.org/tlog-proof@v1\nextra c2FsdA==\nindex 2\n" + to_padded_base64(mth(all, 0, 2)) +
                                  "\n\n" + checkpoint);
  const Receipt read = need(parse_receipt(to_text(receipt)));
  const auto verified = need(verify_receipt(policy, read, leaf_hash(all[2])));
  EXPECT_EQ(verified.checkpoint.head, head_of(all, 3));
  EXPECT_EQ(verified.cosignatures.at(0).time, 1'800'000'000U);
  EXPECT_FALSE(verify_receipt(policy, read, leaf_hash(all[1])));
  EXPECT_FALSE(make_receipt(storage, checkpoint, 3));
}

TEST_F(Receipts, ExistForEveryEntry) {
  const std::string checkpoint = log_of(600);
  for (std::uint64_t i = 0; i < 600; ++i) {
    const Receipt receipt = need(parse_receipt(to_text(need(make_receipt(storage, checkpoint, i)))));
    EXPECT_FALSE(receipt.extra);
    EXPECT_TRUE(verify_receipt(policy, receipt, leaf_hash(entry(i)))) << i;
  }
}

TEST_F(Receipts, EveryFlippedBitIsNoticed) {
  const std::string text = to_text(need(make_receipt(storage, log_of(300), 298)));
  const Hash leaf = leaf_hash(entry(298));
  ASSERT_TRUE(verify_receipt(policy, need(parse_receipt(text)), leaf));
  for (std::size_t i = 0; i < 8 * text.size(); ++i) {
    std::string changed = text;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << i % 8));
    const auto receipt = parse_receipt(changed);
    EXPECT_FALSE(receipt && verify_receipt(policy, *receipt, leaf)) << i;
  }
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto receipt = parse_receipt(text.substr(0, size));
    EXPECT_FALSE(receipt && verify_receipt(policy, *receipt, leaf)) << size;
  }
}

TEST_F(Receipts, MalformedOnesAreRefused) {
  const std::string note = log_of(1);
  const std::string first = "c2sp.org/tlog-proof@v1\n", hash = to_padded_base64(Hash{}) + "\n";
  EXPECT_TRUE(parse_receipt(first + "index 0\n\n" + note));
  EXPECT_TRUE(parse_receipt(first + "extra \nindex 0\n\n" + note));
  std::string longest = first + "index 0\n";
  for (int i = 0; i < 63; ++i) longest += hash;
  EXPECT_TRUE(parse_receipt(longest + "\n" + note));
  for (const std::string& text :
       {"c2sp.org/tlog-proof@v2\nindex 0\n\n" + note, "index 0\n\n" + note, first + "index 00\n\n" + note,
        first + "index -1\n\n" + note, first + "index\n\n" + note, first + "\n" + note, first + "index 0\n" + note,
        first + "index 0\nextra AAAA\n\n" + note, first + "extra AAAA\nextra AAAA\nindex 0\n\n" + note,
        first + "extra A\nindex 0\n\n" + note, first + "index 0\nAAAA\n\n" + note, first + "index 0\n\n\n" + note,
        first + "index 0\n\n", first + "index 0\n", first, longest + hash + "\n" + note,
        first + "index 9223372036854775808\n\n" + note}) {
    EXPECT_FALSE(parse_receipt(text)) << text;
  }
}

TEST_F(Receipts, AreNotMadeFromTilesOfAnotherTree) {
  const std::string checkpoint = log_of(600);
  for (auto& [path, bytes] : storage.files) {
    if (!path.starts_with("tile/") || path.starts_with("tile/entries/")) continue;
    bytes[bytes.size() / 2] ^= 1;
    bool refused = false;
    for (const std::uint64_t index : {0, 255, 256, 511, 512, 599}) refused |= !make_receipt(storage, checkpoint, index);
    EXPECT_TRUE(refused) << path;
    bytes[bytes.size() / 2] ^= 1;
  }
}

}  // namespace
}  // namespace folkmoot::ledger
