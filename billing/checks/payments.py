"""Checks on what was ordered from the bank, and on what the bank said of it."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from billing.models import PaymentBatch
from billing.sql import ask
from nvsi.dutch import euro

# Kenmerk, IBAN and euros of one transfer.
Ordered = tuple[str | None, str | None, Decimal]


def check_payments() -> Iterator[str | int]:
    """A payment file is as it was given out, and orders exactly its payments."""
    for batch in PaymentBatch.objects.prefetch_related("payments"):
        yield 1
        payments = batch.payments.all()
        content = bytes(batch.xml)
        if hashlib.sha256(content).hexdigest() != batch.sha256:
            yield f"Betaalbestand {batch} is veranderd."
        total = sum((payment.amount for payment in payments), Decimal(0))
        if (total, len(payments)) != (batch.total, batch.payments_count):
            yield f"Betaalbestand {batch} telt niet op tot zijn betalingen."
        if _ordered(content) != sorted(
            (payment.end_to_end_id, payment.iban, payment.amount)
            for payment in payments
        ):
            yield f"Betaalbestand {batch} zegt iets anders dan zijn betalingen."


def _ordered(content: bytes) -> list[Ordered]:
    """What a payment file says; nothing when it cannot be read."""
    try:
        document = etree.fromstring(content)
        return sorted(
            (
                transfer.findtext("{*}PmtId/{*}EndToEndId"),
                transfer.findtext("{*}CdtrAcct/{*}Id/{*}IBAN"),
                Decimal(transfer.findtext("{*}Amt/{*}InstdAmt") or 0),
            )
            for transfer in document.iterfind(".//{*}CdtTrfTxInf")
        )
    except (etree.XMLSyntaxError, ArithmeticError, TypeError):
        return []


def check_bank() -> Iterator[str | int]:
    """A bank statement adds up; a match is whole, booked, and of no more than ordered.

    A settlement that says to be paid is: per holder the bank paid its amount.
    """
    for statement_id, difference in ask(
        """
        SELECT s.statement_id, s.closing - s.opening - coalesce(sum(l.amount), 0)
        FROM billing_bankstatement s
        LEFT JOIN billing_bankline l ON l.statement_id = s.id
        GROUP BY s.id ORDER BY s.id
        """
    ):
        yield 1
        if difference:
            yield (
                f"Bankafschrift {statement_id}: van begin- naar eindsaldo scheelt het "
                f"{euro(difference)} met de regels."
            )
    yield from _wrong(_HALF_MATCHED, "Bankregel {} is maar voor een deel gekoppeld.")
    yield from _wrong(_WRONGLY_BOOKED, "Bankregel {} is voor iets anders geboekt.")
    yield from _wrong(_TOO_MUCH, "Betaling {} kreeg meer of minder dan besteld.")
    yield from _wrong(_NOT_PAID, "Afrekening {} staat op betaald, en is dat niet.")


def _wrong(question: str, sentence: str) -> Iterator[str]:
    for (name,) in ask(question):
        yield sentence.format(name)


_HALF_MATCHED = """
    SELECT l.reference FROM billing_bankline l JOIN billing_match m ON m.line_id = l.id
    GROUP BY l.id HAVING sum(m.amount) <> -l.amount ORDER BY l.id
"""
# The entry of a match moves its amount, on the day of the bank.
_WRONGLY_BOOKED = """
    SELECT l.reference FROM billing_match m
    JOIN billing_bankline l ON l.id = m.line_id
    JOIN billing_entry e ON e.id = m.entry_id
    LEFT JOIN billing_posting p ON p.entry_id = e.id
    GROUP BY l.id, m.id, e.id
    HAVING sum(p.debit) IS DISTINCT FROM abs(m.amount) OR e.booked_on <> l.booked_on
    ORDER BY l.id
"""
_TOO_MUCH = """
    SELECT p.end_to_end_id FROM billing_payment p
    JOIN billing_match m ON m.payment_id = p.id
    GROUP BY p.id HAVING sum(m.amount) NOT BETWEEN 0 AND p.amount ORDER BY p.id
"""
_NOT_PAID = """
    SELECT s.number_year || '-' || lpad(s.number_sequence::text, 4, '0')
    FROM billing_settlement s
    WHERE s.status = 'paid' AND s.uitkering_gemeente IS DISTINCT FROM (
        SELECT sum(m.amount) FROM billing_match m
        JOIN billing_payment p ON p.id = m.payment_id
        JOIN billing_paymentbatch b ON b.id = p.batch_id
        WHERE b.period_id = s.period_id AND p.settlement_id IS NOT NULL
            AND p.organisation_id = s.organisation_id)
    ORDER BY s.id
"""
