#!/usr/bin/env bash
# Every check that CI runs, the quick ones first; stops at the first that fails.
# Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" NVSI_MODE=local

step() {
  echo "== $*"
  "$@"
}

# Nothing of these is real: the check only wants production to be complete.
check_production() {
  echo "== check --deploy"
  local seal="${NVSI_VAR:-var}/proef.p12"
  mkdir -p "${seal%/*}"
  python -c 'import sys; from contracts.signing import certificate as c
sys.stdout.buffer.write(c.make_test_file("proef"))' > "$seal"
  NVSI_MODE=production SECRET_KEY=$(python -c 'import secrets as s; print(s.token_hex(40))') \
    ALLOWED_HOSTS=portaal.example SITE_URL=https://portaal.example \
    DATABASE_URL=postgresql://nvsi@localhost/nvsi REDIS_URL=redis://localhost/0 \
    NVSI_IBAN=NL91ABNA0417164300 NVSI_SEAL="$seal" NVSI_SEAL_TSA=https://tijd.example \
    python manage.py check --deploy --fail-level WARNING
}

step ruff format --check --quiet
step ruff check --quiet
step lint-imports
step mypy
step python manage.py makemigrations --check --dry-run
check_production
step pytest -n auto "$@"
