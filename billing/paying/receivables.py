"""What holders owe the association, and what of it was received.

A result below zero, or too much that was paid for a settlement that was turned back. It
is the due below zero of a half-year (billing.paying.dues): one sum, so nothing is
received twice.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from billing.booking import book_receipt
from billing.models import BankLine, Match, Settlement
from billing.paying.dues import open_dues, periods_with_dues
from billing.settling.settlements import lock, require_role
from instruments.models import Instrument
from membership import history
from membership.models import Person, Role
from nvsi.errors import NotAllowed
from nvsi.money import ZERO

UNDOERS = (Role.Name.BUREAU, Role.Name.PENNINGMEESTER, Role.Name.BESTUUR)


def receivables() -> Iterator[tuple[Settlement, Decimal]]:
    """Each holder that owes something of a half-year: the settlement for which it is
    matched, and how many euros."""
    for period in periods_with_dues().order_by("instrument", "halfyear").distinct():
        for due in open_dues(period):
            if due.amount < 0 and due.received_for is not None:
                yield due.received_for, -due.amount


def owed_for(settlement: Settlement) -> Decimal:
    """Euros that its holder still owes of its half-year; never below zero."""
    for due in open_dues(settlement.period):
        of = due.received_for
        if of and of.organisation_id == settlement.organisation_id:
            return max(-due.amount, ZERO)
    return ZERO


def settled(settlement: Settlement) -> Settlement | None:
    """That of the same holder and half-year that says to be paid."""
    return (
        Settlement.objects.in_force()
        .filter(
            period=settlement.period_id,
            organisation=settlement.organisation_id,
            status=Settlement.Status.PAID,
        )
        .first()
    )


@transaction.atomic
def undo(line: BankLine, *, reason: str, by: Person) -> list[Match]:
    """Take back that a line was a receipt: book the opposite, so that the line waits
    again and the amount is open again.

    Raises NotAllowed for what was paid by us: the bank did what we ordered.
    """
    require_role(by, UNDOERS, "een koppeling ongedaan maken")
    for instrument in Instrument.objects.order_by("pk"):
        lock(instrument)
    receipts = list(
        line.matches.holding().select_related("settlement__organisation", "payment")
    )
    if not receipts or any(one.settlement is None for one in receipts):
        raise NotAllowed("Alleen een ontvangst kan ongedaan worden gemaakt.")
    for receipt in receipts:
        assert receipt.settlement is not None, "looked at just above"
        if paid := settled(receipt.settlement):
            history.move(paid, Settlement.Status.APPROVED, by, reason=reason)
    history.record(line, "match undone", by, reason=reason)
    today = timezone.localdate()
    return Match.objects.bulk_create(
        Match(
            line=line,
            settlement=receipt.settlement,
            undoes=receipt,
            amount=-receipt.amount,
            entry=book_receipt(
                receipt.settlement, -receipt.amount, booked_on=today, by=by
            ),
        )
        for receipt in receipts
        if receipt.settlement is not None
    )
