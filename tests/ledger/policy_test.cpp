#include "ledger/policy.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/cosignature.hpp"
#include "support.hpp"

namespace folkmoot::ledger {
namespace {

using namespace test;

Signer witness(std::uint8_t number) {
  return signer(fmt::format("witness.example/w{}", number), SignatureType::cosignature_v1,
                static_cast<std::uint8_t>(100 + number));
}
std::string vkey(std::uint8_t number) { return witness(number).key.to_text(); }

// The example of c2sp.org/tlog-policy.
std::string example_policy() {
  return "log " + log_signer().key.to_text() + "\n\nwitness X1 " + vkey(1) + "\nwitness X2 " + vkey(2) +
         "\nwitness X3 " + vkey(3) + "\ngroup X-witnesses 2 X1 X2 X3\n\nwitness Y1 " + vkey(4) + "\nwitness Y2 " +
         vkey(5) + "\nwitness Y3 " + vkey(6) +
         "\ngroup Y-witnesses any Y1 Y2 Y3\n\ngroup X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n";
}

TEST(Policy, TheExampleOfTheSpecification) {
  const Policy policy = need(Policy::parse(example_policy()));
  ASSERT_EQ(policy.witnesses().size(), 6U);
  ASSERT_EQ(policy.logs().size(), 1U);
  for (unsigned set = 0; set < 64; ++set) {
    std::vector<bool> cosigned;
    for (unsigned i = 0; i < 6; ++i) cosigned.push_back((set >> i & 1) != 0);
    EXPECT_EQ(policy.quorum(cosigned), std::popcount(set & 7) >= 2 && (set >> 3) != 0) << set;
  }
}

TEST(Policy, WhatItsLinesMayBe) {
  const std::string log = "log " + log_signer().key.to_text();
  const std::string one = "witness one " + vkey(1) + "\n", two = "witness two " + vkey(2) + "\n";
  for (const std::string& text :
       {std::string("quorum none\n"), std::string("# comment\n \t# another\n\n \t\nquorum none\n"),
        log + "\nquorum none\n", "\t" + log + "  https://ledger.example/moot/ \nquorum\tnone\t\n", one + "quorum one\n",
        "quorum none\n" + one + two + "group g all one two\n",
        one + two + "group \xc3\xa9 2 one two\nquorum \xc3\xa9\n", one + "group g any one\ngroup h 1 g\nquorum h\n",
        one + "group all all one\nquorum all\n"}) {
    EXPECT_TRUE(Policy::parse(text)) << text << Policy::parse(text).error().message;
  }
  const std::string url = "witness one " + vkey(1) + " https://one.example/\nquorum one\n";
  EXPECT_EQ(need(Policy::parse(url)).witnesses()[0].url, "https://one.example/");
}

TEST(Policy, WhatItRefusesAndWhere) {
  const std::string log = "log " + log_signer().key.to_text() + "\n";
  const std::string one = "witness one " + vkey(1) + "\n", two = "witness two " + vkey(2) + "\n";
  const std::string same = "witness three " + signer("other", SignatureType::cosignature_v1, 101).key.to_text() + "\n";
  for (const auto& [text, line] : {
           std::pair(std::string(), ""),
           std::pair(one, ""),
           std::pair(std::string("quorum none"), "line 1"),
           std::pair(std::string("quorum none\nquorum none\n"), "line 2"),
           std::pair(std::string("quorum one\n") + one, "line 1"),
           std::pair(std::string("quorum\n"), "line 1"),
           std::pair(std::string("quorum none none\n"), "line 1"),
           std::pair(std::string("Quorum none\n"), "line 1"),
           std::pair(std::string("quorum none # no comment here\n"), "line 1"),
           std::pair(log + log + "quorum none\n", "line 2"),
           std::pair(one + same + "quorum none\n", "line 2"),
           std::pair(one + "witness one " + vkey(2) + "\nquorum none\n", "line 2"),
           std::pair("witness none " + vkey(1) + "\nquorum none\n", "line 1"),
           std::pair(one + "group none any one\nquorum none\n", "line 2"),
           std::pair(one + "group one any one\nquorum none\n", "line 2"),
           std::pair(one + "group g any g\nquorum none\n", "line 2"),
           std::pair(one + "group g any none\nquorum none\n", "line 2"),
           std::pair(one + "group g 0 one\nquorum none\n", "line 2"),
           std::pair(one + "group g 2 one\nquorum none\n", "line 2"),
           std::pair(one + "group g 01 one\nquorum none\n", "line 2"),
           std::pair(one + "group g some one\nquorum none\n", "line 2"),
           std::pair(one + "group g any\nquorum none\n", "line 2"),
           std::pair(one + "group g 2 one one\nquorum none\n", "line 2"),
           std::pair(one + two + "group g any one\ngroup h any one two\nquorum none\n", "line 4"),
           std::pair("log " + vkey(1) + "\nquorum none\n", "line 1"),  // a witness's key
           std::pair("witness one " + log_signer().key.to_text() + "\nquorum none\n", "line 1"),
           std::pair(std::string("log nonsense\nquorum none\n"), "line 1"),
           std::pair(log.substr(0, log.size() - 1) + "\r\nquorum none\n", "line 1"),
           std::pair(std::string("# \x7f\nquorum none\n"), "line 1"),
           std::pair(std::string("quorum none\n\0", 13), "line 2"),
       }) {
    const auto policy = Policy::parse(text);
    ASSERT_FALSE(policy) << text;
    EXPECT_THAT(policy.error().message, ::testing::HasSubstr(line)) << text;
  }
}

// A deep chain of groups is decided in one pass, without recursion.
TEST(Policy, DeepGroups) {
  std::string text = "witness g0 " + vkey(1) + "\n";
  for (int i = 1; i < 20'000; ++i) text += fmt::format("group g{} any g{}\n", i, i - 1);
  const Policy policy = need(Policy::parse(text + "quorum g19999\n"));
  EXPECT_TRUE(policy.quorum({true}));
  EXPECT_FALSE(policy.quorum({false}));
}

struct Signed {
  Checkpoint checkpoint{origin, {5, Hash{1, 2, 3}}, {}};
  Note note{to_text(checkpoint), {need(sign_note(log_signer(), to_text(checkpoint)))}};

  Signed& by(std::uint8_t number, std::uint64_t time = 1000) {
    note.signatures.push_back(need(cosign(witness(number), note.text, time)));
    return *this;
  }
};

TEST(VerifyCheckpoint, NeedsTheLogAndAQuorum) {
  const Policy policy = need(Policy::parse(example_policy()));
  const auto verified = verify_checkpoint(policy, to_text(Signed().by(3, 30).by(1, 10).by(5, 50).note));
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(verified->checkpoint.head, Signed().checkpoint.head);
  ASSERT_EQ(verified->cosignatures.size(), 3U);
  EXPECT_EQ(verified->cosignatures[0].witness, "X1");
  EXPECT_EQ(verified->cosignatures[0].time, 10U);
  EXPECT_EQ(verified->cosignatures[2].witness, "Y2");

  EXPECT_THAT(verify_checkpoint(policy, to_text(Signed().by(3).by(1).note)).error().message,
              ::testing::HasSubstr("no quorum of witnesses: cosigned by X1, X3"));
  Note unsigned_note = Signed().by(1).by(2).by(4).note;
  unsigned_note.signatures.erase(unsigned_note.signatures.begin());
  EXPECT_THAT(verify_checkpoint(policy, to_text(unsigned_note)).error().message,
              ::testing::HasSubstr("not signed by a key"));
  // A stranger's signature is ignored, a witness's wrong one is not.
  EXPECT_TRUE(verify_checkpoint(policy, to_text(Signed().by(1).by(2).by(4).by(77).note)));
  Note wrong = Signed().by(1).by(2).by(4).by(5).note;
  wrong.signatures.back().signature[70] ^= 1;
  EXPECT_THAT(verify_checkpoint(policy, to_text(wrong)).error().message, ::testing::HasSubstr("is wrong"));
}

TEST(VerifyCheckpoint, AKeyCountsOnlyForItsOwnOrigin) {
  const Signer other = signer("other.example/log", SignatureType::note, 9);
  const Policy policy =
      need(Policy::parse("log " + log_signer().key.to_text() + "\nlog " + other.key.to_text() + "\nquorum none\n"));
  const auto note_of = [](const std::string& name, const Signer& by) {
    const std::string text = to_text(Checkpoint{name, {5, Hash{1}}, {}});
    return to_text(Note{text, {need(sign_note(by, text))}});
  };
  EXPECT_TRUE(verify_checkpoint(policy, note_of(origin, log_signer())));
  EXPECT_TRUE(verify_checkpoint(policy, note_of("other.example/log", other)));
  EXPECT_FALSE(verify_checkpoint(policy, note_of(origin, other)));
  EXPECT_FALSE(verify_checkpoint(policy, note_of("third.example/log", other)));
}

// With a policy that needs every signature there is, no bit of a checkpoint may change.
TEST(VerifyCheckpoint, EveryFlippedBitIsNoticed) {
  const Policy policy =
      need(Policy::parse("log " + log_signer().key.to_text() + "\nwitness one " + vkey(1) + "\nquorum one\n"));
  const std::string note = to_text(Signed().by(1).note);
  ASSERT_TRUE(verify_checkpoint(policy, note));
  for (std::size_t i = 0; i < 8 * note.size(); ++i) {
    std::string changed = note;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << i % 8));
    EXPECT_FALSE(verify_checkpoint(policy, changed)) << i;
  }
}

}  // namespace
}  // namespace folkmoot::ledger
