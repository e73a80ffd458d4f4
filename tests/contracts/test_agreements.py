"""An agreement is concluded once for a time, and its price changes by half-year."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.agreements import change_terms, conclude
from contracts.models import Coverage, Gebruiksovereenkomst, Terms
from contracts.terms import in_force
from instruments.models import Instrument
from membership.models import HistoryEvent, Organisation, Person
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear

START = datetime.date(2026, 1, 1)
FACTS: dict[str, Any] = {
    "signed_on": datetime.date(2025, 12, 1),
    "starts_on": START,
    "ends_on": None,
    "vergoeding_pct": Decimal("27.50"),
    "by": None,
}


@pytest.fixture
def verband(db: None) -> Organisation:
    return Organisation.objects.create(
        code="werkdal",
        kind="samenwerkingsverband",
        name="Werkdal",
        short_name="Werkdal",
    )


def test_one_agreement_of_a_samenwerkingsverband_covers_all_its_gemeenten(
    verband: Organisation,
    waterkant: Organisation,
    noorderhage: Organisation,
    flexensie: Instrument,
    bureau: Person,
) -> None:
    agreement = conclude(
        verband,
        flexensie,
        gemeenten=[waterkant, noorderhage],
        **{**FACTS, "ends_on": datetime.date(2027, 12, 31), "by": bureau},
    )
    rows = agreement.coverages.order_by("gemeente__code")
    assert [row.gemeente for row in rows] == [waterkant, noorderhage]
    assert {(row.starts_on, row.ends_on) for row in rows} == {
        (START, datetime.date(2027, 12, 31))
    }
    terms = agreement.terms.get()
    assert terms.from_halfyear == HalfYear(2026, 1)
    assert terms.vergoeding_pct == Decimal("27.50")
    event = HistoryEvent.objects.get()
    assert (event.action, event.by) == ("concluded", bureau)
    assert event.facts == {
        "gemeenten": ["GM9002", "GM9003"],
        "vergoeding_pct": "27.50",
    }


def test_a_second_agreement_in_the_same_time_is_refused_in_dutch(
    heideveld: Organisation, flexensie: Instrument
) -> None:
    with pytest.raises(ValidationError, match="al een gebruiksovereenkomst voor dit"):
        conclude(heideveld, flexensie, gemeenten=[heideveld], **FACTS)
    assert Gebruiksovereenkomst.objects.count() == 1


def test_a_gemeente_under_two_holders_is_refused_and_nothing_stays(
    heideveld: Organisation,
    waterkant: Organisation,
    verband: Organisation,
    flexensie: Instrument,
) -> None:
    with pytest.raises(ValidationError, match="Deze gemeente heeft in die tijd al"):
        conclude(verband, flexensie, gemeenten=[waterkant, heideveld], **FACTS)
    assert not verband.gebruiksovereenkomsten.exists()
    assert Coverage.objects.count() == 1


def test_a_successor_begins_the_day_after_the_end(
    agreement: Gebruiksovereenkomst, heideveld: Organisation, flexensie: Instrument
) -> None:
    last = START - datetime.timedelta(days=1)
    agreement.coverages.update(ends_on=last)
    Gebruiksovereenkomst.objects.filter(pk=agreement.pk).update(ends_on=last)
    conclude(heideveld, flexensie, gemeenten=[heideveld], **FACTS)
    assert heideveld.gebruiksovereenkomsten.count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"gemeenten": []}, "minstens één gemeente"),
        ({"gemeenten": ["noorderhage", "noorderhage"]}, "één keer"),
        ({"gemeenten": ["verband"]}, "geen gemeente"),
        ({"holder": "noorderhage", "gemeenten": ["waterkant"]}, "voor zichzelf"),
        ({"holder": "flexensie_nederland"}, "geen gemeente of samenwerkingsverband"),
        ({"ends_on": datetime.date(2025, 12, 31)}, "voor de ingangsdatum"),
        ({"starts_on": datetime.date(1999, 12, 31)}, "geen datum"),
    ],
)
def test_what_cannot_be_an_agreement_is_refused(
    change: dict[str, Any],
    sentence: str,
    request: pytest.FixtureRequest,
    flexensie: Instrument,
) -> None:
    facts = {"holder": "verband", "gemeenten": ["noorderhage"], **FACTS, **change}
    holder = request.getfixturevalue(facts.pop("holder"))
    gemeenten = [request.getfixturevalue(name) for name in facts.pop("gemeenten")]
    with pytest.raises(NotAllowed, match=sentence):
        conclude(holder, flexensie, gemeenten=gemeenten, **facts)


@pytest.mark.parametrize("pct", ["-0.01", "100.01", "30.125"])
def test_a_wrong_percentage_is_refused(
    pct: str, noorderhage: Organisation, flexensie: Instrument
) -> None:
    facts = {**FACTS, "vergoeding_pct": Decimal(pct)}
    with pytest.raises(ValidationError):
        conclude(noorderhage, flexensie, gemeenten=[noorderhage], **facts)
    assert not Gebruiksovereenkomst.objects.exists()


def test_another_price_holds_from_its_halfyear_on(
    agreement: Gebruiksovereenkomst, penningmeester: Person
) -> None:
    change_terms(
        agreement,
        from_halfyear=HalfYear(2026, 2),
        vergoeding_pct=Decimal(28),
        by=penningmeester,
    )
    rows = list(agreement.terms.all())

    def pct(halfyear: HalfYear) -> Decimal:
        terms = in_force(rows, halfyear)
        assert terms is not None
        return terms.vergoeding_pct

    assert pct(HalfYear(2026, 1)) == 30
    assert pct(HalfYear(2026, 2)) == pct(HalfYear(2030, 1)) == 28
    event = HistoryEvent.objects.get(action="terms changed")
    assert event.facts == {"from_halfyear": "2026-H2", "vergoeding_pct": "28"}


def test_a_price_is_not_changed_twice_in_one_halfyear(
    agreement: Gebruiksovereenkomst,
) -> None:
    with pytest.raises(ValidationError, match="staat al een vergoeding"):
        change_terms(
            agreement,
            from_halfyear=HalfYear(2018, 1),
            vergoeding_pct=Decimal(28),
            by=None,
        )
    assert Terms.objects.get().vergoeding_pct == 30


@pytest.mark.parametrize("halfyear", [HalfYear(2017, 2), HalfYear(2021, 1)])
def test_a_price_outside_the_agreement_is_refused(
    agreement: Gebruiksovereenkomst, halfyear: HalfYear
) -> None:
    agreement.ends_on = datetime.date(2020, 12, 31)
    agreement.save()
    with pytest.raises(NotAllowed, match=f"geldt niet in {halfyear}"):
        change_terms(
            agreement, from_halfyear=halfyear, vergoeding_pct=Decimal(28), by=None
        )
