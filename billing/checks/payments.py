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
    yield from _wrong(
        _RECEIVED, "Voor afrekening {} is meer teruggeboekt dan ontvangen."
    )
    yield from _wrong(_ORDERS, "Opdracht in boekstuk {}: meer besteld dan besteed.")
    yield from _wrong(_OWED, "Op rekening {} staat iets anders dan de bank betaalde.")


def _wrong(question: str, sentence: str) -> Iterator[str]:
    for (name,) in ask(question):
        yield sentence.format(name)


# Of what was not undone.
_HALF_MATCHED = """
    SELECT l.reference FROM billing_bankline l JOIN billing_match m ON m.line_id = l.id
    LEFT JOIN billing_match u ON u.undoes_id = m.id
    GROUP BY l.id
    HAVING sum(m.amount) FILTER (WHERE m.undoes_id IS NULL AND u.id IS NULL)
        <> -l.amount ORDER BY l.id
"""
# The entry of a match moves its amount, on the day of the bank; what undoes it later.
_WRONGLY_BOOKED = """
    SELECT l.reference FROM billing_match m
    JOIN billing_bankline l ON l.id = m.line_id
    JOIN billing_entry e ON e.id = m.entry_id
    LEFT JOIN billing_posting p ON p.entry_id = e.id
    GROUP BY l.id, m.id, e.id
    HAVING sum(p.debit) IS DISTINCT FROM abs(m.amount)
        OR m.undoes_id IS NULL AND e.booked_on <> l.booked_on
    ORDER BY l.id
"""
_TOO_MUCH = """
    SELECT p.end_to_end_id FROM billing_payment p
    JOIN billing_match m ON m.payment_id = p.id
    GROUP BY p.id HAVING sum(m.amount) NOT BETWEEN 0 AND p.amount ORDER BY p.id
"""
# billing_moved and billing_due are those of the guards (migration receipts_guards).
_NOT_PAID = """
    SELECT s.number_year || '-' || lpad(s.number_sequence::text, 4, '0')
    FROM billing_settlement s
    WHERE s.status = 'paid' AND s.uitkering_gemeente
        IS DISTINCT FROM billing_moved(s.period_id, s.organisation_id)
    ORDER BY s.id
"""
# No more than was owed, and nothing given back that was not received.
_RECEIVED = """
    SELECT s.number_year || '-' || lpad(s.number_sequence::text, 4, '0')
    FROM billing_settlement s JOIN billing_match m ON m.settlement_id = s.id
    GROUP BY s.id HAVING sum(m.amount) > 0 ORDER BY s.id
"""
_ORDERS = """
    SELECT e.number FROM billing_kasmovement k JOIN billing_entry e ON e.id = k.entry_id
    JOIN billing_payment p ON p.movement_id = k.id
    LEFT JOIN LATERAL (
        SELECT sum(m.amount) AS amount FROM billing_match m
        WHERE m.payment_id = p.id AND m.amount < 0) back ON true
    GROUP BY e.number, k.amount
    HAVING sum(p.amount + coalesce(back.amount, 0)) > k.amount ORDER BY e.number
"""
# What is booked on the debts beside settlements and orders is what the bank moved of
# them, per organisation.
_OWED = """
    WITH moved AS (
        SELECT CASE WHEN p.settlement_id IS NOT NULL OR m.settlement_id IS NOT NULL
                    THEN '1610' WHEN p.movement_id IS NOT NULL THEN '1630'
                    ELSE '1620' END AS code,
            coalesce(p.organisation_id, s.organisation_id) AS organisation_id,
            m.amount
        FROM billing_match m LEFT JOIN billing_payment p ON p.id = m.payment_id
        LEFT JOIN billing_settlement s ON s.id = m.settlement_id
    ), stands AS (
        SELECT a.code, p.organisation_id, p.debit - p.credit AS amount,
            e.settlement_id, k.id AS movement_id
        FROM billing_posting p JOIN billing_account a ON a.id = p.account_id
        JOIN billing_entry e ON e.id = p.entry_id
        LEFT JOIN billing_kasmovement k ON k.entry_id = e.id
        WHERE a.code IN ('1610', '1620', '1630')
    )
    SELECT code FROM (
        SELECT code, organisation_id, amount FROM stands
        WHERE settlement_id IS NULL AND movement_id IS NULL
        UNION ALL SELECT code, organisation_id, -amount FROM moved) both_sides
    GROUP BY code, organisation_id HAVING sum(amount) <> 0 ORDER BY code
"""
