"""What is asked, as pages show it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from membership.deadlines.asked import Deadline
from nvsi.dutch import short_day


@dataclass(frozen=True)
class Line:
    """One thing that is asked, in words; is_late: its day is over."""

    what: str
    url: str
    when: str
    is_late: bool


def lines(found: Iterable[Deadline], today: datetime.date) -> list[Line]:
    """What somebody has to do; what only happens is not in it."""
    return [
        Line(one.what, one.url, _when(one, today), one.is_late(today))
        for one in found
        if one.asks
    ]


def days(found: Iterable[Deadline]) -> list[tuple[str, str]]:
    """What only happens: a day, and what happens then."""
    return [(short_day(one.by), one.what) for one in found if one.by and not one.asks]


def _when(deadline: Deadline, today: datetime.date) -> str:
    words = deadline.when_in_words
    return f"{words}: dat is voorbij" if deadline.is_late(today) else words
