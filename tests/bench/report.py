"""The pieces one after the other, each on books of its own; and how it is printed."""

import importlib
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from billing.sql import ask
from nvsi.celery import app
from tests.bench import books
from tests.bench.data import GEMEENTEN
from tests.bench.timing import Plan, Row


def main(pieces: Sequence[str], lines: int, rounds: int, folder: Path) -> None:
    """Each row is printed as soon as it is known, since all of it takes minutes."""
    # Nobody answers the bell in this process: the workers are measured apart.
    app.conf.task_always_eager = False
    plan = Plan(lines, rounds, folder)
    books.found()
    show_heading(plan)
    for piece in pieces:
        for row in importlib.import_module(f"tests.bench.{piece}").measure(plan):
            show(row)
        books.forget_deliveries()
    say(f"Load of the machine at the end: {os.getloadavg()[0]:.1f}")


def say(words: str) -> None:
    print(words, flush=True)


def show_heading(plan: Plan) -> None:
    ((version,),) = ask("SHOW server_version")
    say(
        f"{plan.lines:,} lines of one half-year, {len(GEMEENTEN)} gemeenten; medians "
        f"of {plan.rounds}.\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, PostgreSQL {version}.\n\n"
        f"{'':<48}{'ours':>8}{'bare':>8}{'':<4}{'ratio':>6}  limit"
    )


def show(row: Row) -> None:
    digits = 3 if row.unit == "s" else 1
    say(
        f"{row.subject:<48}{row.ours:>8.{digits}f}{row.bare:>8.{digits}f} {row.unit:<3}"
        f"{row.ratio:>6.2f}  {row.limit:<7} {row.verdict}".rstrip()
    )
