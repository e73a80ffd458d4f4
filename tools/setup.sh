#!/usr/bin/env bash
# Make everything ready that `make demo` and `make test` need: system libraries,
# .venv, static files. What is ready already is left alone.
# WITHOUT_BROWSER=1 leaves out the browser, which only the tests need.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "setup: $*"; }

fail() {
  say "$*" >&2
  exit 1
}

# A stamp holds the check sums of what the step was made from.
changed() { [[ $(cat "$1" 2>/dev/null) != "$(sha256sum "${@:2}")" ]]; }
remember() { sha256sum "${@:2}" >"$1"; }

suits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.14; do
    if suits "$name"; then
      command -v "$name"
      return
    fi
  done
  fail "Python 3.11 or later is needed, and not found (Debian: apt-get install python3)"
}

make_venv() {
  local python
  python=$(find_python)
  say "making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv >/dev/null 2>&1 && return
  # Debian leaves venv out of its Python.
  tools/install_packages.sh python3-venv || true
  rm -rf .venv
  "$python" -m venv .venv >/dev/null 2>&1 && return
  rm -rf .venv
  # Without ensurepip a venv has no pip; the lock file brings it.
  if "$python" -m venv --without-pip .venv && "$python" -m pip --version >/dev/null 2>&1
  then
    "$python" -m pip --python .venv/bin/python install --quiet pip && return
  fi
  rm -rf .venv
  fail "no way to make .venv (Debian: apt-get install python3-venv)"
}

# What pip says of its own configuration is noise here; its errors are not.
install_lock() {
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$1"
}

node_suits() {
  command -v npm >/dev/null &&
    node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null
}

install_node_modules() {
  if ! node_suits; then
    say "no Node 18 or later here: taking the one that comes as a wheel"
    install_lock requirements-node.lock
    export PATH="$PWD/.venv/bin:$PATH"
  fi
  npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
}

collect_static() {
  find static -type f -newer var/static.stamp -print -quit 2>/dev/null | grep -q . ||
    changed var/static.stamp requirements.lock || return 0
  say "collecting static files"
  remember var/static.stamp requirements.lock
  NVSI_MODE=local .venv/bin/python manage.py collectstatic --noinput --clear -v 0 || {
    rm -f var/static.stamp
    fail "collectstatic failed"
  }
}

mkdir -p var
# Two terminals at once: the second waits, and then finds it done.
exec 9>var/setup.lock
flock 9

tools/system_packages.sh

suits .venv/bin/python || make_venv
if changed .venv/installed.stamp requirements.lock; then
  say "installing the Python packages of requirements.lock"
  install_lock requirements.lock
  remember .venv/installed.stamp requirements.lock
fi

built_from=(package.json package-lock.json tools/build_static.py)
if [[ ! -d static/vendor ]] || changed static/vendor/.stamp "${built_from[@]}"; then
  say "fetching the design system and the letter, and building static/vendor"
  install_node_modules
  .venv/bin/python tools/build_static.py
  remember static/vendor/.stamp "${built_from[@]}"
fi

collect_static
