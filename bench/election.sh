#!/bin/bash
# A whole election of any size, by the commands of its roles; what each step takes goes to standard error.
#
#   bench/election.sh FOLDER KIND GROUP VOTERS [TRUSTEES [THRESHOLD]]
#
# FOLDER must not exist. KIND: ranking (of 8), choice (one of 5) or blank (the same, or a blank vote). GROUP: Ed25519,
# BELENIOS-2048 or RFC-3526-2048. 3 trustees unless told, all of whom are needed, or THRESHOLD of them; each of those
# who decrypt shuffles rankings first. The record is FOLDER/public/*.bel. Programs are taken from $BIN, else from
# build/release/bin.
#
# The election of docs/performance.md: bench/election.sh /tmp/large ranking Ed25519 490731 5 3
set -euo pipefail
FOLDER=$1 KIND=$2 GROUP=$3 VOTERS=$4 TRUSTEES=${5:-3} THRESHOLD=${6:-}
BIN=$(realpath "${BIN:-$(dirname "$0")/../build/release/bin}")
export PATH="$BIN:$PATH"
mkdir "$FOLDER"
cd "$FOLDER"
step() { bench_step "$@" > /dev/null; }

candidates='"Ada","Ben","Cyd","Dan","Eve"'
case $KIND in
  ranking) contest='"kind":"ranking","rule":"av","seats":1'; candidates+=',"Flo","Gus","Hal"' ;;
  choice) contest='"kind":"choice","min":0,"max":1,"rule":"plurality","seats":1' ;;
  blank) contest='"kind":"choice","min":0,"max":1,"blank":true,"rule":"plurality","seats":1' ;;
  *) echo "unknown kind: $KIND" >&2; exit 1 ;;
esac
cat > paper.json <<JSON
{"name":"$VOTERS voters","lots":"1","contests":[{"question":"Who?","candidates":[$candidates],$contest}]}
JSON
folkmoot officer draft paper.json --group "$GROUP" --out drafted.json > /dev/null

keys=()  # of the trustees' public keys
ceremony() { for i in $(seq "$TRUSTEES"); do folkmoot trustee "$1" ceremony "${@:2}" --key "member-$i/key" > /dev/null; done; folkmoot officer ceremony ceremony > /dev/null; }
if [ -n "$THRESHOLD" ]; then
  for i in $(seq "$TRUSTEES"); do
    folkmoot trustee join ceremony --trustee "$i" --of "$TRUSTEES" --threshold "$THRESHOLD" --group "$GROUP" \
      --key "member-$i/key" > /dev/null
  done
  folkmoot officer ceremony ceremony > /dev/null
  for act in commit polynomial share; do ceremony $act; done
  keys=(ceremony/threshold.json)
else
  for i in $(seq "$TRUSTEES"); do
    folkmoot trustee key --group "$GROUP" --out "trustee-$i" > /dev/null
    keys+=("trustee-$i"/*.pubkey)
  done
fi
with_key() {  # TRUSTEE COMMAND...: the command, and how that trustee names their secret
  if [ -n "$THRESHOLD" ]; then
    "${@:2}" --key "member-$1/key" --decryption-key "ceremony/decryption-key-$1.dkey"
  else
    "${@:2}" --key "trustee-$1"/*.privkey
  fi
}

bench_step "make the credentials" bench_voters credentials "$GROUP" "$VOTERS" > public_creds.json
step "open" folkmoot officer open drafted.json --trustee "${keys[@]}" --credentials public_creds.json --out public
RECORD=$(echo public/*.bel)
bench_step "make the ballots" bench_voters ballots "$RECORD" "$VOTERS" > ballots
step "accept" folkmoot officer accept "$RECORD" ballots
rm ballots
step "close" folkmoot officer close "$RECORD"
needed=$(seq "${THRESHOLD:-$TRUSTEES}")
if [ "$KIND" = ranking ]; then
  for i in $needed; do
    with_key "$i" step "shuffle $i" folkmoot trustee shuffle "$RECORD" --out "shuffle-$i"
    step "collect shuffle $i" folkmoot officer collect "$RECORD" "shuffle-$i"
    rm "shuffle-$i"
  done
  step "end the shuffles" folkmoot officer end-shuffles "$RECORD"
fi
for i in $needed; do
  with_key "$i" step "decrypt $i" folkmoot trustee decrypt "$RECORD" --out "decryption-$i"
  step "collect decryption $i" folkmoot officer collect "$RECORD" "decryption-$i"
  rm "decryption-$i"
done
step "result" folkmoot officer result "$RECORD"
step "verify, count, declare" folkmoot officer declare "$RECORD" drafted.json --out public
step "verify" folkmoot-verify "$RECORD"
echo "$FOLDER/$RECORD"
