#!/usr/bin/env bash
# What an operator does now and then. The variables of the proxy are set.
set -euo pipefail

# snippet: migrate
java -jar proxy-runner.jar print-schema > schema.sql # to read, or to apply by hand
java -jar proxy-runner.jar migrate                   # as a database user who may make tables
# end snippet: migrate

# snippet: keys
java -jar proxy-runner.jar rotate-keys        # encrypts what is stored with the first key
java -jar proxy-runner.jar rotate-signing-key # only after a leak: otherwise it happens by itself
# end snippet: keys

# snippet: restored
java -jar proxy-runner.jar end-grants --all
# end snippet: restored
