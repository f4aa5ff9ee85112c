// The command line as its users meet it: what it prints, where, and what it exits with.
#include "cli/command_test.hpp"
#include "verifier/verifier.hpp"

namespace folkmoot::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(CommandTest, HelpListsEveryCommandAndTheExitStatuses) {
  EXPECT_EQ(folkmoot({"--help"}), Exit::done);
  for (const char* command : {"demo", "officer", "registrar", "trustee", "vote", "tracker", "verify", "count"}) {
    EXPECT_THAT(out, HasSubstr(command));
  }
  EXPECT_THAT(out, HasSubstr("Exit status"));
  EXPECT_THAT(err, IsEmpty());
  for (const char* command : {"officer", "registrar", "trustee"}) {
    EXPECT_EQ(folkmoot({command, "--help"}), Exit::done);
    EXPECT_THAT(out, Not(IsEmpty()));
  }
}

TEST_F(CommandTest, WrongCallsExitWithThreeAndSayWhatIsMissing) {
  EXPECT_EQ(folkmoot({}), Exit::usage);
  EXPECT_EQ(folkmoot({"elect"}), Exit::usage);
  EXPECT_EQ(folkmoot({"officer"}), Exit::usage);
  EXPECT_EQ(folkmoot({"officer", "close"}), Exit::usage);
  EXPECT_THAT(err, HasSubstr("RECORD"));
  EXPECT_EQ(folkmoot({"vote", "r.bel", "--out", "b"}), Exit::usage);
  EXPECT_THAT(err, HasSubstr("--credential"));
  EXPECT_EQ(folkmoot({"demo", "--members", "0"}), Exit::usage);
  EXPECT_EQ(folkmoot({"demo", "--members", "10", "--ballots", "x.blt"}), Exit::usage);
  EXPECT_EQ(folkmoot({"demo", "--seats", "2"}), Exit::usage);
  EXPECT_EQ(folkmoot({"count", "--rule", "av"}), Exit::usage);
  EXPECT_THAT(err, HasSubstr("FILE"));
  EXPECT_EQ(folkmoot({"serve", "--port", "8080", "--listen", "127.0.0.1:8080"}), Exit::usage);
  EXPECT_THAT(err, HasSubstr("--listen"));
  EXPECT_EQ(folkmoot({"serve", "--port", "80800"}), Exit::usage);
  EXPECT_EQ(folkmoot({"registrar", "credentials", "roll.csv", "--out", "x"}), Exit::usage);
  EXPECT_EQ(folkmoot({"registrar", "credentials", "roll.csv", "--out", "x", "--group", "Ed25519"}), Exit::usage);
}

