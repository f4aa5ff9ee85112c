// Verification by several processes that Open MPI starts, and a whole election by bench/election.sh's commands.
#include "e2e/shell.hpp"

namespace folkmoot::e2e {
namespace {

using testing::HasSubstr;

TEST(Mpi, TwoRanksVerifyARecordTogether) {
  const fs::path record = shared / "elections/v1-rank8-ed25519/record.bel";
  if (!fs::exists(record)) GTEST_SKIP() << "../shared/elections is not here";
  Shell shell;
  if (shell.status("command -v mpirun") != 0) GTEST_SKIP() << "mpirun is not installed";
  fs::copy_file(record, shell / "r.bel");
  const std::string one = shell.run("folkmoot-verify r.bel --json");
  shell.run("mpirun --allow-run-as-root --oversubscribe -np 2 folkmoot-verify r.bel --shard mpi --part part-%.json");
  EXPECT_EQ(shell.run("folkmoot-verify merge part-1.json part-2.json --json"), one);
  EXPECT_THAT(one, HasSubstr(R"({"verdict":"valid")"));
}

// What a monitor does each minute.
TEST(Resume, AMonitorVerifiesOnlyWhatIsNew) {
  Shell shell;
  shell.write("paper.json", R"({"name": "Watched", "contests": [
    {"kind": "choice", "question": "?", "candidates": ["A", "B"], "rule": "plurality", "seats": 1}]})");
  shell.run(R"sh(
folkmoot officer draft paper.json --group Ed25519 --out drafted.json
printf 'id\nA\nB\nC\n' > roll.csv
folkmoot registrar credentials roll.csv --election drafted.json --out registrar
folkmoot trustee key --group Ed25519 --out trustee
folkmoot officer open drafted.json --trustee trustee/*.pubkey --credentials registrar/public_creds.json --out public
RECORD=$(echo public/*.bel)
vote() { folkmoot registrar recover registrar $1 | folkmoot vote $RECORD --credential - --choose $2 --out ballot
         folkmoot officer accept $RECORD ballot; rm ballot; }
watch() { cp $RECORD copy-$1.bel; folkmoot-verify $RECORD "${@:2}" --save-state state --json > report-$1 || test $? = 2; }
vote A A
watch 1
vote B B
watch 2 --resume state
vote A B
vote C A
watch 3 --resume state
folkmoot officer close $RECORD
folkmoot trustee decrypt $RECORD --key trustee/*.privkey --out decryption
folkmoot officer collect $RECORD decryption
folkmoot officer result $RECORD
watch 4 --resume state
folkmoot-verify $RECORD --against copy-3.bel --json > expected
cmp report-4 expected)sh");
  EXPECT_THAT(read(shell / "report-4"), HasSubstr(R"("ballots":4,"tallied":3,"result":[[1,2]])"));
}

}  // namespace
}  // namespace folkmoot::e2e
