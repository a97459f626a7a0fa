#!/usr/bin/env bash
# run.sh CLASS ARGUMENT…: runs a program of this folder; without a class only fetches what they need.
# BUILT is the folder where the class path is kept, else the one of this script.
set -euo pipefail

readonly folder=$(cd "$(dirname "$0")" && pwd)
readonly built=${BUILT:-$folder}
readonly paths=$built/kcl.classpath

if [[ ! $paths -nt $folder/pom.xml ]]; then
  mkdir -p "$built"
  mvn --batch-mode --quiet --file "$folder/pom.xml" -Dstyle.color=never \
    dependency:build-classpath -Dmdep.outputFile="$paths.new" >&2
  mv "$paths.new" "$paths"
fi
[[ $# -gt 0 ]] || exit 0

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -cp "$(cat "$paths")" \
  -Dorg.slf4j.simpleLogger.defaultLogLevel="${KCL_LOG:-error}" \
  "$folder/$1.java" "${@:2}"
