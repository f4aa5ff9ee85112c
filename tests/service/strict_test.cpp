// Elections under the strict profile (docs/strict-profile.md): made so by default, each act signed, ballots that can be
// opened instead of cast.
#include "service/supplement.hpp"
#include "service/trial.hpp"
#include "strict/opened.hpp"
#include "strict/verify.hpp"

namespace folkmoot::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* paper = R"({"name": "Who?", "lots": "drawn", "contests": [
  {"kind": "ranking", "question": "Who?", "candidates": ["Ada", "Ben"], "rule": "av", "seats": 1},
  {"kind": "choice", "question": "Whether?", "candidates": ["Yes", "No"], "min": 0, "max": 1, "blank": true},
  {"kind": "lists", "question": "Which?", "lists": [["Oak", "Cyd", "Dee"], ["Elm", "Eve"]]}]})";
const Names vote = {{"Ada", "Ben"}, {"No"}, {"Oak", "Cyd"}};

strict::Report verify(const Trial& trial) {
  const auto source = ok(store::FileSource::open(trial.record()));
  return strict::verify(source, ok(read_file(supplement_file(trial.record()))));
}

// A single trustee (1), and two of three others (2, 3, 4).
struct StrictTest : testing::Test {
  Trial trial{paper, "Ed25519", roll_of(3), 1, 2, 3};

  fs::path prepared() { return trial.folder() / "prepared"; }
  std::string prepare(const std::string& voter = "A") {
    return ok(prepare_ballot(trial.record(), trial.credential(voter), {vote, {}}, prepared()));
  }
  fs::path opened() {
    const fs::path path = trial.folder() / "opened";
    ok(open_prepared(prepared(), path));
    return path;
  }
  strict::OpenedReport check(const fs::path& opened) {
    std::string text = ok(read_file(opened));
    text.pop_back();
    return ok(strict::verify_opened(ok(store::FileSource::open(trial.record())), text));
  }
  std::string lines(const fs::path& file, std::size_t count) {
    const auto all = ok(read_lines(file));
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += all.at(i) + "\n";
    return text;
  }
};

TEST_F(StrictTest, AnElectionIsValidUnderBothProfilesStepByStep) {
  EXPECT_EQ(verify(trial).verdict(), record::Verdict::incomplete);
  trial.cast("A", vote);
  trial.cast("B", {{"Ben"}, {}, {"Elm", "Eve"}});
  trial.tally();
  const strict::Report report = verify(trial);
  EXPECT_EQ(report.record.verdict(), record::Verdict::valid);
  EXPECT_EQ(report.verdict(), record::Verdict::valid) << strict::to_text(report);
  const Declaration declaration = trial.declaration();
  ASSERT_TRUE(declaration.strict);
  EXPECT_EQ(declaration.strict->verdict(), record::Verdict::valid);
}

TEST_F(StrictTest, WhatIsNotSignedIsRefused) {
  trial.cast("A", vote);
  trial.close();
  const fs::path shuffle = trial.shuffle(2);
  EXPECT_THAT(error_of(collect(trial.record(), trial.file(lines(shuffle, 2)))), HasSubstr("it is not signed"));
  // Trustee 2's shuffle under trustee 1's name, which only that trustee could sign.
  std::string stolen = ok(read_file(shuffle));
  for (std::size_t at = 0; (at = stolen.find(R"({"owner":2,)", at)) != std::string::npos;) stolen[at + 9] = '1';
  EXPECT_THAT(error_of(collect(trial.record(), trial.file(stolen))), HasSubstr("not signed by trustee 1"));
  ok(collect(trial.record(), shuffle));
  ok(end_shuffles(trial.record()));

  std::string decryption = ok(read_file(trial.decrypt(1)));
  EXPECT_THAT(error_of(collect(trial.record(), trial.file(lines(trial.folder() / "decryption-1", 2)))),
              HasSubstr("it is not signed"));
  EXPECT_THAT(error_of(collect(trial.record(), trial.file(lines(trial.folder() / "decryption-1", 2) +
                                                          lines(shuffle, 3).substr(lines(shuffle, 2).size())))),
              HasSubstr("line 3"));
  const std::size_t proof = decryption.find("\"challenge\":\"", decryption.find(R"("proof":{)")) + 13;
  decryption[proof] = decryption[proof] == '1' ? '2' : '1';
  EXPECT_THAT(error_of(collect(trial.record(), trial.file(decryption))), HasSubstr("not signed by trustee 1"));
  ok(collect(trial.record(), trial.folder() / "decryption-1"));
}

TEST_F(StrictTest, AnActThatACrashLeftInTheSupplementIsReplaced) {
  trial.cast("A", vote);
  trial.close();
  const std::string before = ok(read_file(trial.record()));
  const fs::path first = trial.shuffle(2), other = trial.shuffle(3);
  ok(collect(trial.record(), first));
  ok(replace_file(trial.record(), before));  // as if the power had gone between the two files
  EXPECT_EQ(verify(trial).verdict(), record::Verdict::invalid);
  ok(collect(trial.record(), other));
  const strict::Report report = verify(trial);
  EXPECT_EQ(report.verdict(), record::Verdict::incomplete) << strict::to_text(report);
}

