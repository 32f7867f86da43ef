#!/bin/bash
# Writes the archive of loaded classes beside the jar, from a trial run that serves some requests. The run
# needs no database: what the archive holds is the way there, and all that answers without one.
set -eu
home=$(cd "$(dirname "$0")" && pwd)
port=${TRAINING_PORT:-18080}
log=$(mktemp)
export HOST=127.0.0.1 PORT=$port BASE_URL=http://localhost:$port
export MCP_SERVER_URL=http://127.0.0.1:9/mcp OAUTH_AUTHORIZE_URL=http://127.0.0.1:9
export OAUTH_CLIENT_ID=training OAUTH_CLIENT_SECRET=training SCOPES_SUPPORTED=openid
export DATABASE_DSN='postgres://training:training@127.0.0.1:9/training?sslmode=disable'
ENCRYPTION_KEY=$(head -c 32 /dev/urandom | base64)
export ENCRYPTION_KEY

java -Xlog:disable -XX:AOTCacheOutput="$home/proxy-runner.aot" -XX:-UsePerfData -jar "$home/proxy-runner.jar" >"$log" 2>&1 &
proxy=$!

get() {
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf '%s %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" "$2" >&3
  cat <&3 >/dev/null
}

for ((tries = 0; tries < 300; tries++)); do
  if (get GET /health/live) 2>/dev/null; then break; fi
  kill -0 "$proxy" || { cat "$log"; exit 1; }
  sleep 0.1
done
for path in /mcp /authorize /.well-known/oauth-authorization-server /.well-known/oauth-protected-resource/mcp \
  /health/ready; do
  get GET "$path"
done
get POST /token
kill -TERM "$proxy"
wait "$proxy" || true
rm -f "$log"
[[ -s $home/proxy-runner.aot ]]
