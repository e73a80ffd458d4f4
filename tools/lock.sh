#!/usr/bin/env bash
# Renew the lock files: the newest versions that pyproject.toml and package.json
# admit, with hashes, and no word of where they were fetched.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"

compile() {
  echo "lock: $1"
  pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
    --no-header --no-annotate --no-emit-options --no-emit-index-url \
    --no-emit-find-links --no-emit-trusted-host --output-file "$@"
}

compile requirements.lock --extra embedded --extra dev pyproject.toml
# What the tests ran with is what production gets.
compile requirements-production.lock --constraint requirements.lock pyproject.toml
# Node alone, for a machine without it.
python -c '
import pathlib, tomllib
project = tomllib.loads(pathlib.Path("pyproject.toml").read_text())["project"]
print(*project["optional-dependencies"]["node"])' |
  compile requirements-node.lock -

echo "lock: package-lock.json"
npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error
# A lock file names packages and their hashes, no addresses.
python -c '
import json, pathlib
path = pathlib.Path("package-lock.json")
lock = json.loads(path.read_text())
for package in lock["packages"].values():
    package.pop("funding", None)
    package.pop("resolved", None)
path.write_text(json.dumps(lock, indent=2) + "\n")'
