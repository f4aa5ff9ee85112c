#include "ledger/note.hpp"

#include <gtest/gtest.h>

#include "ledger/checkpoint.hpp"
#include "ledger/cosignature.hpp"
#include "support.hpp"

namespace folkmoot::ledger {
namespace {

using namespace test;

// The example of c2sp.org/signed-note, "Verifier keys".
const std::string example_key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const std::string example_note =
    "This is an example message.\n"
    "\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

// The example of golang.org/x/mod/sumdb/note (example_test.go): two signers of one text.
const std::string go_note =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const std::string peter_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

// The example of c2sp.org/tlog-cosignature, with a checkpoint's signature and a cosignature (whose keys it leaves out).
const std::string cosigned_note =
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

TEST(VerifierKey, TheExamplesOfTheSpecificationAndOfGoVerify) {
  for (const auto& [key, note] : {std::pair(example_key, example_note), std::pair(peter_key, go_note)}) {
    const VerifierKey parsed = need(VerifierKey::parse(key));
    EXPECT_EQ(parsed.to_text(), key);
    EXPECT_EQ(to_text(need(parse_note(note))), note);
    EXPECT_TRUE(need(signed_by(need(parse_note(note)), parsed)));
  }
  EXPECT_EQ(need(VerifierKey::parse(example_key)).id(), 0x530d903aU);
  // A stranger to the note has not signed it; that is no error.
  EXPECT_FALSE(need(signed_by(need(parse_note(go_note)), need(VerifierKey::parse(example_key)))));
}

TEST(VerifierKey, MangledKeysAreRefused) {
  for (std::size_t i = 0; i < example_key.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string mangled = example_key;
      mangled[i] = static_cast<char>(mangled[i] ^ (1 << bit));
      EXPECT_FALSE(VerifierKey::parse(mangled)) << mangled;
    }
    EXPECT_FALSE(VerifierKey::parse(example_key.substr(0, i)));
  }
  // From golang.org/x/mod/sumdb/note (note_test.go): a key of wrong length, an unknown type, both with their right IDs.
  EXPECT_FALSE(VerifierKey::parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="));
  EXPECT_FALSE(VerifierKey::parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
}

TEST(VerifierKey, NamesAreChecked) {
  for (const char* name : {"", "a b", "a+b", "a\nb", "a\tb", "a\u00a0b", "a\u2003b", "a\u3000", "\u0085", "\xff"}) {
    EXPECT_FALSE(VerifierKey::make(name, SignatureType::note, {})) << name;
  }
  EXPECT_TRUE(VerifierKey::make("généralité.example/été", SignatureType::note, {}));
}

TEST(Note, EveryFlippedBitIsNoticed) {
  const VerifierKey key = need(VerifierKey::parse(example_key));
  for (std::size_t i = 0; i < example_note.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = example_note;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      const auto note = parse_note(changed);
      if (!note) continue;
      const auto signature = signed_by(*note, key);
      EXPECT_FALSE(signature && *signature) << i << " " << bit;
    }
  }
}

TEST(Note, MalformedNotesAreRefused) {
  const std::string line = to_text(need(parse_note(example_note)).signatures[0]);
  EXPECT_TRUE(parse_note("text\n\n" + line));
  EXPECT_TRUE(parse_note("text\n\n— not a signature\n\n" + line));  // the last empty line separates
  for (const std::string& text : {
           std::string(),
           std::string("\n"),
           std::string("\n\n"),
           std::string("text\n\n"),
           "text\n" + line,
           "text\n\n" + line + "\n",
           "text\n\n" + line + "more\n",
           "text\n\n" + line.substr(0, line.size() - 1),
           "text\n\n-" + line,
           "te\txt\n\n" + line,
           "te\rxt\n\n" + line,
           std::string("te\0xt\n\n", 7) + line,
           "te\xc3(xt\n\n" + line,
           std::string("text\n\n— name \n"),
           std::string("text\n\n— name AAAA\n"),
           std::string("text\n\n— name AAAAAA==\n"),
           std::string("text\n\n—  AAAAAAA=\n"),
           std::string("text\n\n— a b AAAAAAA=\n"),
           std::string("text\n\n— name AAAAAAB=\n"),
       }) {
    EXPECT_FALSE(parse_note(text)) << text;
  }
  std::string many = "text\n\n";
  for (int i = 0; i < 100; ++i) many += line;
  EXPECT_TRUE(parse_note(many));
  EXPECT_FALSE(parse_note(many + line));
  many.insert(0, std::size_t{2} << 20, 'x');
  EXPECT_FALSE(parse_note(many));
}

TEST(Note, AWrongSignatureByAKnownKeySpoilsTheNote) {
  const Signer one = signer("one", SignatureType::note, 1);
  const SignatureLine good = need(sign_note(one, "text\n"));
  SignatureLine bad = good;
  bad.signature[5] ^= 1;
  EXPECT_TRUE(need(signed_by({"text\n", {good, good}}, one.key)));
  EXPECT_FALSE(signed_by({"text\n", {good, bad}}, one.key));
  bad.signature.pop_back();
  EXPECT_FALSE(signed_by({"text\n", {good, bad}}, one.key));
  // One that shares only the name or only the ID with a known key is ignored.
  bad.id ^= 1;
  EXPECT_TRUE(need(signed_by({"text\n", {bad, good}}, one.key)));
  EXPECT_FALSE(need(signed_by({"text\n", {bad}}, one.key)));
}

TEST(Note, ASignerThatSignsWronglyIsNotBelieved) {
  Signer mixed = signer("one", SignatureType::note, 1);
  mixed.sign = signer("one", SignatureType::note, 2).sign;
  EXPECT_FALSE(sign_note(mixed, "text\n"));
  mixed.sign = [](std::string_view) -> Result<Signature> { return fail("no answer"); };
  EXPECT_EQ(sign_note(mixed, "text\n").error().message, "one: no answer");
}

TEST(Checkpoint, TheExampleOfTheSpecificationIsRead) {
  const SignedCheckpoint parsed = need(parse_signed_checkpoint(cosigned_note));
  EXPECT_EQ(parsed.checkpoint.origin, "example.com/behind-the-sofa");
  EXPECT_EQ(parsed.checkpoint.head.size, 20852163U);
  EXPECT_EQ(to_hex(parsed.checkpoint.head.root), "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62");
  EXPECT_EQ(to_text(parsed.note), cosigned_note);
  EXPECT_EQ(to_text(parsed.checkpoint), parsed.note.text);
  EXPECT_EQ(parsed.note.signatures[1].signature.size(), 72U);
}

TEST(Checkpoint, MalformedOnesAreRefused) {
  const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  EXPECT_TRUE(parse_checkpoint("log\n0\n" + root));
  EXPECT_TRUE(parse_checkpoint("log with spaces\n9223372036854775807\n" + root + "extension\nanother\n"));
  for (const std::string& text :
       {"\n1\n" + root, "log\n01\n" + root, "log\n+1\n" + root, "log\n\n" + root, "log\n 1\n" + root,
        "log\n-1\n" + root, "log\n9223372036854775808\n" + root, "log\n18446744073709551616\n" + root,
        "log\n1\n\n" + root, "log\n1\n" + root + "\n", "log\n1\n" + root + "extension", "log\n1\n" + root.substr(1),
        "log\n1\n" + root.substr(4), std::string("log\n1\n"), std::string("log\n"), std::string(),
        std::string("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")}) {
    EXPECT_FALSE(parse_checkpoint(text)) << text;
  }
}

TEST(Cosignature, SaysWhoAndWhen) {
  const Signer witness = signer("witness.example/w1", SignatureType::cosignature_v1, 3);
  const std::string text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  const SignatureLine line = need(cosign(witness, text, 1679315147));
  EXPECT_EQ(need(cosigned_at({text, {line}}, witness.key)), 1679315147U);
  EXPECT_EQ(need(cosigned_at({text, {}}, witness.key)), std::nullopt);
  // What is signed is what tlog-cosignature, "Ed25519 signed message", shows.
  Signature signature;
  std::copy(line.signature.begin() + 8, line.signature.end(), signature.begin());
  EXPECT_TRUE(witness.key.verifies("cosignature/v1\ntime 1679315147\n" + text, signature));
  // The time is part of it, and a key of another type is another key.
  for (std::size_t i = 0; i < line.signature.size(); ++i) {
    SignatureLine changed = line;
    changed.signature[i] ^= 16;
    EXPECT_FALSE(cosigned_at({text, {changed}}, witness.key)) << i;
  }
  EXPECT_FALSE(cosigned_at({text + "extension\n", {line}}, witness.key));
  EXPECT_FALSE(need(signed_by({text, {line}}, signer("witness.example/w1", SignatureType::note, 3).key)));
  // Of several the latest counts.
  EXPECT_EQ(
      need(cosigned_at({text, {need(cosign(witness, text, 7)), line, need(cosign(witness, text, 9))}}, witness.key)),
      1679315147U);
  EXPECT_FALSE(cosign(witness, text, 0));
  EXPECT_FALSE(cosign(witness, text, std::uint64_t{1} << 63));
  EXPECT_TRUE(cosign(witness, text, (std::uint64_t{1} << 63) - 1));
}

}  // namespace
}  // namespace folkmoot::ledger
