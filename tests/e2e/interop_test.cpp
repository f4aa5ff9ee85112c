// Debian's belenios-tool (2.0) as an independent implementation: it verifies records that are made here, records that
// it makes are verified here, and both work on one record by turns. The 2048-bit groups are the ones it has.
#include "e2e/shell.hpp"

namespace folkmoot::e2e {
namespace {

using testing::HasSubstr;

class InteropTest : public testing::Test {
 protected:
  void SetUp() override {
    if (shell.status("command -v belenios-tool") != 0) GTEST_SKIP() << "belenios-tool is not installed";
  }
  // That the other tool finds nothing wrong, in a folder with one record.
  void expect_accepted(const std::string& folder) {
    EXPECT_EQ(shell.status("belenios-tool election verify --dir " + folder), 0) << shell.err();
    EXPECT_THAT(shell.err(), HasSubstr("all checks passed"));
  }
  Shell shell;
};

// An election of ours, by its roles' commands. GROUP, ROLL and paper.json are given.
constexpr std::string_view our_roles = R"sh(
setup() {  # KEY...: the trustees' public keys
  folkmoot officer draft paper.json --group $GROUP --out drafted.json
  printf "$ROLL" > roll.csv
  folkmoot registrar credentials roll.csv --election drafted.json --out registrar
  folkmoot officer open drafted.json --trustee "$@" --credentials registrar/public_creds.json --out public
  RECORD=$(echo public/*.bel)
}
vote() {  # VOTER ANSWERS...
  folkmoot registrar recover registrar $1 | folkmoot vote $RECORD --credential - "${@:2}" --out ballot
  folkmoot officer accept $RECORD ballot
  rm ballot
}
decrypt() {  # NAME KEY-ARGUMENTS...
  folkmoot trustee decrypt $RECORD "${@:2}" --out decryption-$1
  folkmoot officer collect $RECORD decryption-$1
}
)sh";

TEST_F(InteropTest, AcceptsOurHomomorphicElectionWithBlanksAndWeights) {
  shell.write("paper.json", R"({"name": "Weighted", "contests": [
    {"kind": "choice", "question": "Two?", "candidates": ["A", "B", "C"], "min": 1, "max": 2, "blank": true,
     "rule": "approval", "seats": 1},
    {"kind": "choice", "question": "One?", "candidates": ["Yes", "No"], "min": 1, "max": 1}]})");
  shell.define(our_roles);
  shell.run(R"sh(
GROUP=BELENIOS-2048; ROLL='id,weight\nA,1\nB,7\nC,1000000000\nD,2\n'
for i in 1 2; do folkmoot trustee key --group $GROUP --out trustee-$i; done
setup trustee-1/*.pubkey trustee-2/*.pubkey
vote A --choose A B --choose Yes
vote B --choose     --choose No
vote A --choose B   --choose No
belenios-tool election verify --dir public
vote C --choose C   --choose Yes
folkmoot officer close $RECORD
decrypt 1 --key trustee-1/*.privkey
decrypt 2 --key trustee-2/*.privkey
folkmoot officer result $RECORD
folkmoot-verify $RECORD --strict ${RECORD%.bel}.strict.json
folkmoot officer declare $RECORD drafted.json --out public)sh");
  EXPECT_THAT(shell.out(), HasSubstr("Elected: C"));
  EXPECT_THAT(shell.out(), HasSubstr("Weight        1000000008"));
  expect_accepted("public");
}

TEST_F(InteropTest, AcceptsOurThresholdElection) {
  shell.write("paper.json", R"({"name": "Threshold", "contests": [
    {"kind": "choice", "question": "?", "candidates": ["A", "B"], "rule": "plurality", "seats": 1}]})");
  shell.define(our_roles);
  shell.run(R"sh(
GROUP=BELENIOS-2048; ROLL='id\nA\nB\n'
folkmoot trustee key --group $GROUP --out single
step() { for i in 1 2 3; do folkmoot trustee $1 ceremony "${@:2}" --key member-$i/key; done; folkmoot officer ceremony ceremony; }
for i in 1 2 3; do
  folkmoot trustee join ceremony --trustee $i --of 3 --threshold 2 --group $GROUP --key member-$i/key
done
folkmoot officer ceremony ceremony
step commit
step polynomial
step share
setup single/*.pubkey ceremony/threshold.json
vote A --choose B
vote B --choose
folkmoot officer close $RECORD
for i in 3 1; do decrypt m$i --key member-$i/key --decryption-key ceremony/decryption-key-$i.dkey; done
decrypt single --key single/*.privkey
folkmoot officer result $RECORD
folkmoot-verify $RECORD --strict ${RECORD%.bel}.strict.json)sh");
  EXPECT_THAT(shell.out(), HasSubstr("1  B"));
  expect_accepted("public");
}

TEST_F(InteropTest, AcceptsOurRankingsWithThreeShuffles) {
  shell.write("paper.json", R"({"name": "Ranked", "lots": "s", "contests": [
    {"kind": "ranking", "question": "?", "candidates": ["A", "B", "C"], "rule": "av", "seats": 1}]})");
  shell.define(our_roles);
  shell.run(R"sh(
GROUP=RFC-3526-2048; ROLL='id\nA\nB\nC\n'
for i in 1 2 3; do folkmoot trustee key --group $GROUP --out trustee-$i; done
setup trustee-{1,2,3}/*.pubkey
vote A --rank A B C
vote B --rank C B
vote C --rank C
folkmoot officer close $RECORD
for i in 1 2 3; do
  folkmoot trustee shuffle $RECORD --key trustee-$i/*.privkey --out shuffle-$i
  folkmoot officer collect $RECORD shuffle-$i
done
folkmoot officer end-shuffles $RECORD
for i in 1 2 3; do decrypt $i --key trustee-$i/*.privkey; done
folkmoot officer result $RECORD
folkmoot-verify $RECORD --strict ${RECORD%.bel}.strict.json
folkmoot officer declare $RECORD drafted.json --out public)sh");
  EXPECT_THAT(shell.out(), HasSubstr("Elected: C"));
  expect_accepted("public");
}

// An election of the other tool's, in the shell's folder. GROUP, VOTERS and template.json are given.
constexpr std::string_view their_roles = R"sh(
credentials() {
  UUID=$(belenios-tool setup generate-token)
  RECORD=$UUID.bel
  printf "$VOTERS" > voters.txt
  belenios-tool setup generate-credentials --uuid $UUID --group $GROUP --file voters.txt
  mv *.pubcreds public_creds.json
  mv *.privcreds private_creds.txt
}
open() {
  belenios-tool setup make-trustees
  rm -f threshold.json
  belenios-tool setup make-election --uuid $UUID --group $GROUP --template template.json
  belenios-tool archive init
  rm election.json trustees.json public_creds.json
}
ballot() {  # NUMBER CHOICES
  sed -n "${1}s/.* //p" private_creds.txt > credential-$1
  echo "$2" > choices.json
  belenios-tool election generate-ballot --privcred credential-$1 --ballot choices.json
}
add() { belenios-tool archive add-event --type=$1; }
TRUSTEE=0
next_trustee() {  # SUBCOMMAND KEY-ARGUMENTS...: the next trustee decrypts
  TRUSTEE=$((TRUSTEE + 1))
  belenios-tool election $1 "${@:2}" --trustee-id $TRUSTEE | add PartialDecryption
}
)sh";

constexpr std::string_view their_choice = R"({"description": "", "name": "Theirs", "questions": [
  {"answers": ["A", "B", "C"], "blank": true, "min": 1, "max": 2, "question": "Two?"},
  {"answers": ["Yes", "No"], "min": 0, "max": 1, "question": "One?"}]})";

TEST_F(InteropTest, TheirWeightedElectionVerifiesHere) {
  shell.write("template.json", their_choice);
  shell.define(their_roles);
  shell.run(R"sh(
GROUP=BELENIOS-2048; VOTERS='a@x,a,3\nb@x,b,1\nc@x,c,2000000000\n'
credentials
for i in 1 2; do belenios-tool setup generate-trustee-key --group $GROUP; done
cat *.pubkey > public_keys.jsons
open
ballot 1 '[[0,1,1,0],[1,0]]' | add Ballot
ballot 2 '[[1,0,0,0],[0,0]]' | add Ballot
ballot 3 '[[0,0,0,1],[0,1]]' | add Ballot
ballot 2 '[[0,0,1,0],[0,1]]' | add Ballot
test "$(folkmoot-verify $RECORD > /dev/null; echo $?)" = 2
add EndBallots < /dev/null
belenios-tool election compute-encrypted-tally | add EncryptedTally
for key in *.privkey; do next_trustee decrypt --privkey $key; done
belenios-tool election compute-result | add Result
folkmoot-verify --json $RECORD)sh");
  EXPECT_THAT(shell.out(), HasSubstr(R"("verdict":"valid")"));
  EXPECT_THAT(shell.out(), HasSubstr(R"("result":[[0,3,4,"2000000000"],[3,"2000000001"]])"));
}

TEST_F(InteropTest, TheirThresholdElectionLacksTheSignaturesThatAreRequiredSince) {
  shell.write("template.json", their_choice);
  shell.define(their_roles);
  EXPECT_EQ(shell.status(R"sh(
GROUP=BELENIOS-2048; VOTERS='a\nb\n'
credentials
ceremony() { belenios-tool setup generate-trustee-key-threshold --group $GROUP "$@"; }
for i in 1 2 3; do ceremony --step 1; done
cat *.cert > certs.jsons
ceremony --certs certs.jsons --step 2
for key in *.key; do ceremony --certs certs.jsons --key $key --step 3 --threshold 2; done > polynomials.jsons
ceremony --certs certs.jsons --step 4 --polynomials polynomials.jsons
for key in *.key; do
  ceremony --certs certs.jsons --key $key --step 5 < ${key%.key}.vinput > ${key%.key}.voutput
done
cat *.voutput | ceremony --certs certs.jsons --step 6 --polynomials polynomials.jsons > threshold.json
belenios-tool setup generate-trustee-key --group $GROUP
cat *.pubkey > public_keys.jsons
open
ballot 1 '[[0,1,0,0],[1,0]]' | add Ballot
ballot 2 '[[1,0,0,0],[0,0]]' | add Ballot
add EndBallots < /dev/null
belenios-tool election compute-encrypted-tally | add EncryptedTally
next_trustee decrypt --privkey *.privkey
for key in $(ls *.key | head -2); do next_trustee decrypt-threshold --key $key --decryption-key ${key%.key}.dkey; done
belenios-tool election compute-result | add Result
belenios-tool election verify
folkmoot-verify --json $RECORD)sh"),
            1)
      << shell.err();
  EXPECT_THAT(shell.out(), HasSubstr(R"("verdict":"invalid")"));
  EXPECT_THAT(shell.out(), HasSubstr("2.5.1"));
  // Everything but the trustees' check passes, or cannot fail for another reason.
  EXPECT_EQ(shell.out().find(R"("ok":false)"), shell.out().rfind(R"("ok":false)"));
}

constexpr std::string_view their_ranking = R"({"description": "", "name": "Mixed hands", "questions": [
  {"answers": ["A", "B"], "blank": true, "min": 1, "max": 1, "question": "One?"},
  {"type": "NonHomomorphic", "value": {"answers": ["A", "B", "C"], "question": "Rank"}}]})";

TEST_F(InteropTest, TheirRankingsVerifyHere) {
  shell.write("template.json", their_ranking);
  shell.define(their_roles);
  shell.run(R"sh(
GROUP=RFC-3526-2048; VOTERS='a\nb\nc\n'
credentials
for i in 1 2; do belenios-tool setup generate-trustee-key --group $GROUP; done
cat *.pubkey > public_keys.jsons
open
ballot 1 '[[1,0,0],[1,2,3]]' | add Ballot
ballot 2 '[[0,1,0],[0,0,1]]' | add Ballot
add EndBallots < /dev/null
belenios-tool election compute-encrypted-tally | add EncryptedTally
for i in 1 2; do belenios-tool election shuffle --trustee-id $i | add Shuffle; done
add EndShuffles < /dev/null
for key in *.privkey; do next_trustee decrypt --privkey $key; done
belenios-tool election compute-result | add Result
folkmoot-verify --json $RECORD)sh");
  EXPECT_THAT(shell.out(), HasSubstr(R"("verdict":"valid")"));
}

TEST_F(InteropTest, BothWorkOnOneRecordByTurns) {
  shell.write("template.json", their_ranking);
  shell.define(their_roles);
  shell.run(R"sh(
GROUP=RFC-3526-2048; VOTERS='a\nb\nc\n'
credentials
for i in 1 2; do belenios-tool setup generate-trustee-key --group $GROUP; done
folkmoot trustee key --group $GROUP --out .
cat *.pubkey > public_keys.jsons
open
ballot 1 '[[0,1,0],[1,2,3]]' > ballot-1
sed -n '2s/.* //p' private_creds.txt > credential-2
folkmoot vote $RECORD --credential credential-2 --choose B --rank C --out ballot-2
sed -n '3s/.* //p' private_creds.txt | folkmoot vote $RECORD --credential - --choose --rank B A --out ballot-3
folkmoot officer accept $RECORD ballot-1 ballot-2
add Ballot < ballot-3
cp $RECORD earlier
folkmoot officer close $RECORD
belenios-tool election shuffle --trustee-id 1 > shuffle-1
folkmoot officer collect $RECORD shuffle-1
set -- *.privkey
folkmoot trustee shuffle $RECORD --key $2 --out shuffle-2
add Shuffle < shuffle-2
add EndShuffles < /dev/null
for i in 1 2 3; do test "$(folkmoot trustee check $RECORD --key ${!i})" = "You are trustee $i of this election."; done
belenios-tool election decrypt --privkey $1 --trustee-id 1 | add PartialDecryption
belenios-tool election decrypt --privkey $2 --trustee-id 2 > decryption-2
folkmoot officer collect $RECORD decryption-2
folkmoot trustee decrypt $RECORD --key $3 --out decryption-3
add PartialDecryption < decryption-3
belenios-tool election compute-result > result
folkmoot officer result $RECORD
grep -aF "$(cat result)" $RECORD
folkmoot-verify $RECORD --against earlier)sh");
  expect_accepted(".");
}

}  // namespace
}  // namespace folkmoot::e2e
