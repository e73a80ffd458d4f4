"""What is written down of a datalek: what is known, whom it concerns, what was decided.

Each verb holds the datalek, so that two people at once come one after the other, and
refuses what happened before the discovery, in the future, or after it was closed.
"""

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from contracts.breaches import announcing
from contracts.breaches.reading import Known, fresh
from contracts.breaches.rules import Kind, Outcome, Standing
from contracts.models.breach_facts import (
    BreachCollege,
    BreachDescription,
    BreachEntry,
    BreachInstrument,
)
from contracts.models.breaches import READERS, REPORTERS, Breach
from instruments.models import Instrument
from membership import history
from membership.models import Organisation, Person, Role
from nvsi.errors import NotAllowed

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)
MEANWHILE = (
    "Er is intussen iets toegevoegd door een ander. Wat u typte, staat er nog; wat u "
    "niet veranderde, is bijgewerkt. Kijk het na en verstuur het opnieuw."
)


@dataclass(frozen=True)
class Found:
    """What is known of a datalek. See BreachDescription for what each field means."""

    nature: str
    what: str
    subjects: str = ""
    people_count: int | None = None
    data_kinds: str = ""
    records_count: int | None = None
    consequences: str = ""
    measures: str = ""
    contact: str = ""


@transaction.atomic
def describe(
    breach: Breach,
    found: Found,
    *,
    seen: int | None = None,
    now: datetime.datetime,
    by: Person,
) -> BreachDescription:
    """More is known: the new description stands, those before it stay. By the bureau,
    or by who reported it; then the bureau is told. seen is the key of the description
    that this one was made from, for who looked at one.

    Raises NotAllowed for who may not, when another was first, and once it was closed;
    ValidationError for a BSN in it.
    """
    is_reporter = reports_on(breach, by)
    held = hold(breach, by, may=is_reporter)
    if seen is not None and seen != held.description.pk:
        raise NotAllowed(MEANWHILE)
    row = add_description(held.breach, found, now=now, by=by)
    history.record(held.breach, "breach described", by)
    if is_reporter:
        announcing.was_described(held.breach, by)
    return row


def reports_on(breach: Breach, person: Person) -> bool:
    """Whether it was reported for an organisation of this person."""
    return breach.reported_for_id in person.organisations_as(*REPORTERS)


def add_description(
    breach: Breach, found: Found, *, now: datetime.datetime, by: Person
) -> BreachDescription:
    row = BreachDescription(breach=breach, at=now, by=by, **asdict(found))
    row.full_clean(validate_constraints=False)
    row.save()
    return row


@transaction.atomic
def concern(
    breach: Breach,
    *,
    colleges: Iterable[Organisation] = (),
    instruments: Iterable[Instrument] = (),
    now: datetime.datetime,
    by: Person,
) -> list[BreachCollege]:
    """It is about these organisations and instruments too; who is there, stays.

    Raises NotAllowed for who was set aside: that it is concerned has a reason.
    """
    held = hold(breach, by)
    known = {one.row.organisation_id: one for one in held.colleges}
    chosen = list(colleges)
    for one in chosen:
        if one.pk in known and known[one.pk].standing.is_out:
            raise NotAllowed(
                f"{one} bleek niet betrokken. Kies 'Blijkt toch betrokken'."
            )
    new = [one for one in chosen if one.pk not in known]
    rows = add_concerned(held.breach, new, instruments, now=now, by=by)
    if new:
        names = [str(one) for one in new]
        history.record(held.breach, "breach colleges added", by, colleges=names)
    return rows


def add_concerned(
    breach: Breach,
    colleges: Iterable[Organisation],
    instruments: Iterable[Instrument],
    *,
    now: datetime.datetime,
    by: Person,
) -> list[BreachCollege]:
    BreachInstrument.objects.bulk_create(
        [BreachInstrument(breach=breach, instrument=one) for one in instruments],
        ignore_conflicts=True,
    )
    return [
        BreachCollege.objects.create(breach=breach, organisation=one, at=now, by=by)
        for one in colleges
    ]


@transaction.atomic
def set_aside(
    college: BreachCollege, *, words: str, now: datetime.datetime, by: Person
) -> BreachEntry:
    """It turns out that this college is not concerned; that it was named, stays."""
    held = hold(college.breach, by)
    if _standing(held, college).is_out:
        raise NotAllowed(f"Van {college.organisation} is dit al vastgelegd.")
    if not words.strip():
        raise NotAllowed("Schrijf waarom deze organisatie niet betrokken is.")
    return add_entry(
        held.breach, Kind.NOT_CONCERNED, college=college, at=now, words=words, now=now,
        by=by,
    )  # fmt: skip


