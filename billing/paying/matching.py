"""Say which payment a line of the bank is about, and book it. Step 6 of the road.

A line is matched by its kenmerk (end-to-end id) or, where the bank books a whole
payment file as one amount, by that of the file. Anything else waits for a person.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from billing.booking import book_payment
from billing.models import BankLine, Match, Payment, PaymentBatch, Period, Settlement
from billing.paying.dues import mark_paid
from billing.settling.settlements import lock, require_role
from instruments.models import Instrument
from membership import history
from membership.models import Person, Role
from nvsi.dutch import euro
from nvsi.errors import NotAllowed
from nvsi.money import ZERO

MATCHERS = (Role.Name.BUREAU, Role.Name.PENNINGMEESTER, Role.Name.BESTUUR)

# A payment, and how many euros of it: above zero was paid, below zero came back.
Part = tuple[Payment, Decimal]


def hold_payments_back() -> None:
    """One bank account serves all instruments; nothing of them is ordered meanwhile."""
    for instrument in Instrument.objects.order_by("pk"):
        lock(instrument)


@transaction.atomic
def match(line: BankLine, payments: Sequence[Payment], *, by: Person) -> list[Match]:
    """Match a waiting line by hand: to one payment, or to all that is open of several.

    Raises NotAllowed when the line was matched before, or its amount does not fit.
    """
    require_role(by, MATCHERS, "een bankregel koppelen")
    hold_payments_back()
    if line.matches.exists():
        raise NotAllowed(f"De {line} is al gekoppeld.")
    parts = [(payment, _open(payment)) for payment in dict.fromkeys(payments)]
    if len(parts) == 1:
        parts = [(parts[0][0], -line.amount)]
    total = sum((amount for _, amount in parts), ZERO)
    if total != -line.amount:
        raise NotAllowed(
            f"Van deze betalingen staat {euro(total)} open; de {line} gaat over "
            f"{euro(-line.amount)}."
        )
    if objection := _objection(parts):
        raise NotAllowed(objection)
    matches = _book(line, parts, by)
    mark_paid_by([line])
    return matches


def match_by_itself(line: BankLine, *, by: Person | None) -> bool:
    """Match and book a line that says itself, and rightly, what it is about."""
    parts = _parts(line)
    if not parts or _objection(parts):
        return False
    _book(line, parts, by)
    return True


def is_return(line: BankLine) -> bool:
    """Whether a line brings a payment of ours back."""
    return line.amount > 0 and bool(_parts(line))


def mark_paid_by(lines: Iterable[BankLine]) -> None:
    """Move on the settlements that these lines paid wholly."""
    ids = [line.pk for line in lines]
    for period in Period.objects.filter(
        batches__payments__matches__line__in=ids
    ).distinct():
        mark_paid(period)


def _parts(line: BankLine) -> list[Part]:
    """What a line says that it is about, whether or not it fits; empty when nothing.

    Money that left for another account than we ordered is for a person to look at, and
    so is money that came in under our kenmerk without being returned by a bank.
    """
    if line.reversal != (line.amount > 0):
        return []
    if line.end_to_end_id:
        payment = Payment.objects.filter(end_to_end_id=line.end_to_end_id).first()
        if payment and line.counterparty_iban in ("", payment.iban):
            return [(payment, -line.amount)]
        return []
    batch = PaymentBatch.objects.filter(message_id=line.batch_id).first()
    if batch and batch.total == -line.amount:
        return [(payment, payment.amount) for payment in batch.payments.all()]
    return []


def _objection(parts: Iterable[Part]) -> str | None:
    """Why these payments cannot be matched so; None when they can."""
    for payment, amount in parts:
        still = _open(payment)
        if amount > still:
            return (
                f"Van betaling {payment} staat {euro(still)} open, geen {euro(amount)}."
            )
        if -amount > payment.amount - still:
            return f"Van betaling {payment} is geen {euro(-amount)} betaald."
        if amount < 0 and (settlement := _paid_settlement(payment)):
            return (
                f"{settlement} staat op betaald. Draai haar eerst terug en koppel "
                "daarna de bankregel."
            )
    return None


def _open(payment: Payment) -> Decimal:
    paid = payment.matches.aggregate(total=Sum("amount", default=ZERO))["total"]
    return payment.amount - Decimal(paid)


def _paid_settlement(payment: Payment) -> Settlement | None:
    """The settlement of the same holder and half-year that says to be paid."""
    if payment.settlement is None:
        return None
    return (
        payment.settlement.period.settlements.in_force()
        .filter(organisation=payment.organisation, status=Settlement.Status.PAID)
        .first()
    )


def _book(line: BankLine, parts: Sequence[Part], by: Person | None) -> list[Match]:
    history.record(
        line, "matched", by, payments=[payment.end_to_end_id for payment, _ in parts]
    )
    return Match.objects.bulk_create(
        Match(
            line=line,
            payment=payment,
            amount=amount,
            entry=book_payment(payment, amount, booked_on=line.booked_on, by=by),
        )
        for payment, amount in parts
    )
