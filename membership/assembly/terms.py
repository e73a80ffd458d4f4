"""When an ALV must be convened, and how members can demand one. Pure.

Source: BW2 art. 41 lid 2 and 3, art. 42 lid 1; domain rules 24 and 25. Neither the day
of the convocation nor that of the ALV counts.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

DAY = datetime.timedelta(days=1)
LEAST_SHARE = Fraction(1, 10)
WITHIN = 28 * DAY
SILENCE = 14 * DAY
USUAL = ""
LEAST = {"statutenwijziging": 7}  # days, BW2 art. 42 lid 1


def days_before(kinds: Iterable[str], terms: Mapping[str, int]) -> int:
    """How many whole days lie between convocation and ALV: the longest of the usual
    term, those of the kinds of voorstel on its agenda, and that of the law. Raises
    LookupError when nobody laid down the usual term."""
    longest = [max(terms.get(kind, 0), LEAST.get(kind, 0)) for kind in kinds]
    return max([terms[USUAL], *longest])


def last_day_to_convene(on: datetime.date, days: int) -> datetime.date:
    """For an ALV on a day."""
    return on - (days + 1) * DAY


def first_day_to_hold(today: datetime.date, days: int) -> datetime.date:
    """When it is convened today."""
    return today + (days + 1) * DAY


def votes_needed(all_votes: int) -> int:
    """How many votes may demand an ALV: a tenth of all, rounded up."""
    return -(-all_votes * LEAST_SHARE.numerator // LEAST_SHARE.denominator)


@dataclass(frozen=True)
class Clocks:
    """Of a demand: the last day of the ALV itself, and the first day on which the
    members may convene it when nothing was done."""

    hold_by: datetime.date
    themselves_from: datetime.date


def clocks(received_on: datetime.date) -> Clocks:
    return Clocks(received_on + WITHIN, received_on + SILENCE + DAY)
