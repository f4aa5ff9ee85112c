#!/bin/bash
# What verifying a whole record costs, program start and file included: records of each kind, made by bench/election.sh,
# and Debian's belenios-tool on the same record where it knows the group.
#
#   bench/whole_process.sh FOLDER [BALLOTS [BALLOTS-OF-2048-BITS]]
#
# FOLDER must not exist. 20,000 ballots unless told, and 500 in BELENIOS-2048, of which the other tool verifies some 25 in
# a second.
set -euo pipefail
FOLDER=$1 BALLOTS=${2:-20000} FEW=${3:-500}
BENCH=$(realpath "$(dirname "$0")")
BIN=$(realpath "${BIN:-$BENCH/../build/release/bin}")
export BIN
mkdir "$FOLDER"

# The line of bench_step, and the CPU time for each of so many ballots.
measure() {  # BALLOTS NAME COMMAND...
  "$BIN/bench_step" "${@:2}" 2>&1 > /dev/null |
    awk -v ballots="$1" '/ CPU / { printf "%s  %10.1f us of CPU a ballot\n", $0, 1e6 * $(NF - 4) / ballots }'
}

verify() {  # KIND GROUP BALLOTS
  local record
  record=$("$BENCH/election.sh" "$FOLDER/$1-$2" "$1" "$2" "$3" 2> "$FOLDER/$1-$2.steps")
  measure "$3" "$1, $2, all cores" "$BIN/folkmoot-verify" "$record"
  measure "$3" "$1, $2, one thread" "$BIN/folkmoot-verify" "$record" --threads 1
  if [ "$2" != Ed25519 ] && command -v belenios-tool > /dev/null; then
    measure "$3" "$1, $2, belenios-tool" belenios-tool election verify --dir "$(dirname "$record")"
  fi
}

verify ranking Ed25519 "$BALLOTS"
verify blank Ed25519 "$BALLOTS"
verify choice Ed25519 "$BALLOTS"
verify blank BELENIOS-2048 "$FEW"
verify choice BELENIOS-2048 "$FEW"

# A state that knows all ballots, as a monitor has it each minute when none has come; a third of the work; and the parts.
RECORD=$(echo "$FOLDER"/blank-Ed25519/public/*.bel)
"$BIN/folkmoot-verify" "$RECORD" --save-state "$FOLDER/state" > /dev/null
measure "$BALLOTS" "blank, Ed25519, resumed" "$BIN/folkmoot-verify" "$RECORD" --resume "$FOLDER/state"
for i in 1 2 3; do "$BIN/folkmoot-verify" "$RECORD" --shard "$i/3" --part "$FOLDER/part-$i"; done
measure "$BALLOTS" "blank, Ed25519, shard 1/3" "$BIN/folkmoot-verify" "$RECORD" --shard 1/3
measure "$BALLOTS" "blank, Ed25519, merge of 3" "$BIN/folkmoot-verify" merge "$FOLDER"/part-[123]
