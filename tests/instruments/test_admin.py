"""The admin of instruments: who carries them out, and what the ALV asks."""

import datetime
from decimal import Decimal

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from instruments.models import (
    ContributionRate,
    Instrument,
    MinimumWage,
    TariffBand,
    TariffIndexation,
    Uitvoerder,
)
from membership.models import AlvBesluit, HistoryEvent, Organisation, Person
from nvsi.halfyear import HalfYear

JANUARY = datetime.date(2026, 1, 1)


@pytest.fixture
def at_bureau(client: Client, bureau: Person) -> Client:
    client.force_login(bureau)
    return client


def rate_form(flexensie: Instrument, **changes: str) -> dict[str, str]:
    form = {"instrument": str(flexensie.pk), "from_halfyear": "2027-H1"}
    form |= {"gemeente_pct": "1.00", "uitvoerder_pct": "1.00"}
    besluit = AlvBesluit.objects.first()
    assert besluit is not None
    return {**form, "besluit": str(besluit.pk), **changes}


ADD_RATE = "admin:instruments_contributionrate_add"


def test_a_rate_of_the_alv_is_added_for_a_halfyear_written_as_people_do(
    at_bureau: Client, bureau: Person, flexensie: Instrument
) -> None:
    at_bureau.post(reverse(ADD_RATE), rate_form(flexensie, gemeente_pct="1,25"))
    rate = flexensie.contribution_rates.get(from_halfyear=HalfYear(2027, 1))
    assert rate.gemeente_pct == Decimal("1.25")
    event = HistoryEvent.objects.get(subject_type="instruments.contributionrate")
    assert (event.action, event.by) == ("added", bureau)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"from_halfyear": "later"}, "geen halfjaar"),
        ({"gemeente_pct": "101"}, "hoogstens"),
        ({"gemeente_pct": ""}, "verplicht"),
    ],
)
def test_a_wrong_rate_is_explained(
    changes: dict[str, str], sentence: str, at_bureau: Client, flexensie: Instrument
) -> None:
    before = ContributionRate.objects.count()
    response = at_bureau.post(reverse(ADD_RATE), rate_form(flexensie, **changes))
    assert sentence in response.content.decode()
    assert ContributionRate.objects.count() == before


def test_a_rate_changes_once_in_a_halfyear(
    at_bureau: Client, flexensie: Instrument
) -> None:
    at_bureau.post(reverse(ADD_RATE), rate_form(flexensie))
    response = at_bureau.post(reverse(ADD_RATE), rate_form(flexensie))
    assert "Voor dit halfjaar staat al een percentage." in response.content.decode()


def test_the_halfyear_of_a_rate_stays_when_its_percentage_is_corrected(
    at_bureau: Client, flexensie: Instrument
) -> None:
    at_bureau.post(reverse(ADD_RATE), rate_form(flexensie))
    rate = flexensie.contribution_rates.get(from_halfyear=HalfYear(2027, 1))
    url = reverse("admin:instruments_contributionrate_change", args=[rate.pk])
    assert "2027-H1" in at_bureau.get(url).content.decode()
    form = rate_form(flexensie, from_halfyear="2030-H1", uitvoerder_pct="0.75")
    at_bureau.post(url, form)
    rate.refresh_from_db()
    assert rate.from_halfyear == HalfYear(2027, 1)
    assert rate.uitvoerder_pct == Decimal("0.75")
    facts = HistoryEvent.objects.get(action="changed").facts
    assert facts == {"fields": ["uitvoerder_pct"]}


def test_an_instrument_has_one_uitvoerder_at_a_time(
    at_bureau: Client, flexensie: Instrument, flexensie_nederland: Organisation
) -> None:
    form = {"instrument": str(flexensie.pk), "organisation": flexensie_nederland.pk}
    add = reverse("admin:instruments_uitvoerder_add")
    response = at_bureau.post(add, {**form, "starts_on": "01-01-2030"})
    assert "heeft in die tijd al een uitvoerder" in response.content.decode()
    now = Uitvoerder.objects.get()
    change = reverse("admin:instruments_uitvoerder_change", args=[now.pk])
    started = f"{now.starts_on:%d-%m-%Y}"
    at_bureau.post(change, {"starts_on": started, "ends_on": "31-12-2029"})
    at_bureau.post(add, {**form, "starts_on": "01-01-2030"})
    assert Uitvoerder.objects.count() == 2


