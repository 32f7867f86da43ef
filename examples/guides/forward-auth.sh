#!/usr/bin/env bash
# Runs the proxy for a web server that forwards by itself. The other variables are set.
set -euo pipefail

# snippet: forward-auth
export MODE=forward_auth FORWARD_AUTH_PORT="${FORWARD_AUTH_PORT:-8081}"
java -jar proxy-runner.jar
# end snippet: forward-auth
