"""What is asked, as pages show it."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from membership.deadlines.asked import Deadline
from nvsi.dutch import short_day


@dataclass(frozen=True)
class Line:
    """One thing that is asked, in words; is_late: its day is over, who: of whom."""

    what: str
    who: str
    url: str
    when: str
    is_late: bool


def lines(found: Iterable[Deadline], today: datetime.date) -> list[Line]:
    """What somebody has to do; what only happens is not in it."""
    return [
        Line(one.what, one.who, one.url, _when(one, today), one.is_late(today))
        for one in found
        if one.asks
    ]


def days(found: Iterable[Deadline]) -> list[tuple[str, str]]:
    """What only happens: a day, and what happens then."""
    return [(short_day(one.by), one.what) for one in found if one.by and not one.asks]


def whose(found: Iterable[Deadline], *, but: Sequence[Deadline]) -> list[str]:
    """Of whom something is asked beside what stands on the page already."""
    here = {one.key for one in but}
    others = [one.who for one in found if one.asks and one.key not in here]
    return sorted(set(others))


def _when(deadline: Deadline, today: datetime.date) -> str:
    words = deadline.when_in_words
    return f"{words}: dat is voorbij" if deadline.is_late(today) else words
