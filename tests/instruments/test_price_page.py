"""The price page: any gemeente, any year, and the sum step by step."""

import datetime
from decimal import Decimal

import pgtrigger
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from instruments.models import ContributionRate, Instrument, Tariff, TariffIndexation
from membership.models import Organisation, Person
from nvsi.dutch import euro
from nvsi.halfyear import HalfYear
from tests.conftest import make_gemeente
from tests.instruments.tariffs import (
    make_besluit,
    make_by_users,
    make_per_inhabitant,
    make_tariff,
)

NBSP = "\xa0"


@pytest.fixture
def haven(db: None) -> Organisation:
    haven = make_gemeente("GM9041", "Haven")
    haven.inhabitants = 100_000
    haven.save()
    return haven


def ask(client: Client, slug: str, status: int = 200, **asked: str | int) -> str:
    response = client.get(reverse("price", args=[slug]), asked)
    assert response.status_code == status
    return response.content.decode().replace(NBSP, " ")


def test_a_price_per_inhabitant_is_shown_step_by_step(
    client: Client, haven: Organisation
) -> None:
    make_per_inhabitant()
    page = ask(client, "kindertelefoon", jaar=2018, gemeente="GM9041")
    assert "€ 15.320.000,00 gedeeld door 16.979.120 inwoners" in page
    assert "€ 0,90 en 1,5% indexering" in page
    assert "€ 0,91 × 100.000 inwoners" in page
    assert "Haven betaalt € 91.000,00 in 2018" in page
    assert "BALV-2016-D" in page
    assert "Nog niet geïndexeerd" not in page


def test_a_year_without_an_indexation_says_so(
    client: Client, haven: Organisation
) -> None:
    make_per_inhabitant()
    page = ask(client, "kindertelefoon", jaar=2020, gemeente="GM9041")
    assert "Nog niet geïndexeerd voor: 2019, 2020." in page


def test_the_price_of_its_own_price_level_is_not_indexed(db: None) -> None:
    tariff, besluit = make_per_inhabitant(), make_besluit()
    row = TariffIndexation(tariff=tariff, year=2017, pct=Decimal(2), besluit=besluit)
    with pytest.raises(ValidationError, match="Kies een later jaar") as refused:
        row.full_clean()
    assert list(refused.value.message_dict) == ["year"]
    row.year = 2019
    row.full_clean()


def test_what_we_know_since_after_midnight_here_is_told_with_the_day_here(
    client: Client, haven: Organisation
) -> None:
    make_per_inhabitant()
    late = datetime.datetime(2026, 11, 23, 23, 30, tzinfo=datetime.UTC)
    events = apps.get_model("membership", "OrganisationEvent")._default_manager
    with pgtrigger.ignore("membership.OrganisationEvent:append_only"):
        events.filter(pgh_obj=haven).update(pgh_created_at=late)
    page = ask(client, "kindertelefoon", jaar=2018, gemeente="GM9041")
    assert "zoals dat sinds 24 november 2026 in het portaal staat" in page


def test_who_has_a_provision_of_its_own_pays_nothing_in_whole_years(
    client: Client, haven: Organisation
) -> None:
    tariff = make_per_inhabitant()
    tariff.exemptions.create(
        organisation=haven,
        starts_on=datetime.date(2018, 6, 1),
        ends_on=datetime.date(2019, 6, 1),
        reason="Heeft een eigen voorziening",
    )
    paid = [
        f"Haven betaalt {amount} in {year}"
        in ask(client, "kindertelefoon", jaar=year, gemeente="GM9041")
        for year, amount in [
            (2018, "€ 91.000,00"),
            (2019, "€ 0,00"),
            (2020, "€ 91.000,00"),
        ]
    ]
    assert paid == [True, True, True]


