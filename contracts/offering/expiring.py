"""What ends by itself or by opzegging: by month, and whether something follows."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from contracts.models import (
    Gebruiksovereenkomst,
    Offer,
    Uitvoeringsovereenkomst,
    Verwerkersovereenkomst,
)
from contracts.models.offers import FACT_OF, Fact
from contracts.stopping.notices import kind_of
from membership.models import Organisation


@dataclass(frozen=True)
class Ending:
    """One agreement with a last day: what happens then, in words; is_open when nobody
    arranged anything."""

    fact: Any
    title: str
    organisation: Organisation
    on: datetime.date
    what: str
    is_open: bool

    @property
    def url(self) -> str:
        """Where the bureau prolongs it, or writes down that it ends."""
        meta = self.fact._meta
        name = f"admin:{meta.app_label}_{meta.model_name}_change"
        return reverse(name, args=[self.fact.pk])


@dataclass(frozen=True)
class EndingMonth:
    first: datetime.date
    rows: Sequence[Ending]


def endings(today: datetime.date) -> list[Ending]:
    """All that runs and has a last day, the first one first. Four queries."""
    following = _on_their_way()
    found = [
        _ending(fact, following.get((FACT_OF[kind_of(fact)], fact.pk)))
        for model in (
            Verwerkersovereenkomst,
            Gebruiksovereenkomst,
            Uitvoeringsovereenkomst,
        )
        for fact in _with_a_last_day(model, today)
    ]
    return sorted(found, key=lambda one: (one.on, one.title, one.organisation.name))


def by_month(rows: Sequence[Ending]) -> list[EndingMonth]:
    months = groupby(rows, key=lambda one: one.on.replace(day=1))
    return [EndingMonth(first, list(found)) for first, found in months]


def _with_a_last_day(model: Any, today: datetime.date) -> Iterator[Fact]:
    rows = model.objects.filter(ends_on__gte=today)
    names = ["organisation", "notice"]
    if model is not Verwerkersovereenkomst:
        names.append("instrument")
    yield from rows.select_related(*names)


def _on_their_way() -> dict[tuple[str, int], Offer]:
    """The offers that prolong or change an agreement, by what they go on with."""
    return {
        (name, getattr(offer, f"{name}_id")): offer
        for offer in Offer.objects.running().defer("document", "filled")
        for name in FACT_OF.values()
        if getattr(offer, f"{name}_id")
    }


def _ending(fact: Any, following: Offer | None) -> Ending:
    about = f" {fact.instrument}" if hasattr(fact, "instrument") else ""
    what = "Nog niets geregeld"
    if hasattr(fact, "notice"):
        what = "Opgezegd"
    elif following is not None:
        what = f"{following.get_why_display().capitalize()} {following.reference} loopt"
    return Ending(
        fact=fact,
        title=f"{kind_of(fact).label.capitalize()}{about}",
        organisation=fact.organisation,
        on=fact.ends_on,
        what=what,
        is_open=following is None and not hasattr(fact, "notice"),
    )
