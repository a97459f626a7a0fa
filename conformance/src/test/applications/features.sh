# How a script tells what its client can do with the server: a line for each feature. Sourced.

readonly patience_s=120

say() {
  local IFS=$'\t'
  printf '%s\n' "$*"
}

# feature NAME FUNCTION: says that the feature is there when the function ends well, or why it is not.
# The function runs by itself, so that its first failure ends it.
feature() {
  local name=$1 errors status
  shift
  set +e
  errors=$(
    set -e
    "$@" 2>&1 >/dev/null
  )
  status=$?
  set -e
  if [[ $status == 0 ]]; then
    say ok "$name"
  else
    say error "$name" "$(tr -s '[:space:]' ' ' <<<"$errors")"
  fi
}

# same FOUND WANTED
same() {
  [[ $1 == "$2" ]] || {
    echo "found '$1', wanted '$2'" >&2
    return 1
  }
}

# eventually WANTED COMMAND…: asks until the command prints what is wanted.
eventually() {
  local wanted=$1 found end=$((SECONDS + patience_s))
  shift
  until found=$("$@") && [[ $found == "$wanted" ]]; do
    ((SECONDS < end)) || same "$found" "$wanted" || return 1
  done
}
