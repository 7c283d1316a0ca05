#!/bin/bash
# Looks at the copied volume before MySQL does, on every start. $1 is the data directory.
set -euo pipefail

if [ ! -d "$1/mysql" ]; then
  echo "$1 holds no database: the claim is bound, but was not filled. Is the feature gate CrossNamespaceVolumeDataSource on?" >&2
  exit 1
fi

# MySQL keeps its TLS and RSA keys and its server id beside the data, and makes new ones where there are none. Those here are prod's.
rm -f "$1"/*.pem "$1"/auto.cnf
