"""Ask what happens with the data when an agreement ends: a row for each who has them.

At an opzegging at once; at an agreed last day the day after, unless it went on. A
gemeente that leaves what goes on for others is asked about its own data.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from contracts.annexes.choosing import version_for
from contracts.clearing import announcing, terms
from contracts.clearing.going_on import goes_on, used_under, uses_on
from contracts.models import (
    Clearing,
    Coverage,
    Gebruiksovereenkomst,
    Verwerkersovereenkomst,
)
from contracts.models.offers import Fact
from instruments.models import Instrument
from membership import history
from membership.models import Dissolution, Organisation, Person

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
    if ended_on is None or goes_on(fact, ended_on):
        return []
    return _ask(fact, fact.organisation, ended_on, by)


@transaction.atomic
def open_for_who_left(one: Coverage) -> list[Clearing]:
    """The rows of a gemeente that left an agreement, which goes on for others. Nothing
    when it uses the same on under another."""
    assert one.ends_on is not None, "so it was asked"
    if uses_on(one.gemeente, one.instrument, one.ends_on):
        return []
    return _ask(one.agreement, one.gemeente, one.ends_on, None)


def open_what_ended(today: datetime.date) -> int:
    """Of all that ended lately; gives how many rows are new. Safe to repeat."""
    lately = Q(ends_on__lt=today, ends_on__gte=today - LOOK_BACK)
    asked = Clearing.objects.standing().filter(ended_on=OuterRef("ends_on"))
    use = Gebruiksovereenkomst.objects.filter(
        lately,
        ~Exists(
            asked.filter(
                gebruiksovereenkomst=OuterRef("pk"),
                organisation=OuterRef("organisation"),
            )
        ),
    )
    covers = Verwerkersovereenkomst.objects.filter(
        lately, ~Exists(asked.filter(verwerkersovereenkomst=OuterRef("pk")))
    )
    facts: list[Fact] = [
        *use.select_related("organisation", "instrument"),
        *covers.select_related("organisation"),
    ]
    made = [open_for(fact, by=None) for fact in facts]
    made += [open_for_who_left(one) for one in _who_left(lately, today)]
    return sum(map(len, made))


def _who_left(lately: Q, today: datetime.date) -> list[Coverage]:
    """Of whom the cover ended before the agreement, and nothing was asked. The data of
    who was dissolved are of its successor."""
    asked = Clearing.objects.standing().filter(
        gebruiksovereenkomst=OuterRef("agreement"),
        organisation=OuterRef("gemeente"),
        ended_on=OuterRef("ends_on"),
    )
    longer = Q(agreement__ends_on__isnull=True) | Q(agreement__ends_on__gt=F("ends_on"))
    rows = Coverage.objects.filter(lately, longer, ~Exists(asked))
    rows = rows.exclude(gemeente=F("agreement__organisation"))
    dissolved = Dissolution.objects.by(today).values("organisation")
    rows = rows.exclude(gemeente__in=dissolved)
    joined = ("gemeente", "instrument", "agreement__organisation")
    return list(rows.select_related(*joined))


def _ask(
    fact: Verwerkersovereenkomst | Gebruiksovereenkomst,
    organisation: Organisation,
    ended_on: datetime.date,
    by: Person | None,
) -> list[Clearing]:
    made = []
    for instrument in _instruments(fact, ended_on):
        for holder in holders(instrument, fact.organisation, ended_on):
            row, is_new = Clearing.objects.get_or_create(
                **{str(fact._meta.model_name): fact},
                organisation=organisation,
                instrument=instrument,
                processor=holder.name,
                ended_on=ended_on,
                called_off_at=None,
                defaults={
                    "clears": holder.clears,
                    "is_ours": holder.is_ours,
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
    fact: Verwerkersovereenkomst | Gebruiksovereenkomst, ended_on: datetime.date
) -> list[Instrument | None]:
    """Of a verwerkersovereenkomst what was used under it; without any the NVSI alone
    has something."""
    if isinstance(fact, Gebruiksovereenkomst):
        return [fact.instrument]
    return [*used_under(fact, ended_on)] or [None]
