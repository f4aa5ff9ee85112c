// Trustees who are careful, and a returning officer who checks what they send.
#include "service/trial.hpp"

namespace folkmoot::service {
namespace {

constexpr const char* paper = R"({"name": "Who?", "contests": [
  {"kind": "ranking", "question": "Who?", "candidates": ["Ada", "Ben"], "rule": "av", "seats": 1}]})";

using testing::HasSubstr;

// A ranking with two ballots, a single trustee (1) and two of three others (2, 3, 4).
struct TallyingTest : testing::Test {
  Trial trial{paper, "Ed25519", roll_of(3), 1, 2, 3};

  void vote() {
    trial.cast("A", {{"Ada", "Ben"}});
    trial.cast("B", {{"Ben"}});
    trial.close();
  }
  void shuffle() {
    vote();
    ok(collect(trial.record(), trial.shuffle(1)));
    ok(end_shuffles(trial.record()));
  }
  // A file with one character changed, which is a digit where `after` ends.
  fs::path garbled(const fs::path& file, std::string_view after) {
    std::string text = ok(read_file(file));
    const std::size_t at = text.find(after) + after.size();
    text[at] = text[at] == '1' ? '2' : '1';
    return trial.file(text);
  }
  std::string out() { return (trial.folder() / "out").string(); }
};

