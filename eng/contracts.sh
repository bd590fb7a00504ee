#!/usr/bin/env bash
# Regenerates the reviewed wire manifests (OrleansContracts.txt). Read the diff: a changed identity breaks a rolling upgrade.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in src/GrainInterfaces src/Grains; do
  dotnet format "$project" analyzers --no-restore --severity info \
    --diagnostics ORLEANS0016 ORLEANS0017 ORLEANS0018 ORLEANS0019 ORLEANS0020 ORLEANS0021 ORLEANS0022 \
    ORLEANS0023 ORLEANS0024 ORLEANS0025 ORLEANS0026 ORLEANS0027
done
