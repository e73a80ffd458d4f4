"""The routekaart as a drawing: a row per instrument, a mark per milestone. Pure.

Across is time, in percent of the width; down is in pixels, so that it fits a phone. A
mark has the number of its milestone in the list beneath. What is planned for a year
without a quarter stands in the middle of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from nvsi.charts import pct, px

NAME, LANE, SIZE = 26, 34, 13
HEAD = 30
MIDDLE = Decimal("0.5")
APART = Decimal(9)  # percent of the width: a mark on a phone, with room


@dataclass(frozen=True)
class Planned:
    """What is drawn of a milestone; number is its place in the list."""

    number: int
    instrument: str
    kind: str
    year: int
    quarter: int | None


@dataclass(frozen=True)
class Placed:
    number: int
    kind: str
    x: str
    y: str


@dataclass(frozen=True)
class Row:
    """An instrument: its name above its marks."""

    name: str
    name_y: str
    line_y: str
    marks: Sequence[Placed]


@dataclass(frozen=True)
class Year:
    name: int
    x: str
    name_x: str


@dataclass(frozen=True)
class Drawing:
    height: str
    years: Sequence[Year]
    rows: Sequence[Row]


def draw(milestones: Sequence[Planned]) -> Drawing:
    """Of all years from the first to the last milestone; marks that would cover each
    other stand below each other."""
    first = min(one.year for one in milestones)
    last = max(one.year for one in milestones)
    slot = Decimal(100) / (last - first + 1)
    rows, top = [], Decimal(HEAD)
    for name in dict.fromkeys(one.instrument for one in milestones):
        own = [one for one in milestones if one.instrument == name]
        row, height = _row(name, own, top, first, slot)
        rows.append(row)
        top += height
    years = [
        Year(year, pct(slot * at), pct(slot * (at + MIDDLE)))
        for at, year in enumerate(range(first, last + 1))
    ]
    return Drawing(str(top), years, rows)


def _row(
    name: str, own: Sequence[Planned], top: Decimal, first: int, slot: Decimal
) -> tuple[Row, Decimal]:
    lanes: list[list[Decimal]] = []
    marks = []
    for one in own:
        x = slot * (one.year - first + _part(one.quarter))
        lane = next(
            (
                n
                for n, row in enumerate(lanes)
                if all(abs(x - at) >= APART for at in row)
            ),
            len(lanes),
        )
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(x)
        y = top + NAME + LANE * lane + SIZE
        marks.append(Placed(one.number, one.kind, pct(x), px(y)))
    height = Decimal(NAME + LANE * len(lanes) + 8)
    row = Row(name, px(top + 16), px(top + height - 4), marks)
    return row, height


def _part(quarter: int | None) -> Decimal:
    """Where in the year: the middle of the quarter, or of the year."""
    return (quarter - MIDDLE) / 4 if quarter else MIDDLE
