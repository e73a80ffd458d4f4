#!/usr/bin/env bash
# The system libraries that no wheel carries: Pango, which draws the letters of every
# PDF, HarfBuzz's subsetter, which makes that twice as fast; and for the tests a browser
# and a token for keys that is a folder.
set -euo pipefail
cd "$(dirname "$0")/.."

libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
has_library() { grep -qF "$1" <<<"$libraries"; }
has_token() { command -v softhsm2-util; } >/dev/null
has_browser() { command -v chromium || command -v chromium-browser; } >/dev/null

missing=()
has_library libpango-1.0.so.0 || missing+=(libpango-1.0-0)
has_library libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
pango_missing=${#missing[@]}
has_library libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
if ((${#missing[@]})) && ! tools/install_packages.sh "${missing[@]}" &&
  ((pango_missing)); then
  echo "setup: without Pango no PDF can be made; it is indispensable" >&2
  exit 1
fi

if [[ -z ${WITHOUT_BROWSER:-} ]] && ! has_browser; then
  tools/install_packages.sh chromium ||
    echo "setup: going on without Chromium; the browser tests will not run" >&2
fi

if [[ -z ${WITHOUT_BROWSER:-} ]] && ! has_token; then
  tools/install_packages.sh softhsm2 ||
    echo "setup: going on without SoftHSM; the tests of a token will fail" >&2
fi
