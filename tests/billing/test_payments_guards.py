"""What the database refuses of payments, whoever asks: attacked with raw SQL."""

import hashlib
from decimal import Decimal

import pytest
from django.db import connection

from billing.models import Payment, PaymentBatch, Period, Settlement
from billing.paying.payments import export
from billing.settling.settlements import prepare
from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.billing.database import database_refuses
from tests.billing.settled import H1, NOW, RABO, pay_to, reverse


@pytest.fixture
def settlement(period: Period) -> Settlement:
    """That of Heideveld: 835.00 is owed."""
    return period.settlements.get(organisation__code="GM9001")


def insert_batch(
    period: Period, by: Person, *, total: str = "1.00", count: int = 1, sha256: str = ""
) -> PaymentBatch:
    sequence = period.batches.count() + 1
    return PaymentBatch.objects.create(
        period=period,
        sequence=sequence,
        message_id=f"X-{sequence}",
        exported_by=by,
        exported_at=NOW,
        total=Decimal(total),
        payments_count=count,
        xml=b"<x/>",
        sha256=sha256 or hashlib.sha256(b"<x/>").hexdigest(),
    )


def insert_payment(
    batch: PaymentBatch,
    settlement: Settlement | None,
    organisation: Organisation,
    amount: str = "1.00",
) -> None:
    settlement_id = settlement.pk if settlement else None
    kenmerk = f"X{Payment.objects.count()}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_payment (batch_id, settlement_id, organisation_id,"
            " end_to_end_id, iban, amount) VALUES (%s, %s, %s, %s, %s, %s)",
            [batch.pk, settlement_id, organisation.pk, kenmerk, RABO, amount],
        )


def test_what_is_right_passes(
    period: Period, settlement: Settlement, bestuur: Person
) -> None:
    insert_payment(insert_batch(period, bestuur), settlement, settlement.organisation)
    connection.check_constraints()


@pytest.mark.parametrize("to_uitvoerder", [False, True])
def test_the_approver_is_not_the_exporter(
    settlement: Settlement,
    penningmeester: Person,
    flexensie_nederland: Organisation,
    to_uitvoerder: bool,
) -> None:
    with database_refuses("betaalt haar niet uit"):
        batch = insert_batch(settlement.period, penningmeester)
        if to_uitvoerder:
            insert_payment(batch, None, flexensie_nederland)
        else:
            insert_payment(batch, settlement, settlement.organisation)


@pytest.mark.parametrize("amounts", [["835.01"], ["835.00", "0.01"]])
def test_no_more_is_ordered_for_a_holder_than_is_owed(
    settlement: Settlement, bestuur: Person, amounts: list[str]
) -> None:
    with database_refuses("niet meer betaald dan is vastgesteld"):
        batch = insert_batch(settlement.period, bestuur)
        for amount in amounts:
            insert_payment(batch, settlement, settlement.organisation, amount)


@pytest.mark.parametrize("to", ["flexensie_nederland", "heideveld"])
def test_no_more_is_ordered_for_the_uitvoerder_than_is_owed(
    period: Period, bestuur: Person, to: str, request: pytest.FixtureRequest
) -> None:
    with database_refuses("niet meer betaald dan is vastgesteld"):
        insert_payment(
            insert_batch(period, bestuur), None, request.getfixturevalue(to), "478.51"
        )


def test_a_payment_goes_to_the_holder_of_its_settlement(
    settlement: Settlement, bestuur: Person, rijkhoven: Organisation
) -> None:
    with database_refuses("dezelfde organisatie"):
        insert_payment(insert_batch(settlement.period, bestuur), settlement, rijkhoven)


def test_a_draft_is_not_paid(
    settlement: Settlement,
    penningmeester: Person,
    bestuur: Person,
    flexensie: Instrument,
) -> None:
    reverse(settlement, by=penningmeester)
    prepare(flexensie, H1, today=NOW.date(), by=None)
    draft = settlement.period.settlements.get(status="draft")
    with database_refuses("hoort bij een vastgestelde afrekening"):
        insert_payment(insert_batch(draft.period, bestuur), draft, draft.organisation)


@pytest.mark.parametrize(
    ("total", "count", "sha256"), [("1.01", 1, ""), ("1.00", 2, ""), ("1.00", 1, "0")]
)
def test_a_batch_is_its_payments(
    settlement: Settlement, bestuur: Person, total: str, count: int, sha256: str
) -> None:
    with database_refuses("som van zijn betalingen"):
        batch = insert_batch(
            settlement.period, bestuur, total=total, count=count, sha256=sha256
        )
        insert_payment(batch, settlement, settlement.organisation)


def test_a_batch_has_payments(period: Period, bestuur: Person) -> None:
    with database_refuses("som van zijn betalingen"):
        insert_batch(period, bestuur)


def test_nothing_is_added_to_a_batch_that_was_given_out(
    period: Period, bestuur: Person, rijkhoven: Organisation
) -> None:
    pay_to(rijkhoven, "")
    batch = export(period, now=NOW, by=bestuur).batch
    settlement = period.settlements.get(organisation=rijkhoven)
    with database_refuses("som van zijn betalingen"):
        insert_payment(batch, settlement, rijkhoven)


@pytest.mark.parametrize("table", ["billing_payment", "billing_paymentbatch"])
@pytest.mark.parametrize(
    "attack", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_what_was_ordered_does_not_change(
    ordered: dict[str, Payment], table: str, attack: str
) -> None:
    connection.check_constraints()
    with database_refuses("wordt nooit gewijzigd"), connection.cursor() as cursor:
        cursor.execute(attack.format(table))
