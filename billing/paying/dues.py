"""What is still to be paid or received of a half-year; whole once the bank moved it.

What is due is always a difference: all that was settled, reversals included, minus all
that was ordered before and did not come back, plus what a holder paid to us. So nothing
is ordered or received twice, and a settlement that replaces another is due only what
it adds.

What the innovatiekas spent on an order is due to the uitvoerder, and goes into the file
of the half-year of its instrument that was closed last: it does not wait for the next.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from billing.models import KasMovement, Match, Payment, Period, RunStatus, Settlement
from billing.models.payments import PaymentQuerySet
from billing.paying.orders import paid_for, reference_of, uitvoerder_of
from membership import history
from membership.models import Organisation
from nvsi.dutch import euro
from nvsi.money import ZERO

REVERSED = Settlement.Status.REVERSED


@dataclass(frozen=True)
class Due:
    """Euros still to be paid to an organisation; below zero: it owes them.

    settlement is the one in force; None for the fee of the uitvoerder, for an order
    (which has its movement of the kas), and for a holder whose settlement was reversed.
    organisation is None when the half-year had no uitvoerder. received_for is the
    settlement to which a receipt of a holder is matched: also after it was turned back.
    """

    organisation: Organisation | None
    settlement: Settlement | None
    amount: Decimal
    movement: KasMovement | None = None
    received_for: Settlement | None = None

    @property
    def is_payable(self) -> bool:
        return self.amount > 0 and bool(self.organisation and self.organisation.iban)

    @property
    def number(self) -> str:
        """Of the settlement or of the order; empty for the fee."""
        if self.movement is not None:
            return reference_of(self.movement)
        return (self.settlement and self.settlement.number) or ""

    def __str__(self) -> str:
        who = self.organisation.code if self.organisation else "de uitvoerder"
        return f"{who} {euro(abs(self.amount))}"


def open_dues(period: Period) -> list[Due]:
    """Per holder in order of code, then of the uitvoerder: its fee and its orders;
    without what is zero."""
    rows = period.settlements.approved().order_by()
    payments = Payment.objects.filter(batch__period=period)
    uitvoerder = period.instrument.uitvoerder_on(period.halfyear.last_day)
    fee = rows.aggregate(total=Sum("uitkering_uitvoerder", default=ZERO))["total"]
    fee -= sum(_ordered(payments.to_uitvoerder()).values(), ZERO)
    dues = [
        *_of_holders(period, payments),
        Due(uitvoerder, None, fee),
        *_of_orders(period),
    ]
    return [due for due in dues if due.amount]


def _of_holders(period: Period, payments: PaymentQuerySet) -> Iterator[Due]:
    settled: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    last: dict[int, Settlement] = {}
    in_force: dict[int, Settlement] = {}
    rows = period.settlements.approved().order_by("number_year", "number_sequence")
    for row in rows:
        settled[row.organisation_id] += row.uitkering_gemeente
        last[row.organisation_id] = row
        if row.kind != Settlement.Kind.REVERSAL and row.status != REVERSED:
            in_force[row.organisation_id] = row
    ordered = _ordered(payments.to_holders())
    received = _received(period)
    for holder in Organisation.objects.filter(pk__in=settled).order_by("code"):
        amount = settled[holder.pk] - ordered[holder.pk] - received[holder.pk]
        held = in_force.get(holder.pk)
        yield Due(holder, held, amount, received_for=held or last[holder.pk])


def _of_orders(period: Period) -> Iterator[Due]:
    """What was spent and not ordered at the bank, the oldest first."""
    if period != last_closed(period):
        return
    spent = KasMovement.objects.filter(
        instrument=period.instrument_id, kind=KasMovement.Kind.SPEND
    )
    for movement in spent.with_ground().order_by("pk"):
        amount = movement.amount - paid_for(movement)
        if amount:
            yield Due(uitvoerder_of(movement), None, amount, movement)


def last_closed(period: Period) -> Period | None:
    closed = Period.objects.filter(
        instrument=period.instrument_id, closed_at__isnull=False
    )
    return closed.order_by("halfyear").last()


def periods_with_dues() -> QuerySet[Period]:
    """Of which something may be due: most half-years were wholly paid long ago."""
    waiting = Settlement.objects.filter(
        period=OuterRef("pk"), status=Settlement.Status.APPROVED
    )
    spent = KasMovement.objects.filter(
        instrument=OuterRef("instrument"), kind=KasMovement.Kind.SPEND
    )
    later = Period.objects.filter(
        instrument=OuterRef("instrument"),
        halfyear__gt=OuterRef("halfyear"),
        closed_at__isnull=False,
    )
    periods = Period.objects.filter(runs__status=RunStatus.APPROVED)
    return periods.filter(
        Exists(waiting) | Exists(spent) & ~Exists(later)
    ).select_related("instrument")


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
    """Move to paid the settlements of which the bank moved all, no more and no less.

    Counted per holder: what replaces a settlement may have been paid before it was
    approved. One below zero is paid once the holder paid it to us.
    """
    moved = _per_organisation(
        Match.objects.filter(
            payment__batch__period=period, payment__settlement__isnull=False
        ).annotate(organisation=F("payment__organisation"))
    )
    for holder, amount in _received(period).items():
        moved[holder] += amount
    waiting = period.settlements.in_force().filter(status=Settlement.Status.APPROVED)
    whole = [
        settlement
        for settlement in waiting.exclude(uitkering_gemeente=0)
        if moved[settlement.organisation_id] == settlement.uitkering_gemeente
    ]
    for settlement in whole:
        history.move(settlement, Settlement.Status.PAID, by=None)
    return whole


def _received(period: Period) -> defaultdict[int, Decimal]:
    """Per holder what it paid to us, in euros below zero."""
    receipts = Match.objects.received().filter(settlement__period=period)
    return _per_organisation(
        receipts.annotate(organisation=F("settlement__organisation"))
    )


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
