"""What the bank says: kept once, matched to what was ordered, never to more."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from billing.ledger import balances
from billing.models import BankLine, BankStatement, Entry, Match, Payment, Period
from billing.paying.bank import Matched, read_bank_statement
from billing.paying.payments import export
from membership.models import HistoryEvent, Person
from nvsi.commands import Geweigerd
from nvsi.errors import NotAllowed
from tests.billing.bank_content import (
    bank_statement,
    came_back,
    credit,
    debit,
    detail,
    paid,
    read,
    status,
)
from tests.billing.settled import NOW, RABO, reverse, settle

DAY = datetime.date(2026, 7, 16)
BANK, GEMEENTEN, UITVOERDER = "1000", "1610", "1620"


def test_what_the_bank_paid_is_matched_booked_and_the_settlement_is_paid(
    ordered: dict[str, Payment],
) -> None:
    before = balances(DAY)
    outcome = read(*(paid(payment) for payment in ordered.values()))
    assert outcome == Matched(stored=3, matched=3, known=0, unmatched=0)
    assert (status("Heideveld"), status("Rijkhoven")) == ("paid", "paid")
    after = balances(DAY)
    assert after[BANK] - before.get(BANK, 0) == Decimal("-1397.00")
    assert (before[GEMEENTEN], before[UITVOERDER]) == (
        Decimal("-918.50"),
        Decimal("-478.50"),
    )
    assert after[GEMEENTEN] == after[UITVOERDER] == 0


def test_every_match_has_its_own_entry_on_the_day_of_the_bank(
    ordered: dict[str, Payment],
) -> None:
    read(*(paid(payment) for payment in ordered.values()))
    for one in Match.objects.select_related("entry", "payment", "line"):
        assert one.entry.description == f"Betaling {one.payment}"
        assert one.entry.booked_on == one.line.booked_on == DAY
    moves = HistoryEvent.objects.filter(action="approved>paid")
    assert [event.by for event in moves] == [None, None]


def test_the_same_statement_read_twice_changes_nothing(
    ordered: dict[str, Payment],
) -> None:
    entries = [*map(paid, ordered.values()), credit("12.00")]
    read(*entries)
    booked = Entry.objects.count()
    assert read(*entries) == Matched(stored=0, matched=0, known=4, unmatched=0)
    assert (Entry.objects.count(), BankLine.objects.count()) == (booked, 4)


def test_the_same_reference_in_another_statement_is_another_line(
    ordered: dict[str, Payment],
) -> None:
    assert read(credit("12.00"), number="A1").stored == 1
    assert read(credit("12.00"), number="A2").stored == 1


def test_a_statement_that_says_something_else_than_before_is_refused(
    ordered: dict[str, Payment],
) -> None:
    read(credit("12.00"))
    with pytest.raises(
        NotAllowed, match="Afschrift A1 is al ingelezen, met een andere"
    ):
        read(credit("13.00"))
    assert BankLine.objects.count() == 1


def test_a_part_leaves_the_settlement_open_until_the_rest_comes(
    ordered: dict[str, Payment],
) -> None:
    payment = ordered["Heideveld"]
    assert read(paid(payment, "800.00"), number="A1").matched == 1
    assert status("Heideveld") == "approved"
    assert read(paid(payment, "35.00"), number="A2").matched == 1
    assert status("Heideveld") == "paid"


def test_more_than_is_open_is_left_to_a_person(ordered: dict[str, Payment]) -> None:
    payment = ordered["Heideveld"]
    assert read(paid(payment, "835.01"), number="A1").unmatched == 1
    read(paid(payment), number="A2")
    assert read(paid(payment), number="A3").unmatched == 1
    assert Match.objects.count() == 1
    assert BankLine.objects.unmatched().count() == 2


@pytest.mark.parametrize(
    "entry",
    [
        debit("12.00"),
        credit("12.00"),
        debit("835.00", details=detail("2026-9999", RABO)),
        debit("835.00", batch="NVSI-FLEXENSIE-2025-H2-1"),
        # Under our kenmerk, but to another account than we ordered.
        debit("835.00", details=detail("2026-0001", RABO)),
        # A gemeente that names our kenmerk, and was not returned by a bank.
        credit("835.00", details=detail("2026-0001", "NL02ABNA0123456789", "Dbtr")),
    ],
)
def test_what_is_not_known_waits_for_a_person(
    ordered: dict[str, Payment], entry: str
) -> None:
    booked = Entry.objects.count()
    assert read(entry) == Matched(stored=1, matched=0, known=0, unmatched=1)
    assert Entry.objects.count() == booked


def test_a_notice_of_zero_is_no_line(ordered: dict[str, Payment]) -> None:
    assert read(debit("0.00"), credit("12.00")).stored == 1


def test_a_batch_that_the_bank_books_as_one_amount_pays_all_of_it(
    ordered: dict[str, Payment],
) -> None:
    outcome = read(debit("1397.00", batch="NVSI-FLEXENSIE-2026-H1-1"))
    assert outcome == Matched(stored=1, matched=1, known=0, unmatched=0)
    assert Match.objects.count() == 3
    assert (status("Heideveld"), status("Rijkhoven")) == ("paid", "paid")


def test_a_payment_that_comes_back_is_booked_back_and_ordered_again(
    ordered: dict[str, Payment], bestuur: Person
) -> None:
    payment = ordered["Heideveld"]
    outcome = read(paid(payment), came_back(payment))
    assert (outcome.matched, outcome.returned) == (2, ())
    assert status("Heideveld") == "approved"
    assert balances(DAY)[GEMEENTEN] == Decimal("-918.50")
    assert payment.settlement
    again = export(payment.settlement.period, now=NOW, by=bestuur).batch
    assert [(p.end_to_end_id, p.amount) for p in again.payments.all()] == [
        ("2026-0001-2", Decimal("835.00"))
    ]
    read(paid(again.payments.get()), number="A2")
    assert status("Heideveld") == "paid"


def test_a_payment_that_comes_back_after_it_was_paid_waits_for_a_person(
    ordered: dict[str, Payment],
) -> None:
    payment = ordered["Heideveld"]
    read(paid(payment), number="A1")
    outcome = read(came_back(payment), number="A2")
    assert (outcome.matched, outcome.returned) == (0, ("2026-0001",))
    assert status("Heideveld") == "paid"


def test_what_replaces_a_paid_settlement_at_the_same_amount_is_paid_already(
    ordered: dict[str, Payment], penningmeester: Person, bestuur: Person
) -> None:
    payment = ordered["Heideveld"]
    read(paid(payment))
    assert payment.settlement
    reverse(payment.settlement, by=penningmeester)
    period = settle(preparer=None, approver=penningmeester)
    assert status("Heideveld") == "approved"
    assert export(period, now=NOW, by=bestuur).was_exported_before
    assert status("Heideveld") == "paid"


def test_the_fee_of_the_uitvoerder_that_comes_back_is_ordered_again(
    ordered: dict[str, Payment], period: Period, bestuur: Person
) -> None:
    payment = ordered["Flexensie"]
    read(paid(payment), number="A1")
    assert read(came_back(payment), number="A2").matched == 1
    again = export(period, now=NOW, by=bestuur).batch.payments.get()
    assert (again.end_to_end_id, again.amount) == (
        "FLEXENSIE-2026-H1-2",
        payment.amount,
    )


def test_more_does_not_come_back_than_was_paid(ordered: dict[str, Payment]) -> None:
    outcome = read(came_back(ordered["Heideveld"]))
    assert (outcome.matched, outcome.returned) == (0, ("2026-0001",))


def test_a_statement_of_another_account_is_refused(ordered: dict[str, Payment]) -> None:
    content = bank_statement(paid(ordered["Heideveld"]), iban=RABO)
    with pytest.raises(NotAllowed, match=f"is van rekening {RABO}, niet van die van"):
        read_bank_statement(content, by=None)
    assert not BankLine.objects.exists()


def test_a_statement_that_does_not_add_up_keeps_nothing(
    ordered: dict[str, Payment],
) -> None:
    content = bank_statement(paid(ordered["Heideveld"]), closing="1.00")
    with pytest.raises(NotAllowed, match="eindsaldo"):
        read_bank_statement(content, by=None)
    assert not BankStatement.objects.exists()


@pytest.mark.parametrize(
    ("number", "entry"),
    [
        ("A" * 36, credit("1.00")),
        ("A1", credit("99999999999.00")),
        ("A1", credit("1.00", details=detail("9" * 36, RABO))),
    ],
)
def test_what_does_not_fit_is_refused_as_a_whole(
    ordered: dict[str, Payment], number: str, entry: str
) -> None:
    with pytest.raises(NotAllowed, match="Afschrift A"):
        read(entry, number=number)
    assert not BankStatement.objects.exists()


@pytest.mark.parametrize("who", ["backoffice", "lezer", "vreemde"])
def test_a_stranger_does_not_read(
    ordered: dict[str, Payment], who: str, request: pytest.FixtureRequest
) -> None:
    stranger = request.getfixturevalue(who)
    with pytest.raises(NotAllowed, match="mag niet een bankafschrift inlezen"):
        read_bank_statement(bank_statement(), by=stranger)
    read(debit("12.00"))
    assert not BankLine.objects.visible_to(stranger).exists()


def test_a_gemeente_sees_its_own_payments_only(
    ordered: dict[str, Payment], lezer: Person, vreemde: Person, bureau: Person
) -> None:
    assert [*Payment.objects.visible_to(lezer)] == [ordered["Heideveld"]]
    assert not Payment.objects.visible_to(vreemde).exists()
    assert Payment.objects.visible_to(bureau).count() == 3


def test_the_command_says_it_in_one_line(
    ordered: dict[str, Payment],
    bureau: Person,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "afschrift.xml"
    payment = ordered["Heideveld"]
    read(paid(payment), number="A1")
    file.write_bytes(bank_statement(came_back(payment), credit("12.00"), number="A2"))
    call_command("import_bank_statement", str(file), "--by", bureau.email)
    call_command("import_bank_statement", str(file))
    assert capsys.readouterr().out.splitlines() == [
        "2 nieuwe bankregels, 0 gekoppeld, 2 om zelf te bekijken; 0 waren al bekend; "
        "teruggekomen: 2026-0001",
        "0 nieuwe bankregels, 0 gekoppeld, 0 om zelf te bekijken; 2 waren al bekend",
    ]
    assert BankStatement.objects.get(statement_id="A2").read_by == bureau


def test_the_command_refuses_what_is_not_a_statement(db: None, tmp_path: Path) -> None:
    file = tmp_path / "afschrift.xml"
    file.write_text("geen xml")
    for path, by in [
        (file, []),
        (tmp_path / "weg.xml", []),
        (tmp_path, []),
        (file, ["--by", "wie@nvsi.example"]),
    ]:
        with pytest.raises(Geweigerd):
            call_command("import_bank_statement", str(path), *by)
