"""Who is concerned by the annexes of an instrument."""

import datetime
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from contracts.models import (
    Coverage,
    Gebruiksovereenkomst,
    Uitvoeringsovereenkomst,
    Verwerkersovereenkomst,
)
from contracts.models.annexes import ASKED
from instruments.models import Instrument
from membership.models import Organisation, Person, Role

Rows = TypeVar("Rows", bound=Model)


def concerned(instrument: Instrument, on: datetime.date) -> QuerySet[Organisation]:
    """Who uses it under a verwerkersovereenkomst of its own, on a day; and the
    uitvoerder, which is sub-verwerker under its uitvoeringsovereenkomst.

    A gemeente under a samenwerkingsverband is asked itself when it has such an
    agreement itself; else the samenwerkingsverband answers for it.
    """
    carries_out = _on(Uitvoeringsovereenkomst.objects.all(), on).filter(
        organisation=OuterRef("pk"), instrument=instrument
    )
    agreed = _on(Verwerkersovereenkomst.objects.all(), on).filter(
        organisation=OuterRef("pk")
    )
    holds = _on(Gebruiksovereenkomst.objects.all(), on).filter(
        organisation=OuterRef("pk"), instrument=instrument
    )
    falls_under = _on(Coverage.objects.all(), on).filter(
        gemeente=OuterRef("pk"), instrument=instrument
    )
    uses = Exists(agreed) & (Exists(holds) | Exists(falls_under))
    rows = Organisation.objects.filter(uses | Exists(carries_out))
    return rows.order_by("name")


def readers_of(
    organisations: Iterable[Organisation], on: datetime.date
) -> dict[int, list[Person]]:
    """Who is written to, by organisation: each person once."""
    roles = (
        Role.objects.active_on(on)
        .filter(
            name__in=ASKED,
            organisation__in=list(organisations),
            person__is_active=True,
        )
        .select_related("person")
        .order_by("person__name")
    )
    found: dict[int, list[Person]] = {}
    for role in roles:
        assert role.organisation_id is not None
        people = found.setdefault(role.organisation_id, [])
        if role.person not in people:
            people.append(role.person)
    return found


def _on(rows: QuerySet[Rows], day: datetime.date) -> QuerySet[Rows]:
    return rows.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
    )
