#!/bin/sh
# Runs the proxy, or one of its commands, with the flags of the JVM that suit a container.
home=$(dirname "$0")
exec java \
  -XX:AOTCache="$home/proxy-runner.aot" \
  -XX:MaxRAMPercentage=70 \
  -XX:+ExitOnOutOfMemoryError \
  -XX:-UsePerfData \
  -jar "$home/proxy-runner.jar" "$@"
