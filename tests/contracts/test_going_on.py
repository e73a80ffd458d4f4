"""An agreement that goes on: who is under it, what it costs, and until when."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.kinds import Party, Why
from contracts.models import Gebruiksovereenkomst, Verwerkersovereenkomst
from contracts.offering.drafting import draft
from contracts.offering.force import bring_into_force
from contracts.offering.going_on import price_on
from contracts.stopping import notices
from instruments.models import Instrument
from membership.models import Membership, Organisation, Person
from membership.redivision import recording
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from tests.conftest import SINCE, make_gemeente, make_person
from tests.contracts.offers import (
    START,
    TODAY,
    going_on,
    in_force,
    put_forward,
    put_names,
    use,
    verwerkers,
)

DAY = datetime.timedelta(days=1)
JULY = datetime.date(2027, 7, 1)
JANUARY = datetime.date(2028, 1, 1)


@pytest.fixture
def people(bureau: Person, bestuur: Person) -> dict[str, Any]:
    return {"bureau": bureau, "bestuur": bestuur}


@pytest.fixture
def verband(db: None) -> Organisation:
    """A lid with a verwerkersovereenkomst of its own."""
    made = Organisation.objects.create(
        code="OOST", kind="samenwerkingsverband", name="Oost", short_name="Oost"
    )
    Membership.objects.create(organisation=made, kind="lid", starts_on=SINCE)
    made.verwerkersovereenkomsten.create(starts_on=SINCE)
    return made


@pytest.fixture
def used(waterkant: Organisation, flexensie: Instrument, people: dict[str, Any]) -> Any:
    """Waterkant uses flexensie from the next half-year, for 27,5%."""
    waterkant.verwerkersovereenkomsten.create(starts_on=SINCE)
    signer = make_person("Tekenaar", "ondertekenaar", waterkant)
    return in_force(use(waterkant, flexensie), signer, **people)


def test_who_joins_later_is_not_left_out_before_it_began(
    verband: Organisation,
    flexensie: Instrument,
    people: dict[str, Any],
) -> None:
    aa, bee = make_gemeente("GM9061", "Aa"), make_gemeente("GM9062", "Bee")
    signer = make_person("Directeur", "ondertekenaar", verband)
    content = use(verband, flexensie, gemeenten=(aa,), starts_on=SINCE)
    fact = in_force(content, signer, **people)
    both = going_on(fact, Why.CHANGE, gemeenten=(aa, bee), starts_on=JULY)
    in_force(both, signer, **people)
    fact.refresh_from_db()
    for first in (START, JULY):
        without = going_on(fact, Why.CHANGE, gemeenten=(aa,), starts_on=first)
        with pytest.raises(NotAllowed, match=r"Bee doet .* vanaf 1.juli 2027, en"):
            draft(without, today=TODAY, by=people["bureau"])
    sooner = going_on(fact, Why.CHANGE, gemeenten=(aa, bee), starts_on=START)
    in_force(sooner, signer, **people)
    assert bee.coverages.get().starts_on == START
    fact.refresh_from_db()
    later = going_on(fact, Why.CHANGE, gemeenten=(aa,), starts_on=JULY)
    in_force(later, signer, **people)
    assert bee.coverages.get().ends_on == JULY - DAY


def test_a_price_that_was_signed_for_a_half_year_is_refused_at_the_draft(
    used: Any, waterkant: Organisation, people: dict[str, Any]
) -> None:
    signer = waterkant.roles.get(name="ondertekenaar").person
    dearer = {"starts_on": JANUARY, "vergoeding_pct": Decimal(30)}
    in_force(going_on(used, Why.CHANGE, **dearer), signer, **people)
    used.refresh_from_db()
    for first in (JULY, JANUARY):
        other = {"starts_on": first, "vergoeding_pct": Decimal(25)}
        content = going_on(used, Why.CHANGE, **other)
        with pytest.raises(NotAllowed, match=r"helft van 2028 is al .* 30%") as said:
            draft(content, today=TODAY, by=people["bureau"])
        assert said.value.field == "vergoeding_pct"
    same = {"starts_on": JULY, "vergoeding_pct": Decimal(30)}
    in_force(going_on(used, Why.CHANGE, **same), signer, **people)
    assert price_on(used, HalfYear.of(JULY)) == Decimal(30)


def test_a_price_after_the_last_day_is_not_in_the_way(
    used: Any, waterkant: Organisation, people: dict[str, Any]
) -> None:
    used.terms.create(from_halfyear=HalfYear.of(JANUARY), vergoeding_pct=30)
    shorter = {"starts_on": JULY, "ends_on": JANUARY - DAY}
    content = going_on(used, Why.CHANGE, **shorter)
    assert draft(content, today=TODAY, by=people["bureau"]).ends_on == JANUARY - DAY


def test_a_changed_verwerkersovereenkomst_does_not_end_before_the_use(
    heideveld: Organisation, bureau: Person
) -> None:
    fact = heideveld.verwerkersovereenkomsten.get()
    facts = {"why": Why.CHANGE, "goes_on": fact, "starts_on": TODAY + DAY}
    shorter = verwerkers(heideveld, ends_on=TODAY + 30 * DAY, **facts)
    with pytest.raises(NotAllowed, match="loopt dan nog"):
        draft(shorter, today=TODAY, by=bureau)
    heideveld.gebruiksovereenkomsten.update(ends_on=TODAY + 30 * DAY)
    heideveld.coverages.update(ends_on=TODAY + 30 * DAY)
    assert draft(shorter, today=TODAY, by=bureau).fact == fact


def test_the_end_of_a_verwerkersovereenkomst_by_hand_keeps_the_use_covered(
    client: Client, heideveld: Organisation, bureau: Person
) -> None:
    fact, today = heideveld.verwerkersovereenkomsten.get(), timezone.localdate()
    client.force_login(bureau)
    url = reverse("admin:contracts_verwerkersovereenkomst_change", args=[fact.pk])
    for said, why in (
        (f"{today:%d-%m-%Y}", "loopt dan nog"),
        ("31-12-9999", "Kies een jaar van"),
    ):
        assert why in client.post(url, {"ends_on": said}).text
        fact.refresh_from_db()
        assert fact.ends_on is None
    heideveld.gebruiksovereenkomsten.update(ends_on=today)
    heideveld.coverages.update(ends_on=today)
    client.post(url, {"ends_on": f"{today:%d-%m-%Y}"})
    fact.refresh_from_db()
    assert fact.ends_on == today


def test_the_last_day_of_an_opzegging_is_not_changed_by_hand(
    client: Client,
    agreement: Gebruiksovereenkomst,
    heideveld: Organisation,
    bureau: Person,
) -> None:
    fact, today = heideveld.verwerkersovereenkomsten.get(), timezone.localdate()
    for one in (agreement, fact):
        notices.give_notice(
            one,
            given_by=Party.ORGANISATION,
            received_on=today,
            notice_months=3,
            reason="",
            today=today,
            by=bureau,
        )
    client.force_login(bureau)
    url = reverse("admin:contracts_verwerkersovereenkomst_change", args=[fact.pk])
    assert 'name="ends_on"' not in client.get(url).text
    assert client.post(url, {"ends_on": ""}).status_code == 403
    fact.refresh_from_db()
    assert fact.ends_on == fact.notice.ends_on


def test_who_is_no_lid_any_more_on_the_first_day_gets_no_agreement(
    waterkant: Organisation, flexensie: Instrument, bureau: Person
) -> None:
    Verwerkersovereenkomst.objects.create(organisation=waterkant, starts_on=SINCE)
    waterkant.memberships.update(ends_on=START - DAY)
    with pytest.raises(NotAllowed, match=r"op 1.januari 2027 geen lid en geen"):
        draft(use(waterkant, flexensie), today=TODAY, by=bureau)
    waterkant.memberships.update(ends_on=START)
    assert draft(use(waterkant, flexensie), today=TODAY, by=bureau).starts_on == START


def test_a_gemeente_that_goes_is_not_prolonged_by_the_last_signature(
    agreement: Gebruiksovereenkomst,
    heideveld: Organisation,
    people: dict[str, Any],
) -> None:
    last = START - DAY
    agreement.coverages.update(ends_on=last)
    Gebruiksovereenkomst.objects.update(ends_on=last)
    agreement.refresh_from_db()
    bureau, bestuur = people["bureau"], people["bestuur"]
    content = going_on(agreement, Why.PROLONGATION, vergoeding_pct=Decimal(30))
    made = put_forward(draft(content, today=TODAY, by=bureau), bureau)
    recording.record_redivision(
        heideveld,
        successor=make_gemeente("GM9055", "Nieuw Heideveld"),
        code="",
        name="",
        starts_on=START,
        ground="Stb. 2025, 123",
        by=bureau,
    )
    signer = make_person("Tekenaar", "ondertekenaar", heideveld)
    put_names(made, (Party.ORGANISATION, signer), (Party.NVSI, bestuur))
    with pytest.raises(NotAllowed, match="op in Nieuw Heideveld"):
        bring_into_force(made, bestuur, today=TODAY)
