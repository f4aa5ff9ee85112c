#!/bin/bash
# Casting over HTTP: ballots from many clients at once, taken by `folkmoot serve` with everything it does in earnest,
# embedded (SQLite) and on a PostgreSQL of its own.
#
#   bench/load.sh FOLDER [KIND [VOTERS [CLIENTS [IDLE [SLOW]]]]]
#
# FOLDER must not exist. KIND: choice (one of 5) or ranking (of 8), on Ed25519. 100,000 voters, 500 clients, 2,000 idle
# connections and 200 slow ones unless told. Programs are taken from $BIN, else from build/release/bin.
set -euo pipefail
FOLDER=$1 KIND=${2:-choice} VOTERS=${3:-100000} CLIENTS=${4:-500} IDLE=${5:-2000} SLOW=${6:-200}
BIN=$(realpath "${BIN:-$(dirname "$0")/../build/release/bin}")
export PATH="$BIN:$PATH"
mkdir "$FOLDER"
cd "$FOLDER"

candidates='"Ada","Ben","Cyd","Dan","Eve"'
case $KIND in
  ranking) contest='"kind":"ranking","rule":"av","seats":1'; candidates+=',"Flo","Gus","Hal"' ;;
  choice) contest='"kind":"choice","min":0,"max":1,"rule":"plurality","seats":1' ;;
  *) echo "unknown kind: $KIND" >&2; exit 1 ;;
esac
cat > paper.json <<JSON
{"name":"$VOTERS voters","lots":"1","contests":[{"question":"Who?","candidates":[$candidates],$contest}]}
JSON
folkmoot officer draft paper.json --group Ed25519 --out drafted.json > /dev/null
folkmoot trustee key --group Ed25519 --out trustee > /dev/null
bench_voters credentials Ed25519 "$VOTERS" > public_creds.json
folkmoot officer open drafted.json --trustee trustee/*.pubkey --credentials public_creds.json --out public > /dev/null
RECORD=$(echo public/*.bel)
bench_voters ballots "$RECORD" "$VOTERS" > ballots

echo "embedded:"
mkdir sqlite
bench_load organisation sqlite "$RECORD"
bench_load cast sqlite/organisation "$RECORD" ballots "$CLIENTS" "$IDLE" "$SLOW"

# A cluster in a folder of its own, listening on a socket there and nowhere else. PostgreSQL refuses to run as root.
SOCKETS=$(mktemp -d)
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups "$@"); else "$@"; fi; }
if [ "$(id -u)" = 0 ]; then chown postgres "$SOCKETS"; fi
PG=/usr/lib/postgresql/15/bin
as_postgres $PG/initdb -D "$SOCKETS/data" -U folkmoot -A trust -E UTF8 > /dev/null
as_postgres $PG/pg_ctl -D "$SOCKETS/data" -l "$SOCKETS/log" -w -o "-k $SOCKETS -c listen_addresses=" start > /dev/null
trap 'as_postgres $PG/pg_ctl -D "$SOCKETS/data" -m fast -w stop > /dev/null; rm -r "$SOCKETS"' EXIT
as_postgres $PG/createdb -h "$SOCKETS" -U folkmoot load
echo "on PostgreSQL:"
mkdir postgresql
bench_load organisation postgresql "$RECORD" "postgresql:///load?host=$SOCKETS&user=folkmoot"
bench_load cast postgresql/organisation "$RECORD" ballots "$CLIENTS" "$IDLE" "$SLOW" "$(as_postgres head -1 "$SOCKETS/data/postmaster.pid")"
