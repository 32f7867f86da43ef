#!/bin/bash
# Lays out the files of the image, except for the archive of loaded classes, which has to be made with the
# JVM that runs it (train.sh).
#
#   assemble.sh PROXY-RUNNER.JAR FOLDER
set -eu
jar=$1
root=$2
here=$(cd "$(dirname "$0")" && pwd)
home=$root/opt/mcp-oauth-proxy
install -d -m 755 "$home"
install -m 444 "$jar" "$home/proxy-runner.jar"
install -m 555 "$here/run.sh" "$here/healthcheck.sh" "$here/train.sh" "$home"
