#include "ledger/witness.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/cosignature.hpp"
#include "ledger/reader.hpp"
#include "ledger/text.hpp"
#include "support.hpp"

namespace folkmoot::ledger {
namespace {

using namespace test;

Signer witness_signer() { return signer("witness.example/w1", SignatureType::cosignature_v1, 60); }

// A log whose entries from `fork` on are not the tests' usual ones.
struct Side {
  std::vector<Bytes> all;
  explicit Side(std::size_t fork = 1'000'000, std::size_t size = 40) : all(entries(0, size)) {
    for (std::size_t i = fork; i < size; ++i) all[i] = {9, 9, static_cast<std::uint8_t>(i)};
  }
  [[nodiscard]] std::string note(std::size_t size, const Signer& by = log_signer()) const {
    const std::string text = to_text(Checkpoint{origin, head_of(all, size), {}});
    return to_text(Note{text, {need(sign_note(by, text))}});
  }
  [[nodiscard]] AddCheckpoint request(std::size_t from, std::size_t to) const {
    return {from, from == 0 ? Proof{} : subproof(all, from, 0, to, true), note(to)};
  }
};

// A server around the witness: stores, applies, answers.
struct Server {
  Witness witness{witness_signer(), {log_signer().key}};
  std::map<std::string, std::string> stored;

