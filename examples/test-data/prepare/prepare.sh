#!/bin/bash
# Builds the test database in $PGDATA from nothing, and stops it. $1 is the directory with the SQL.
set -euo pipefail

# Whatever is there is of the generation before, or of a try that failed.
rm -rf "$PGDATA"
initdb --auth=trust --encoding=UTF8 --locale=C.UTF-8

# The tests come over the network, as the user `tests`; nobody else does, and the superuser stays inside the pod.
cat >"$PGDATA/pg_hba.conf" <<'HBA'
local all    all   trust
host  orders tests all   trust
HBA

pg_ctl start --wait --log=/tmp/postgresql.log --options="-c listen_addresses=''"
createuser tests
createdb --owner=tests orders
for file in "$1"/*.sql; do
  psql --no-psqlrc --set=ON_ERROR_STOP=1 --single-transaction --username=tests --dbname=orders --file="$file"
done
vacuumdb --all --analyze

# The snapshot is of a stopped server: each copy starts at once, with nothing to recover.
pg_ctl stop --wait --mode=fast
