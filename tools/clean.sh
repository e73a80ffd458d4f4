#!/usr/bin/env bash
# Stop the embedded servers, unless a command uses them, and remove all that was made.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ -d var && -x .venv/bin/python ]]; then
  PYTHONPATH=. .venv/bin/python -c '
import sys
from nvsi.embedded import stop_unused_servers
sys.exit(not stop_unused_servers())' || {
    echo "clean: a command of the portal is running; stop it first" >&2
    exit 1
  }
fi
rm -rf var .venv node_modules static/vendor static/vendor.new \
  .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
find . -name __pycache__ -type d -prune -exec rm -rf {} +
