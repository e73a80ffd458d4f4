"""A datalek as it stands: what is known, how each college stands, and what is open."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet

from contracts.breaches.rules import (
    Clock,
    Kind,
    Outcome,
    Stage,
    Standing,
    clock,
    open_points,
    stage,
    standing,
)
from contracts.models.breach_facts import (
    BreachCollege,
    BreachDescription,
    BreachEntry,
    BreachInstrument,
)
from contracts.models.breaches import Breach


@dataclass(frozen=True)
class OfCollege:
    """One college of a datalek: how it stands, and what led to that."""

    row: BreachCollege
    standing: Standing
    entries: Sequence[BreachEntry]

    @property
    def name(self) -> str:
        return str(self.row.organisation)

    @property
    def decision(self) -> BreachEntry | None:
        """The last that was said of a report to the AP."""
        return self._last(Kind.AUTHORITY)

    @property
    def people(self) -> BreachEntry | None:
        """The last that was said of telling the persons concerned."""
        return self._last(Kind.PEOPLE)

    @property
    def letter(self) -> BreachEntry | None:
        """The last letter that it got here; what went by post is not kept."""
        written = [e for e in self.entries if e.outcome == Outcome.WRITTEN]
        return written[-1] if written else None

    @property
    def is_written_to(self) -> bool:
        """Whether a letter went to it, here or by post."""
        return any(e.outcome in (Outcome.WRITTEN, Outcome.POSTED) for e in self.entries)

    @property
    def aside(self) -> BreachEntry | None:
        """By what it is not concerned; None while it is."""
        return self._last(Kind.NOT_CONCERNED) if self.standing.is_out else None

    def clock(self, now: datetime.datetime) -> Clock | None:
        """The 72 hours of the college; None before it was told, after it decided, and
        when it is not concerned."""
        until = self.standing.until
        if until is None or self.standing.is_decided or self.standing.is_out:
            return None
        return clock(until, now)

    def _last(self, kind: Kind) -> BreachEntry | None:
        return next((e for e in reversed(self.entries) if e.kind == kind), None)


@dataclass(frozen=True)
class Known:
    """All of one datalek. `untold` are the colleges that do not know of it yet."""

    breach: Breach
    description: BreachDescription
    instruments: Sequence[str]
    colleges: Sequence[OfCollege]
    entries: Sequence[BreachEntry]
    stage: Stage

    @property
    def concerned(self) -> list[OfCollege]:
        """Without those that turned out not to be."""
        return [one for one in self.colleges if not one.standing.is_out]

    @property
    def untold(self) -> list[OfCollege]:
        return [one for one in self.concerned if one.standing.told_at is None]

    @property
    def proposal(self) -> BreachEntry | None:
        """What was proposed to close it with, while that waits for another."""
        if self.stage != Stage.CLOSING:
            return None
        return next(e for e in reversed(self.entries) if e.kind == Kind.CLOSING)

    @property
    def conclusion(self) -> BreachEntry | None:
        """With what it was closed."""
        if self.stage != Stage.CLOSED:
            return None
        return next(e for e in reversed(self.entries) if e.kind == Kind.CLOSING)

    @property
    def is_closed(self) -> bool:
        return self.stage == Stage.CLOSED

    @property
    def measures(self) -> list[BreachEntry]:
        return [e for e in self.entries if e.kind == Kind.MEASURE]

    def to_do(self, outcome: str = Outcome.HANDLED) -> list[str]:
        """What is open before it can be closed with this outcome."""
        return open_points([(o.name, o.standing) for o in self.colleges], outcome)

    def up_to(self, last: BreachEntry) -> "Known":
        """What was known when this was written down; the stage as it is now."""
        told = self.breach.descriptions.all()
        return replace(
            self,
            description=[one for one in told if one.at <= last.recorded_at][-1],
            entries=[one for one in self.entries if one.pk <= last.pk],
        )

    def telling(self, now: datetime.datetime) -> Clock | None:
        """Our own limit, while somebody must still be told: also when nobody was named
        yet."""
        if self.is_closed or (self.colleges and not self.untold):
            return None
        return clock(self.breach.tell_by, now)

    def of(self, organisation_id: int) -> OfCollege | None:
        return next(
            (o for o in self.colleges if o.row.organisation_id == organisation_id), None
        )


def with_facts(rows: QuerySet[Breach]) -> QuerySet[Breach]:
    """With all that stands in them, but for the bytes of the letters: five queries,
    however many there are."""
    entries = BreachEntry.objects.select_related("by", "college__organisation")
    named = BreachInstrument.objects.select_related("instrument")
    return rows.select_related("reported_by", "reported_for").prefetch_related(
        Prefetch("descriptions", BreachDescription.objects.select_related("by")),
        Prefetch("instruments", named),
        Prefetch("colleges", BreachCollege.objects.select_related("organisation")),
        Prefetch("entries", entries.defer("content")),
    )


def read(breach: Breach) -> Known:
    """From the rows; ask for with_facts before many."""
    entries = list(breach.entries.all())
    by_college: dict[int, list[BreachEntry]] = defaultdict(list)
    for entry in entries:
        if entry.college_id:
            by_college[entry.college_id].append(entry)
    rows = [(row, by_college[row.pk]) for row in breach.colleges.all()]
    return Known(
        breach=breach,
        description=list(breach.descriptions.all())[-1],
        instruments=[one.instrument.name for one in breach.instruments.all()],
        colleges=[OfCollege(row, standing(own), own) for row, own in rows],
        entries=entries,
        stage=stage(entry.kind for entry in entries),
    )


def fresh(breach: Breach) -> Known:
    """Read again from the database."""
    return read(with_facts(Breach.objects.all()).get(pk=breach.pk))
