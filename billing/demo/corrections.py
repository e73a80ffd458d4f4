"""What comes later: hours that were forgotten, hours that were wrong. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

from billing.demo.hours import HourLine, assignment, numbered
from nvsi.halfyear import HalfYear

WORKED_IN = HalfYear(2025, 2)
# Weeks of which the hours came after their half-year was closed.
LATE_WEEKS = tuple(datetime.date(2025, 12, day) for day in (7, 14, 21, 28))
LATE_ASSIGNMENT = 9  # beside those that were delivered in time
CREDITED_ON = datetime.date(2026, 2, 5)

FORGOTTEN_IN = HalfYear(2026, 1)
FORGOTTEN_WEEKS = tuple(datetime.date(2026, 6, day) for day in (7, 14, 21, 28))
FORGOTTEN_ASSIGNMENT = 8


def late_hours(codes: Iterable[str]) -> list[HourLine]:
    """Hours of December 2025 for these gemeenten, by an opdracht of their own."""
    lines = [
        line
        for code in codes
        for line in assignment(WORKED_IN, code, LATE_ASSIGNMENT, LATE_WEEKS)
    ]
    return numbered(lines, f"{WORKED_IN}-N")


def forgotten_hours(codes: Iterable[str], prefix: str) -> list[HourLine]:
    """Hours of June 2026 for these gemeenten, by an opdracht of their own."""
    lines = [
        line
        for code in codes
        for line in assignment(
            FORGOTTEN_IN, code, FORGOTTEN_ASSIGNMENT, FORGOTTEN_WEEKS
        )
    ]
    return numbered(lines, f"{FORGOTTEN_IN}-{prefix}")


def taken_back(
    lines: Iterable[HourLine], prefix: str = f"{WORKED_IN}-C"
) -> list[HourLine]:
    """The same lines with negative hours: they were not worked after all."""
    credited = [
        replace(
            line,
            uren=-line.uren,
            factuurnummer=f"C{line.factuurnummer}",
            factuurdatum=CREDITED_ON,
            corrigeert_regel_id=line.regel_id,
        )
        for line in lines
    ]
    return numbered(credited, prefix)
