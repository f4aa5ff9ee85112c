// Ballots from many voters at once, as a server gets them.
#include "service/ballot_box.hpp"

#include <thread>

#include "record/verify_setup.hpp"
#include "service/trial.hpp"
#include "store/file_source.hpp"

namespace folkmoot::service {
namespace {

using testing::HasSubstr;
using Fate = Handed::Fate;

const BallotBox::Allow anybody = [](const std::string&) { return true; };

constexpr int voters = 12;

struct BallotBoxTest : testing::Test {
  Trial trial{R"({"name": "Who?", "contests": [
      {"kind": "choice", "question": "Who?", "candidates": ["Ada", "Ben"], "min": 1, "rule": "plurality", "seats": 1}]})",
              "Ed25519", roll_of(voters), 1};

  const std::shared_ptr<Seen> seen = std::make_shared<Seen>();
  [[nodiscard]] std::unique_ptr<BallotBox> open() const { return ok(BallotBox::open(trial.record(), "", seen)); }
};

std::string voter(int number) { return {static_cast<char>('A' + number)}; }

// Each voter sends a ballot, sends it again, and a changed one; all at the same time.
TEST_F(BallotBoxTest, TakesBallotsFromManyAtOnce) {
  std::vector<MadeBallot> ballots;
  for (int i = 0; i < voters; ++i) ballots.push_back(trial.ballot(voter(i), {{"Ada"}}));
  std::atomic<int> accepted = 0, again = 0, refused = 0;
  {
    const auto box = open();
    std::vector<std::jthread> threads;
    for (const MadeBallot& ballot : ballots) {
      threads.emplace_back([&] {
        for (int time = 0; time < 2; ++time) {
          const Handed handed = box->hand_in(ballot.text);
          (handed.fate == Fate::accepted ? accepted : handed.fate == Fate::there ? again : refused)++;
          EXPECT_EQ(handed.tracker, ballot.tracker) << handed.message;
        }
        std::string forged = ballot.text;
        forged[forged.rfind('"') - 1] ^= 1;
        const Handed handed = box->hand_in(forged);
        EXPECT_EQ(handed.fate, Fate::refused) << handed.message;
      });
    }
  }
  EXPECT_EQ(accepted, voters);
  EXPECT_EQ(again, voters);
  EXPECT_EQ(refused, 0);
  const record::Report report = ok(verify_record(trial.record()));
  EXPECT_EQ(report.ballots, static_cast<std::uint64_t>(voters));
  for (const MadeBallot& ballot : ballots) EXPECT_FALSE(ok(look_up(trial.record(), ballot.tracker)).replaced);
}

TEST_F(BallotBoxTest, SaysWhatIsWrong) {
  const auto box = open();
  EXPECT_THAT(box->hand_in("").message, HasSubstr("not JSON"));
  const Trial other(R"({"name": "Another", "contests": [
      {"kind": "choice", "question": "Who?", "candidates": ["Ada", "Ben"], "min": 1, "rule": "plurality", "seats": 1}]})",
                    "Ed25519", roll_of(2), 1);
  const Handed handed = box->hand_in(other.ballot("A", {{"Ada"}}).text);
  EXPECT_EQ(handed.fate, Fate::refused);
  EXPECT_THAT(handed.message, HasSubstr("not one of this election's"));
  // What the record has already, and is no ballot, is none here either.
  const auto source = ok(store::FileSource::open(trial.record()));
  auto reader = ok(record::Reader::open(source));
  const std::string election = ok(record::read_setup_texts(reader)).election;
  EXPECT_EQ(box->hand_in(election).fate, Fate::refused);
}

TEST_F(BallotBoxTest, ABallotThatWasOpenedCannotBeCast) {
  const auto prepare = [&](const char* name) {
    const fs::path prepared = trial.folder() / name;
    const std::string tracker = ok(prepare_ballot(trial.record(), trial.credential("A"), {{{"Ada"}}, {}}, prepared));
    const fs::path shown = trial.folder() / fmt::format("{}-opened", name);
    ok(open_prepared(prepared, shown));
    std::string text = ok(read_file(shown));
    text.pop_back();
    return std::pair(tracker, text);
  };
  const auto ballot_in = [](const std::string& opened) {
    const std::size_t begin = opened.find("\"ballot\":") + 9;
    return opened.substr(begin, opened.find(",\"answers\":[[") - begin);
  };
  const auto [tracker, opened] = prepare("first");
  const auto [cast, shown_late] = prepare("second");
  {
    const auto box = open();
    std::string lie = opened;
    lie.replace(lie.rfind("[1,0]"), 5, "[0,1]");
    EXPECT_EQ(box->spoil(lie, anybody).fate, Fate::refused);
    EXPECT_EQ(box->spoil("{}", anybody).fate, Fate::refused);
    const Handed spoiled = box->spoil(opened, anybody);
    EXPECT_EQ(spoiled.fate, Fate::accepted) << spoiled.message;
    EXPECT_EQ(spoiled.tracker, tracker);
    EXPECT_EQ(box->spoil(opened, anybody).fate, Fate::there);
    EXPECT_THAT(box->hand_in(ballot_in(opened)).message, HasSubstr("it was opened"));
    EXPECT_EQ(box->hand_in(ballot_in(shown_late)).fate, Fate::accepted);
    EXPECT_THAT(box->spoil(shown_late, anybody).message, HasSubstr("has been cast"));
    EXPECT_EQ(seen->ballots(), 1U);
  }
  // Also after the box has been opened again: it stands in the supplement.
  EXPECT_THAT(open()->hand_in(ballot_in(opened)).message, HasSubstr("it was opened"));
}

// Two servers on one record would lose ballots.
TEST_F(BallotBoxTest, IsOpenOnceAndOnlyWhileTheVotingIs) {
  {
    const auto box = open();
    EXPECT_THAT(error_of(BallotBox::open(trial.record())), HasSubstr("in use by another"));
    EXPECT_EQ(box->hand_in(trial.ballot("A", {{"Ben"}}).text).fate, Fate::accepted);
  }
  trial.close();
  EXPECT_THAT(error_of(BallotBox::open(trial.record())), HasSubstr("the voting is over"));
}

}  // namespace
}  // namespace folkmoot::service
