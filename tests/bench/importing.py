"""`import_hours`, beside a bare COPY of the same file; and the memory it takes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from billing.deliveries.hours import COLUMNS
from billing.sql import run
from tests.bench.books import forget_deliveries, take_in
from tests.bench.data import write_delivery
from tests.bench.timing import Plan, Row, Watch, in_turns

MOST, MEGABYTES = 5, 300

# getrusage would say the memory of the process that started it, if that is more.
_IMPORT = """
import sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "import_hours", sys.argv[1]])
with open("/proc/self/status") as status:
    print(next(line for line in status if line.startswith("VmHWM")))
"""


def measure(plan: Plan) -> Iterator[Row]:
    """The first delivery of its half-year, with all checks, each time anew."""
    path = write_delivery(plan.folder / "uren.csv", plan.lines)

    def ours(watch: Watch) -> None:
        with watch.timed():
            take_in(path)
        forget_deliveries()

    def bare(watch: Watch) -> None:
        copy_barely(path, watch)

    importing, copying = in_turns(ours, bare, rounds=plan.rounds)
    yield Row("import_hours beside COPY", importing.median, copying.median, MOST)
    yield from measure_memory(path, plan)


def measure_memory(path: Path, plan: Plan) -> Iterator[Row]:
    part = write_delivery(plan.folder / "deel.csv", plan.lines // 10)
    few, many = most_memory(part), most_memory(path)
    yield Row("its memory, beside a tenth of the lines", many, few, 1.1, unit="MB")
    yield Row("its memory, beside what it may take", many, MEGABYTES, 1, unit="MB")


def copy_barely(path: Path, watch: Watch) -> None:
    """Into a table of text without index, that is there already."""
    cells = ", ".join(f"{name} text" for name in COLUMNS.required)
    run(f"CREATE TABLE bare ({cells})")
    with watch.timed(), path.open("rb") as file, connection.cursor() as cursor:
        cursor.copy_expert(
            "COPY bare FROM STDIN (FORMAT csv, DELIMITER ';', HEADER)",
            file,
            size=1 << 20,
        )
    run("DROP TABLE bare")


def most_memory(path: Path) -> float:
    """The megabytes that the command took at its peak, in a process of its own."""
    child = subprocess.run(
        [sys.executable, "-c", _IMPORT, path],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    forget_deliveries()
    return int(child.stdout.split()[-2]) / 1024
