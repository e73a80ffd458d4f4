"""When the next statement comes: it is prepared by itself (see nvsi.settings)."""

import datetime
from dataclasses import dataclass

from nvsi.dutch import day, half_year, short_day
from nvsi.halfyear import HalfYear

# Of the month after the half-year; the schedule of Celery says the same.
PREPARED_ON = 15


@dataclass(frozen=True)
class Expected:
    """Over which half-year the next statement is, and from which day it is made.

    since is the first day of that half-year.
    """

    since: datetime.date
    on: datetime.date
    period: str
    ends: str
    from_day: str
    from_short_day: str


def expected(today: datetime.date) -> Expected:
    """The statement that is made next; on the day itself it is being made."""
    previous = HalfYear.of(today).previous()
    waiting = _prepared_on(previous) >= today
    period = previous if waiting else HalfYear.of(today)
    on = _prepared_on(period)
    return Expected(
        *(period.first_day, on, half_year(period)),
        *(short_day(period.last_day), day(on), short_day(on)),
    )


def _prepared_on(period: HalfYear) -> datetime.date:
    return period.next().first_day.replace(day=PREPARED_ON)
