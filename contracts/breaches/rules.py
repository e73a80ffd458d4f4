"""What the law and our own limit ask around a datalek: the clocks, and what is open.

Pure. Source: AVG art. 33 and 34; domain rule 34.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import TextChoices

from nvsi.dutch import listing

# The day from which the AVG applies: no datalek of before is asked for.
AVG_SINCE = datetime.date(2018, 5, 25)
# AVG art. 33 lid 1: a college reports within 72 hours after it became aware. Hours are
# counted through weekends (Regulation 1182/71 art. 3 lid 4 exempts them).
OF_A_COLLEGE = datetime.timedelta(hours=72)
# The last part of that time: then a college that did not decide is reminded.
LAST_PART = datetime.timedelta(hours=24)
_HOUR, _DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
_IN_MINUTES = datetime.timedelta(hours=2)


class Kind(TextChoices):
    """What can be recorded of a datalek after it was reported."""

    TOLD = "told", "college geïnformeerd"
    AUTHORITY = "authority", "melding aan de AP"
    PEOPLE = "people", "bericht aan de betrokkenen"
    NOT_CONCERNED = "not_concerned", "blijkt niet betrokken"
    CONCERNED = "concerned", "blijkt toch betrokken"
    MEASURE = "measure", "maatregel"
    CLOSING = "closing", "afsluiten voorgesteld"
    KEPT_OPEN = "kept_open", "blijft open"
    CLOSED = "closed", "afgesloten"
    REOPENED = "reopened", "heropend"


class Outcome(TextChoices):
    """How a college was told, what it decided, or what a datalek came to."""

    WRITTEN = "written", "met een brief"
    POSTED = "posted", "met een brief per post"
    SPOKEN = "spoken", "mondeling"
    OWN = "own", "meldde het zelf"
    REPORTED = "reported", "gemeld aan de AP"
    NOT_REPORTED = "not_reported", "niet gemeld aan de AP"
    LEFT = "left", "overgelaten aan het college"
    PEOPLE_TOLD = "people_told", "betrokkenen geïnformeerd"
    PEOPLE_NOT_TOLD = "people_not_told", "betrokkenen niet geïnformeerd"
    HANDLED = "handled", "afgehandeld"
    NO_BREACH = "no_breach", "blijkt geen datalek"


# The outcomes that fit a kind; of another kind there is none.
OUTCOMES: dict[Kind, tuple[Outcome, ...]] = {
    Kind.TOLD: (Outcome.WRITTEN, Outcome.POSTED, Outcome.SPOKEN, Outcome.OWN),
    Kind.AUTHORITY: (Outcome.REPORTED, Outcome.NOT_REPORTED, Outcome.LEFT),
    Kind.PEOPLE: (Outcome.PEOPLE_TOLD, Outcome.PEOPLE_NOT_TOLD),
    Kind.CLOSING: (Outcome.HANDLED, Outcome.NO_BREACH),
}
OF_A_COLLEGE_KINDS = (Kind.TOLD, Kind.AUTHORITY, Kind.PEOPLE, Kind.NOT_CONCERNED,
                      Kind.CONCERNED)  # fmt: skip
# Whether a college is concerned: what was found last counts.
OF_BEING_CONCERNED = (Kind.NOT_CONCERNED, Kind.CONCERNED)
OF_THE_STAGE = (Kind.CLOSING, Kind.KEPT_OPEN, Kind.CLOSED, Kind.REOPENED)
# What is decided with a reason in words.
WITH_WORDS = (*OF_BEING_CONCERNED, Kind.MEASURE, Kind.CLOSING, Kind.KEPT_OPEN,
              Kind.REOPENED)  # fmt: skip
REASONED = (Outcome.NOT_REPORTED, Outcome.PEOPLE_NOT_TOLD)


class Stage(TextChoices):
    """Where a datalek is; read from the last entry that says so."""

    OPEN = "open", "in behandeling"
    CLOSING = "closing", "wacht op een tweede persoon"
    CLOSED = "closed", "afgesloten"


_STAGES = {Kind.CLOSING: Stage.CLOSING, Kind.CLOSED: Stage.CLOSED}


class Recorded(Protocol):
    """An entry, as far as these rules look at it."""

    kind: str
    outcome: str
    at: datetime.datetime


@dataclass(frozen=True)
class Standing:
    """How it stands with one college.

    told_at: since when it knows, by the first time it was told. has_letter: it was told
    in writing what art. 33 lid 3 asks, or reported it itself. authority and people: the
    last decision, empty while there is none. is_out: it turned out not concerned, and
    nothing else since.
    """

    told_at: datetime.datetime | None = None
    has_letter: bool = False
    authority: str = ""
    people: str = ""
    is_out: bool = False

    @property
    def until(self) -> datetime.datetime | None:
        """Until when the college reports to the AP; None while it does not know."""
        return self.told_at + OF_A_COLLEGE if self.told_at else None

    @property
    def is_decided(self) -> bool:
        """Whether the clock stopped: it was reported, or decided not to."""
        return self.authority in (Outcome.REPORTED, Outcome.NOT_REPORTED)


def standing(entries: Iterable[Recorded]) -> Standing:
    """Of the entries of one college, in the order in which they were recorded."""
    rows = list(entries)
    told = [one for one in rows if one.kind == Kind.TOLD]
    found = [one.kind for one in rows if one.kind in OF_BEING_CONCERNED]
    return Standing(
        told_at=min((one.at for one in told), default=None),
        has_letter=any(one.outcome != Outcome.SPOKEN for one in told),
        authority=_last(rows, Kind.AUTHORITY),
        people=_last(rows, Kind.PEOPLE),
        is_out=found[-1:] == [Kind.NOT_CONCERNED],
    )


def _last(rows: Sequence[Recorded], kind: Kind) -> str:
    return next((one.outcome for one in reversed(rows) if one.kind == kind), "")


def stage(kinds: Iterable[str]) -> Stage:
    """Of the kinds of all entries, in the order in which they were recorded."""
    said = [Kind(kind) for kind in kinds if kind in OF_THE_STAGE]
    return _STAGES.get(said[-1], Stage.OPEN) if said else Stage.OPEN


def open_points(colleges: Iterable[tuple[str, Standing]], outcome: str) -> list[str]:
    """What is still to do before it can be closed so: a sentence for each thing, with
    the colleges of which it is asked.

    What turned out to be no datalek asks nothing.
    """
    if outcome == Outcome.NO_BREACH:
        return []
    concerned = [(name, one) for name, one in colleges if not one.is_out]
    if not concerned:
        return ["Er is nog geen college betrokken."]
    untold = [name for name, one in concerned if one.told_at is None]
    told = [(name, one) for name, one in concerned if one.told_at is not None]
    without_letter = [name for name, one in told if not one.has_letter]
    unknown = [name for name, one in told if not one.authority]
    found = []
    if untold:
        are = "is" if len(untold) == 1 else "zijn"
        found.append(f"{begin(untold)} {are} nog niet geïnformeerd.")
    if without_letter:
        have = "heeft" if len(without_letter) == 1 else "hebben"
        found.append(f"{begin(without_letter)} {have} nog geen brief.")
    if unknown:
        names = listing(unknown)
        found.append(f"Van {names} is nog niet bekend of de AP een melding krijgt.")
    return found


def begin(names: Sequence[str]) -> str:
    """At the beginning of a sentence."""
    words = listing(names)
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Clock:
    """How much time there is until a moment, in words: 'nog 31 uur'."""

    until: datetime.datetime
    words: str
    is_late: bool
    is_soon: bool


def clock(until: datetime.datetime, now: datetime.datetime) -> Clock:
    """Whole hours, rounded so that nobody thinks he has more time than there is."""
    left = until - now
    if left < datetime.timedelta():
        return Clock(until, f"{_spent(-left)} te laat", is_late=True, is_soon=False)
    return Clock(until, f"nog {_spent(left)}", is_late=False, is_soon=left <= LAST_PART)


def _spent(time: datetime.timedelta) -> str:
    if time < _IN_MINUTES:
        minutes = time // datetime.timedelta(minutes=1)
        return f"{minutes} {'minuut' if minutes == 1 else 'minuten'}"
    if time < 4 * _DAY:
        return f"{time // _HOUR} uur"
    return f"{time // _DAY} dagen"
