"""A person matches what waits; the database refuses more than was paid."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection

from billing.booking import book_payment
from billing.ledger import balances
from billing.models import BankLine, Payment
from billing.paying.matching import match
from billing.paying.payments import export
from membership.models import Person
from nvsi.errors import NotAllowed
from tests.billing.bank_content import came_back, credit, debit, paid, read, status
from tests.billing.database import database_refuses
from tests.billing.settled import NOW, reverse, settle

DAY = datetime.date(2026, 7, 16)
GEMEENTEN = "1610"


def test_a_batch_booked_with_another_amount_waits_for_a_person(
    ordered: dict[str, Payment], bureau: Person
) -> None:
    outcome = read(debit("1313.50", batch="NVSI-FLEXENSIE-2026-H1-1"))
    assert outcome.unmatched == 1
    both = [ordered["Heideveld"], ordered["Flexensie"]]
    match(BankLine.objects.get(), both, by=bureau)
    assert (status("Heideveld"), status("Rijkhoven")) == ("paid", "approved")


def test_a_person_reverses_and_matches_what_came_back_and_it_is_paid_anew(
    ordered: dict[str, Payment], penningmeester: Person, bestuur: Person
) -> None:
    payment = ordered["Heideveld"]
    read(paid(payment), number="A1")
    read(came_back(payment), number="A2")
    line = BankLine.objects.unmatched().get()
    with pytest.raises(NotAllowed, match="2026-0001 staat op betaald"):
        match(line, [payment], by=penningmeester)
    assert payment.settlement
    reverse(payment.settlement, by=penningmeester)
    match(line, [payment], by=penningmeester)
    period = settle(preparer=None, approver=penningmeester)
    again = export(period, now=NOW, by=bestuur).batch
    assert [(p.end_to_end_id, p.amount) for p in again.payments.all()] == [
        ("2026-0004", Decimal("835.00"))
    ]
    read(paid(again.payments.get()), number="A3")
    assert status("Heideveld") == "paid"
    # All that is owed still is the 83.50 of Rijkhoven.
    assert balances(NOW.date() + datetime.timedelta(1))[GEMEENTEN] == Decimal("-83.50")


def test_a_person_matches_a_line_once_and_not_to_more(
    ordered: dict[str, Payment], bureau: Person
) -> None:
    read(debit("100.00"), debit("900.00"))
    more, less = BankLine.objects.order_by("amount")
    with pytest.raises(NotAllowed, match="staat €\u00a0835,00 open"):
        match(more, [ordered["Heideveld"]], by=bureau)
    with pytest.raises(NotAllowed, match="staat €\u00a0918,50 open"):
        match(more, [ordered["Heideveld"], ordered["Rijkhoven"]], by=bureau)
    with pytest.raises(NotAllowed, match="staat €\u00a00,00 open"):
        match(more, [], by=bureau)
    match(less, [ordered["Heideveld"]], by=bureau)
    with pytest.raises(NotAllowed, match="al gekoppeld"):
        match(less, [ordered["Heideveld"]], by=bureau)


@pytest.mark.parametrize("who", ["backoffice", "lezer", "vreemde"])
def test_a_stranger_does_not_match(
    ordered: dict[str, Payment], who: str, request: pytest.FixtureRequest
) -> None:
    read(debit("835.00"))
    stranger = request.getfixturevalue(who)
    with pytest.raises(NotAllowed, match="mag niet een bankregel koppelen"):
        match(BankLine.objects.get(), [ordered["Heideveld"]], by=stranger)


def test_what_a_gemeente_pays_back_closes_a_lower_replacement(
    ordered: dict[str, Payment], penningmeester: Person, bestuur: Person
) -> None:
    payment = ordered["Heideveld"]
    read(paid(payment), number="A1")
    assert payment.settlement
    reverse(payment.settlement, by=penningmeester)
    terms = payment.organisation.gebruiksovereenkomsten.get().terms.get()
    terms.vergoeding_pct = Decimal(40)
    terms.save()
    period = settle(preparer=None, approver=penningmeester)
    assert status("Heideveld") == "approved"
    read(credit("150.00"), number="A2")
    match(BankLine.objects.unmatched().get(), [payment], by=bestuur)
    assert status("Heideveld") == "paid"
    assert export(period, now=NOW, by=bestuur).receivables == []


def insert_match(line: BankLine, payment: Payment, amount: str) -> None:
    entry = book_payment(payment, Decimal(amount), booked_on=DAY, by=None)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_match (line_id, payment_id, amount, entry_id)"
            " VALUES (%s, %s, %s, %s)",
            [line.pk, payment.pk, amount, entry.pk],
        )


@pytest.mark.parametrize(
    ("entry", "amount"), [(debit("835.01"), "835.01"), (credit("1.00"), "-1.00")]
)
def test_the_database_refuses_to_match_more_than_a_payment(
    ordered: dict[str, Payment], entry: str, amount: str
) -> None:
    read(entry)
    with database_refuses("niet meer betaald dan het bedrag"):
        insert_match(BankLine.objects.get(), ordered["Heideveld"], amount)


def test_the_database_refuses_to_match_a_line_in_part_or_twice(
    ordered: dict[str, Payment],
) -> None:
    read(debit("83.50"))
    line = BankLine.objects.get()
    with database_refuses("in zijn geheel gekoppeld"):
        insert_match(line, ordered["Rijkhoven"], "83.00")
    insert_match(line, ordered["Rijkhoven"], "83.50")
    with database_refuses("in zijn geheel gekoppeld"):
        insert_match(line, ordered["Heideveld"], "83.50")


@pytest.mark.parametrize(
    "table", ["billing_bankstatement", "billing_bankline", "billing_match"]
)
@pytest.mark.parametrize(
    "attack", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_database_refuses_to_change_what_the_bank_said(
    ordered: dict[str, Payment], table: str, attack: str
) -> None:
    read(*map(paid, ordered.values()))
    connection.check_constraints()
    with database_refuses("wordt nooit gewijzigd"), connection.cursor() as cursor:
        cursor.execute(attack.format(table))
