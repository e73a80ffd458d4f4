"""The agreements that a dissolved gemeente still has.

What becomes of them is a matter of law and of the parties: here the decision is written
down, with where it can be found. The agreement itself changes by its own verbs.
"""

import datetime
from typing import Any

from django.db.models import Q, QuerySet

from contracts.models import (
    Breach,
    BreachCollege,
    Consent,
    Coverage,
    Gebruiksovereenkomst,
    Verwerkersovereenkomst,
)
from membership.models import Organisation
from membership.redivision.outcomes import Outcome
from membership.redivision.sorts import Sort, only_recorded
from nvsi.dutch import short_day

RECORDED = {
    Outcome.GOES_OVER: only_recorded,
    Outcome.ENDS: only_recorded,
    Outcome.STAYS: only_recorded,
}
MORE = (
    "Dit legt alleen uw besluit vast. Wijzig de overeenkomst zelf, of sluit een nieuwe "
    "met de opvolger; verwijs hier naar het stuk."
)


def _going_on(rows: QuerySet[Any], day: datetime.date) -> QuerySet[Any]:
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def _since(row: Any) -> str:
    until = f" tot en met {short_day(row.ends_on)}" if row.ends_on else ""
    return f"vanaf {short_day(row.starts_on)}{until}"


def _coverages(gemeente: Organisation, day: datetime.date) -> QuerySet[Any]:
    """Under the agreement of another; its own is told as such."""
    rows = gemeente.coverages.select_related("agreement__organisation", "instrument")
    return _going_on(rows.exclude(agreement__organisation=gemeente), day)


def _consents(gemeente: Organisation, day: datetime.date) -> QuerySet[Any]:
    """Asked and not answered, of a change that was not called off."""
    rows = gemeente.annex_consents.filter(answer="", version__withdrawn_at=None)
    return rows.select_related("version__instrument", "organisation")


def _breaches(gemeente: Organisation, day: datetime.date) -> QuerySet[Any]:
    """Of datalekken that were not closed."""
    rows = gemeente.breaches.filter(breach__in=Breach.objects.running())
    return rows.select_related("breach", "organisation")


SORTS = [
    Sort(
        name="gebruiksovereenkomst",
        label="Gebruiksovereenkomst",
        model=Gebruiksovereenkomst,
        find=lambda gemeente, day: _going_on(
            gemeente.gebruiksovereenkomsten.select_related("instrument"), day
        ),
        tell=lambda row: f"{row.instrument}, {_since(row)}",
        acts=RECORDED,
        more=MORE,
    ),
    Sort(
        name="verwerkersovereenkomst",
        label="Verwerkersovereenkomst",
        model=Verwerkersovereenkomst,
        find=lambda gemeente, day: _going_on(
            gemeente.verwerkersovereenkomsten.all(), day
        ),
        tell=lambda row: f"getekend {short_day(row.starts_on)}",
        acts=RECORDED,
        more=MORE,
    ),
    Sort(
        name="coverage",
        label="Onder de overeenkomst van een ander",
        model=Coverage,
        find=_coverages,
        tell=lambda row: (
            f"{row.instrument}, van {row.agreement.organisation}, {_since(row)}"
        ),
        acts=RECORDED,
        more=MORE,
    ),
    Sort(
        name="annex_consent",
        label="Gewijzigde bijlagen",
        model=Consent,
        find=_consents,
        tell=lambda row: f"{row.version}: nog geen antwoord",
        acts=RECORDED,
        more="Dit legt alleen uw besluit vast. Antwoordt de opvolger? Leg haar "
        "antwoord dan vast bij de vraag, met waar het uit blijkt.",
    ),
    Sort(
        name="breach",
        label="Datalek",
        model=BreachCollege,
        find=_breaches,
        tell=lambda row: f"{row.breach.number}: nog niet afgesloten",
        acts=RECORDED,
        more="Dit legt alleen uw besluit vast. Informeer ook het college van de "
        "opvolger, en voeg die organisatie toe aan het datalek.",
    ),
]
