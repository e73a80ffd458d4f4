"""Order the payments of an approved half-year, in a file for the bank. Step 6.

The file is a SEPA credit transfer (billing.paying.sepa). It is kept as it was given
out, and given out again when there is nothing new to pay.
"""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from billing.models import Payment, PaymentBatch, Period, RunStatus
from billing.paying.dues import Due, left_out, mark_paid, open_dues
from billing.paying.new_accounts import NewAccount, new_accounts
from billing.paying.orders import reference_of
from billing.paying.sepa import Party, Transfer, credit_transfer
from billing.settling.settlements import lock, require_role
from membership import history
from membership.models import Person, Role
from nvsi.errors import NotAllowed
from nvsi.money import ZERO

EXPORTERS = (Role.Name.BUREAU, Role.Name.PENNINGMEESTER, Role.Name.BESTUUR)
FRIDAY = 5  # of date.isoweekday


@dataclass(frozen=True)
class Export:
    """A payment file, and what of its half-year is not in it."""

    batch: PaymentBatch
    was_exported_before: bool
    receivables: list[Due]
    unpayable: list[Due]
    new_accounts: list[NewAccount]


@transaction.atomic
def export(period: Period, *, now: datetime.datetime, by: Person) -> Export:
    """Order what is owed and was not ordered yet; else give the last file once more.

    Raises NotAllowed when the half-year is not approved, when `by` approved a run of
    it or has no role for it, when `by` accepted an order that is in it or changed an
    account to which nothing was paid yet, and when there never was anything to pay.
    """
    require_role(by, EXPORTERS, "betalingen exporteren")
    lock(period.instrument)
    _require_approved_by_another(period, by)
    mark_paid(period)
    dues = open_dues(period)
    payable = [due for due in dues if due.is_payable]
    fresh = new_accounts(due.organisation for due in payable if due.organisation)
    _require_changed_by_another(fresh, by)
    _require_accepted_by_another(payable, by)
    batch = period.batches.order_by("sequence").last()
    if payable:
        batch = _order(period, payable, now, by)
    if batch is None:
        nothing = f"Over {period} is niets te betalen"
        raise NotAllowed("; ".join(filter(None, [nothing, left_out(dues)])))
    act = "exported" if payable else "exported again"
    history.record(batch, act, by, total=str(batch.total), sha256=batch.sha256)
    return Export(
        batch,
        was_exported_before=not payable,
        receivables=[due for due in dues if due.amount < 0],
        unpayable=[due for due in dues if due.amount > 0 and not due.is_payable],
        new_accounts=fresh,
    )


@transaction.atomic
def hand_out(batch: PaymentBatch, *, by: Person) -> bytes:
    """Give a payment file, as it was made. Raises NotAllowed for who may not export."""
    require_role(by, EXPORTERS, "betalingen exporteren")
    _require_approved_by_another(batch.period, by)
    history.record(batch, "handed out", by, sha256=batch.sha256)
    return bytes(batch.xml)


def _require_approved_by_another(period: Period, by: Person) -> None:
    approved = period.runs.filter(status=RunStatus.APPROVED)
    if not approved.exists():
        raise NotAllowed(f"{period} is nog niet vastgesteld. Betalen kan daarna.")
    if approved.filter(approved_by=by).exists():
        raise NotAllowed(
            "Wie de afrekening vaststelde, betaalt haar niet uit. Vraag een ander om "
            "dat te doen."
        )


def _require_changed_by_another(fresh: Iterable[NewAccount], by: Person) -> None:
    own = [str(account) for account in fresh if account.changed_by == by]
    if own:
        raise NotAllowed(
            "Wie een rekeningnummer wijzigde, betaalt er niet als eerste naar. Vraag "
            f"een ander om dat te doen: {', '.join(own)}."
        )


def _require_accepted_by_another(dues: Iterable[Due], by: Person) -> None:
    own = [
        due.number
        for due in dues
        if due.movement is not None and due.movement.entry.booked_by == by
    ]
    if own:
        raise NotAllowed(
            "Wie een opdracht aanvaardde, betaalt haar niet uit. Vraag een ander om "
            f"dat te doen: {', '.join(own)}."
        )


def _order(
    period: Period, dues: Sequence[Due], now: datetime.datetime, by: Person
) -> PaymentBatch:
    """Write the file of these dues, and keep it with its payments."""
    sequence = period.batches.count() + 1
    slug = period.instrument.slug.upper().replace("_", "-")
    # With NVSI- before it 35 characters at the most, as the bank takes.
    name = f"{slug[:16]}-{period.halfyear}-{sequence}"
    payments = _payments(period, dues, name)
    debtor = Party(settings.NVSI_NAME, settings.NVSI_IBAN, town=settings.NVSI_TOWN)
    transfers = [_transfer(period, payment) for payment in payments]
    execute_on = next_working_day(timezone.localdate(now))
    xml = credit_transfer(f"NVSI-{name}", now, execute_on, debtor, transfers)
    batch = PaymentBatch.objects.create(
        period=period,
        sequence=sequence,
        message_id=f"NVSI-{name}",
        exported_by=by,
        exported_at=now,
        total=sum((payment.amount for payment in payments), ZERO),
        payments_count=len(payments),
        xml=xml,
        sha256=hashlib.sha256(xml).hexdigest(),
    )
    for payment in payments:
        payment.batch = batch
    Payment.objects.bulk_create(payments)
    return batch


def _payments(period: Period, dues: Sequence[Due], name: str) -> list[Payment]:
    """One payment per due, not saved yet; `name` identifies that of the uitvoerder."""
    ordered = Payment.objects.filter(batch__period=period).to_holders()
    turns = Counter(ordered.values_list("settlement", flat=True))
    built = Counter(Payment.objects.for_orders().values_list("movement", flat=True))
    payments = []
    for due in dues:
        assert due.organisation, "what is payable has somebody to pay"
        payments.append(
            Payment(
                settlement=due.settlement,
                movement=due.movement,
                organisation=due.organisation,
                end_to_end_id=_end_to_end_id(due, turns, built, name),
                iban=due.organisation.iban,
                amount=due.amount,
            )
        )
    return payments


def _end_to_end_id(
    due: Due, turns: Counter[int], built: Counter[int], name: str
) -> str:
    """The number of the settlement, or the reference of the order; with a turn when
    the bank returned the first."""
    if due.movement is not None:
        before = built[due.movement.pk]
    elif due.settlement is not None:
        before = turns[due.settlement.pk]
    else:
        return name
    return f"{due.number}-{before + 1}" if before else due.number


def _transfer(period: Period, payment: Payment) -> Transfer:
    what = f"Afrekening {period}" if payment.settlement_id else f"Vergoeding {period}"
    if payment.movement is not None:
        order = reference_of(payment.movement)
        what = f"Uitvoeringsopdracht {order} {period.instrument}"
    return Transfer(
        end_to_end_id=payment.end_to_end_id,
        creditor=Party(
            payment.organisation.formal_name,
            payment.iban,
            town=payment.organisation.town or None,
        ),
        amount=payment.amount,
        remittance=f"{what} nr {payment.end_to_end_id}",
    )


def next_working_day(day: datetime.date) -> datetime.date:
    """The first Monday to Friday after a day."""
    day += datetime.timedelta(days=1)
    while day.isoweekday() > FRIDAY:
        day += datetime.timedelta(days=1)
    return day
