"""Ask what happens with the data when an agreement ends: a row for each who has them.

At an opzegging at once; at an agreed last day the day after, unless it went on.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from contracts.annexes.choosing import version_for
from contracts.clearing import announcing, terms
from contracts.models import (
    Clearing,
    Coverage,
    Gebruiksovereenkomst,
    Verwerkersovereenkomst,
)
from contracts.models.offers import Fact
from instruments.models import Instrument
from membership import history
from membership.models import Organisation, Person

ONE_DAY = datetime.timedelta(days=1)
# What ended longer ago was cleared before the portal asked about it.
LOOK_BACK = datetime.timedelta(days=90)
OURS = "Nederlandse Vereniging voor Sociale Innovatie (NVSI)"


@dataclass(frozen=True)
class Holder:
    """Who has data: a name, and the organisation that signs for it in the portal."""

    name: str
    clears: Organisation | None = None
    is_ours: bool = False


@transaction.atomic
def open_for(fact: Fact, *, by: Person | None) -> list[Clearing]:
    """The rows of an agreement that ends; those that are there already stay as they
    are. Nothing for one that goes on under another, or with an uitvoerder itself."""
    if not isinstance(fact, Verwerkersovereenkomst | Gebruiksovereenkomst):
        return []
    ended_on = fact.ends_on
    if ended_on is None or _goes_on(fact, ended_on):
        return []
    made = []
    for instrument in _instruments(fact):
        for holder in holders(instrument, fact.organisation, ended_on):
            row, is_new = Clearing.objects.get_or_create(
                **{str(fact._meta.model_name): fact},
                instrument=instrument,
                processor=holder.name,
                defaults={
                    "organisation": fact.organisation,
                    "clears": holder.clears,
                    "is_ours": holder.is_ours,
                    "ended_on": ended_on,
                    "choose_by": terms.choose_by(ended_on),
                    "due_on": terms.due_on(ended_on, None),
                },
            )
            if is_new:
                made.append(row)
    if made:
        history.record(fact, "data asked", by, total=len(made))
        announcing.choice_is_asked(made)
    return made


def open_what_ended(today: datetime.date) -> int:
    """Of all that ended lately; gives how many rows are new. Safe to repeat."""
    lately = Q(
        ends_on__lt=today, ends_on__gte=today - LOOK_BACK, clearings__isnull=True
    )
    use = Gebruiksovereenkomst.objects.filter(lately)
    covers = Verwerkersovereenkomst.objects.filter(lately)
    facts: list[Fact] = [
        *use.select_related("organisation", "instrument"),
        *covers.select_related("organisation"),
    ]
    return sum(len(open_for(fact, by=None)) for fact in facts)


def holders(
    instrument: Instrument | None, organisation: Organisation, on: datetime.date
) -> Iterator[Holder]:
    """The NVSI, the sub-verwerkers of the annexes that held, and the uitvoerder."""
    yield Holder(OURS, is_ours=True)
    if instrument is None:
        return
    uitvoerder = instrument.uitvoerder_on(on)
    version = version_for(instrument, on, organisation)
    names = [one.name for one in version.subprocessors.all()] if version else []
    theirs = _names_of(uitvoerder)
    for name in names:
        yield Holder(name, uitvoerder if name.casefold() in theirs else None)
    if uitvoerder and not theirs & {name.casefold() for name in names}:
        yield Holder(uitvoerder.name, uitvoerder)


def _names_of(organisation: Organisation | None) -> set[str]:
    if organisation is None:
        return set()
    names = (organisation.name, organisation.short_name, organisation.formal_name)
    return {name.casefold() for name in names if name}


def _instruments(
    fact: Verwerkersovereenkomst | Gebruiksovereenkomst,
) -> list[Instrument | None]:
    """Of a verwerkersovereenkomst: what was used under it, and is not cleared under
    the agreement of use already. Without any the NVSI alone has something."""
    if isinstance(fact, Gebruiksovereenkomst):
        return [fact.instrument]
    used = Coverage.objects.filter(
        Q(gemeente=fact.organisation) | Q(agreement__organisation=fact.organisation),
        starts_on__lte=fact.ends_on,
    )
    cleared = Clearing.objects.exclude(gebruiksovereenkomst=None)
    used = used.exclude(agreement__in=cleared.values("gebruiksovereenkomst"))
    rows = Instrument.objects.filter(pk__in=used.values("instrument"))
    return [*rows.order_by("name")] or [None]


def _goes_on(
    fact: Verwerkersovereenkomst | Gebruiksovereenkomst, ended_on: datetime.date
) -> bool:
    """Whether the same is agreed again from the day after, by whoever."""
    after = ended_on + ONE_DAY
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=after)
    if isinstance(fact, Verwerkersovereenkomst):
        rows = fact.organisation.verwerkersovereenkomsten.filter(still)
        return rows.filter(starts_on__lte=after).exclude(pk=fact.pk).exists()
    gemeenten = set(fact.coverages.values_list("gemeente", flat=True))
    others = Coverage.objects.filter(
        still, starts_on__lte=after, instrument=fact.instrument, gemeente__in=gemeenten
    ).exclude(agreement=fact)
    return gemeenten <= set(others.values_list("gemeente", flat=True))
