#!/usr/bin/env bash
# A cluster on this machine: two silos and one web node (an Orleans client) on one PostgreSQL, until Ctrl+C.
#   eng/cluster.sh                        starts a private PostgreSQL
#   ORKESTRON_POSTGRES="Host=..." eng/cluster.sh   uses yours
# Logs are under the folder it prints. Kill a silo by its id and watch the tasks go on.
set -euo pipefail
cd "$(dirname "$0")/.."
postgres="${ORKESTRON_POSTGRES:-$(bash eng/postgres.sh start | tail -n 1)}"
folder="${ORKESTRON_CLUSTER_FOLDER:-${TMPDIR:-/tmp}/orkestron-cluster}"
url="${ASPNETCORE_URLS:-http://localhost:5080}"
first="${ORKESTRON_FIRST_PORT:-11111}"
mkdir -p "$folder"

dotnet build src/Web -c Release -v q --nologo
export ConnectionStrings__Orkestron="$postgres" Orkestron__Cluster=true Orkestron__DataDirectory="$folder/data"
pids=()
stop() { kill "${pids[@]}" 2>/dev/null || true; wait || true; }
trap stop EXIT
trap 'exit 0' INT TERM

for silo in 1 2; do
  Orkestron__SiloPort=$((first + silo)) Orkestron__GatewayPort=$((first + 10 + silo)) \
    dotnet src/Silo/bin/Release/net10.0/Orkestron.Silo.dll >"$folder/silo-$silo.log" 2>&1 &
  pids+=($!)
  echo "Silo $silo: process $!, log $folder/silo-$silo.log"
done
Orkestron__Mode=Client ASPNETCORE_URLS="$url" \
  dotnet src/Web/bin/Release/net10.0/Orkestron.Web.dll >"$folder/web.log" 2>&1 &
pids+=($!)
echo "Web node: process $!, log $folder/web.log"
echo "Open $url once the web log says that it listens. Ctrl+C stops all three."
# One that is killed must not stop the others.
for pid in "${pids[@]}"; do wait "$pid" || true; done