def test_an_end_before_the_beginning_is_said_before_the_database_is_asked(
    at_bureau: Client, flexensie: Instrument
) -> None:
    now = Uitvoerder.objects.get()
    url = reverse("admin:instruments_uitvoerder_change", args=[now.pk])
    response = at_bureau.post(url, {"starts_on": "02-01-2030", "ends_on": "01-01-2030"})
    assert "De einddatum ligt voor de begindatum." in response.content.decode()


def test_only_an_uitvoerder_can_be_chosen_to_carry_an_instrument_out(
    at_bureau: Client, heideveld: Organisation
) -> None:
    text = at_bureau.get(reverse("admin:instruments_uitvoerder_add")).content.decode()
    assert "Flexensie Nederland" in text
    assert "Heideveld" not in text


def test_an_instrument_shows_its_uitvoerders_and_rates(
    at_bureau: Client, flexensie: Instrument
) -> None:
    url = reverse("admin:instruments_instrument_change", args=[flexensie.pk])
    text = at_bureau.get(url).content.decode()
    assert "Flexensie Nederland" in text
    assert "1%" in text
    at_bureau.post(url, {"name": "Flexensie!", "slug": "other", "description": ""})
    flexensie.refresh_from_db()
    assert (flexensie.name, flexensie.slug) == ("Flexensie!", "flexensie")


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (
            MinimumWage(amount="14.71", starts_on=JANUARY),
            "€ 14,71 per uur vanaf 1 januari 2026",
        ),
        (TariffBand(from_users=1), "vanaf 1 gebruiker"),
        (TariffIndexation(year=2026, pct="2.50"), "2026: 2,5%"),
        (
            ContributionRate(
                instrument=Instrument(name="Flexensie"),
                from_halfyear=HalfYear(2026, 1),
                gemeente_pct="1.00",
                uitvoerder_pct="0.75",
            ),
            "Flexensie vanaf 2026-H1: 1% en 0,75%",
        ),
    ],
)
def test_a_name_is_written_as_the_dutch_do(row: Model, name: str) -> None:
    assert str(row).replace("\u00a0", " ") == name


def test_a_decision_of_the_alv_gets_its_date_later(at_bureau: Client) -> None:
    besluit = AlvBesluit.objects.create(reference="ALV-9", subject="Bijdrage")
    url = reverse("admin:membership_alvbesluit_change", args=[besluit.pk])
    at_bureau.post(url, {"subject": "Bijdrage", "taken_on": "14-12-2023"})
    besluit.refresh_from_db()
    assert besluit.taken_on == datetime.date(2023, 12, 14)


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"kind": "free", "starts_on": "02-01-2027"}, "starts_on", "op 1 januari"),
        ({"kind": "free", "ends_on": "30-12-2027"}, "ends_on", "op 31 december"),
        ({"kind": "free", "one_off": "10"}, "one_off", "Laat dit leeg"),
        ({"kind": "users"}, "one_off", "Vul dit in"),
        ({"kind": "inhabitant", "price_level": "2026"}, "inhabitants", "Vul dit in"),
    ],
)
def test_what_a_tariff_asks_is_said_at_the_field(
    facts: dict[str, str], field: str, sentence: str, at_bureau: Client
) -> None:
    instrument = Instrument.objects.create(slug="anders", name="Anders")
    besluit = AlvBesluit.objects.first()
    assert besluit is not None
    form = {"instrument": str(instrument.pk), "besluit": str(besluit.pk)}
    form |= {"starts_on": "01-01-2027", **facts}
    add = reverse("admin:instruments_tariff_add")
    errors = at_bureau.post(add, form).context["adminform"].form.errors
    assert list(errors) == [field]
    assert sentence in errors[field][0]


def test_what_was_added_is_said_without_an_article(
    at_bureau: Client, flexensie: Instrument
) -> None:
    response = at_bureau.post(reverse(ADD_RATE), rate_form(flexensie), follow=True)
    [told] = [str(message) for message in response.context["messages"]]
    assert told.startswith("Bijdragepercentage \u2018<a href=")
    assert "is met succes toegevoegd" in told
    assert "<title>Bijdragepercentages | NVSI beheer</title>" in (
        response.content.decode()
    )
