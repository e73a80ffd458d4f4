"""The signals of a half-year, for who sits in the regiegroep.

Opdrachtgevers are customers of one gemeente: another gemeente reads neither the name
nor the KvK-nummer, and not of which gemeente an opdracht is. What counts for steering
is how many there are and how far they go. Of the own gemeente it is all there: the same
stands in the lines of its afrekening. A count under LEAST is not told, as in the public
figures.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from billing.figures.disclosure import LEAST
from billing.figures.watching import Found, Signal, limit_of, signals
from billing.models import Period
from instruments.models import Instrument
from nvsi.dutch import counted, half_year

COUNTED = re.compile(r"^(\d+)\s+kandida")


@dataclass(frozen=True)
class Told:
    """One half-year: whether it is approved, and what stands out."""

    period: Period
    is_approved: bool
    has_limit: bool
    signals: list[Signal]

    @property
    def name(self) -> str:
        """'eerste halfjaar van 2026'."""
        return half_year(self.period.halfyear)


def told(instrument: Instrument, own: Collection[int]) -> list[Told]:
    """The half-year that runs, and the last that was approved; own are the gemeenten
    whose money the reader may see."""
    periods = Period.objects.filter(instrument=instrument)
    running = periods.filter(closed_at=None).order_by("halfyear").first()
    approved = periods.exclude(closed_at=None).order_by("-halfyear").first()
    return [
        Told(
            period,
            period.closed_at is not None,
            limit_of(period) is not None,
            [without_names(signal, own) for signal in signals(period)],
        )
        for period in (running, approved)
        if period is not None
    ]


def without_names(signal: Signal, own: Collection[int]) -> Signal:
    """What is of another is told without a name; what is one's own comes first. What
    names a gemeente alone stays: members read each other's kaders too."""
    if not signal.names_opdrachtgevers:
        return signal
    mine = [one for one in signal.found if one.gemeente in own]
    others = [one for one in signal.found if one.gemeente not in own]
    return replace(signal, found=[*mine, *map(_nameless, others)])


def _nameless(found: Found) -> Found:
    if found.gemeente is None:
        return Found("Een opdrachtgever", "", _not_too_few(found.words))
    return Found("Een andere gemeente", "", found.words)


def _not_too_few(words: str) -> str:
    count = COUNTED.match(words)
    if count and int(count[1]) < LEAST:
        return f"minder dan {counted(LEAST, 'kandidaat', 'kandidaten')}"
    return words