TEST_F(CommandTest, FailuresExitWithOneAndNameTheFile) {
  EXPECT_EQ(folkmoot({"officer", "close", path("none.bel")}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("folkmoot: "));
  EXPECT_THAT(err, HasSubstr("none.bel"));
  EXPECT_THAT(out, IsEmpty());
  EXPECT_EQ(folkmoot({"officer", "draft", write("p.json", "{}"), "--out", path("d")}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("p.json: no field \"name\""));
}

TEST_F(CommandTest, VerifyExitsWithTheVerdict) {
  EXPECT_EQ(folkmoot({"verify", path("none.bel")}), Exit::usage);
  EXPECT_EQ(folkmoot({"verify", write("bad.bel", "no record")}), Exit::failed);
  EXPECT_THAT(out, HasSubstr("INVALID"));
  EXPECT_EQ(folkmoot({"verify", "--json", path("bad.bel")}), Exit::failed);
  EXPECT_THAT(out, HasSubstr(R"({"verdict":"invalid")"));
}

TEST_F(CommandTest, ABadRollIsToldLineByLine) {
  const std::string roll = write("roll.csv", "id,email\n1,a@example.org\n1,b@example.org\n,c@example.org\n");
  EXPECT_EQ(folkmoot({"registrar", "credentials", roll, "--uuid", "AAAAAAAAAAAAAA", "--out", path("r")}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("line 3: "));
  EXPECT_THAT(err, HasSubstr("line 4: "));
  EXPECT_FALSE(fs::exists(folder / "r"));
}

// A whole election by command line: one single trustee, two voters, a ranking and a choice.
TEST_F(CommandTest, AnElectionFromDraftToDeclaration) {
  const std::string paper = write("paper.json", R"({"name": "Club", "lots": "s", "contests": [
    {"kind": "ranking", "question": "Leader?", "candidates": ["Ada Ash", "Ben"], "rule": "av", "seats": 1},
    {"kind": "choice", "question": "Rule 4?", "candidates": ["Yes", "No"], "blank": true, "rule": "plurality",
     "seats": 1}]})");
  const std::string drafted = path("drafted.json");
  ASSERT_EQ(folkmoot({"officer", "draft", paper, "--out", drafted}), Exit::done) << err;
  const std::string roll = write("roll.csv", "number,name,shoe size\n1,Una,38\n2,Udo,44\n");
  ASSERT_EQ(folkmoot({"registrar", "credentials", roll, "--election", drafted, "--out", path("reg")}), Exit::done)
      << err;
  EXPECT_THAT(err, HasSubstr("\"shoe size\""));
  ASSERT_EQ(folkmoot({"trustee", "key", "--out", path("trustee")}), Exit::done) << err;
  const std::string key = only("trustee", ".privkey");
  ASSERT_EQ(folkmoot({"officer", "open", drafted, "--trustee", only("trustee", ".pubkey"), "--credentials",
                      path("reg/public_creds.json"), "--out", path("public")}),
            Exit::done)
      << err;
  const std::string record = only("public", ".bel");
  EXPECT_EQ(folkmoot({"registrar", "check", path("reg"), record}), Exit::done) << err;
  EXPECT_EQ(folkmoot({"trustee", "check", record, "--key", key}), Exit::done) << err;
  EXPECT_THAT(out, HasSubstr("trustee 1"));
  EXPECT_EQ(folkmoot({"verify", record}), Exit::incomplete);

  ASSERT_EQ(folkmoot({"registrar", "recover", path("reg"), "1"}), Exit::done) << err;
  const std::string credential = out;
  EXPECT_EQ(folkmoot({"vote", record, "--credential", "-", "--out", path("b0")}, credential), Exit::failed);
  EXPECT_THAT(err, HasSubstr("Rank up to 2 of: \"Ada Ash\", \"Ben\""));
  ASSERT_EQ(folkmoot({"vote", record, "--credential", "-", "--rank", "Ada Ash", "Ben", "--choose", "Yes", "--out",
                      path("b1")},
                     credential),
            Exit::done)
      << err;
  const std::string tracker = out.substr(0, out.find('\n'));
  EXPECT_THAT(err, Not(HasSubstr(credential.substr(0, credential.size() - 1))));
  ASSERT_EQ(folkmoot({"registrar", "recover", path("reg"), "2"}), Exit::done) << err;
  const std::string second = write("credential", out);
  ASSERT_EQ(folkmoot({"vote", record, "--credential", second, "--rank", "--choose", "--out", path("b2")}), Exit::done)
      << err;

  EXPECT_EQ(folkmoot({"tracker", record, tracker}), Exit::failed);
  EXPECT_EQ(folkmoot({"officer", "accept", record, path("b1"), path("b2"), paper}), Exit::incomplete);
  EXPECT_THAT(out, HasSubstr("Accepted 2 ballots, refused "));
  EXPECT_THAT(err, HasSubstr("refused: " + paper + ": line 1: "));
  EXPECT_EQ(folkmoot({"tracker", record, tracker}), Exit::done) << err;
  EXPECT_THAT(out, HasSubstr("Ballot 1 of the record: it counts unless its voter votes again."));

  ASSERT_EQ(folkmoot({"officer", "close", record}), Exit::done) << err;
  ASSERT_EQ(folkmoot({"trustee", "shuffle", record, "--key", key, "--out", path("shuffle")}), Exit::done) << err;
  ASSERT_EQ(folkmoot({"officer", "collect", record, path("shuffle")}), Exit::done) << err;
  EXPECT_THAT(out, HasSubstr("Collected the shuffle of trustee 1."));
  ASSERT_EQ(folkmoot({"officer", "end-shuffles", record}), Exit::done) << err;
  ASSERT_EQ(folkmoot({"trustee", "decrypt", record, "--key", key, "--out", path("share")}), Exit::done) << err;
  ASSERT_EQ(folkmoot({"officer", "collect", record, path("share")}), Exit::done) << err;
  ASSERT_EQ(folkmoot({"officer", "result", record}), Exit::done) << err;
  ASSERT_EQ(folkmoot({"officer", "declare", record, path("public/ballot-paper.json"), "--out", path("public")}),
            Exit::done)
      << err;
  EXPECT_THAT(out, HasSubstr("Elected: Ada Ash"));
  EXPECT_THAT(out, HasSubstr("Elected: Yes"));
  EXPECT_EQ(read(path("public/declaration.txt")), out);
  EXPECT_EQ(folkmoot({"verify", record}), Exit::done) << out;
  EXPECT_EQ(folkmoot({"verify", record, "--against", record}), Exit::done) << out;
}

TEST_F(CommandTest, ASmallDemoVerifiesAndCountsAsMeant) {
  ASSERT_EQ(folkmoot({"demo", "--members", "8", "--dir", path("demo")}), Exit::done) << err;
  EXPECT_THAT(out, HasSubstr("VALID. "));
  EXPECT_THAT(out, HasSubstr("The count of the decrypted ballots is that of the votes as they were meant."));
  EXPECT_THAT(err, HasSubstr("trustee 5"));
  EXPECT_THAT(out, HasSubstr("Under the strict profile  VALID"));
  EXPECT_EQ(folkmoot({"demo", "--members", "8", "--dir", path("demo")}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("is there already"));
}

// What folkmoot-verify says about it, with the supplement and about the ballot that was opened.
TEST_F(CommandTest, ADemoIsValidUnderBothProfilesAndHasAnOpenedBallot) {
  ASSERT_EQ(folkmoot({"demo", "--members", "3", "--dir", path("demo")}), Exit::done) << err;
  const std::string record = only("demo/public", ".bel");
  const std::string supplement = record.substr(0, record.size() - 4) + ".strict.json";
  std::string shown;
  const auto verify = [&](const std::vector<std::string>& arguments) {
    std::vector<const char*> argv{"folkmoot-verify"};
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    std::ostringstream out_stream, err_stream;
    const int status =
        verifier::run(static_cast<int>(argv.size()), argv.data(), verifier::Console{out_stream, err_stream});
    shown = out_stream.str() + err_stream.str();
    return status;
  };
  EXPECT_EQ(verify({record, "--strict", supplement}), verifier::valid);
  EXPECT_THAT(shown, HasSubstr("Under Belenios 3.3.0      VALID\nUnder the strict profile  VALID\n"));
  EXPECT_EQ(verify({record, "--strict", supplement, "--json"}), verifier::valid);
  EXPECT_THAT(shown, HasSubstr(R"("strict":{"verdict":"valid")"));
  const std::string wrong = write("wrong", read(supplement) + "\n");
  EXPECT_EQ(verify({record, "--strict", wrong}), verifier::invalid);
  EXPECT_THAT(shown, HasSubstr("Under Belenios 3.3.0      VALID\nUnder the strict profile  INVALID: supplement\n"));
  EXPECT_EQ(verify({record, "--strict", path("nothing")}), verifier::usage);

  const std::string opened = path("demo/public/opened-ballot.json");
  EXPECT_EQ(verify({"ballot", record, "--opened", opened}), verifier::valid) << shown;
  EXPECT_THAT(shown, HasSubstr("Who is to lead the union? "));
  EXPECT_EQ(verify({"ballot", record, "--opened", opened, "--tracker", "another"}), verifier::invalid);
  EXPECT_THAT(shown, HasSubstr("another ballot"));
  EXPECT_EQ(verify({"ballot", record, "--opened", supplement}), verifier::invalid);
}

TEST_F(CommandTest, ADemoCastsTheBallotsOfAFile) {
  const std::string file =
      write("papers.blt", "3 1\n4 1 3 0\n3 2 0\n2 3 2 0\n0\n\"Ada\"\n\"Ben\"\n\"Cy\"\n\"Leader\"\n");
  ASSERT_EQ(folkmoot({"demo", "--ballots", file, "--rule", "av", "--dir", path("demo")}), Exit::done) << err;
  EXPECT_THAT(out, HasSubstr("Elected: Ben"));
  EXPECT_THAT(out, HasSubstr("Voted         9 (100.0 %)"));
  EXPECT_EQ(folkmoot({"demo", "--ballots", path("none.blt")}), Exit::failed);
  EXPECT_EQ(folkmoot({"demo", "--ballots", file, "--rule", "guess"}), Exit::failed);
  EXPECT_THAT(err, HasSubstr("guess"));
}

}  // namespace
}  // namespace folkmoot::cli