TEST_F(TallyingTest, ATrusteeRefusesARecordThatIsNotGood) {
  shuffle();
  std::string record = ok(read_file(trial.record()));
  const std::size_t at = record.find("\"challenge\":\"", record.find("\"election_hash\"")) + 14;
  record[at] = record[at] == '1' ? '2' : '1';
  const fs::path bad = trial.file(record);
  for (const std::string& error :
       {error_of(decrypt_tally(bad, trial.secrets()[0], out())),
        error_of(shuffle_tally(bad, trial.secrets()[1], out())), error_of(declare(bad, trial.paper(), {}))}) {
    EXPECT_THAT(error, HasSubstr("the record is not good"));
    EXPECT_THAT(error, HasSubstr("specification, section 4.4"));
  }
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(TallyingTest, ATrusteeRefusesARecordCutShort) {
  vote();
  std::string record = ok(read_file(trial.record()));
  record.resize(record.size() - 512);
  EXPECT_THAT(error_of(shuffle_tally(trial.file(record), trial.secrets()[0], out())),
              HasSubstr("the record is not good"));
}

// The same election closed twice, with one ballot more: the difference would be that ballot.
TEST_F(TallyingTest, AKeyServesOneClosingOfAnElection) {
  trial.cast("C", {{"Ada"}});
  const std::string before = ok(read_file(trial.record()));
  vote();
  const fs::path other = trial.file(before);
  const std::string closing = ok(close_voting(other)).closing;
  ok(shuffle_tally(trial.record(), trial.secrets()[0], out()));
  EXPECT_THAT(error_of(shuffle_tally(other, trial.secrets()[0], trial.folder() / "second")),
              testing::AllOf(HasSubstr(closing), HasSubstr("with 1 ballots"), HasSubstr("has been used")));
  EXPECT_FALSE(fs::exists(trial.folder() / "second"));
  EXPECT_THAT(error_of(shuffle_tally(other, trial.secrets()[1], trial.folder() / "second", std::string(64, 'a'))),
              HasSubstr("not by aaaa"));
  const auto sent = ok(shuffle_tally(other, trial.secrets()[1], trial.folder() / "second", closing));
  EXPECT_EQ(sent.closing.ballots, 1U);
  EXPECT_EQ(sent.closing.hash, closing);
}

TEST_F(TallyingTest, EachDoesWhatIsDueAndNothingElse) {
  EXPECT_THAT(error_of(shuffle_tally(trial.record(), trial.secrets()[0], out())),
              HasSubstr("the voting is not closed"));
  EXPECT_THAT(error_of(decrypt_tally(trial.record(), trial.secrets()[0], out())), HasSubstr("not ready"));
  EXPECT_THAT(error_of(publish_result(trial.record())), HasSubstr("not ready"));
  vote();
  EXPECT_THAT(error_of(end_shuffles(trial.record())), HasSubstr("no shuffle"));
  EXPECT_THAT(error_of(decrypt_tally(trial.record(), trial.secrets()[0], out())), HasSubstr("not ready"));
  const Trial other(paper, "Ed25519", roll_of(1), 1);
  EXPECT_THAT(error_of(shuffle_tally(trial.record(), other.secrets()[0], out())), HasSubstr("none of the 4 trustees"));
  const fs::path second = trial.shuffle(2);
  ok(collect(trial.record(), trial.shuffle(1)));
  EXPECT_THAT(error_of(shuffle_tally(trial.record(), trial.secrets()[0], out())), HasSubstr("has shuffled already"));
  EXPECT_TRUE(ok(collect(trial.record(), trial.folder() / "shuffle-1")).was_there);
  EXPECT_THAT(error_of(collect(trial.record(), second)), HasSubstr("proof")) << "of the ciphertexts before the first";
  ok(end_shuffles(trial.record()));
  EXPECT_THAT(error_of(shuffle_tally(trial.record(), trial.secrets()[1], out())), HasSubstr("shuffling has ended"));
  EXPECT_THAT(error_of(publish_result(trial.record())), HasSubstr("1 of trustees 1; 2 of trustees 2, 3, 4"));
  ok(collect(trial.record(), trial.decrypt(3)));
  EXPECT_TRUE(ok(collect(trial.record(), trial.folder() / "decryption-3")).was_there);
  EXPECT_THAT(error_of(publish_result(trial.record())), HasSubstr("1 of trustees 1; 1 of trustees 2, 4"));
  const fs::path late = trial.decrypt(2);
  ok(collect(trial.record(), trial.decrypt(4)));
  EXPECT_THAT(error_of(collect(trial.record(), late)), HasSubstr("trustee 2 is not needed"));
  EXPECT_THAT(error_of(publish_result(trial.record())), HasSubstr("missing: 1 of trustees 1"));
  ok(collect(trial.record(), trial.decrypt(1)));
  ok(publish_result(trial.record()));
  EXPECT_THAT(error_of(publish_result(trial.record())), HasSubstr("has its result"));
  EXPECT_THAT(error_of(collect(trial.record(), late)), HasSubstr("has its result"));
  EXPECT_EQ(ok(verify_record(trial.record())).verdict(), record::Verdict::valid);
}

TEST_F(TallyingTest, TheOfficerRefusesWhatDoesNotProveItself) {
  vote();
  const fs::path shuffle = trial.shuffle(1);
  EXPECT_THAT(error_of(collect(trial.record(), garbled(shuffle, "[[{\"alpha\":\""))), HasSubstr("not about line 1"));
  EXPECT_THAT(error_of(collect(trial.record(), trial.file("{}\n"))), HasSubstr("expected two lines"));
  EXPECT_THAT(error_of(collect(trial.record(), trial.file("{}\n{}\n"))), HasSubstr("line 2"));
  ok(collect(trial.record(), shuffle));
  ok(end_shuffles(trial.record()));

  // A decryption that says another trustee's number, which is not the one that has signed.
  const std::string lines = ok(read_file(trial.decrypt(2)));
  const std::string mine = R"({"owner":2,)";
  std::string stolen = lines;
  stolen.replace(stolen.find(mine), mine.size(), R"({"owner":3,)");
  EXPECT_THAT(error_of(collect(trial.record(), trial.file(stolen))), HasSubstr("not about line 1"));
  stolen.replace(stolen.find(R"({"owner":3,)"), mine.size(), R"({"owner":9,)");
  EXPECT_THAT(error_of(collect(trial.record(), trial.file(stolen))), HasSubstr("there are 4 trustees"));
  ok(collect(trial.record(), trial.file(lines)));
}

TEST_F(TallyingTest, ATrusteeFindsTheirNumberAndAStrangerNone) {
  EXPECT_EQ(ok(find_trustee(trial.record(), trial.secrets()[0])), 1);
  EXPECT_EQ(ok(find_trustee(trial.record(), trial.secrets()[3])), 4);
  const auto stranger = ok(make_trustee_key("Ed25519", trial.folder() / "stranger"));
  EXPECT_THAT(error_of(find_trustee(trial.record(), {stranger.private_key, {}})), HasSubstr("none of the 4 trustees'"));
  // One member's seed with another's encrypted key.
  EXPECT_FALSE(find_trustee(trial.record(), {trial.secrets()[1].key, trial.secrets()[2].decryption_key}));
}

}  // namespace
}  // namespace folkmoot::service
