"""How many belonged at the end of each half-year: counted, and drawn as columns."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from membership.models import Membership
from membership.register.entries import Kind
from membership.succession import Period, covers
from nvsi.charts import Column, Mark, pct, px
from nvsi.dutch import short_day
from nvsi.halfyear import HalfYear

# More moments than this make a chart that nobody reads; the table has them all.
IN_CHART = 8
TOP, PLOT, FOOT = 22, 110, 46
WIDTH = Decimal("0.64")  # of a column, as a part of its slot
FIRST = datetime.date(2000, 1, 1)  # half-years are told from here


class Belonging(Period, Protocol):
    """A period of an organisation as one of the kinds."""

    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Moment:
    """How many of each kind there were on a day; the last moment is today."""

    day: datetime.date
    is_today: bool
    counts: Mapping[Kind, int]

    @property
    def words(self) -> str:
        return (
            f"vandaag, {short_day(self.day)}" if self.is_today else short_day(self.day)
        )

    @property
    def numbers(self) -> list[int]:
        """In the order of the kinds."""
        return [self.counts[kind] for kind in Kind]


@dataclass(frozen=True)
class Chart:
    """The columns of one kind, the oldest first."""

    title: str
    height: str
    base: str
    first_y: str
    second_y: str
    columns: Sequence[Column]


PLURAL = {
    Kind.LID: "Leden",
    Kind.ASPIRANT_LID: "Aspirant-leden",
    Kind.PARTICIPANT: "Participanten",
}


def count_by_kind(kinds: Sequence[str]) -> dict[Kind, int]:
    """Every kind has a number, also when it is 0."""
    counted = Counter(kinds)
    return {kind: counted[kind.value] for kind in Kind}


def moments(today: datetime.date) -> list[Moment]:
    """The ends of half-years since the first member, and today. One query."""
    rows = Membership.objects.filter(starts_on__lte=today).order_by()
    return moments_of(
        list(rows.values_list("kind", "starts_on", "ends_on", named=True)), today
    )


def moments_of(periods: Sequence[Belonging], today: datetime.date) -> list[Moment]:
    """Pure: count the periods at each moment. Nothing when there never were any."""
    if not periods:
        return []
    days = [*_ends(min(period.starts_on for period in periods), today), today]
    return [
        Moment(
            day,
            day == today,
            count_by_kind([p.kind for p in periods if covers(p, day)]),
        )
        for day in days
    ]


def _ends(since: datetime.date, today: datetime.date) -> list[datetime.date]:
    """The last days of the half-years that are over."""
    found, halfyear = [], HalfYear.of(max(since, FIRST))
    while halfyear.has_ended(today):
        found.append(halfyear.last_day)
        halfyear = halfyear.next()
    return found


def charts(shown: Sequence[Moment]) -> list[Chart]:
    """One for each kind, each on a scale of its own, of the last moments."""
    return [_chart(kind, shown[-IN_CHART:]) for kind in Kind]


def _chart(kind: Kind, shown: Sequence[Moment]) -> Chart:
    most = max(moment.counts[kind] for moment in shown)
    scale = Decimal(PLOT) / (most or 1)
    slot = Decimal(100) / max(len(shown), IN_CHART // 2)
    base = Decimal(TOP + PLOT)
    return Chart(
        title=PLURAL[kind],
        height=str(TOP + PLOT + FOOT),
        base=px(base),
        first_y=str(TOP + PLOT + 20),
        second_y=str(TOP + PLOT + 38),
        columns=[
            Column(
                pct(slot * (at + Decimal("0.5"))),
                "nu" if moment.is_today else f"{moment.day:%d-%m}",
                "" if moment.is_today else str(moment.day.year),
                [_mark(moment, moment.counts[kind], slot * at, slot, base, scale)],
            )
            for at, moment in enumerate(shown)
        ],
    )


def _mark(
    moment: Moment, count: int, x: Decimal, slot: Decimal, base: Decimal, scale: Decimal
) -> Mark:
    left, width, height = x + slot * (1 - WIDTH) / 2, slot * WIDTH, count * scale
    return Mark(
        "today" if moment.is_today else "ended",
        pct(left),
        px(base - height),
        pct(width),
        px(height),
        str(count),
        pct(left + width / 2),
        px(base - height - 6),
    )
