"""Say what a line of the bank is about, and book it. Step 6 of the road.

A line is matched by its kenmerk (end-to-end id) or, where the bank books a whole
payment file as one amount, by that of the file. Money that a holder owed is matched by
the number of the afrekening, its own account and the exact amount. Anything else waits
for a person. Each match, of a payment or of a receipt, is booked at once.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum

from billing.booking import book_payment, book_receipt
from billing.models import BankLine, Match, Payment, PaymentBatch, Period, Settlement
from billing.paying.dues import mark_paid
from billing.paying.receivables import owed_for, settled
from billing.settling.settlements import lock, require_role
from instruments.models import Instrument
from membership import history
from membership.models import Person, Role
from nvsi.dutch import euro
from nvsi.errors import NotAllowed
from nvsi.money import ZERO

MATCHERS = (Role.Name.BUREAU, Role.Name.PENNINGMEESTER, Role.Name.BESTUUR)
NUMBER = re.compile(r"(?<!\d)20\d\d-\d{4,6}(?!\d)")

# What a line is about: a payment, or a settlement for which a holder pays us.
Target = Payment | Settlement
# And how many euros of it: above zero was paid, below zero came back or was received.
Part = tuple[Target, Decimal]


def hold_payments_back() -> None:
    """One bank account serves all instruments; nothing of them is ordered meanwhile."""
    for instrument in Instrument.objects.order_by("pk"):
        lock(instrument)


@transaction.atomic
def match(line: BankLine, targets: Sequence[Target], *, by: Person) -> list[Match]:
    """Match a waiting line by hand: to one target, or to all that is open of several.

    Raises NotAllowed when the line was matched before, or its amount does not fit.
    """
    require_role(by, MATCHERS, "een bankregel koppelen")
    hold_payments_back()
    if line.matches.holding().exists():
        raise NotAllowed(f"De {line} is al gekoppeld.")
    parts: list[Part] = [(one, _open(one)) for one in dict.fromkeys(targets)]
    if len(parts) == 1:
        parts = [(parts[0][0], -line.amount)]
    total = sum((amount for _, amount in parts), ZERO)
    if total != -line.amount:
        raise NotAllowed(
            f"Samen staat {euro(abs(total))} open; de {line} gaat over "
            f"{euro(abs(line.amount))}."
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
    return line.amount > 0 and any(isinstance(one, Payment) for one, _ in _parts(line))


def mark_paid_by(lines: Iterable[BankLine]) -> None:
    """Move on the settlements that these lines paid wholly."""
    ids = [line.pk for line in lines]
    for period in Period.objects.filter(
        Q(batches__payments__matches__line__in=ids)
        | Q(settlements__receipts__line__in=ids)
    ).distinct():
        mark_paid(period)


def _parts(line: BankLine) -> list[Part]:
    """What a line says that it is about, whether or not it fits; empty when nothing.

    Money that left for another account than we ordered is for a person to look at, and
    so is money that came in under our kenmerk without being returned by a bank.
    """
    if line.amount > 0 and not line.reversal:
        return _received(line)
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


def _received(line: BankLine) -> list[Part]:
    """The settlement that a holder names, from its own account and to the cent."""
    numbers = set(NUMBER.findall(f"{line.remittance} {line.end_to_end_id}"))
    if len(numbers) != 1:
        return []
    year, sequence = numbers.pop().split("-")
    found = Settlement.objects.approved().select_related("organisation")
    settlement = found.filter(number_year=year, number_sequence=sequence).first()
    if settlement is None or line.counterparty_iban != settlement.organisation.iban:
        return []
    exact = line.counterparty_iban and owed_for(settlement) == line.amount
    return [(settlement, -line.amount)] if exact else []


def _objection(parts: Iterable[Part]) -> str | None:
    """Why these targets cannot be matched so; None when they can."""
    for target, amount in parts:
        if isinstance(target, Settlement):
            objection = _objection_to_receipt(target, -amount)
        else:
            objection = _objection_to_payment(target, amount)
        if objection:
            return objection
    return None


def _objection_to_receipt(settlement: Settlement, amount: Decimal) -> str | None:
    owed = owed_for(settlement)
    if 0 < amount <= owed:
        return None
    return (
        f"Voor {settlement} is {euro(owed)} te ontvangen, geen {euro(amount)}. Kwam er "
        "te veel binnen? Vraag de penningmeester om het hele bedrag terug te storten."
    )


def _objection_to_payment(payment: Payment, amount: Decimal) -> str | None:
    still = _open(payment)
    if amount > still:
        return f"Van betaling {payment} staat {euro(still)} open, geen {euro(amount)}."
    if -amount > payment.amount - still:
        return f"Van betaling {payment} is geen {euro(-amount)} betaald."
    if amount < 0 and payment.settlement and (paid := settled(payment.settlement)):
        return (
            f"{paid} staat op betaald. Draai haar eerst terug en koppel daarna de "
            "bankregel."
        )
    return None


def _open(target: Target) -> Decimal:
    if isinstance(target, Settlement):
        return -owed_for(target)
    paid = target.matches.aggregate(total=Sum("amount", default=ZERO))["total"]
    return target.amount - Decimal(paid)


def _book(line: BankLine, parts: Sequence[Part], by: Person | None) -> list[Match]:
    kenmerken = [
        one.number if isinstance(one, Settlement) else one.end_to_end_id
        for one, _ in parts
    ]
    history.record(line, "matched", by, payments=kenmerken)
    return Match.objects.bulk_create(
        _booked(line, target, amount, by) for target, amount in parts
    )


def _booked(
    line: BankLine, target: Target, amount: Decimal, by: Person | None
) -> Match:
    on = line.booked_on
    if isinstance(target, Settlement):
        entry = book_receipt(target, amount, booked_on=on, by=by)
        return Match(line=line, settlement=target, amount=amount, entry=entry)
    entry = book_payment(target, amount, booked_on=on, by=by)
    return Match(line=line, payment=target, amount=amount, entry=entry)
