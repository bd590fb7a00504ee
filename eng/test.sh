#!/usr/bin/env bash
# Builds with warnings as errors, checks the format, and runs every test on SQLite, PostgreSQL and Chromium.
# Installs PostgreSQL, Chromium, Python, Node and npm from Debian's packages when missing and run as root; otherwise says how.
# Arguments are names of test projects to run (for instance: eng/test.sh Grains Journal); none for all.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

passed=0 failed=0
finish() {
  [ -n "${postgres:-}" ] && bash eng/postgres.sh stop >/dev/null 2>&1
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && exit 0
  exit 1
}
fail() { echo "FAILED: $1" >&2; failed=$((failed + 1)); finish; }

missing=()
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing+=(postgresql)
command -v "${CHROMIUM_PATH:-chromium}" >/dev/null 2>&1 || missing+=(chromium)
command -v python3 >/dev/null 2>&1 || missing+=(python3)
command -v node >/dev/null 2>&1 || missing+=(nodejs)
command -v npm >/dev/null 2>&1 || missing+=(npm)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing ${missing[*]} ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"; } >/dev/null \
      || fail "could not install ${missing[*]}"
  else
    fail "missing: ${missing[*]}. Install with: sudo apt-get install -y ${missing[*]}"
  fi
fi

echo "Building ..."
dotnet restore Orkestron.sln -v q --nologo || fail "restore"
dotnet build Orkestron.sln -c Release --no-restore -v q --nologo || fail "build"
dotnet format Orkestron.sln --verify-no-changes --no-restore || fail "dotnet format would change files"

echo "Starting PostgreSQL ..."
postgres=$(bash eng/postgres.sh start | tail -n 1) || fail "PostgreSQL did not start"
export ORKESTRON_TEST_POSTGRES="$postgres"

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# One test project; its output is shown when it has ended, so that two at a time do not mix.
run() {
  local name="$1" log="$results/$1.log" status p f s
  dotnet test "tests/$name.Tests" -c Release --no-build --nologo --blame-hang-timeout 5m >"$log" 2>&1
  status=$?
  p=$(grep -oE 'Passed: +[0-9]+' "$log" | tail -n 1 | grep -oE '[0-9]+'); f=$(grep -oE 'Failed: +[0-9]+' "$log" | tail -n 1 | grep -oE '[0-9]+')
  s=$(grep -oE 'Skipped: +[0-9]+' "$log" | tail -n 1 | grep -oE '[0-9]+')
  p=${p:-0} f=$((${f:-0} + ${s:-0}))
  if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
  if [ "$p" -eq 0 ]; then echo "No test ran in $name." >>"$log"; f=$((f + 1)); fi
  echo "$p $f" >"$results/$name.count"
  echo "Tested $name:"
  cat "$log"
}

# The web's tests wait for browsers and processes as often as they compute: the others run beside them.
lane() { for name in "$@"; do run "$name"; done; }

web=() others=()
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$(dirname "$project")" .Tests)
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  if [ "$name" = Web ]; then web+=("$name"); else others+=("$name"); fi
done
echo "Testing ${web[*]} ${others[*]} ..."
lane "${web[@]}" &
lane "${others[@]}"
wait
for name in "${web[@]}" "${others[@]}"; do
  read -r p f <"$results/$name.count" || { echo "$name did not end." >&2; p=0 f=1; }
  passed=$((passed + p)) failed=$((failed + f))
done
finish
