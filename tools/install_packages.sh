#!/usr/bin/env bash
# Install system packages, as far as this user may; else say how, and fail.
set -euo pipefail

how() {
  echo "setup: missing on this machine: $*" >&2
  echo "setup: as administrator (Debian, Ubuntu): apt-get install $*" >&2
  exit 1
}

command -v apt-get >/dev/null || how "$@"
root=()
if ((EUID != 0)); then
  sudo -n true 2>/dev/null || how "$@"
  root=(sudo -n)
fi

install() {
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" </dev/null
}

echo "setup: installing system packages: $*"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A fresh machine has no list of packages yet, an old one may have an old list.
if ! install "$@" >"$log" 2>&1 &&
  ! { "${root[@]}" apt-get update -qq && install "$@"; } >"$log" 2>&1; then
  tail -n 5 "$log" >&2
  how "$@"
fi
