#!/bin/sh
# Runs a benchmark: run.sh <benchmark> [--option value]...
# What there is, and what it needs: docs/benchmarks.md.
set -eu
cd "$(dirname "$0")/../.."
if [ "${BUILD:-yes}" = yes ]; then
  ./mvnw -q -Pbenchmarks -DskipTests -pl examples/benchmarks -am package
fi
ulimit -n "$(ulimit -Hn)"
# The load generator runs on the Java of JAVA_HOME; --java says what the servers run on.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC \
  -cp 'examples/benchmarks/target/classes:examples/benchmarks/target/lib/*' \
  io.mcpoauth.benchmarks.Benchmarks "$@"
