#!/bin/bash
# Whether the proxy can serve requests: it answers, its database answers, it has a signing key.
set -eu
exec 3<>"/dev/tcp/127.0.0.1/${PORT:-8080}"
printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 4 status <&3
case $status in
  *' 200 '*) exit 0 ;;
  *) printf 'not ready: %s\n' "$status"; exit 1 ;;
esac
