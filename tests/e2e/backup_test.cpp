// An organisation is backed up while it works, lost, and restored as deploy/README.md says.
#include "database/cluster.hpp"
#include "e2e/shell.hpp"

namespace folkmoot::e2e {
namespace {

using testing::HasSubstr;

// `found`: a small organisation in ./org, its ledger's key in $key; `admit DIR MEMBER`: one act more. `restore COPY
// DIR` puts the copy of org, and its keys, into a new folder; `take_ledger PUBLIC DIR` what others have of its ledger.
constexpr const char* functions = R"sh(
trap 'kill $(jobs -p) 2> /dev/null || true; wait' EXIT
found() {
  folkmoot org new "$FOLKMOOT/examples/cooperative.toml" --dir org --origin ledger.test.example "$@" > founded
  key=$(sed -n 's/.*: \(ledger.test.example+.*\)/\1/p' founded)
}
admit() { folkmoot act member.admit members="$2" --dir "$1" --key org/private/founder.key; }
acts() { folkmoot state --dir "$1" | sed -n 's/.*version 1, \([0-9]*\) acts.*/\1/p'; }
start() {
  "$@" --listen 127.0.0.1:0 > said & pid=$!
  while ! grep -qs http said; do kill -0 $pid; sleep 0.05; done
  url=$(grep -o -m 1 'http://[^ ]*' said)
}
backup() { "$FOLKMOOT/deploy/folkmoot-backup" "$@"; }
restore() {
  cp -r "$1" "$2"
  cp ${3:-org}/private/*.key "$2/private"
}
take_ledger() {
  cp -r "$1/checkpoint" "$1/tile" "$2/public"
  if [ -d "$1/published" ]; then cp -r "$1/published" "$2/public"; fi
  { head -n 3 "$2/public/checkpoint"; echo; } > "$2/public/journal"
}
)sh";

class Backup : public ::testing::Test {
 protected:
  Backup() { shell.define("export FOLKMOOT='" + source.string() + "'\n" + functions); }
  Shell shell;
};

TEST_F(Backup, HasWhatWasAcknowledgedBeforeIt) {
  shell.run(R"sh(
    found
    start folkmoot serve --dir org
    echo 1 > acknowledged
    ( while [ ! -e enough ]; do
        number=$(($(cat acknowledged) + 1))
        admit org "m-$(printf %016x $number)" > admitted
        echo $number > written && mv written acknowledged
      done ) & members=$!
    for i in 1 2 3 4 5 6; do
      before=$(cat acknowledged)
      backup org copy-$i
      echo "$before" > before-$i
      while [ "$(cat acknowledged)" = "$before" ]; do kill -0 $members; sleep 0.01; done
    done
    touch enough; wait $members; kill -TERM $pid; wait $pid
    for i in 1 2 3 4 5 6; do
      folkmoot-verify ledger copy-$i/public --key "$key" > verified-$i
      restore copy-$i restored-$i
      [ "$(acts restored-$i)" -ge "$(cat before-$i)" ]
      folkmoot-verify ledger restored-$i/public --key "$key" --against copy-$i/public > verified-again-$i
    done)sh");
}

TEST_F(Backup, AnOldLedgerIsNotContinuedUnnoticed) {
  shell.run(R"sh(
    found
    witness=$(folkmoot witness --dir w --new witness.example | grep '^witness.example+')
    echo "$key" > w/logs
    start folkmoot witness --dir w
    printf 'log %s\nwitness w %s %s\nquorum w\n' "$key" "$witness" "$url" > org/policy
    admit org m-0000000000000001
    backup org copy
    admit org m-0000000000000002
    restore copy old
    ! admit old m-0000000000000003 2> refused
    # With what is public it is as new as what anyone has seen.
    folkmoot-verify ledger org/public --policy copy/policy --against copy/public > verified
    restore copy restored
    take_ledger org/public restored
    [ "$(acts restored)" = 3 ]
    admit restored m-0000000000000004
    folkmoot-verify ledger restored/public --policy copy/policy --against org/public > continued
    kill -TERM $pid; wait $pid)sh");
  EXPECT_THAT(read(shell / "refused"), HasSubstr("witness w knows another history of this ledger"));
  EXPECT_THAT(read(shell / "continued"), HasSubstr("VALID. "));
}

TEST_F(Backup, ADatabaseOfYesterdayGetsTheActsOfTheLedger) {
  shell.run(R"sh(
    found
    admit org m-0000000000000001
    backup org copy
    admit org m-0000000000000002
    rm org/private/organisation.db*
    cp copy/private/organisation.db org/private
    [ "$(acts org)" = 3 ]
    admit org m-0000000000000003
    folkmoot-verify ledger org/public --key "$key" --against copy/public)sh");
}

TEST_F(Backup, BallotsThatCameAfterItAreInWhatIsPublic) {
  const std::string out = shell.run(R"sh(
    start folkmoot serve --example --dir example
    org=example/organisation
    uuid=$(sed -n 's|^Vote at .*/vote/\([^,]*\),.*|\1|p' said)
    key=$(sed -n 's/^log //p' $org/policy)
    sed -n 's/^  \([^ ]*\)  (.*/\1/p' said > credentials
    cast() {
      sed -n "$1p" credentials > credential
      folkmoot vote $2/public/elections/$uuid.bel --credential credential --rank "Una Starling" --out ballot-$1 > voted
      curl -s -f -d @ballot-$1 -H 'Content-Type: application/json' $url/api/v1/elections/$uuid/ballots > cast-$1
      grep -o '[A-Za-z0-9+/]\{43\}' cast-$1 > tracker-$1
    }
    cast 1 $org
    backup $org copy
    cast 2 $org
    for file in $uuid.bel $uuid.strict.json; do curl -s -f -O $url/elections/$file; done
    kill -KILL $pid; wait $pid || true
    restore copy restored $org
    folkmoot-verify $uuid.bel --against copy/public/elections/$uuid.bel > newer || [ $? = 2 ]
    cp $uuid.bel $uuid.strict.json restored/public/elections
    start folkmoot serve --dir restored
    cast 3 restored
    for i in 1 2 3; do folkmoot tracker restored/public/elections/$uuid.bel "$(cat tracker-$i)"; done
    folkmoot-verify ledger $url/ledger --key "$key" --against copy/public | tail -n 1
    kill -TERM $pid; wait $pid
    folkmoot-verify restored/public/elections/$uuid.bel --against $uuid.bel || [ $? = 2 ])sh");
  EXPECT_THAT(out, HasSubstr("VALID. "));
}

TEST_F(Backup, OfPostgresqlGoesIntoAnotherOne) {
  const test::TemporaryDatabase lost{test::Kind::postgresql}, restored{test::Kind::postgresql};
  shell.run("lost='" + lost.url() + "' restored='" + restored.url() + "'" + R"sh(
    found --database "$lost"
    admit org m-0000000000000001
    backup org copy
    pg_restore --no-owner --dbname="$restored" copy/private/database.dump
    # A node of which nothing is left but its keys.
    mkdir -p node/private
    cp org/private/*.key node/private
    cp copy/policy node
    { grep '^origin' copy/settings.toml; echo "database = '$restored'"; } > node/settings.toml
    [ "$(acts node)" = 2 ]
    admit node m-0000000000000002
    folkmoot-verify ledger node/public --key "$key" --against copy/public)sh");
}

}  // namespace
}  // namespace folkmoot::e2e
