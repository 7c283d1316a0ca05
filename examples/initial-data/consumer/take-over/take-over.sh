#!/bin/bash
# Makes the copied database this environment's own, on every start, before the server listens. $1 is the file with the password to be.
set -euo pipefail

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  echo "$PGDATA holds no database: the claim is bound, but was not filled. Is the feature gate CrossNamespaceVolumeDataSource on?" >&2
  exit 1
fi

password=$(<"$1")
if [ -z "$password" ]; then
  echo "$1 is empty: the copy would keep the owner's passwords" >&2
  exit 1
fi

# The copy was taken from a running server, whose process id means nothing here; and fsGroup may have opened the directory to the group,
# which PostgreSQL refuses.
rm -f "$PGDATA/postmaster.pid"
chmod 0700 "$PGDATA"

# A single-user server: it recovers the copy, listens nowhere, and reads one statement on each line.
answer=$(postgres --single -D "$PGDATA" -c exit_on_error=on -c log_statement=none postgres 2>&1 <<SQL
DO \$\$ DECLARE name text; BEGIN FOR name IN SELECT rolname FROM pg_authid WHERE rolcanlogin LOOP EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', name); END LOOP; END \$\$
ALTER ROLE postgres LOGIN PASSWORD '${password//\'/\'\'}'
SQL
) || { echo "$answer" | grep -v STATEMENT >&2; exit 1; }
echo "the copy has a new password, and no role but postgres may sign in"
