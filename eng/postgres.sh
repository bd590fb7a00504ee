#!/usr/bin/env bash
# A private PostgreSQL for tests and benchmarks: fsync on, loopback only, its own data folder in the temp folder.
#   eng/postgres.sh start [folder]   start (or find it running); the last line is an Npgsql connection string
#   eng/postgres.sh halt  [folder]   stop, keep the data; a later start takes the same port
#   eng/postgres.sh stop  [folder]   stop and delete the data
# Use it: export ORKESTRON_TEST_POSTGRES="$(eng/postgres.sh start | tail -n 1)"
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
command="${1:-}"
# One server a checkout, so that two checkouts never stop each other's.
folder="${2:-${TMPDIR:-/tmp}/orkestron-postgres-$(id -u)-$(printf '%s' "$root" | cksum | cut -d' ' -f1)}"

bin_folder() {
  local found
  found="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)"
  if [ -n "$found" ]; then echo "$found"; return; fi
  found="$(command -v pg_ctl || true)"
  if [ -n "$found" ]; then dirname "$found"; fi
}

bin="$(bin_folder)"
if [ -z "$bin" ] && [ "$command" = start ] && [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then
  apt-get install -y postgresql >&2
  bin="$(bin_folder)"
fi
if [ -z "$bin" ]; then
  echo "PostgreSQL is missing: install it (Debian: apt-get install postgresql) so that pg_ctl is found." >&2
  exit 1
fi

# PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else (cd / && "$@"); fi
}

free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
  done
  echo "No free port was found between 20000 and 32000." >&2
  exit 1
}

running() { [ -d "$folder/data" ] && as_owner "$bin/pg_ctl" -D "$folder/data" status >/dev/null 2>&1; }

start() {
  if ! [ -f "$folder/port" ]; then
    mkdir -p "$folder"
    chmod 755 "$folder"
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    as_owner "$bin/initdb" -D "$folder/data" -U orkestron --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
    free_port > "$folder/port"
  fi
  local port
  port="$(cat "$folder/port")"
  if ! running; then
    as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 60 start \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=on -c max_connections=300" \
      </dev/null >/dev/null 2>&1 || { as_owner tail -n 20 "$folder/data/server.log" >&2; exit 1; }
  fi
  echo "Host=127.0.0.1;Port=$port;Username=orkestron;Database=postgres"
}

halt() {
  if running; then as_owner "$bin/pg_ctl" -D "$folder/data" -m fast -w stop >/dev/null; fi
}

case "$command" in
  start) start ;;
  halt) halt ;;
  stop) halt; rm -rf "$folder" ;;
  *) echo "Usage: eng/postgres.sh start|halt|stop [folder]" >&2; exit 2 ;;
esac
