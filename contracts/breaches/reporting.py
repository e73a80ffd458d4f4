"""A datalek is reported: through the portal, or by phone to the bureau.

The bureau is told at once. Whose data it is about need not be known yet; a gemeente
that reports one of itself is concerned, and knows since the discovery.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from contracts.breaches import announcing
from contracts.breaches.recording import (
    BUREAU,
    Found,
    add_concerned,
    add_description,
    add_entry,
)
from contracts.breaches.rules import Kind, Outcome
from contracts.models import Coverage, Gebruiksovereenkomst
from contracts.models.breaches import REPORTERS, Breach, BreachLimit
from instruments.models import Instrument, Uitvoerder
from membership import history
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time


@dataclass(frozen=True)
class Discovery:
    """When it was discovered, and by whom; caller is who told it to the bureau."""

    at: datetime.datetime
    by: str
    caller: str = ""


@transaction.atomic
def report(
    discovery: Discovery,
    found: Found,
    *,
    reported_for: Organisation | None,
    colleges: Iterable[Organisation] = (),
    instruments: Iterable[Instrument] = (),
    key: uuid.UUID,
    now: datetime.datetime,
    by: Person,
) -> Breach:
    """Write it down with its clock, and tell the bureau. Twice is once, by its key.

    reported_for is None when the association itself reports, or was called. Raises
    NotAllowed for who may not, and for a discovery in the future; ValidationError for
    a BSN in the words.
    """
    _require_may(reported_for, by)
    if discovery.at > now:
        raise NotAllowed("Dit moment ligt in de toekomst.", field="discovered_at")
    one_at_a_time("breach number")
    if earlier := Breach.objects.filter(key=key, reported_by=by).first():
        return earlier
    breach = _add(discovery, reported_for, key=key, now=now, by=by)
    add_description(breach, found, now=now, by=by)
    own = _own_college(reported_for)
    chosen = {one.pk: one for one in [*own, *colleges]}
    rows = add_concerned(breach, chosen.values(), instruments, now=now, by=by)
    history.record(breach, "breach reported", by)
    for row in rows:
        if reported_for and row.organisation_id == reported_for.pk:
            add_entry(breach, Kind.TOLD, college=row, outcome=Outcome.OWN,
                      at=discovery.at, is_own=True, now=now, by=by)  # fmt: skip
    announcing.was_reported(breach)
    return breach


def within_hours(on: datetime.date) -> int:
    """Our limit on a day. Raises LookupError when nobody ever set one."""
    limit = BreachLimit.objects.filter(starts_on__lte=on).first()
    if limit is None:
        raise LookupError(f"no limit for a datalek on {on}")
    return limit.hours


def instruments_of(organisation: Organisation | None) -> list[Instrument]:
    """What an uitvoerder carries out or carried out, what others use or used; all of
    them for the association."""
    if organisation is None:
        return list(Instrument.objects.own().order_by("name"))
    terms = Uitvoerder.objects.filter(organisation=organisation)
    used = Gebruiksovereenkomst.objects.filter(organisation=organisation)
    covered = Coverage.objects.filter(gemeente=organisation)
    found = [rows.values("instrument") for rows in (terms, used, covered)]
    asked = Q(pk__in=found[0]) | Q(pk__in=found[1]) | Q(pk__in=found[2])
    return list(Instrument.objects.filter(asked).order_by("name"))


def colleges_of(instruments: Iterable[Instrument]) -> list[Organisation]:
    """The gemeenten that use these instruments or did: whose data it can be about."""
    covered = Coverage.objects.filter(instrument__in=list(instruments))
    gemeenten = Organisation.objects.filter(pk__in=covered.values("gemeente"))
    return list(gemeenten.order_by("name", "code"))


def _add(
    discovery: Discovery,
    reported_for: Organisation | None,
    *,
    key: uuid.UUID,
    now: datetime.datetime,
    by: Person,
) -> Breach:
    year = timezone.localdate(now).year
    numbers = Breach.objects.filter(number_year=year)
    last = numbers.aggregate(last=Max("number_sequence"))["last"]
    breach = Breach(
        number_year=year,
        number_sequence=(last or 0) + 1,
        key=key,
        # In UTC: a sum with hours of here is an hour off when the clock changes.
        discovered_at=discovery.at.astimezone(datetime.UTC),
        discovered_by=discovery.by,
        caller=discovery.caller,
        reported_at=now,
        reported_by=by,
        reported_for=reported_for,
        within_hours=within_hours(timezone.localdate(discovery.at)),
    )
    breach.full_clean()
    breach.save()
    return breach


def _own_college(reported_for: Organisation | None) -> list[Organisation]:
    """Who reports for itself is concerned; an uitvoerder has no college."""
    if reported_for is None or reported_for.kind == Organisation.Kind.UITVOERDER:
        return []
    return [reported_for]


def _require_may(reported_for: Organisation | None, by: Person) -> None:
    if reported_for is None:
        if not by.has_role(*BUREAU):
            raise NotAllowed("Een datalek legt het bureau vast, of het bestuur.")
    elif reported_for.pk not in by.organisations_as(*REPORTERS):
        raise NotAllowed("U kunt geen datalek melden voor deze organisatie.")
