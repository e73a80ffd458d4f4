"""The figures of each year: what somebody recorded, and what was settled.

What was settled is told by the app that knows, through `providers`; here nobody knows
of money. What was recorded goes before it, since a year can be known better than by
what passed through the portal alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from contracts.inbesteding.share import Expected, Figure
from contracts.models import Activity, Forecast, Measure
from contracts.models.recorded_facts import STANDING

SETTLED = "vastgestelde afrekeningen"
# Of the association itself, outside of any instrument.
ASSOCIATION: int | None = None


@dataclass(frozen=True)
class Settled:
    """The gross revenue of an instrument over a year, in euros, of settlements that
    hold: nothing when there was work, and none of it is settled. is_complete:
    everything of the year is settled."""

    instrument_id: int
    year: int
    controlling: Decimal
    total: Decimal
    is_complete: bool


Provider = Callable[[], Iterable[Settled]]
providers: list[Provider] = []


@dataclass
class Series:
    """The years of one instrument: those known, and those settled only in part."""

    figures: dict[int, Figure] = field(default_factory=dict)
    unsettled: set[int] = field(default_factory=set)


def all_series() -> Mapping[int | None, Series]:
    """By instrument; None is what was done outside of any. Two queries, and those of
    the providers."""
    found: dict[int | None, Series] = defaultdict(Series)
    for settled in (one for provider in providers for one in provider()):
        series = found[settled.instrument_id]
        if not settled.is_complete:
            series.unsettled.add(settled.year)
            continue
        series.figures[settled.year] = Figure(
            settled.year,
            settled.controlling,
            settled.total,
            Measure.TURNOVER.value,
            SETTLED,
        )
    for row in Activity.objects.filter(STANDING):
        series = found[row.instrument_id]
        series.unsettled.discard(row.year)
        series.figures[row.year] = Figure(
            row.year, row.controlling, row.total, row.measure, row.source
        )
    return found


def settled_total(instrument_id: int | None, year: int) -> Decimal | None:
    """What the portal settled over a year; None when it knows of no work then."""
    totals = [
        one.total
        for provider in providers
        for one in provider()
        if (one.instrument_id, one.year) == (instrument_id, year)
    ]
    return sum(totals, Decimal(0)) if totals else None


def expected(instrument_id: int | None, award_year: int) -> Expected | None:
    row = Forecast.objects.filter(
        STANDING, instrument=instrument_id, award_year=award_year
    ).first()
    if row is None:
        return None
    return Expected(row.controlling, row.total, row.measure, row.reasoning)
