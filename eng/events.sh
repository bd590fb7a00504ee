#!/usr/bin/env bash
# Writes the reviewed manifest of what stands in the log (OrkestronEvents.txt) anew. Read the diff: see CONTRIBUTING.md.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Grains.Tests -v q --nologo
ORKESTRON_WRITE_EVENTS="$PWD/src/Domain/OrkestronEvents.txt" \
  dotnet test tests/Grains.Tests --no-build --nologo --filter FullyQualifiedName~EventManifestTests || true
git --no-pager diff --stat -- src/Domain/OrkestronEvents.txt
