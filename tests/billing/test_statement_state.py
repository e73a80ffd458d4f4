"""How far a statement is: told in words, from what really happened."""

from decimal import Decimal

from billing.models import Payment, Period, Settlement
from billing.paying.bank import read_bank_statement
from billing.statements.rows import with_state
from billing.statements.state import State, state_of
from membership.models import Person
from tests.billing.bank_content import bank_statement, paid


def first() -> Settlement:
    return with_state(Settlement.objects.all()).get(number_sequence=1)


def test_what_the_bank_paid_tells_the_day_and_the_account(
    ordered: dict[str, Payment], bureau: Person
) -> None:
    read_bank_statement(bank_statement(*map(paid, ordered.values())), by=bureau)
    state = state_of(first())
    assert state.tone == "done"
    assert state.words.startswith("Betaald op ")
    assert "op rekening NL02\xa0ABNA\xa00123\xa04567\xa089." in state.sentence


def test_what_an_earlier_payment_covered_is_simply_paid(period: Period) -> None:
    settlement = first()
    settlement.status = Settlement.Status.PAID
    assert state_of(settlement) == State("Betaald", "done", "Het bedrag is betaald.")


def test_below_zero_the_holder_pays_and_hears_from_the_bureau(period: Period) -> None:
    settlement = first()
    settlement.uitkering_gemeente = Decimal("-36.50")
    state = state_of(settlement)
    assert state.words == "U betaalt aan de NVSI"
    assert "Het bureau neemt contact met u op" in state.sentence


def test_zero_is_nothing_to_pay(period: Period) -> None:
    settlement = first()
    settlement.uitkering_gemeente = Decimal("0.00")
    assert state_of(settlement).words == "Niets te betalen"
