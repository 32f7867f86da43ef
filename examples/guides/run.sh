#!/usr/bin/env bash
# Runs the proxy as the guides say. Values that are there already win, so that it can be tried anywhere.
set -euo pipefail

# snippet: run
export DATABASE_DSN="${DATABASE_DSN:-postgres://mcp:secret@db.example.com:5432/mcp?sslmode=verify-full}"
export OAUTH_AUTHORIZE_URL="${OAUTH_AUTHORIZE_URL:-https://login.example.com}" # the provider's issuer
export OAUTH_CLIENT_ID="${OAUTH_CLIENT_ID:-...}" OAUTH_CLIENT_SECRET="${OAUTH_CLIENT_SECRET:-...}"
export SCOPES_SUPPORTED="${SCOPES_SUPPORTED:-openid,profile,email}"
export MCP_SERVER_URL="${MCP_SERVER_URL:-http://localhost:9000/mcp}"
export BASE_URL="${BASE_URL:-https://mcp.example.com}"
export ENCRYPTION_KEY="${ENCRYPTION_KEY:-$(openssl rand -base64 32)}" # make it once, and keep it
java -jar proxy-runner.jar
# end snippet: run
