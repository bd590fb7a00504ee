#!/usr/bin/env bash
# A cluster on this machine: two silos and one web node (an Orleans client) on one PostgreSQL, until Ctrl+C.
# Prints the id and the log of each process. Kill a silo by its id and watch the tasks go on.
#   eng/cluster.sh                                starts a private PostgreSQL (eng/postgres.sh stop ends it)
#   ORKESTRON_POSTGRES="Host=..." eng/cluster.sh  uses yours
# Also read: ASPNETCORE_URLS (the web node's address), ORKESTRON_SILO_PORTS (four: silo and gateway of the first, then of
# the second), ORKESTRON_CLUSTER_FOLDER (logs and keys), ORKESTRON_CLUSTER_BUILT (Release or Debug: run that build as it
# is instead of building). Orkestron__* variables reach all three.
set -euo pipefail
cd "$(dirname "$0")/.."
postgres="${ORKESTRON_POSTGRES:-$(bash eng/postgres.sh start | tail -n 1)}"
folder="${ORKESTRON_CLUSTER_FOLDER:-${TMPDIR:-/tmp}/orkestron-cluster-$(id -u)}"
url="${ASPNETCORE_URLS:-http://localhost:5080}"
read -r -a ports <<<"${ORKESTRON_SILO_PORTS:-11112 11122 11113 11123}"
if [ ${#ports[@]} -ne 4 ]; then
  echo "ORKESTRON_SILO_PORTS takes four ports, as in '11112 11122 11113 11123'." >&2
  exit 2
fi

built="${ORKESTRON_CLUSTER_BUILT:-Release}"
if [ -z "${ORKESTRON_CLUSTER_BUILT:-}" ]; then
  dotnet build src/Web -c Release -v q --nologo
fi

mkdir -p "$folder"
export ConnectionStrings__Orkestron="$postgres" Orkestron__Cluster=true Orkestron__DataDirectory="$folder/data"
pids=()
stop() {
  trap - EXIT INT TERM
  kill "${pids[@]}" 2>/dev/null || true
  wait || true
}
trap stop EXIT
trap 'exit 0' INT TERM

# Each with its name, its log and its process id, which is that of the program itself.
start() {
  local name="$1" log="$folder/$2.log"
  shift 2
  env "$@" >"$log" 2>&1 &
  pids+=($!)
  echo "$name: process $!, log $log"
}

for silo in 1 2; do
  start "Silo $silo" "silo-$silo" Orkestron__SiloPort="${ports[silo * 2 - 2]}" Orkestron__GatewayPort="${ports[silo * 2 - 1]}" \
    dotnet "src/Silo/bin/$built/net10.0/Orkestron.Silo.dll"
done
start "Web node" web Orkestron__Mode=Client ASPNETCORE_URLS="$url" dotnet "src/Web/bin/$built/net10.0/Orkestron.Web.dll"
echo "Open $url once $url/health/ready answers. Ctrl+C stops all three."
# One that is killed must not stop the others.
for pid in "${pids[@]}"; do wait "$pid" || true; done
