"""Which organisations use an instrument on a day."""

import datetime
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from contracts.models import Coverage, Gebruiksovereenkomst
from instruments.models import Instrument
from membership.letters.segments import Use
from membership.models import Organisation


def uses(on: datetime.date) -> Iterator[Use]:
    """Every instrument, with its holders and the gemeenten under their agreements."""
    agreements = Gebruiksovereenkomst.objects.active_on(on)
    pairs = {
        *agreements.values_list("instrument_id", "organisation_id"),
        *_covered(on).values_list("instrument_id", "gemeente_id"),
    }
    for instrument in Instrument.objects.own().order_by("name"):
        who = frozenset(pk for at, pk in pairs if at == instrument.pk)
        yield Use(instrument.slug, instrument.name, who)


def uses_it(
    organisation: Organisation, instrument: Instrument, on: datetime.date
) -> bool:
    """Whether it holds an agreement in force, or works under that of another."""
    held = Gebruiksovereenkomst.objects.active_on(on).filter(
        organisation=organisation, instrument=instrument
    )
    covered = _covered(on).filter(gemeente=organisation, instrument=instrument)
    return held.exists() or covered.exists()


def under_another(organisation: Organisation, on: datetime.date) -> QuerySet[Coverage]:
    """What a gemeente uses under the agreement of a samenwerkingsverband."""
    rows = _covered(on).filter(gemeente=organisation)
    others = rows.exclude(agreement__organisation=organisation)
    return others.select_related("instrument", "agreement__organisation")


def gemeenten_by_instrument(on: datetime.date) -> dict[int, list[Organisation]]:
    """The gemeenten that use each instrument, by name; instruments by id. One query."""
    found: dict[int, list[Organisation]] = {}
    rows = _covered(on).select_related("gemeente").order_by("gemeente__short_name")
    for row in rows:
        found.setdefault(row.instrument_id, []).append(row.gemeente)
    return found


def _covered(on: datetime.date) -> QuerySet[Coverage]:
    return Coverage.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on
    )
