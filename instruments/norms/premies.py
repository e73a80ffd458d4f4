"""Which premie per uur a kader asks on a day: one's own, or else the common one.

Read once, then pure: for who weighs many hours at once.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from instruments.models import Instrument, Norm


@dataclass(frozen=True)
class Span:
    """A value in euros per hour from a day to a day; without end when that is None."""

    starts_on: datetime.date
    ends_on: datetime.date | None
    value: Decimal

    def holds(self, day: datetime.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Premies:
    """What all share, and what some organisations (by id) do themselves."""

    code: str
    common: list[Span]
    own: dict[int, list[Span]] = field(default_factory=dict)

    def on(self, day: datetime.date, organisations: Iterable[int]) -> Decimal | None:
        """Of the first of these that has its own, else the common one; None when
        nothing was agreed for that day."""
        spans = [span for one in organisations for span in self.own.get(one, ())]
        return next((s.value for s in [*spans, *self.common] if s.holds(day)), None)

    def change_within(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether what is asked differs between days of this time."""
        spans = [*self.common, *(span for own in self.own.values() for span in own)]
        return any(
            first < span.starts_on <= last
            or (span.ends_on is not None and first <= span.ends_on < last)
            for span in spans
        )


def premies_of(instrument: Instrument) -> Premies | None:
    """None when no kader of this instrument is about the premie per uur."""
    norm = (
        Norm.objects.filter(
            instrument=instrument, measures=Norm.Measures.PREMIE_PER_UUR
        )
        .select_related("instrument")
        .first()
    )
    if norm is None:
        return None
    days = ("starts_on", "ends_on", "value")
    own: dict[int, list[Span]] = {}
    for organisation, *facts in norm.local_norms.values_list("organisation", *days):
        own.setdefault(organisation, []).append(Span(*facts))
    common = [Span(*facts) for facts in norm.versions.values_list(*days)]
    return Premies(norm.code, common, own)
