// An organisation as its officers and its auditors run it.
#include "e2e/shell.hpp"

namespace folkmoot::e2e {
namespace {

using testing::HasSubstr;

// `found`: a small organisation in ./org, its founder's options in $founder, its ledger's key in $key.
constexpr const char* functions = R"(
found() {
  folkmoot org new "$FOLKMOOT/examples/cooperative.toml" --dir org --origin ledger.test.example > founded
  founder="--dir org --key org/private/founder.key"
  key=$(sed -n 's/.*: \(ledger.test.example+.*\)/\1/p' founded)
}
admit() { folkmoot act member.admit members="$1" $founder; }
start() {
  "$@" --listen 127.0.0.1:0 > said & pid=$!
  while ! grep -q http said; do kill -0 $pid; sleep 0.05; done
  url=$(grep -o 'http://[^ ]*' said)
}
)";

class OrganisationProgram : public ::testing::Test {
 protected:
  OrganisationProgram() { shell.define("export FOLKMOOT='" + source.string() + "'\n" + functions); }
  Shell shell;
};

TEST_F(OrganisationProgram, AYearOfTheCampaignVerifies) {
  shell.run("folkmoot demo --year --dir year");
  EXPECT_THAT(shell.out(), HasSubstr("VALID. Every check has passed"));
  EXPECT_THAT(shell.out(), HasSubstr("4 secret ballots"));
  EXPECT_THAT(shell.out(), HasSubstr("spend.flag by the clock"));
  // As an auditor does, who has only what is public; and each record by itself.
  const std::string verify = shell.run(R"(
    key=$(folkmoot org --help > /dev/null; sed -n 's/^log //p' year/organisation/policy)
    folkmoot-verify ledger year/organisation/public --key "$key" --complete --json
    for file in year/organisation/public/published/*; do
      if tar -tf $file > /dev/null 2>&1; then folkmoot-verify $file | tail -1; fi
    done)");
  EXPECT_THAT(verify, HasSubstr(R"("verdict":"valid")"));
  EXPECT_THAT(verify, HasSubstr("VALID. Every check has passed"));
  // Without the organisation's key, or with another's, it is nobody's word.
  EXPECT_EQ(shell.status("folkmoot-verify ledger year/organisation/public"), 1);
  EXPECT_THAT(shell.out(), HasSubstr("INVALID"));
}

TEST_F(OrganisationProgram, AnAlteredTranscriptIsNamed) {
  shell.run("folkmoot demo --year --dir year");
  EXPECT_EQ(shell.status(R"(
    key=$(sed -n 's/^log //p' year/organisation/policy)
    for file in year/organisation/public/published/*; do
      if grep -q '"winners"' $file; then sed -i 's/"winners":\[/"winners":[ /' $file; fi
    done
    folkmoot-verify ledger year/organisation/public --key "$key")"),
            1);
  EXPECT_THAT(shell.out(), HasSubstr("has been altered"));
}

TEST_F(OrganisationProgram, ItsLedgerIsReadOverHttp) {
  shell.run(R"(
    found
    admit m-0000000000000001
    start folkmoot ledger serve-files org/public
    folkmoot-verify ledger $url --key "$key" > over-http
    kill -TERM $pid; wait $pid)");
  EXPECT_THAT(read(shell / "over-http"), HasSubstr("VALID. "));
  EXPECT_THAT(read(shell / "over-http"), HasSubstr("2 entries"));
}

TEST_F(OrganisationProgram, IsServedWithItsPages) {
  shell.run(R"(
    found
    admit m-0000000000000001
    mkdir -p pages/assets && echo '<!doctype html><title>Moot</title>' > pages/index.html
    cp pages/index.html pages/vote.html && echo 'let x' > pages/assets/x-1234.js
    start folkmoot serve --dir org --pages pages
    admit m-0000000000000002   # its officers go on
    folkmoot-verify ledger $url/ledger --key "$key" > over-http
    for path in / /vote/abc /assets/x-1234.js /health /api/v1/elections /api/v2 /nothing /../org/private/ledger.key
    do curl -s --path-as-is -i "$url$path"; done > answers
    kill -TERM $pid; wait $pid)");
  EXPECT_THAT(read(shell / "over-http"), HasSubstr("VALID. "));
  const std::string answers = read(shell / "answers");
  EXPECT_THAT(answers, HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'"));
  EXPECT_THAT(answers, HasSubstr("public, max-age=31536000, immutable"));
  EXPECT_THAT(answers, HasSubstr("\r\n\r\nok\n"));
  EXPECT_THAT(answers, HasSubstr(R"({"type":"/problems/not-found","title":"Not found","status":404)"));
  const auto count = [&](std::string_view what) {
    std::size_t times = 0;
    for (std::size_t at = answers.find(what); at != std::string::npos; at = answers.find(what, at + 1)) ++times;
    return times;
  };
  EXPECT_EQ(count("<title>Moot</title>"), 2U);
  EXPECT_EQ(count("HTTP/1.1 404 Not Found"), 3U);
}

TEST_F(OrganisationProgram, AWitnessCosignsEachCheckpoint) {
  const std::string out = shell.run(R"(
    found
    witness=$(folkmoot witness --dir w --new witness.example | grep '^witness.example+')
    echo "$key" > w/logs
    start folkmoot witness --dir w
    printf 'log %s\nwitness w %s %s\nquorum w\n' "$key" "$witness" "$url" > org/policy
    admit m-0000000000000001
    admit m-0000000000000002
    folkmoot-verify ledger org/public --policy org/policy
    kill -TERM $pid; wait $pid
    ! admit m-0000000000000003 2> alone
    folkmoot-verify ledger org/public --policy org/policy)");
  EXPECT_THAT(out, HasSubstr("VALID. "));
  EXPECT_THAT(read(shell / "org/public/checkpoint"), HasSubstr("witness.example"));
  EXPECT_THAT(read(shell / "alone"), HasSubstr("the acts are in the ledger, and their checkpoint is not public yet"));
}

TEST_F(OrganisationProgram, RebuildingAndReceipts) {
  shell.run("found; admit m-0000000000000001; admit m-0000000000000002");
  EXPECT_THAT(shell.run("folkmoot ledger rebuild --dir org"), HasSubstr("3 acts, each checked again."));
  shell.run("found=1; folkmoot ledger proof 1 --dir org --out r");
  EXPECT_EQ(shell.status("folkmoot-verify receipt r --policy org/policy"), 0) << shell.err();
  EXPECT_EQ(shell.status("sed -i '2s/index 1/index 2/' r; sed -i 's/^index 1/index 2/' r; "
                         "folkmoot-verify receipt r --policy org/policy"),
            1);
  EXPECT_EQ(shell.status("folkmoot ledger proof 99 --dir org"), 1);
  EXPECT_THAT(shell.err(), HasSubstr("act 99 is not among the 3 that are public"));
}

TEST_F(OrganisationProgram, ScenesArePlayed) {
  EXPECT_THAT(shell.run("folkmoot scene"), HasSubstr("R8   The extension is offered"));
  EXPECT_THAT(shell.run("folkmoot scene 38"), HasSubstr("refused: mandate.grant by general-secretary:: privileged"));
  EXPECT_EQ(shell.status("folkmoot scene 48"), 1);
}

TEST_F(OrganisationProgram, ACharterThatCannotWorkIsRefusedAsAWhole) {
  EXPECT_EQ(shell.status(R"(
    sed 's/quorum = "majority"/quorum = 99/; s/max_terms = 4/max_terms = 0.5/' \
      "$FOLKMOOT/examples/cooperative.toml" > broken.toml
    folkmoot org new broken.toml --dir org --origin ledger.test.example)"),
            1);
  EXPECT_THAT(shell.err(), HasSubstr("line "));
  EXPECT_FALSE(fs::exists(shell / "org"));
}

}  // namespace
}  // namespace folkmoot::e2e
