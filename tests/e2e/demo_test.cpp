// The main job: a whole election, verified by the separate verifier.
#include "base/json.hpp"
#include "e2e/shell.hpp"

namespace folkmoot::e2e {
namespace {

using testing::HasSubstr;

TEST(Demo, AnInventedOrganisationElectsALeaderAndACommittee) {
  Shell shell;
  shell.run("folkmoot demo --members 60 --dir demo");
  EXPECT_THAT(shell.out(), HasSubstr("VALID. "));
  EXPECT_THAT(shell.out(), HasSubstr("is that of the votes as they were meant"));
  EXPECT_THAT(shell.run("folkmoot-verify --json demo/public/*.bel"), HasSubstr(R"({"verdict":"valid")"));
  EXPECT_THAT(shell.run("folkmoot-verify --json demo/public/*.bel --strict demo/public/*.strict.json"),
              HasSubstr(R"("strict":{"verdict":"valid")"));
  EXPECT_THAT(shell.run("folkmoot-verify ballot demo/public/*.bel --opened demo/public/opened-ballot.json"),
              HasSubstr("VALID. Ballot "));
  for (const char* folder : {"registrar", "officer", "voters", "trustee-1", "trustee-5", "public"}) {
    EXPECT_TRUE(fs::is_directory(shell / "demo" / folder)) << folder;
  }
}

TEST(Demo, NoSecretIsInWhatOthersGet) {
  Shell shell;
  shell.run("folkmoot demo --members 20 --dir demo");
  const int status = shell.status(R"sh(
cut -d, -f2 demo/registrar/private/private_creds.csv | tr -d '\r' | tail -n +2 > secrets
cat demo/trustee-*/trustee.key >> secrets
test $(wc -l < secrets) -eq 25
grep -qFf secrets -r demo/registrar
! grep -rFf secrets demo/public demo/voters demo/officer
test -z "$(find demo/registrar/private demo/trustee-* -type f -perm /077)")sh");
  EXPECT_EQ(status, 0) << shell.out() << shell.err();
}

TEST(Demo, AnElectionOfOneMemberVerifiesToo) {
  Shell shell;
  shell.run("folkmoot demo --members 1 --dir demo\nfolkmoot-verify demo/public/*.bel");
}

TEST(Demo, AFolderThatIsThereIsLeftAlone) {
  Shell shell;
  shell.write("mine", "mine");
  EXPECT_EQ(shell.status("folkmoot demo --members 5 --dir ."), 1);
  EXPECT_THAT(shell.err(), HasSubstr("is there already"));
  EXPECT_EQ(read(shell / "mine"), "mine");
}

// The votes of each candidate after each stage, in the order of the paper, and those not transferable.
using Figures = std::vector<std::vector<std::string>>;

Result<std::vector<std::string>> names(json::Value transcript, std::string_view field) {
  return json::read_field(transcript, field,
                          [](json::Value value) { return json::read_array(value, json::read_string); });
}

// The reference tells stages and events in one list; stages are those with votes, and its last entry repeats them.
Result<Figures> figures(json::Value transcript, std::string_view nontransferable) {
  const auto candidates = TRY(names(transcript, "candidates"));
  const json::Value all = TRY(transcript.field("stages"));
  Figures stages;
  for (const json::Value stage : TRY(all.array())) {
    const bool is_end = stage.has("event") && TRY(json::read_field(stage, "event", json::read_string)) == "end";
    if (!stage.has("votes") || is_end) continue;
    const json::Value votes = TRY(stage.field("votes"));
    std::vector<std::string> row;
    for (const std::string& name : candidates) row.push_back(TRY(json::read_field(votes, name, json::read_string)));
    row.push_back(TRY(json::read_field(stage, nontransferable, json::read_string)));
    stages.push_back(std::move(row));
  }
  return stages;
}

TEST(Demo, RealRankingsAreCountedAsTheyWereOfficially) {
  const fs::path ballots = shared / "count/ballots/glasgow07_linn.blt";
  const fs::path reference = shared / "count/expected/glasgow07_linn__scottish-stv.json";
  if (!fs::exists(ballots)) GTEST_SKIP() << "no " << ballots.lexically_normal();
  Shell shell;
  shell.run("folkmoot demo --ballots '" + ballots.string() + "' --seats 4 --rule scottish-2011 --dir demo");
  EXPECT_THAT(shell.out(), HasSubstr("Voters        9567\n"));
  EXPECT_THAT(shell.out(), HasSubstr("Voted         9567 (100.0 %)\n"));
  EXPECT_THAT(shell.out(), HasSubstr("VALID. "));

  const std::string expected_text = read(reference);
  const std::string found_text = read(shell / "demo/public/contest-1.json");
  const auto expected = json::Document::parse(expected_text).value();
  const auto found = json::Document::parse(found_text).value();
  EXPECT_EQ(names(found.root(), "winners").value(), names(expected.root(), "winners").value());
  const Figures expected_figures = figures(expected.root(), "nt_votes").value();
  EXPECT_EQ(expected_figures.size(), 10U);
  EXPECT_EQ(figures(found.root(), "nontransferable").value(), expected_figures);
}

}  // namespace
}  // namespace folkmoot::e2e
