#!/bin/bash
# Starts PostgreSQL on the copied volume. The image's own entrypoint would make a database of its own in an empty one.
set -euo pipefail

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  echo "$PGDATA holds no database: the claim is bound, but was not filled. Is the feature gate CrossNamespaceVolumeDataSource on?" >&2
  exit 1
fi

# fsGroup may have opened the directory to the group, which PostgreSQL refuses.
chmod 0700 "$PGDATA"

# Tests need speed, and no protection from a power failure: a broken copy is thrown away.
exec postgres -c listen_addresses='*' -c fsync=off -c synchronous_commit=off -c full_page_writes=off
