// Ballots of the original tools with something changed: refused when read, or named by their claims.
#include "election/claims.hpp"
#include "election/opened_record.hpp"

namespace folkmoot::election::test {
namespace {

using G = group::Ed25519;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> failures(const Opened<G>& opened, const Ballot<G>& ballot) {
  Batch<G> batch(opened.public_key);
  // Moved after it has left its claims, as in a growing vector.
  BallotClaims<G> made(batch, opened.election, opened.fingerprint, ballot);
  const BallotClaims<G> claims = std::move(made);
  batch.run();
  std::vector<std::string> messages;
  for (const auto& failure : claims.failures(batch)) messages.push_back(failure.message);
  return messages;
}

void increase(G::Scalar& scalar) { scalar = scalar + G::Scalar(1); }

// The failures of the record's first ballot after a change, with its hash made again so that it alone tells nothing.
template <class Change>
std::vector<std::string> failures_after(const OriginalRecord& record, Change change) {
  const Opened<G> opened(record);
  auto ballot = opened.ballot(record.payloads("Ballot").at(0));
  change(ballot);
  ballot.signature.hash = signed_hash(ballot);
  return failures(opened, ballot);
}

TEST(Ballot, hashesFromStructureAndTextAgree) {
  ORIGINAL_RECORD(record, "v1-mixed-single-and-threshold-ed25519");
  const Opened<G> opened(record);
  for (const std::string& text : record.payloads("Ballot")) {
    const auto ballot = opened.ballot(text);
    ASSERT_EQ(signed_hash(ballot), ballot.signature.hash);
    ASSERT_EQ(signed_hash(text), ballot.signature.hash);
  }
}

TEST(Ballot, ofAnotherElection) {
  ORIGINAL_RECORD(record, "v1-choose1of5-blank-ed25519");
  const auto other_uuid = failures_after(record, [](Ballot<G>& b) { b.election_uuid = "uTmyc3uinoeoKN"; });
  EXPECT_THAT(other_uuid, ElementsAre("election_uuid: \"uTmyc3uinoeoKN\" instead of \"uTmyc3uinoeoKM\"",
                                      "signature: the proof is wrong"));
  const auto other_hash = failures_after(record, [](Ballot<G>& b) { b.election_hash = "x"; });
  EXPECT_THAT(other_hash, ElementsAre(HasSubstr("election_hash: \"x\" instead of"), "signature: the proof is wrong"));
}

TEST(Ballot, thatIsNotWhatWasSigned) {
  ORIGINAL_RECORD(record, "v1-choose1of5-blank-ed25519");
  const Opened<G> opened(record);
  auto ballot = opened.ballot(record.payloads("Ballot").at(0));
  EXPECT_THAT(failures(opened, ballot), IsEmpty());
  increase(ballot.signature.proof.response);
  EXPECT_THAT(failures(opened, ballot), ElementsAre("signature: the proof is wrong"));
  ballot = opened.ballot(record.payloads("Ballot").at(0));
  ballot.signature.hash = signed_hash(opened.ballot(record.payloads("Ballot").at(1)));
  EXPECT_THAT(failures(opened, ballot),
              ElementsAre("signature: the hash is not the ballot's", "signature: the proof is wrong"));
}

TEST(Ballot, homomorphicProofs) {
  ORIGINAL_RECORD(record, "v1-choose1of5-blank-ed25519");
  const auto after = [&](auto change) {
    return failures_after(record, [&](Ballot<G>& b) { change(std::get<HomomorphicAnswer<G>>(b.answers[0])); });
  };
  using Answer = HomomorphicAnswer<G>;
  EXPECT_THAT(after([](Answer& a) { increase(a.individual_proofs[2][1].response); }),
              ElementsAre("answers[0]: individual_proofs: choice 2 is not proved to be 0 or 1",
                          "signature: the proof is wrong"));
  EXPECT_THAT(after([](Answer& a) { increase(a.overall_proof[1].challenge); }),
              ElementsAre("answers[0]: overall_proof: the number of choices is not proved to be allowed",
                          "signature: the proof is wrong"));
  EXPECT_THAT(after([](Answer& a) { std::swap(a.blank_proof[0], a.blank_proof[1]); }),
              ElementsAre("answers[0]: blank_proof: wrong", "signature: the proof is wrong"));
  // Two choices exchanged with their proofs: each is still 0 or 1, but the others are about all in their order.
  EXPECT_THAT(after([](Answer& a) {
                std::swap(a.choices[1], a.choices[2]);
                std::swap(a.individual_proofs[1], a.individual_proofs[2]);
              }),
              ElementsAre("answers[0]: overall_proof: the number of choices is not proved to be allowed",
                          "answers[0]: blank_proof: wrong", "signature: the proof is wrong"));
  EXPECT_THAT(after([](Answer& a) { a.overall_proof.pop_back(); }),
              Contains("answers[0]: overall_proof: 2 where the question demands 3"));
  EXPECT_THAT(after([](Answer& a) { a.individual_proofs[0].push_back(a.individual_proofs[0][0]); }),
              Contains("answers[0]: individual_proofs[0]: 3 where the question demands 2"));
}

TEST(Ballot, ofAnotherVoter) {
  ORIGINAL_RECORD(record, "v1-mixed-single-and-threshold-ed25519");
  const Opened<G> opened(record);
  // A copy of someone's answers under one's own credential: every proof is bound to the first.
  auto copied = opened.ballot(record.payloads("Ballot").at(0));
  copied.credential = opened.ballot(record.payloads("Ballot").at(1)).credential;
  copied.signature.hash = signed_hash(copied);
  const auto messages = failures(opened, copied);
  EXPECT_THAT(messages, Contains("answers[0]: individual_proofs: choice 0 is not proved to be 0 or 1"));
  EXPECT_THAT(messages, Contains("answers[0]: blank_proof: wrong"));
  EXPECT_THAT(messages, Contains("answers[1]: individual_proofs: choice 19 is not proved to be 0 or 1"));
  EXPECT_THAT(messages, Contains("answers[2]: proof: wrong"));
  EXPECT_EQ(messages.size(), 6U + 2 + 20 + 1 + 1 + 1);
}

TEST(Ballot, listsProofs) {
  ORIGINAL_RECORD(record, "v1-lists-ed25519");
  const auto after = [&](auto change) {
    return failures_after(record, [&](Ballot<G>& b) { change(std::get<ListsAnswer<G>>(b.answers[0])); });
  };
  using Answer = ListsAnswer<G>;
  EXPECT_THAT(after([](Answer& a) { increase(a.individual_proofs[1][1][0].response); }),
              ElementsAre("answers[0]: individual_proofs: choice 4 is not proved to be 0 or 1",
                          "signature: the proof is wrong"));
  EXPECT_THAT(after([](Answer& a) { increase(a.overall_proof.response); }),
              ElementsAre("answers[0]: overall_proof: the number of choices is not proved to be allowed",
                          "signature: the proof is wrong"));
  EXPECT_THAT(after([](Answer& a) { increase(a.list_proofs[2][0].response); }),
              ElementsAre("answers[0]: list_proofs[2]: wrong", "signature: the proof is wrong"));
  EXPECT_THAT(after([](Answer& a) { increase(a.nonzero_proof.response[1]); }),
              ElementsAre("answers[0]: nonzero_proof: wrong", "signature: the proof is wrong"));
  EXPECT_THAT(after([](Answer& a) { a.list_proofs.pop_back(); }),
              Contains("answers[0]: list_proofs: 2 where the question demands 3"));
  EXPECT_THAT(after([](Answer& a) { a.choices[0].pop_back(); }),
              Contains("answers[0]: choices[0]: 2 where the question demands 3"));
}

TEST(Ballot, withAnswersToOtherQuestions) {
  ORIGINAL_RECORD(record, "v1-mixed-single-and-threshold-ed25519");
  EXPECT_THAT(failures_after(record, [](Ballot<G>& b) { std::swap(b.answers[0], b.answers[2]); }),
              Contains("answers[0]: the answer is to another kind of question"));
  EXPECT_THAT(failures_after(record, [](Ballot<G>& b) { b.answers.pop_back(); }),
              ElementsAre("answers: 2 for 3 questions"));
}

// In the text: everything that is not the canonical form is refused when read, and says where.
TEST(Ballot, readingRefuses) {
  ORIGINAL_RECORD(record, "v1-choose1of5-blank-ed25519");
  const Opened<G> opened(record);
  const std::string original = record.payloads("Ballot").at(0);
  const auto message = [&](std::string_view from, std::string_view to) {
    std::string text = original;
    text.replace(text.find(from), from.size(), to);
    const auto ballot =
        json::read_canonical(text, [&](json::Value v) { return read_ballot<G>(opened.election.questions, v); });
    return ballot ? "accepted" : ballot.error().message;
  };
  EXPECT_EQ(message("{", "{"), "accepted");
  EXPECT_THAT(message("{", "{ "), HasSubstr("not in canonical form"));
  EXPECT_THAT(message("{", "{\"x\":1,"), HasSubstr("not in canonical form"));
  EXPECT_THAT(message("\"election_hash\":", "\"election_hash\":\"\",\"election_hash\":"),
              HasSubstr("not in canonical form"));
  EXPECT_THAT(message("\"alpha\":\"", "\"alpha\":\"0"), HasSubstr("answers[0]: choices: [0]: alpha: "));
  EXPECT_THAT(message("\"challenge\":\"", "\"challenge\":\"0"),
              HasSubstr("answers[0]: individual_proofs: [0]: [0]: challenge: "));
  EXPECT_THAT(message("\"challenge\":\"", "\"challenge\":\"-"), HasSubstr("challenge: "));
  EXPECT_THAT(message("\"blank_proof\"", "\"blank_proofs\""), HasSubstr("answers[0]: no field \"blank_proof\""));
  EXPECT_THAT(message("\"answers\":[", "\"answers\":[[],"), HasSubstr("answers[0]: "));
  EXPECT_THAT(message("}],\"signature\"", "},{}],\"signature\""), HasSubstr("answers: more than the 1 questions"));
  EXPECT_THAT(message("\"signature\":{", "\"signature\":{\"hash\":\"\",\"proof\":{}},\"signatures\":{"),
              HasSubstr("signature"));
}

TEST(Ballot, readWithoutAnswers) {
  ORIGINAL_RECORD(record, "v1-choose1of5-blank-ed25519");
  const Opened<G> opened(record);
  const auto document = json::Document::parse(record.payloads("Ballot").at(0)).value();
  EXPECT_FALSE(read_ballot<G>({}, document.root()));
  auto questions = opened.election.questions;
  questions.push_back(questions[0]);
  const auto missing = read_ballot<G>(questions, document.root());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "answers: 1 for 2 questions");
}

TEST(Ballot, tracker) {
  // SHA-256 of "abc" (FIPS 180-4) in base64 without padding.
  EXPECT_EQ(tracker("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0");
}

}  // namespace
}  // namespace folkmoot::election::test
