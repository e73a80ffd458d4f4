"""The innovatiekas: filled, promised, spent; never below zero or undecided."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing import road
from billing.checks.kas import check_kas
from billing.innovatiekas import cover, dotaties
from billing.innovatiekas.balance import Balance, balance
from billing.innovatiekas.booking import FREE, FROM_KAS, INTO_KAS, RESERVED
from billing.innovatiekas.shares import fill, to_book
from billing.ledger import balances
from billing.models import KasMovement, KasShare, Period, Settlement
from instruments.models import Instrument, Ontwikkelvoorstel
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from nvsi.money import ZERO
from tests.billing.kas import (
    give,
    make_decided,
    make_share,
    order,
    propose,
)
from tests.billing.settled import H1, NOW, SMALL, TODAY, USUAL, deliver, settle

# 25% of the bijdragen of 30.00 and 3.00.
FILLED = Decimal("8.25")
ONE = Decimal(1)
EUROS = [Decimal(n) for n in ("0.01", "3.00", "8.25", "20.00")]


@pytest.fixture
def share(flexensie: Instrument) -> KasShare:
    return make_share(flexensie, H1)


@pytest.fixture
def filled(share: KasShare, period: Period, penningmeester: Person) -> Period:
    """2026-H1 is approved, and its part is in the kas."""
    fill(share.instrument, booked_on=TODAY, by=penningmeester)
    return period


def findings() -> list[str]:
    return [one for one in check_kas() if isinstance(one, str)]


def undo(period: Period, name: str, by: Person) -> None:
    row = period.settlements.in_force().get(organisation__short_name=name)
    road.reverse(row, reason="tarief klopte niet", now=NOW, by=by)


def decided(
    instrument: Instrument, amount: str, by: Person, other: Person
) -> Ontwikkelvoorstel:
    gemeente = Organisation.objects.get(short_name="Heideveld")
    return make_decided(instrument, gemeente, Decimal(amount), by=by, other=other)


@pytest.mark.parametrize(
    ("differences", "free", "booked"),
    [
        (["5.00"], "0.00", ["5.00"]),
        (["-5.00"], "8.00", ["-5.00"]),
        (["-5.00"], "3.00", ["-3.00"]),
        (["-5.00", "4.00"], "0.00", ["-4.00", "4.00"]),
        (["-5.00", "-2.00"], "6.00", ["-5.00", "-1.00"]),
        (["-5.00"], "0.00", ["0.00"]),
    ],
)
def test_what_has_to_go_back_waits_for_what_is_there(
    differences: list[str], free: str, booked: list[str]
) -> None:
    given_ = to_book([Decimal(d) for d in differences], Decimal(free))
    assert given_ == [Decimal(b) for b in booked]


def test_approving_puts_the_share_in_the_kas_as_one_entry(
    share: KasShare,
    heideveld: Organisation,
    rijkhoven: Organisation,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    deliver(tmp_path, [(heideveld, USUAL), (rijkhoven, SMALL)])
    run = road.prepare(share.instrument, H1, today=TODAY, by=bureau)
    road.approve(run, now=NOW, by=penningmeester)
    movement = KasMovement.objects.get()
    assert (movement.amount, movement.period, movement.share) == (
        FILLED,
        run.period,
        share,
    )
    sides = {p.account.code: p.debit - p.credit for p in movement.entry.postings.all()}
    assert sides == {INTO_KAS: FILLED, FREE: -FILLED}
    assert fill(share.instrument, booked_on=TODAY, by=bureau) == []
    assert findings() == []


def test_without_a_share_nothing_goes_to_the_kas(period: Period) -> None:
    assert fill(period.instrument, booked_on=TODAY, by=None) == []
    assert balance(period.instrument) == Balance()


def test_what_is_promised_stays_when_a_settlement_is_reversed(
    filled: Period, bureau: Person, penningmeester: Person, bestuur: Person
) -> None:
    """6.00 is promised; the reversal takes 2.25 of 7.50, and 5.25 of what comes in."""
    instrument = filled.instrument
    cover.reserve(decided(instrument, "6.00", bureau, bestuur), bestuur)
    undo(filled, "Heideveld", penningmeester)
    assert (balance(instrument).free, balance(instrument).reserved) == (ZERO, 6 * ONE)
    assert findings() == []
    give(instrument, Decimal("5.00"), "ALV-1", by=bureau, other=bestuur)
    assert balance(instrument).free == 0
    settle(preparer=bureau, approver=penningmeester)
    fill(instrument, booked_on=TODAY, by=penningmeester)
    assert balance(instrument).total == FILLED + 5
    assert findings() == []


def test_cheaper_gives_back_what_is_left(
    filled: Period, bureau: Person, bestuur: Person
) -> None:
    instrument = filled.instrument
    voorstel = order(decided(instrument, "8.00", bureau, bestuur), bestuur)
    cover.reserve(voorstel, bestuur)
    with pytest.raises(NotAllowed, match="gereserveerd in de innovatiekas"):
        cover.spend(voorstel, Decimal("8.01"), bestuur)
    cover.spend(voorstel, Decimal("6.50"), bestuur)
    cover.release(voorstel, bestuur)
    after = balance(instrument)
    assert (after.free, after.reserved, after.spent) == (
        Decimal("1.75"),
        ZERO,
        Decimal("6.50"),
    )
    books = balances(datetime.date.max)
    assert {code: books[code] for code in ("4700", "1630", FROM_KAS, INTO_KAS)} == {
        "4700": Decimal("6.50"),
        "1630": Decimal("-6.50"),
        FROM_KAS: Decimal("-6.50"),
        INTO_KAS: FILLED,
    }
    assert (books[FREE], books[RESERVED]) == (-after.free, ZERO)
    assert findings() == []


def test_nothing_is_promised_that_is_not_there_or_not_decided(
    filled: Period, bureau: Person, bestuur: Person
) -> None:
    instrument = filled.instrument
    with pytest.raises(NotAllowed, match="is € 8,25 vrij".replace(" 8", "\xa08")):
        cover.reserve(decided(instrument, "8.26", bureau, bestuur), bestuur)
    voorstel = decided(instrument, "1.00", bureau, bestuur)
    Ontwikkelvoorstel.objects.filter(pk=voorstel.pk).update(ended_at=NOW)
    with pytest.raises(NotAllowed, match="nog niet besloten"):
        cover.reserve(voorstel, bestuur)
    assert balance(instrument).free == FILLED


def test_a_dotatie_is_booked_by_another_person_once(
    flexensie: Instrument, bureau: Person, penningmeester: Person, bestuur: Person
) -> None:
    dotatie = propose(flexensie, Decimal(100), "ALV-1", penningmeester)
    for who, said in [(penningmeester, "zelf vast"), (bureau, "mag niet")]:
        with pytest.raises(NotAllowed, match=said):
            dotaties.confirm(dotatie, by=who)
    dotaties.confirm(dotatie, by=bestuur)
    with pytest.raises(NotAllowed, match="al bekeken"):
        dotaties.refuse(dotatie, reason="dubbel", by=bestuur)
    undated = propose(flexensie, Decimal(50), "ALV-2", bureau)
    undated.besluit.taken_on = None
    undated.besluit.save()
    with pytest.raises(NotAllowed, match="nog geen datum"):
        dotaties.confirm(undated, by=bestuur)
    dotaties.refuse(undated, reason="stond al in de begroting", by=bestuur)
    assert balance(flexensie).free == 100


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["give", "reserve", "spend", "release", "undo", "settle"]),
        st.integers(0, 2),
        st.sampled_from(EUROS),
    ),
    max_size=9,
)


class Play:
    """Acts in any order; what is refused changes nothing."""

    def __init__(self, period: Period, people: tuple[Person, Person, Person]) -> None:
        self.period, self.instrument = period, period.instrument
        self.bureau, self.penningmeester, self.bestuur = people
        self.voorstellen: list[Ontwikkelvoorstel] = []
        self.given = 0

    def act(self, name: str, which: int, amount: Decimal) -> None:
        try:
            with transaction.atomic():
                getattr(self, name)(which, amount)
        except (NotAllowed, IndexError, Settlement.DoesNotExist):
            return

    def give(self, _which: int, amount: Decimal) -> None:
        self.given += 1
        reference = f"ALV-{self.given}"
        give(self.instrument, amount, reference, by=self.bureau, other=self.bestuur)

    def reserve(self, _which: int, amount: Decimal) -> None:
        voorstel = decided(self.instrument, str(amount), self.bureau, self.bestuur)
        cover.reserve(order(voorstel, self.bestuur), self.bestuur)
        self.voorstellen.append(voorstel)

    def spend(self, which: int, amount: Decimal) -> None:
        cover.spend(self.voorstellen[which], amount, self.bestuur)

    def release(self, which: int, _amount: Decimal) -> None:
        cover.release(self.voorstellen[which], self.bestuur)

    def undo(self, which: int, _amount: Decimal) -> None:
        name = "Heideveld" if which else "Rijkhoven"
        undo(self.period, name, self.penningmeester)

    def settle(self, _which: int, _amount: Decimal) -> None:
        settle(preparer=self.bureau, approver=self.penningmeester)
        fill(self.instrument, booked_on=TODAY, by=self.penningmeester)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_a_kas_is_never_below_zero_whatever_is_done(
    filled: Period,
    bureau: Person,
    penningmeester: Person,
    bestuur: Person,
    acts: list[tuple[str, int, Decimal]],
) -> None:
    with transaction.atomic():
        play = Play(filled, (bureau, penningmeester, bestuur))
        for one in acts:
            play.act(*one)
            now = balance(filled.instrument)
            assert now.free >= 0
            assert now.reserved >= 0
            books = balances(datetime.date.max)
            assert (books[FREE], books.get(RESERVED, 0)) == (-now.free, -now.reserved)
        connection.check_constraints()
        assert findings() == []
        transaction.set_rollback(True)


def test_what_was_changed_behind_the_triggers_is_found(
    filled: Period, bureau: Person, bestuur: Person
) -> None:
    cover.reserve(decided(filled.instrument, "6.00", bureau, bestuur), bestuur)
    give(filled.instrument, Decimal(1), "ALV-1", by=bureau, other=bestuur)
    connection.check_constraints()
    for change, said in [
        (
            "UPDATE billing_kasmovement SET amount = 9 WHERE kind = 'fill'",
            "geboekt dan",
        ),
        (
            "UPDATE billing_kasmovement SET amount = 9 WHERE kind = 'reserve'",
            "besloten",
        ),
        ("UPDATE billing_kasdotatie SET amount = 9", "besloten is"),
        ("UPDATE billing_kasshare SET pct = 20", "hoort"),
        ("DELETE FROM billing_kasmovement WHERE kind = 'fill'", "zonder beweging"),
        ("DELETE FROM billing_kasmovement WHERE kind = 'fill'", "is wat vrij is"),
    ]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(change)
            assert [one for one in findings() if said in one], change
            transaction.set_rollback(True)
    assert findings() == []
