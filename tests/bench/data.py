"""A delivery of hour lines as a back office makes it; always the same bytes.

Every opdracht belongs to one gemeente and one opdrachtgever and has one tarief, every
gemeente has one premie. The hours are quarters, the days those of the half-year, and
the invoice follows a week later. The lines are in no order.
"""

import datetime
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from billing.deliveries.hours import COLUMNS
from nvsi.halfyear import HalfYear

# Long past, so that no clock takes its days for the future.
HALFYEAR = HalfYear(2024, 1)
TODAY = datetime.date(2024, 7, 15)

GEMEENTEN = [f"GM{number:04d}" for number in range(1, 343)]
OPDRACHTEN = 8_000
OPDRACHTGEVERS = 2_500
KANDIDATEN = 30_000
PREMIES = ("1,50", "2,00", "2,50")
LINES_OF_AN_INVOICE = 40
_WEEK = datetime.timedelta(days=7)


def write_delivery(
    path: Path,
    lines: int,
    *,
    halfyear: HalfYear = HALFYEAR,
    gemeenten: Sequence[str] = GEMEENTEN,
    opdrachten: int = OPDRACHTEN,
) -> Path:
    """Make a file of so many lines, as a Dutch spreadsheet program saves it."""
    chance = random.Random(1)
    jobs = [_opdracht(number, gemeenten, chance) for number in range(opdrachten)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(";".join(COLUMNS.required) + "\r\n")
        file.writelines(_rows(lines, halfyear, jobs, chance))
    return path


def _rows(
    lines: int,
    halfyear: HalfYear,
    opdrachten: Sequence[tuple[str, str, str, str]],
    chance: random.Random,
) -> Iterator[str]:
    kandidaten = [f"K{number:06d}" for number in range(KANDIDATEN)]
    hours = [_comma(quarters * 25) for quarters in range(16, 161)]
    days = list(_days(halfyear))
    pick = chance.random
    for number in range(lines):
        gemeente, opdracht, tarief, premie = opdrachten[int(pick() * len(opdrachten))]
        day, week_later = days[int(pick() * len(days))]
        yield (
            f"R{halfyear.code % 1000}{number:07d};{gemeente};{opdracht};"
            f"{kandidaten[int(pick() * KANDIDATEN)]};{day};"
            f"{hours[int(pick() * len(hours))]};{tarief};{premie};"
            f"F{number // LINES_OF_AN_INVOICE:07d};{week_later}\r\n"
        )


def _opdracht(
    number: int, gemeenten: Sequence[str], chance: random.Random
) -> tuple[str, str, str, str]:
    """Its gemeente, its own three cells, its tarief and its premie."""
    gemeente = number % len(gemeenten)
    opdrachtgever = chance.randrange(OPDRACHTGEVERS)
    return (
        gemeenten[gemeente],
        f"OP{number:05d};Opdrachtgever {opdrachtgever} B.V.;{10000000 + opdrachtgever}",
        _comma(chance.randrange(1200, 2000, 5)),
        PREMIES[gemeente % len(PREMIES)],
    )


def _days(halfyear: HalfYear) -> Iterator[tuple[str, str]]:
    """Every day of the half-year, with the day of its invoice."""
    day = halfyear.first_day
    while day <= halfyear.last_day:
        yield day.isoformat(), (day + _WEEK).isoformat()
        day += datetime.timedelta(days=1)


def _comma(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"