  Response post(const std::string& body, std::uint64_t time = 1000) {
    auto [response, record] = witness.decide(body, time);
    if (record) {
      stored[Witness::record_path(record->origin)] = record->note;
      witness.apply(*record);
    }
    return response;
  }
  Response post(const AddCheckpoint& request, std::uint64_t time = 1000) { return post(to_text(request), time); }
};

TEST(AddCheckpoint, TheExampleOfTheSpecificationIsRead) {
  // tlog-witness, "add-checkpoint".
  const std::string body =
      "old 20852014\n"
      "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
      "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
      "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
      "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n"
      "\n"
      "example.com/behind-the-sofa\n"
      "20852163\n"
      "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
      "\n"
      "— example.com/behind-the-sofa "
      "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
      "— example.com/behind-the-sofa "
      "opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n";
  const AddCheckpoint request = need(parse_add_checkpoint(body));
  EXPECT_EQ(request.old_size, 20852014U);
  EXPECT_EQ(request.consistency.size(), 4U);
  EXPECT_EQ(to_text(request), body);
}

// Requests of a real Sigsum log's format, as FiloSottile/torchwood tests its witness with them
// (cmd/litewitness/testdata/litewitness.txt, internal/witness/witness_test.go): sizes 1, 3 and 5.
TEST(Witness, AcceptsWhatOtherWitnessesAreTestedWith) {
  const std::string sigsum = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
  PublicKey key;
  need(from_hex("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f", std::span(key)));
  Server server;
  server.witness = Witness(witness_signer(), {need(VerifierKey::make(sigsum, SignatureType::note, key))});
  const std::string one =
      "old 0\n\n" + sigsum + "\n1\nKgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— " + sigsum +
      " UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYrajXpNUbIQY=\n";
  const std::string three_text = sigsum + "\n3\nRcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0=\n\n— " + sigsum;
  const std::string three_signature =
      " UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfAB8WVrx6go=\n";
  const std::string three_proof =
      "KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nKgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
  const std::string five =
      "old 1\nKgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
      "+fUDV+k970B4I3uKrqJM4aP1lloPZP8mvr2Z4wRw2LI=\nKgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n" +
      sigsum + "\n5\nQrtXrQZCCvpIgsSmOsah7HdICzMLLyDfxToMql9WTjY=\n\n— " + sigsum +
      " UgIomw/EOJmWi0i1FQsOj+etB7F8IccFam/jgd6wzRns4QPVmyEZtdvl1U2KEmLOZ/ASRcWJi0tW90dJWAShei7sDww=\n";
  std::string forged = three_signature;
  forged[forged.size() - 3] = 'w';
  EXPECT_EQ(server.post("old 1\n" + three_proof + "\n" + three_text + three_signature).status, 409);
  EXPECT_EQ(server.post(one).status, 200);
  EXPECT_EQ(server.post("old 1\n" + three_proof + "\n" + three_text + forged).status, 403);
  EXPECT_EQ(server.post("old 1\n\n" + three_text + three_signature).status, 422);
  EXPECT_EQ(server.post("old 1\n" + three_proof + "\n" + three_text + three_signature).status, 200);
  const Response conflict = server.post(five);
  EXPECT_EQ(conflict.status, 409);
  EXPECT_EQ(conflict.body, "3\n");
}

TEST(Witness, CosignsWhatContinuesWhatItHasSeen) {
  const Side log;
  Server server;
  for (const auto& [from, to] : {std::pair(0, 3), std::pair(3, 3), std::pair(3, 8), std::pair(8, 37)}) {
    const Response response = server.post(log.request(from, to), 1000 + to);
    ASSERT_EQ(response.status, 200) << response.body;
    const SignedCheckpoint checkpoint = need(parse_signed_checkpoint(log.note(to)));
    const Answer answer = read_answer(witness_signer().key, checkpoint, response);
    EXPECT_EQ(answer.kind, Answer::cosigned) << answer.message;
    EXPECT_EQ(answer.time, 1000U + to);
    Note note = checkpoint.note;
    note.signatures.push_back(answer.cosignature);
    EXPECT_EQ(need(cosigned_at(note, witness_signer().key)), 1000U + to);
    // What is stored is what monitors fetch.
    EXPECT_EQ(server.stored.at(sha256_hex(origin) + "/checkpoint"), to_text(note));
    EXPECT_EQ(server.witness.record(origin)->note, to_text(note));
  }
  EXPECT_EQ(server.witness.record("other"), nullptr);
}

TEST(Witness, AnswersWithTheStatusOfTheSpecification) {
  const Side log, fork(2);
  Server server;
  ASSERT_EQ(server.post(log.request(0, 8)).status, 200);
  const auto expect = [&](int status, const std::string& body) {
    const auto decision = server.witness.decide(body, 1000);
    EXPECT_EQ(decision.response.status, status) << body << decision.response.body;
    EXPECT_EQ(decision.record.has_value(), status == 200);
    EXPECT_EQ(decision.response.body.find("—") != std::string::npos, status == 200);
  };
  expect(200, to_text(log.request(8, 8)));
  // 400: not a request; the old size is larger.
  expect(400, "");
  expect(400, "old 8\n");
  expect(400, "old 08\n\n" + log.note(8));
  expect(400, "new 8\n\n" + log.note(8));
  expect(400, "old 8\nAAAA\n\n" + log.note(8));
  std::string long_proof = "old 8\n";
  for (int i = 0; i < 64; ++i) long_proof += to_padded_base64(Hash{}) + "\n";
  expect(400, long_proof + "\n" + log.note(9));
  expect(400, to_text(AddCheckpoint{9, {}, log.note(8)}));
  // 404: another log. 403: no trusted signature, or a wrong one.
  const std::string other = to_text(Checkpoint{"other.example", head_of(log.all, 9), {}});
  expect(404, "old 8\n\n" + to_text(Note{other, {need(sign_note(log_signer(), other))}}));
  expect(403, to_text(AddCheckpoint{8, {}, log.note(9, signer("stranger", SignatureType::note, 3))}));
  expect(403, to_text(AddCheckpoint{8, {}, log.note(9, signer(origin, SignatureType::note, 3))}));
  Note wrong = need(parse_note(log.note(9)));
  wrong.signatures[0].signature[0] ^= 1;
  expect(403, to_text(AddCheckpoint{8, log.request(8, 9).consistency, to_text(wrong)}));
  // 409: from another size than the last.
  for (const std::size_t from : {0, 7, 9, 12}) expect(409, to_text(log.request(from, 12)));
  const Response conflict = server.post(log.request(3, 12));
  EXPECT_EQ(conflict.content_type, "text/x.tlog.size");
  EXPECT_EQ(conflict.body, "8\n");
  // 422: another history; a proof that is wrong, missing, or not needed.
  expect(422, to_text(fork.request(8, 12)));
  expect(422, to_text(fork.request(8, 8)));
  expect(422, to_text(AddCheckpoint{8, {}, log.note(9)}));
  expect(422, to_text(AddCheckpoint{8, {Hash{}}, log.note(8)}));
  EXPECT_EQ(server.witness.record(origin)->head, head_of(log.all, 8));
  // 500: no time to sign at.
  EXPECT_EQ(server.witness.decide(to_text(log.request(8, 9)), 0).response.status, 500);

  Server fresh;
  EXPECT_EQ(fresh.post(AddCheckpoint{0, {Hash{}}, log.note(9)}).status, 422);
  const std::string empty_wrong = to_text(Checkpoint{origin, {0, Hash{1}}, {}});
  EXPECT_EQ(
      fresh.post(AddCheckpoint{0, {}, to_text(Note{empty_wrong, {need(sign_note(log_signer(), empty_wrong))}})}).status,
      422);
  EXPECT_EQ(fresh.post(log.request(0, 0)).status, 200);
}

TEST(Witness, RemembersAcrossARestart) {
  const Side log, fork(2);
  Server before;
  ASSERT_EQ(before.post(log.request(0, 8)).status, 200);
  Server after;
  need(after.witness.restore(origin, before.stored.begin()->second));
  EXPECT_EQ(after.post(fork.request(8, 12)).status, 422);
  EXPECT_EQ(after.post(log.request(8, 12)).status, 200);

  Server damaged;
  EXPECT_FALSE(damaged.witness.restore(origin, log.note(8)));  // not cosigned
  EXPECT_FALSE(damaged.witness.restore("other", before.stored.begin()->second));
  EXPECT_FALSE(damaged.witness.restore(origin, ""));
}

TEST(Witness, KeepsOnlyVerifiedSignatures) {
  const Side log;
  Server server;
  AddCheckpoint request = log.request(0, 8);
  Note note = need(parse_note(request.checkpoint));
  note.signatures.push_back(need(sign_note(signer("stranger", SignatureType::note, 3), note.text)));
  request.checkpoint = to_text(note);
  ASSERT_EQ(server.post(request).status, 200);
  EXPECT_THAT(server.witness.record(origin)->note, ::testing::Not(::testing::HasSubstr("stranger")));
  EXPECT_TRUE(need(signed_by(need(parse_note(server.witness.record(origin)->note)), log_signer().key)));
}

// Whatever is asked in whatever order, from two histories of one log: all that is cosigned lies on one of them.
RC_GTEST_PROP(Witness, NeverCosignsTwoHistories, ()) {
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, 20);
  const Side sides[] = {Side(), Side(at)};
  Server server;
  std::vector<TreeHead> cosigned;
  const auto steps = *rc::gen::container<std::vector<std::tuple<bool, bool, std::uint8_t, std::uint8_t>>>(
      rc::gen::tuple(rc::gen::arbitrary<bool>(), rc::gen::arbitrary<bool>(), rc::gen::inRange<std::uint8_t>(0, 40),
                     rc::gen::inRange<std::uint8_t>(0, 40)));
  for (const auto& [second, honest, from, to] : steps) {
    const Side& side = sides[second ? 1 : 0];
    const Witness::Record* last = server.witness.record(origin);
    const std::size_t seen = last == nullptr ? 0 : last->head.size;
    const std::size_t start = honest ? seen : from;
    if (start > to) continue;
    const Response response = server.post(side.request(start, to));
    if (response.status == 200) cosigned.push_back(head_of(side.all, to));
  }
  const auto on = [&](const Side& side) {
    return std::ranges::all_of(cosigned, [&](const TreeHead& head) { return head == head_of(side.all, head.size); });
  };
  RC_ASSERT(on(sides[0]) || on(sides[1]));
  RC_ASSERT(std::ranges::is_sorted(cosigned, {}, &TreeHead::size));
}

TEST(Answer, SaysWhatToDoNext) {
  const Side log;
  const SignedCheckpoint checkpoint = need(parse_signed_checkpoint(log.note(8)));
  const VerifierKey key = witness_signer().key;
  const auto kind = [&](int status, const std::string& body) {
    return read_answer(key, checkpoint, {status, "", body}).kind;
  };
  EXPECT_EQ(kind(409, "5\n"), Answer::conflict);
  EXPECT_EQ(read_answer(key, checkpoint, {409, "", "5\n"}).size, 5U);
  EXPECT_EQ(kind(409, "8\n"), Answer::conflict);
  EXPECT_EQ(kind(409, "9\n"), Answer::alarm);  // it has seen more of this log than there is
  for (const char* body : {"", "5", "05\n", "5\n5\n", "five\n"}) EXPECT_EQ(kind(409, body), Answer::refused) << body;
  EXPECT_EQ(kind(422, ""), Answer::alarm);
  for (const int status : {400, 403, 404, 301, 0, 204}) EXPECT_EQ(kind(status, ""), Answer::refused) << status;
  for (const int status : {429, 500, 503}) EXPECT_EQ(kind(status, ""), Answer::later) << status;

  // 200: only a cosignature by that witness, of this checkpoint.
  const auto line = [&](const Signer& by, std::size_t size) {
    return to_text(need(cosign(by, need(parse_note(log.note(size))).text, 5)));
  };
  const std::string good = line(witness_signer(), 8);
  const std::string stranger = line(signer("stranger", SignatureType::cosignature_v1, 4), 8);
  EXPECT_EQ(kind(200, good), Answer::cosigned);
  EXPECT_EQ(kind(200, stranger + good), Answer::cosigned);
  for (const std::string& body : {std::string(), stranger, line(witness_signer(), 9), good + "\n", "x" + good,
                                  good.substr(1), std::string("ok\n"), std::string("\n\n")}) {
    EXPECT_EQ(kind(200, body), Answer::refused) << body;
  }
}

// The two sides together, over tiles: a witness that is behind is brought up to date.
TEST(Submission, BringsAWitnessUpToDate) {
  MemoryStorage storage;
  Log log = need(Log::create(storage, log_signer()));
  Server server;
  for (const std::size_t count : {1, 300, 7, 256, 1000}) {
    const std::uint64_t size = log.head().head.size;
    need(log.append(views(entries(size, size + count))));
    const std::string note = need(log.sign_head());
    const SignedCheckpoint checkpoint = need(parse_signed_checkpoint(note));
    // It asks from size 0, is told where the witness is, and asks again.
    Answer answer =
        read_answer(witness_signer().key, checkpoint, server.post(need(make_add_checkpoint(storage, note, 0))));
    if (size != 0) {
      ASSERT_EQ(answer.kind, Answer::conflict);
      ASSERT_EQ(answer.size, size);
      answer = read_answer(witness_signer().key, checkpoint,
                           server.post(need(make_add_checkpoint(storage, note, answer.size))));
    }
    ASSERT_EQ(answer.kind, Answer::cosigned) << answer.message;
    Note published = checkpoint.note;
    published.signatures.push_back(answer.cosignature);
    need(log.publish(to_text(published)));
  }
  EXPECT_FALSE(make_add_checkpoint(storage, need(log.sign_head()), 5000));
}

}  // namespace
}  // namespace folkmoot::ledger
