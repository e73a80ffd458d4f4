"""What the bijdrage on a statement rests on, and what the innovatiekas gets of it.

Beside the frozen paper and never in it: a paper names the decision in its own words.
Only for who may read a decision of the ALV; what a kas is filled with is for the same.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Value
from django.utils.safestring import SafeString

from billing.innovatiekas.shares import share_in
from billing.models import KasShare, Settlement
from billing.statements.kept import kept
from instruments.models import ContributionRate
from membership.models import AlvBesluit, Person
from membership.models.alv import AlvBesluitQuerySet
from nvsi.dutch import euro
from nvsi.money import share

CONTRIBUTION = "afdracht_gemeente"


@dataclass(frozen=True)
class ToTheKas:
    """The part of the bijdrage of one statement that goes to the innovatiekas.

    The kas is filled with one amount per half-year, rounded over all statements
    together; so the parts of the statements can differ a cent from it.
    """

    pct: str
    contribution: str
    amount: str
    besluit: AlvBesluit


@dataclass(frozen=True)
class Grounds:
    besluiten: Sequence[AlvBesluit]
    kas: ToTheKas | None


def grounds_of(
    settlement: Settlement, person: Person, *, on: datetime.date
) -> SafeString | None:
    """The part of the page, worked out once as long as the decisions stay the same.

    None for who may not read decisions, and for a reversal or what is reversed.
    """
    if settlement.kind == Settlement.Kind.REVERSAL:
        return None
    if settlement.status == Settlement.Status.REVERSED:
        return None
    facts = _facts(settlement, AlvBesluit.objects.visible_to(person, on=on))
    if not facts:
        return None
    return kept(
        "billing/_grounds.html",
        f"{settlement.pk} {facts}",
        lambda: {"grounds": _grounds(settlement), "settlement": settlement},
    )


def _facts(settlement: Settlement, visible: AlvBesluitQuerySet) -> str:
    """What can still change of it, in one query: rates and shares, their besluiten."""
    rates = ContributionRate.objects.annotate(
        what=Value("rate"), part=F("gemeente_pct")
    )
    shares = KasShare.objects.annotate(what=Value("share"), part=F("pct"))
    of_both = (
        "what",
        "from_halfyear",
        "part",
        "besluit__reference",
        "besluit__subject",
    )
    found, more = (
        rows.filter(instrument=settlement.period.instrument_id, besluit__in=visible)
        .order_by()
        .values_list(*of_both)
        for rows in (rates, shares)
    )
    return "\n".join(sorted(map(str, found.union(more))))


def _grounds(settlement: Settlement) -> Grounds | None:
    """Of who may read decisions, and so every one."""
    besluiten = _cited(settlement)
    return Grounds(besluiten, _to_the_kas(settlement)) if besluiten else None


def _cited(settlement: Settlement) -> Sequence[AlvBesluit]:
    """The decisions that set its percentages: nagekomen work can have another one."""
    used = [
        rate
        for frozen in settlement.lines.values_list("rates", flat=True)
        for rate in frozen
        if rate["kind"] == CONTRIBUTION
    ]
    since = {rate["since"] for rate in used}
    words = " ".join(rate["source"] for rate in used)
    rates = ContributionRate.objects.filter(
        instrument=settlement.period.instrument_id
    ).select_related("besluit")
    found = {
        rate.besluit_id: rate.besluit
        for rate in rates.order_by("from_halfyear")
        if str(rate.from_halfyear) in since or rate.besluit.cited in words
    }
    return list(found.values())


def _to_the_kas(settlement: Settlement) -> ToTheKas | None:
    """None when no share held in its half-year, or there was no bijdrage."""
    rows = KasShare.objects.filter(instrument=settlement.period.instrument_id)
    shares = list(rows.select_related("besluit").order_by("from_halfyear"))
    held = share_in(settlement.period.halfyear, shares)
    if held is None or not held.pct or settlement.bijdrage_nvsi <= 0:
        return None
    return ToTheKas(
        pct=held.words,
        contribution=euro(settlement.bijdrage_nvsi),
        amount=euro(share(settlement.bijdrage_nvsi, held.pct)),
        besluit=held.besluit,
    )
