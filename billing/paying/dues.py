"""What is still to be paid of a half-year, and to whom; whole once the bank paid it.

What is due is always a difference: all that was settled, reversals included, minus all
that was ordered before and did not come back. So nothing is ordered twice, and a
settlement that replaces another is due only what it adds.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from billing.models import Match, Payment, Period, Settlement
from billing.models.payments import PaymentQuerySet
from membership import history
from membership.models import Organisation
from nvsi.dutch import euro
from nvsi.money import ZERO


@dataclass(frozen=True)
class Due:
    """Euros still to be paid to an organisation; below zero: it owes them.

    settlement is the one in force; None for the fee of the uitvoerder, and for a
    holder whose settlement was reversed. organisation is None when the half-year had
    no uitvoerder.
    """

    organisation: Organisation | None
    settlement: Settlement | None
    amount: Decimal

    @property
    def is_payable(self) -> bool:
        return self.amount > 0 and bool(self.organisation and self.organisation.iban)

    def __str__(self) -> str:
        who = self.organisation.code if self.organisation else "de uitvoerder"
        return f"{who} {euro(abs(self.amount))}"


def open_dues(period: Period) -> list[Due]:
    """Per holder in order of code, then of the uitvoerder; without what is zero."""
    rows = period.settlements.approved().order_by()
    payments = Payment.objects.filter(batch__period=period)
    settled = _per_organisation(rows.annotate(amount=F("uitkering_gemeente")))
    ordered = _ordered(payments.to_holders())
    in_force = {s.organisation_id: s for s in rows.in_force()}
    dues = [
        Due(holder, in_force.get(holder.pk), settled[holder.pk] - ordered[holder.pk])
        for holder in Organisation.objects.filter(pk__in=settled).order_by("code")
    ]
    fee = rows.aggregate(total=Sum("uitkering_uitvoerder", default=ZERO))["total"]
    fee -= sum(_ordered(payments.to_uitvoerder()).values(), ZERO)
    uitvoerder = period.instrument.uitvoerder_on(period.halfyear.last_day)
    return [due for due in (*dues, Due(uitvoerder, None, fee)) if due.amount]


def left_out(dues: Iterable[Due]) -> str:
    """For people: what is not in a payment file, and why; empty when it is all in."""
    dues = list(dues)
    owing = [str(due) for due in dues if due.amount < 0]
    unpayable = [
        f"{due} ({'geen IBAN' if due.organisation else 'niet bekend'})"
        for due in dues
        if due.amount > 0 and not due.is_payable
    ]
    parts = []
    if owing:
        parts.append(f"{len(owing)} te ontvangen ({', '.join(owing)})")
    if unpayable:
        parts.append(f"niet betaalbaar: {', '.join(unpayable)}")
    return "; ".join(parts)


def mark_paid(period: Period) -> list[Settlement]:
    """Move to paid the settlements of which the bank paid all, no more and no less.

    Counted per holder: what replaces a settlement may have been paid before it was
    approved. A settlement that is not above zero is never paid by us.
    """
    paid = _per_organisation(
        Match.objects.filter(
            payment__batch__period=period, payment__settlement__isnull=False
        ).annotate(organisation=F("payment__organisation"))
    )
    waiting = period.settlements.in_force().filter(
        status=Settlement.Status.APPROVED, uitkering_gemeente__gt=0
    )
    whole = [s for s in waiting if paid[s.organisation_id] == s.uitkering_gemeente]
    for settlement in whole:
        history.move(settlement, Settlement.Status.PAID, by=None)
    return whole


def _ordered(payments: PaymentQuerySet) -> dict[int, Decimal]:
    """Euros per organisation that were ordered and did not come back."""
    ordered = _per_organisation(payments)
    came_back = Match.objects.filter(payment__in=payments, amount__lt=0)
    returned = _per_organisation(
        came_back.annotate(organisation=F("payment__organisation"))
    )
    for organisation_id, amount in returned.items():
        ordered[organisation_id] += amount
    return ordered


def _per_organisation(rows: Any) -> defaultdict[int, Decimal]:
    """The sum of amount per organisation, of rows that have both."""
    sums = rows.order_by().values_list("organisation").annotate(total=Sum("amount"))
    return defaultdict(lambda: ZERO, sums)
