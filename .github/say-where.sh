#!/usr/bin/env bash
# Puts the project's address into the parent POM, since Maven Central takes nothing without url and scm.
#
#   say-where.sh https://git.example.com/owner/name
set -euo pipefail
cd "$(dirname "$0")/.."

readonly url=$1
readonly place='<!-- The release puts the address of the project here'
scm="<scm child.scm.url.inherit.append.path=\"false\" child.scm.connection.inherit.append.path=\"false\">"
scm+="<url>$url</url><connection>scm:git:$url.git</connection></scm>"
sed -i "s|^ *$place.*|  <url>$url</url>$scm|" pom.xml
grep -q "<url>$url</url><scm" pom.xml || { echo "pom.xml has no place for it" >&2; exit 1; }