@transaction.atomic
def take_measure(
    breach: Breach,
    *,
    words: str,
    at: datetime.datetime,
    now: datetime.datetime,
    by: Person,
) -> BreachEntry:
    """What was done to stop it, or to keep it from happening again."""
    held = hold(breach, by)
    if not words.strip():
        raise NotAllowed("Schrijf wat er is gedaan.", field="words")
    return add_entry(held.breach, Kind.MEASURE, at=at, words=words, now=now, by=by)


@transaction.atomic
def decide_authority(
    college: BreachCollege,
    outcome: str,
    *,
    at: datetime.datetime,
    who: str = "",
    number: str = "",
    words: str = "",
    now: datetime.datetime,
    by: Person,
) -> BreachEntry:
    """Reported to the AP (when, by whom, its number), not (why not), or left to the
    college; by the bureau, or by the college itself. The last one counts.

    Raises NotAllowed before the college was told, and for who may not.
    """
    held = hold(college.breach, by, may=_is_own(college, by))
    told = _told_at(held, college)
    if at < told:
        raise NotAllowed(_BEFORE_TOLD, field="at")
    if outcome == Outcome.NOT_REPORTED and not words.strip():
        raise NotAllowed("Schrijf waarom er geen melding komt.", field="words")
    if outcome == Outcome.REPORTED and not who.strip():
        raise NotAllowed("Vul in wie het heeft gemeld.", field="who")
    is_own = _is_own(college, by)
    if outcome == Outcome.LEFT and is_own:
        raise NotAllowed("Uw organisatie besluit zelf: wel of niet melden.")
    return add_entry(
        held.breach, Kind.AUTHORITY, college=college, outcome=outcome, at=at, who=who,
        number=number, words=words, is_own=is_own, now=now, by=by,
    )  # fmt: skip


@transaction.atomic
def decide_people(
    college: BreachCollege,
    outcome: str,
    *,
    at: datetime.datetime,
    words: str = "",
    now: datetime.datetime,
    by: Person,
) -> BreachEntry:
    """Whether the persons concerned were told (AVG art. 34), or why not."""
    held = hold(college.breach, by, may=_is_own(college, by))
    if at < _told_at(held, college):
        raise NotAllowed(_BEFORE_TOLD, field="at")
    if outcome == Outcome.PEOPLE_NOT_TOLD and not words.strip():
        raise NotAllowed("Schrijf waarom zij geen bericht krijgen.", field="words")
    return add_entry(
        held.breach, Kind.PEOPLE, college=college, outcome=outcome, at=at, words=words,
        is_own=_is_own(college, by), now=now, by=by,
    )  # fmt: skip


def hold(breach: Breach, by: Person, *, may: bool = False) -> Known:
    """The datalek as it is now, held until the transaction ends.

    Raises NotAllowed for who is not of the bureau or bestuur, unless he `may` for
    another reason; and once it was closed.
    """
    if not by.has_role(*BUREAU) and not may:
        raise NotAllowed("Over een datalek gaan het bureau en het bestuur.")
    known = held(breach)
    if known.is_closed:
        raise NotAllowed(f"{_cap(known)} is afgesloten. Heropen het eerst.")
    return known


def held(breach: Breach) -> Known:
    """The same, whoever asks and whatever its stage."""
    return fresh(Breach.objects.select_for_update().get(pk=breach.pk))


def add_entry(
    breach: Breach,
    kind: Kind,
    *,
    at: datetime.datetime,
    now: datetime.datetime,
    by: Person,
    **facts: Any,
) -> BreachEntry:
    """Write it down, in the history too. Raises NotAllowed for a moment that cannot be,
    ValidationError for a BSN in the words."""
    if at > now:
        raise NotAllowed("Dit moment ligt in de toekomst.", field="at")
    if at < breach.discovered_at:
        raise NotAllowed("Dit was voor de ontdekking van het datalek.", field="at")
    entry = BreachEntry(
        breach=breach, kind=kind, at=at, recorded_at=now, by=by, **facts
    )
    entry.full_clean(exclude=["content"])
    entry.save()
    said = {"college": str(entry.college.organisation)} if entry.college else {}
    if entry.outcome:
        said["outcome"] = entry.get_outcome_display()
    history.record(breach, f"breach {kind.value}", by, **said)
    return entry


_BEFORE_TOLD = "Dit was voordat het college is geïnformeerd."


def _standing(known: Known, college: BreachCollege) -> Standing:
    return next(o.standing for o in known.colleges if o.row.pk == college.pk)


def _told_at(known: Known, college: BreachCollege) -> datetime.datetime:
    told = _standing(known, college).told_at
    if told is None:
        raise NotAllowed(f"Informeer eerst {college.organisation}.")
    return told


def _is_own(college: BreachCollege, by: Person) -> bool:
    return college.organisation_id in by.organisations_as(*READERS)


def _cap(known: Known) -> str:
    words = str(known.breach)
    return words[:1].upper() + words[1:]