TEST_F(StrictTest, APreparedBallotIsCastOrOpened) {
  const std::string tracker = prepare();
  const fs::path ballot = trial.folder() / "ballot";
  ok(cast_prepared(prepared(), ballot));
  EXPECT_FALSE(fs::exists(prepared()));
  EXPECT_EQ(election::tracker(lines(ballot, 1).substr(0, lines(ballot, 1).size() - 1)), tracker);
  EXPECT_EQ(ok(accept_ballots(trial.record(), {ballot})).accepted, 1U);

  const std::string second = prepare();
  const fs::path shown = opened();
  EXPECT_FALSE(fs::exists(prepared()));
  const strict::OpenedReport report = check(shown);
  EXPECT_THAT(report.wrong, testing::IsEmpty());
  EXPECT_EQ(report.tracker, second);
  EXPECT_THAT(report.votes, ElementsAre("Who? Ada, then Ben", "Whether? No", "Which? Oak: Cyd"));
  EXPECT_THAT(error_of(cast_prepared(shown, ballot)), HasSubstr("not a prepared ballot"));
}

// The ballot inside an opened one, which whoever sees it could send.
std::string ballot_of(const std::string& opened) {
  const std::size_t begin = opened.find("\"ballot\":") + 9;
  return opened.substr(begin, opened.find(",\"answers\":[[") - begin) + "\n";
}

TEST_F(StrictTest, AnOpenedBallotCannotBeCastAnyMore) {
  const std::string tracker = prepare();
  const fs::path shown = opened();
  EXPECT_EQ(ok(spoil_ballot(trial.record(), shown)), tracker);
  EXPECT_THAT(error_of(spoil_ballot(trial.record(), shown)), HasSubstr("is known to be opened"));
  const fs::path leaked = trial.file(ballot_of(ok(read_file(shown))));
  const Acceptance acceptance = ok(accept_ballots(trial.record(), {leaked}));
  ASSERT_EQ(acceptance.refused.size(), 1U);
  EXPECT_THAT(acceptance.refused[0].reason, HasSubstr("it was opened"));
  trial.cast("A", vote);
  trial.tally();
  EXPECT_EQ(verify(trial).verdict(), record::Verdict::valid);
}

TEST_F(StrictTest, ACastBallotCannotBeSpoiledAnyMore) {
  prepare();
  const fs::path shown = opened();
  ASSERT_EQ(ok(accept_ballots(trial.record(), {trial.file(ballot_of(ok(read_file(shown))))})).accepted, 1U);
  EXPECT_THAT(error_of(spoil_ballot(trial.record(), shown)), HasSubstr("has been cast"));
  EXPECT_THAT(check(shown).wrong, ElementsAre(HasSubstr("has been cast")));
  trial.close();
  EXPECT_THAT(error_of(spoil_ballot(trial.record(), shown)), HasSubstr("the voting is closed"));
}

TEST_F(StrictTest, AnOpeningThatIsNotTrueIsRefused) {
  prepare();
  const std::string text = ok(read_file(opened()));
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string other = text;
    other.replace(other.rfind(from), from.size(), to);
    return trial.file(other);
  };
  // What the device was told, and what it encrypted, are not the same.
  EXPECT_THAT(check(changed("[1,2],", "[2,1],")).wrong, ElementsAre(HasSubstr("question 1: choice 1: the ballot")));
  EXPECT_THAT(check(changed("[0,0,1]", "[0,1,0]")).wrong, ElementsAre(HasSubstr("question 2: choice 2: the ballot")));
  EXPECT_THAT(check(changed("[0,0,1]", "[0,1,1]")).wrong, ElementsAre(HasSubstr("question 2: chosen 2")));
  EXPECT_THAT(check(changed("[[1,1,0],[0,0]]", "[[1,0,1],[0,0]]")).wrong, ElementsAre(HasSubstr("question 3")));
  const std::string randomness = text.substr(text.rfind("[[\"") + 3, 20);
  EXPECT_THAT(check(changed(randomness, (randomness.front() == '1' ? "2" : "1") + randomness.substr(1))).wrong,
              testing::Not(testing::IsEmpty()));
  EXPECT_THAT(check(changed("\"answers\":", "\"answers\": ")).wrong, testing::Not(testing::IsEmpty()));
  EXPECT_FALSE(spoil_ballot(trial.record(), changed("[1,2],", "[2,1],")));
}

TEST(Version1, IsForTrusteesWithOtherTools) {
  Trial trial(paper, "Ed25519", roll_of(2), 1, 2, 2);
  // As if other tools had made the key.
  fs::remove(trial.ceremony() / "threshold.strict.json");
  const auto trustees = ok(assemble_trustees("Ed25519", {trial.ceremony() / "threshold.json"}));
  const auto credentials = ok(read_lines(trial.registrar() / "public_creds.json"));
  const fs::path folder = trial.folder() / "again";
  EXPECT_THAT(error_of(open_election(trial.paper(), trustees, credentials.front(), folder)),
              HasSubstr("without commitments"));
  const auto opened = ok(open_election(trial.paper(), trustees, credentials.front(), folder, Profile::version_1));
  EXPECT_FALSE(fs::exists(supplement_file(opened.record)));
  const MadeBallot ballot = ok(make_ballot(opened.record, trial.credential("A"), {vote, {}}));
  EXPECT_EQ(ok(accept_ballots(opened.record, {trial.file(ballot.text + "\n")})).accepted, 1U);
  ok(close_voting(opened.record));
  ok(shuffle_tally(opened.record, trial.secrets()[1], trial.folder() / "plain"));
  EXPECT_EQ(ok(read_lines(trial.folder() / "plain")).size(), 2U);
  ok(collect(opened.record, trial.folder() / "plain"));
}

}  // namespace
}  // namespace folkmoot::service
