#!/usr/bin/env bash
# Runs the proxy with a provider plug-in, whose jar is in the folder "plugins". The other variables are set.
set -euo pipefail

# snippet: plug-in
export PLUGIN_DIR=plugins PROVIDER_PLUGINS=acme
export ACME_URL="${ACME_URL:-https://sign-in.acme.example}"
export ACME_APP_ID="${ACME_APP_ID:-...}" ACME_APP_SECRET="${ACME_APP_SECRET:-...}"
java -jar proxy-runner.jar
# end snippet: plug-in
