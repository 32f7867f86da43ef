#!/bin/bash
# Builds the stages of the image without Docker, from a jar that is there, and tries the outcome: the layout,
# the archive, a run as another user who can write nowhere, the health check, the signal to stop. It needs a
# Java 25 or later in JAVA_HOME, and root to become another user.
#
#   check-image.sh PROXY-RUNNER.JAR
set -euo pipefail
jar=$1
here=$(cd "$(dirname "$0")" && pwd)
image=$(mktemp -d)
chmod 755 "$image"
home=$image/opt/mcp-oauth-proxy
proxy=
trap '[[ -z $proxy ]] || kill "$proxy" 2>/dev/null; rm -rf "$image"' EXIT
export PATH=$JAVA_HOME/bin:$PATH

fail() { printf 'FAILED: %s\n' "$1" >&2; exit 1; }
see() { printf '   %s\n' "$1"; }

"$here/assemble.sh" "$jar" "$image"
"$home/train.sh" || fail "no archive of loaded classes"
see "archive of $(($(stat -c %s "$home/proxy-runner.aot") / 1024 / 1024)) MB"

[[ $(cd "$home" && echo *) == 'healthcheck.sh proxy-runner.aot proxy-runner.jar run.sh train.sh' ]] ||
  fail "the layout is $(cd "$home" && echo *)"
[[ -z $(find "$image" -perm /022) ]] || fail "others may write: $(find "$image" -perm /022)"
(($(stat -c %s "$home/proxy-runner.jar") < 15 * 1024 * 1024)) || fail "the jar has more than 15 MB"
see "five files, none of them for others to write"

as_other() { setpriv --reuid=65532 --regid=65532 --clear-groups env -C / "$@"; }
[[ $(as_other "$home/run.sh" --version) == *[0-9].[0-9]* ]] || fail "it does not say its version"
as_other "$home/run.sh" >"$image/refusal" 2>&1 && fail "it runs without settings"
grep -q DATABASE_DSN "$image/refusal" || fail "it does not say what is missing"
see "it runs as another user and refuses to run without settings"

port=${CHECK_PORT:-18081}
export HOST=127.0.0.1 PORT=$port BASE_URL=http://localhost:$port SCOPES_SUPPORTED=openid
export MCP_SERVER_URL=http://127.0.0.1:9/mcp OAUTH_AUTHORIZE_URL=http://127.0.0.1:9 OAUTH_CLIENT_ID=check OAUTH_CLIENT_SECRET=check
export DATABASE_DSN=${CHECK_DSN:-'postgres://check:check@127.0.0.1:9/check?sslmode=disable'}
ENCRYPTION_KEY=$(head -c 32 /dev/urandom | base64)
export ENCRYPTION_KEY
started=$(date +%s%N)
as_other "$home/run.sh" >"$image/log" 2>&1 &
proxy=$!
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  kill -0 "$proxy" 2>/dev/null || { cat "$image/log"; fail "it does not start"; }
  sleep 0.02
done
see "listens after $((($(date +%s%N) - started) / 1000000)) ms"
! grep -qi 'aot' "$image/log" || { cat "$image/log"; fail "the archive is not taken"; }
if [[ -n ${CHECK_DSN:-} ]]; then
  for ((tries = 0; tries < 100; tries++)); do
    if as_other "$home/healthcheck.sh" >/dev/null; then break; fi
    sleep 0.1
  done
  as_other "$home/healthcheck.sh" || fail "it does not become ready"
  see "the health check passes"
else
  ! as_other "$home/healthcheck.sh" >"$image/health" || fail "it is ready without a database"
  grep -q '503' "$image/health" || fail "the health check says: $(<"$image/health")"
  see "the health check fails without a database"
fi
kill -TERM "$proxy"
wait "$proxy" || true
proxy=
see "it stops when it is told to"
printf 'The image is as it should be.\n'