def test_a_gemeente_of_unknown_size_gets_a_reason_and_no_sum(
    client: Client, db: None
) -> None:
    make_gemeente("GM9042", "Leeg")
    make_per_inhabitant()
    page = ask(client, "kindertelefoon", jaar=2018, gemeente="GM9042")
    assert "Van Leeg is het aantal inwoners niet bekend" in page
    assert (
        "betaalt"
        not in page.split("<main")[1].split("Hoe er in")[0].split("</p>", 1)[1]
    )


def test_users_pay_once_and_each_year(client: Client, haven: Organisation) -> None:
    make_by_users()
    page = ask(client, "govroam", jaar=2026, gemeente="GM9041", gebruikers=700)
    assert "Haven betaalt € 1.250,00 in 2026" in page
    assert "samen € 2.750,00" in page
    page = ask(client, "govroam", jaar=2026, gemeente="GM9041")
    assert "Vul het aantal gebruikers in." in page


def test_what_is_free_costs_nothing(client: Client, haven: Organisation) -> None:
    make_tariff("verhuisservice", "free")
    page = ask(client, "verhuisservice", jaar=2026, gemeente="GM9041")
    assert f"Haven betaalt {euro('0')} in 2026".replace(NBSP, " ") in page


def test_the_percentage_is_that_of_the_contribution(
    client: Client, flexensie: Instrument
) -> None:
    page = ask(client, "flexensie", jaar=2026, omzet="100000")
    assert "1% van € 50.000,00" in page
    assert "De gemeente betaalt € 1.000,00 in 2026" in page
    assert "De uitvoerder betaalt zelf € 1.000,00" in page


def test_an_instrument_without_a_price_says_so(client: Client, db: None) -> None:
    Instrument.objects.create(slug="nieuw", name="Nieuw")
    assert "nog geen prijs van Nieuw" in ask(client, "nieuw", jaar=2026)
    make_tariff("nieuw", "free", starts_on=datetime.date(2027, 1, 1))
    assert "?jaar=2027" in ask(client, "nieuw", jaar=2026)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"jaar": "later"}, "Schrijf het jaar in vier cijfers"),
        ({"jaar": "1999"}, "Kies een jaar vanaf 2000"),
        ({"jaar": "2999"}, "Kies een jaar tot en met"),
        ({"jaar": "2026", "gemeente": "GM0000"}, "Kies een gemeente uit de lijst"),
        ({"jaar": "2026", "gebruikers": "0"}, "Er is minstens 1 gebruiker"),
    ],
)
def test_what_cannot_be_is_explained(
    client: Client, haven: Organisation, asked: dict[str, str], sentence: str
) -> None:
    make_by_users()
    assert sentence in ask(client, "govroam", status=422, **asked)


def test_who_acts_for_a_gemeente_sees_its_own_price_at_once(
    client: Client, lezer: Person, heideveld: Organisation
) -> None:
    Organisation.objects.filter(pk=heideveld.pk).update(inhabitants=1000)
    make_per_inhabitant()
    client.force_login(lezer)
    page = ask(client, "kindertelefoon", jaar=2018)
    assert f"{heideveld.short_name} betaalt € 910,00 in 2018" in page


def test_a_form_says_that_there_is_a_percentage_already(flexensie: Instrument) -> None:
    free = Tariff(
        instrument=flexensie,
        kind="free",
        starts_on=datetime.date(2030, 1, 1),
        besluit=make_besluit(),
    )
    with pytest.raises(ValidationError, match="bijdragepercentage van 0 en 0"):
        free.full_clean()
    rate = ContributionRate.objects.create(
        instrument=flexensie,
        from_halfyear=HalfYear(2030, 1),
        gemeente_pct=0,
        uitvoerder_pct=0,
        besluit=make_besluit(),
    )
    free.full_clean()
    free.save()
    rate.gemeente_pct, rate.pk = 1, None
    rate.from_halfyear = HalfYear(2031, 2)
    with pytest.raises(ValidationError, match="al een ander tarief"):
        rate.full_clean()
