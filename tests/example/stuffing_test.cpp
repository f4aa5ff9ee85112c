// A server that puts ballots into the record itself. It has everything but the voters' secrets: what it adds is seen by
// whoever verifies the record, by every trustee before they decrypt, and by the registrar.
#include <gmock/gmock.h>

#include "secret/credentials.hpp"
#include "secret/voter.hpp"
#include "service/opened.hpp"
#include "service/trial.hpp"
#include "store/record_file.hpp"

namespace folkmoot::service {
namespace {

using testing::HasSubstr;

const std::string paper = R"({"name": "Who?", "contests": [
    {"kind": "choice", "question": "Who?", "candidates": ["Ada", "Ben"], "min": 1, "rule": "plurality", "seats": 1}]})";

class Stuffing : public testing::Test {
 protected:
  Stuffing() { trial.cast("A", {{"Ada"}}); }

  // Puts it into the record, as nobody but the server can: unchecked.
  void put(const std::string& ballot) {
    store::RecordFile file = ok(store::RecordFile::open(trial.record()));
    ok(file.append({record::EventType::ballot, {ballot}}));
  }
  // That everybody sees it.
  void expect_found(const std::string& why) {
    const record::Report report = ok(verify_record(trial.record()));
    EXPECT_NE(report.verdict(), record::Verdict::valid);
    EXPECT_NE(report.verdict(), record::Verdict::incomplete);
    EXPECT_THAT(record::to_text(report), HasSubstr(why));
    (void)close_voting(trial.record());
    const fs::path out = trial.folder() / "decryption";
    EXPECT_THAT(error_of(decrypt_tally(trial.record(), trial.secrets().front(), out)), HasSubstr(why));
    EXPECT_FALSE(fs::exists(out));
  }
  static std::string credential_in(const std::string& ballot) {
    const json::Document document = ok(json::Document::parse(ballot));
    return ok(json::read_field(document.root(), "credential", json::read_string));
  }
  static std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
      text.replace(at, what.size(), by);
    }
    return text;
  }

  Trial trial{paper, "Ed25519", roll_of(3), 1};
};

// Of somebody who is not on the registrar's list: of another election, whose ballots are good there.
TEST_F(Stuffing, WithACredentialThatTheRegistrarHasNotMade) {
  Trial other(paper, "Ed25519", roll_of(1), 1);
  const auto stranger = other.credential("A").key<group::Ed25519>(trial.paper().uuid);
  const std::string ballot =
      ok(with_record(trial.record(), [&]<PrimeGroup G>(Opened<G>& opened) -> Result<std::string> {
        if constexpr (std::is_same_v<G, group::Ed25519>) {
          const secret::Booth<G> booth(opened.setup.election, opened.setup.fingerprint);
          const auto questions = opened.setup.election.questions;
          auto answer = TRY(answer_by_names(questions.front(), {"Ben"}));
          std::vector<election::PlainAnswer> answers;
          answers.push_back(std::move(answer));
          const auto made = TRY(booth.make_ballot(stranger, answers, secret::Random::system()));
          return json::to_text(made);
        }
        return fail("another group");
      }));
  put(ballot);
  expect_found("credential");
}

// In the name of a voter who has not voted, with the votes of one who has.
TEST_F(Stuffing, InTheNameOfAVoter) {
  const std::string cast = trial.ballot("B", {{"Ben"}}).text;
  put(replaced(cast, credential_in(cast), credential_in(trial.ballot("C", {{"Ada"}}).text)));
  expect_found("signature");
}

// The same ballot once more, so that it counts instead of the voter's later one: the chain takes nothing twice.
TEST_F(Stuffing, WithAnEarlierBallotOfTheVoter) {
  const std::string early = trial.ballot("B", {{"Ben"}}).text;
  put(early);
  trial.cast("B", {{"Ada"}});
  store::RecordFile file = ok(store::RecordFile::open(trial.record()));
  EXPECT_THAT(error_of(file.append({record::EventType::ballot, {early}})), HasSubstr("already"));
}

// With credentials of its own on the list from the beginning: the registrar has another list, and so has everybody who
// was given its hash.
TEST_F(Stuffing, WithAListOfItsOwn) {
  ok(check_published_credentials(trial.registrar(), trial.record()));
  const fs::path key = fs::path(trial.secrets().front().key).replace_extension(".pubkey"), own = trial.folder() / "own";
  ok(make_credentials(charter::read_roll(roll_of(3)).value(), trial.paper().uuid, "Ed25519", own));
  const std::string list = ok(read_lines(own / "public_creds.json")).front();
  const OpenedElection forged =
      ok(open_election(trial.paper(), ok(assemble_trustees("Ed25519", {key})), list, trial.folder() / "forged"));
  EXPECT_EQ(forged.fingerprint, trial.opened().fingerprint) << "the same election, but for the list";
  EXPECT_THAT(error_of(check_published_credentials(trial.registrar(), forged.record)), HasSubstr("is not the one"));
}

}  // namespace
}  // namespace folkmoot::service
