// What the returning officer refuses, one by one, while good ballots are accepted.
#include "service/trial.hpp"

#include "base/sha256.hpp"
#include "store/record_file.hpp"

namespace folkmoot::service {
namespace {

constexpr const char* paper = R"({"name": "Who?", "contests": [
  {"kind": "choice", "question": "Who?", "candidates": ["Ada", "Ben"], "min": 1, "rule": "plurality", "seats": 1}]})";

using testing::HasSubstr;

// A choice among two by three voters, with one trustee.
struct AcceptanceTest : testing::Test {
  Trial trial{paper, "Ed25519", roll_of(3), 1};

  // The reason why a ballot is refused alone.
  std::string refusal(std::string_view ballot) {
    const Acceptance acceptance = ok(accept_ballots(trial.record(), {trial.file(ballot)}));
    EXPECT_EQ(acceptance.accepted, 0U);
    return acceptance.refused.size() == 1 ? acceptance.refused[0].reason : "(not refused)";
  }
};

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

TEST_F(AcceptanceTest, RefusesEachBadBallotByFileAndLineAndAcceptsTheOthers) {
  const std::string a = trial.ballot("A", {{"Ada"}}).text;
  const std::string b = trial.ballot("B", {{"Ben"}}).text;
  const fs::path file = trial.file(a + "\nnot a ballot\n\n" + b + "\r\n" + a + "\n{}\n");
  const Acceptance acceptance = ok(accept_ballots(trial.record(), {file}));
  EXPECT_EQ(acceptance.accepted, 2U);
  ASSERT_EQ(acceptance.refused.size(), 3U);
  std::map<std::string, std::string> refused;
  for (const auto& [where, reason] : acceptance.refused) refused[where] = reason;
  EXPECT_THAT(refused[file.string() + ": line 2"], HasSubstr("not JSON"));
  EXPECT_THAT(refused[file.string() + ": line 6"], HasSubstr("no field"));
  EXPECT_NE(refused[file.string() + ": line 5"], "") << "the same ballot a second time";
  EXPECT_EQ(ok(verify_record(trial.record())).ballots, 2U);
}

TEST_F(AcceptanceTest, RefusesABallotThatIsInTheRecordAlready) {
  const std::string ballot = trial.ballot("A", {{"Ada"}}).text;
  EXPECT_EQ(ok(accept_ballots(trial.record(), {trial.file(ballot)})).accepted, 1U);
  EXPECT_THAT(refusal(ballot), HasSubstr("already"));
}

TEST_F(AcceptanceTest, RefusesWhatIsNotCanonical) {
  const std::string ballot = trial.ballot("A", {{"Ada"}}).text;
  EXPECT_THAT(refusal(replaced(ballot, ",", ", ")), HasSubstr("canonical"));
  EXPECT_THAT(refusal(replaced(ballot, "{", R"({"election_uuid":"x",)")), testing::Not("(not refused)"));
}

TEST_F(AcceptanceTest, RefusesABallotOfAnotherElection) {
  const Trial other(paper, "Ed25519", roll_of(3), 1);
  EXPECT_THAT(refusal(other.ballot("A", {{"Ada"}}).text), HasSubstr("credential is not one of this election's"));
}

TEST_F(AcceptanceTest, RefusesWrongProofsAndSignatures) {
  // The last digit of a challenge, anywhere in the answer's proofs or in the signature.
  const std::string ballot = trial.ballot("A", {{"Ada"}}).text;
  for (const char* part : {"\"individual_proofs\"", "\"overall_proof\"", "\"signature\""}) {
    const std::size_t end = ballot.find("\",\"response\"", ballot.find(part));
    std::string broken = ballot;
    broken[end - 1] = broken[end - 1] == '1' ? '2' : '1';
    EXPECT_THAT(refusal(broken), testing::AnyOf(HasSubstr("proof"), HasSubstr("signature"))) << part;
  }
}

TEST_F(AcceptanceTest, RefusesALineTooLongForABallotWithoutReadingItAll) {
  EXPECT_THAT(refusal(std::string(std::size_t{9} << 20, '[')), HasSubstr("too long"));
}

TEST_F(AcceptanceTest, FailsIfAFileIsMissing) {
  const fs::path missing = trial.folder() / "nowhere";
  EXPECT_THAT(error_of(accept_ballots(trial.record(), {missing})), HasSubstr(missing.string()));
  EXPECT_THAT(error_of(accept_ballots(trial.record(), {trial.folder().path()})), HasSubstr("cannot open"));
}

TEST_F(AcceptanceTest, RefusesBallotsOnceTheVotingIsClosed) {
  const std::string late = trial.ballot("B", {{"Ben"}}).text;
  trial.cast("A", {{"Ada"}});
  trial.close();
  EXPECT_THAT(refusal(late), testing::Not(""));
  EXPECT_EQ(ok(verify_record(trial.record())).ballots, 1U);
}

TEST_F(AcceptanceTest, NobodyClosesAVotingTwiceOrWithoutVotes) {
  EXPECT_THAT(error_of(close_voting(trial.record())), HasSubstr("nobody has voted"));
  trial.cast("A", {{"Ada"}});
  trial.close();
  EXPECT_THAT(error_of(close_voting(trial.record())), HasSubstr("closed already"));
}

TEST_F(AcceptanceTest, ClosingGoesOnAfterACrash) {
  trial.cast("A", {{"Ada"}});
  // As if the program had been killed after the first of its two steps.
  ok(ok(store::RecordFile::open(trial.record())).append({record::EventType::end_ballots, {}}));
  EXPECT_EQ(trial.close().tallied, 1U);
  ok(collect(trial.record(), trial.decrypt(1)));
  EXPECT_EQ(ok(publish_result(trial.record())), R"({"result":[[1,0]]})");
  EXPECT_EQ(ok(verify_record(trial.record())).verdict(), record::Verdict::valid);
}

}  // namespace
}  // namespace folkmoot::service
