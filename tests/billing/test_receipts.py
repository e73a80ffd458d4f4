"""What a holder owes is received once, to the cent; and a wrong match is undone."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from billing.checks.books import check_entries
from billing.checks.payments import check_bank, check_payments
from billing.ledger import balances
from billing.models import BankLine, Match, Payment, Period, Settlement
from billing.paying.bank import Matched
from billing.paying.dues import open_dues
from billing.paying.matching import match
from billing.paying.receivables import receivables, undo
from billing.statements.rows import with_state
from billing.statements.state import state_of
from membership.models import HistoryEvent, Organisation, Person
from nvsi.errors import NotAllowed
from tests.billing.bank_content import credit, paid, read, status
from tests.billing.database import database_refuses
from tests.billing.settled import (
    ING,
    NEGATIVE,
    SMALL,
    TODAY,
    deliver,
    pay_to,
    reverse,
    settle,
)

OWN = "NL02ABNA0123456789"
BANK, GEMEENTEN = "1000", "1610"


def received(amount: str, words: str = "Afrekening 2026-0001", iban: str = OWN) -> str:
    """Money that somebody paid, with these words."""
    return credit(
        amount,
        details=f"<TxDtls><RltdPties><DbtrAcct><Id><IBAN>{iban}</IBAN></Id></DbtrAcct>"
        f"</RltdPties><RmtInf><Ustrd>{words}</Ustrd></RmtInf></TxDtls>",
    )


@pytest.fixture
def owing(
    heideveld: Organisation,
    rijkhoven: Organisation,
    flexensie_nederland: Organisation,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> Period:
    """2026-H1 of which Heideveld owes 36.50."""
    pay_to(flexensie_nederland, ING)
    deliver(tmp_path, [(heideveld, NEGATIVE), (rijkhoven, SMALL)])
    return settle(preparer=bureau, approver=penningmeester)


def of_heideveld() -> Settlement:
    found = with_state(Settlement.objects.in_force())
    return found.get(organisation__short_name="Heideveld")


def findings() -> list[str]:
    checks = (check_bank, check_payments, check_entries)
    return [one for check in checks for one in check() if isinstance(one, str)]


def owed() -> list[Decimal]:
    return [amount for _, amount in receivables()]


def test_what_names_its_number_is_received_booked_and_paid(owing: Period) -> None:
    assert owed() == [Decimal("36.50")]
    before = balances(TODAY)
    assert read(received("36.50")).matched == 1
    assert (status("Heideveld"), owed()) == ("paid", [])
    after = balances(TODAY.replace(day=16))
    assert after[BANK] - before.get(BANK, 0) == Decimal("36.50")
    assert after[GEMEENTEN] - before[GEMEENTEN] == Decimal("-36.50")
    state = state_of(of_heideveld())
    assert state.words == "Ontvangen op 16\xa0juli 2026"
    assert state.tone == "done"
    assert findings() == []


@pytest.mark.parametrize(
    "entry",
    [
        received("36.51"),
        received("36.49"),
        received("36.50", iban=ING),
        received("36.50", "Afrekening 2026-0002"),
        received("36.50", "2026-0001 en 2026-0002"),
        received("36.50", "12026-00013"),
    ],
)
def test_what_is_not_sure_waits_for_a_person(owing: Period, entry: str) -> None:
    assert read(entry) == Matched(stored=1, matched=0, known=0, unmatched=1)
    assert status("Heideveld") == "approved"


def test_a_part_leaves_the_rest_open_and_never_more_is_received(
    owing: Period, bureau: Person, lezer: Person
) -> None:
    read(received("30.00", "deel", ING), received("6.51", "rest", ING))
    part, rest = BankLine.objects.order_by("-amount")
    with pytest.raises(NotAllowed, match="mag niet een bankregel koppelen"):
        match(part, [of_heideveld()], by=lezer)
    match(part, [of_heideveld()], by=bureau)
    assert (status("Heideveld"), owed()) == ("approved", [Decimal("6.50")])
    assert "ontvingen € 30,00" in state_of(of_heideveld()).sentence.replace("\xa0", " ")
    with pytest.raises(NotAllowed, match="te ontvangen"):
        match(rest, [of_heideveld()], by=bureau)
    with pytest.raises(NotAllowed, match="al gekoppeld"):
        match(part, [of_heideveld()], by=bureau)
    other = Settlement.objects.get(organisation__short_name="Rijkhoven")
    with pytest.raises(NotAllowed, match="te ontvangen"):
        match(rest, [other], by=bureau)
    assert findings() == []


def test_a_wrong_match_is_undone_by_another_and_can_be_made_again(
    owing: Period, bureau: Person, lezer: Person
) -> None:
    read(received("36.50"))
    before = balances(TODAY.replace(year=2100))
    line = BankLine.objects.get()
    with pytest.raises(NotAllowed, match="mag niet"):
        undo(line, reason="Andere gemeente.", by=lezer)
    undo(line, reason="Andere gemeente.", by=bureau)
    assert (status("Heideveld"), owed()) == ("approved", [Decimal("36.50")])
    assert list(BankLine.objects.unmatched()) == [line]
    assert findings() == []
    with pytest.raises(NotAllowed, match="Alleen een ontvangst"):
        undo(line, reason="Nog eens.", by=bureau)
    match(line, [of_heideveld()], by=bureau)
    assert status("Heideveld") == "paid"
    assert balances(TODAY.replace(year=2100)) == before
    assert HistoryEvent.objects.filter(action="match undone").get().by == bureau
    assert findings() == []


def test_too_much_paid_before_is_received_and_the_new_one_is_paid(
    ordered: dict[str, Payment],
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    """Paid 835.00; turned back: all of it is owed, until it is settled again."""
    read(paid(ordered["Heideveld"]), number="A1")
    settlement = of_heideveld()
    reverse(settlement, by=penningmeester)
    assert owed() == [Decimal("835.00")]
    assert read(received("835.00"), number="A2").matched == 1
    assert owed() == []
    period = settle(preparer=None, approver=penningmeester)
    assert status("Heideveld") == "approved"
    due = next(one for one in open_dues(period) if one.settlement == of_heideveld())
    assert due.amount == Decimal("835.00")
    assert findings() == []


def test_the_database_refuses_to_undo_what_says_to_be_paid_or_to_undo_twice(
    owing: Period, bureau: Person
) -> None:
    read(received("36.50"))
    again = """
        INSERT INTO billing_match (line_id, settlement_id, amount, undoes_id, entry_id)
        SELECT line_id, settlement_id, -amount, id, (SELECT min(id) FROM billing_entry)
        FROM billing_match ORDER BY id DESC LIMIT 1
    """
    with connection.cursor() as cursor:
        with database_refuses("niet meer betaald als de ontvangst ongedaan"):
            cursor.execute(again)
        undo(BankLine.objects.get(), reason="Fout.", by=bureau)
        with database_refuses("a_match_is_of_a_payment_or_a_receipt"):
            cursor.execute(again)
        with database_refuses("is haar tegendeel"):
            cursor.execute(again.replace("-amount", "amount"))


def test_what_we_paid_cannot_be_undone(
    ordered: dict[str, Payment], bureau: Person
) -> None:
    read(paid(ordered["Heideveld"]))
    with pytest.raises(NotAllowed, match="Alleen een ontvangst"):
        undo(BankLine.objects.get(), reason="Fout.", by=bureau)


def test_the_bureau_matches_and_undoes_on_the_page(
    owing: Period, at_bureau: Client
) -> None:
    read(received("36.50", "Van de gemeente", ING))
    line = BankLine.objects.get()
    assert "Nog te ontvangen" in at_bureau.get("/beheer/").content.decode()
    page = f"/beheer/billing/bankline/{line.pk}"
    shown = at_bureau.get(f"{page}/match/").content.decode()
    assert "2026-0001, gemeente Heideveld" in shown
    assert "Kies waar deze bankregel over gaat" in (
        at_bureau.post(f"{page}/match/", {}).content.decode()
    )
    at_bureau.post(f"{page}/match/", {"receipts": [of_heideveld().pk]})
    assert status("Heideveld") == "paid"
    assert "Nog te ontvangen" not in at_bureau.get("/beheer/").content.decode()
    assert "staat weer open" in at_bureau.get(f"{page}/undo/").content.decode()
    at_bureau.post(f"{page}/undo/", {"reason": "Was voor een ander."})
    assert status("Heideveld") == "approved"
    assert Match.objects.count() == 2
