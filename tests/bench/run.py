"""`make bench`: what the portal needs, as ratios to the bare work within one run.

It has a PostgreSQL of its own under var/bench, and removes all of it afterwards.
docs/benchmarks.md says how to read what it prints.
"""

import argparse
import importlib
import os
import shutil
import sys
from pathlib import Path

import django

from nvsi import embedded

VAR = Path(__file__).resolve().parents[2] / "var" / "bench"
# Each is a module of this folder, in the order in which they run.
PIECES = (
    *("importing", "settling", "papers", "workers", "pages", "uploading", "scripts"),
)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "make bench", description="For example: make bench ARGS='papers --rounds 3'"
    )
    parser.add_argument("pieces", nargs="*", metavar="PIECE", help=", ".join(PIECES))
    parser.add_argument("--lines", type=int, default=1_000_000, help="of a delivery")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median")
    words = parser.parse_args()
    if unknown := set(words.pieces) - set(PIECES):
        parser.error(f"no such piece: {', '.join(sorted(unknown))}")
    return words


def main() -> None:
    words = arguments()
    # Before the settings are read: nobody's own database or worker is measured.
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ["NVSI_VAR"] = str(VAR)
    os.environ["NVSI_MODE"] = "local"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    embedded.exit_on_signals()
    if not embedded.stop_unused_servers():
        sys.exit(f"Er loopt al een meting in {VAR}.")
    try:
        shutil.rmtree(VAR)
        with embedded.postgres():
            django.setup()
            # Only now, since it uses the models.
            report = importlib.import_module("tests.bench.report")
            report.main(words.pieces or PIECES, words.lines, words.rounds, VAR)
    finally:
        shutil.rmtree(VAR, ignore_errors=True)


if __name__ == "__main__":
    main()
