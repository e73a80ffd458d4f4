"""The first page: what is asked of me now, how things are, and what comes."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing.models import Period, Settlement
from billing.statements.expected import expected
from contracts.glance import glance
from membership.models import Membership, Organisation, Person
from nvsi.dutch import day, short_day
from nvsi.views import greeting
from tests.billing.conftest import ordered, period, rijkhoven
from tests.billing.settled import reverse
from tests.billing.test_pages import text_of

__all__ = ["ordered", "period", "rijkhoven"]

TODAY = datetime.date(2026, 11, 22)


def test_who_is_not_logged_in_goes_to_the_login(client: Client, db: None) -> None:
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/inloggen/?next=/")


def test_home_tells_standing_and_what_is_used(client: Client, lezer: Person) -> None:
    client.force_login(lezer)
    text = text_of(client, "/")
    assert "Heideveld is lid sinds 1 januari 2018 en gebruikt Flexensie." in text
    assert "collegebesluit van 1 januari 2018" in text
    assert "Contact Lezer" in text


def test_home_shows_the_latest_statement_as_one_figure(
    client: Client, lezer: Person, period: Period
) -> None:
    client.force_login(lezer)
    text = text_of(client, "/")
    assert "Laatste afrekening: eerste helft van 2026" in text
    assert "Uw gemeente ontvangt € 835,00" in text
    assert 'href="/afrekeningen/2026-0001/"' in client.get("/").content.decode()


def test_a_statement_that_was_reversed_is_not_the_latest(
    client: Client, lezer: Person, penningmeester: Person, period: Period
) -> None:
    reverse(Settlement.objects.get(number_sequence=1), by=penningmeester)
    client.force_login(lezer)
    assert "Laatste afrekening" not in text_of(client, "/")


def test_a_stranger_sees_nothing_of_others(
    client: Client, vreemde: Person, period: Period
) -> None:
    client.force_login(vreemde)
    text = text_of(client, "/")
    assert "Noorderhage gebruikt nog geen oplossing." in text
    assert "835,00" not in text


def test_who_owes_nothing_is_told_so(client: Client, lezer: Person) -> None:
    client.force_login(lezer)
    assert "Wij vragen nu niets van u." in text_of(client, "/")


def test_what_is_asked_stands_first_with_its_day(
    client: Client, heideveld: Organisation, lezer: Person
) -> None:
    Organisation.objects.filter(pk=heideveld.pk).update(iban="")
    client.force_login(lezer)
    text = text_of(client, "/")
    last = expected(timezone.localdate()).on - datetime.timedelta(days=1)
    assert "Dit vragen wij nu van u Mail ons het rekeningnummer" in text
    assert f"uiterlijk {day(last)}".replace("\xa0", " ") in text


def test_a_membership_that_ended_is_not_told(waterkant: Organisation) -> None:
    Membership.objects.update(ends_on=datetime.date(2026, 1, 1))
    assert glance(waterkant, today=TODAY).standing == ""


def test_what_is_asked_of_another_organisation_is_pointed_at(
    client: Client, waterkant: Organisation, lezer: Person
) -> None:
    lezer.roles.create(organisation=waterkant, name="contactpersoon", starts_on=TODAY)
    client.force_login(lezer)
    text = text_of(client, "/")
    assert "Wij vragen nu niets van u." in text
    assert "Ook van gemeente Waterkant vragen wij iets." in text
    everything = text_of(client, "/account/agenda/")
    assert "Mail ons het collegebesluit over het lidmaatschap" in everything
    assert "gemeente Waterkant zodra het besluit is genomen" in everything


def test_an_agreement_that_ends_is_told_before(
    client: Client, heideveld: Organisation, lezer: Person
) -> None:
    until = timezone.localdate() + datetime.timedelta(days=30)
    heideveld.gebruiksovereenkomsten.update(ends_on=until)
    client.force_login(lezer)
    text = text_of(client, "/")
    on = short_day(until).replace("\xa0", " ")
    assert f"{on} Uw overeenkomst voor Flexensie eindigt" in text
    assert "Wij vragen nu niets van u." in text


def test_the_uitvoerder_is_told_what_it_does(
    client: Client, backoffice: Person
) -> None:
    client.force_login(backoffice)
    text = text_of(client, "/")
    assert "voert Flexensie uit." in text
    assert "gebruiksovereenkomst" not in text


def test_the_association_is_sent_to_its_work(client: Client, bureau: Person) -> None:
    client.force_login(bureau)
    assert "Naar het beheer" in text_of(client, "/")


def test_who_has_no_role_any_more_is_told_so(client: Client, lezer: Person) -> None:
    lezer.roles.update(ends_on=datetime.date(2020, 1, 1))
    client.force_login(lezer)
    assert "U werkt nu voor geen enkele organisatie." in text_of(client, "/")


def test_home_asks_a_fixed_number_of_questions(
    client: Client, lezer: Person, period: Period
) -> None:
    client.force_login(lezer)
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) <= 35


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "Goedemorgen"), (12, "Goedemiddag"), (18, "Goedenavond"), (23, "Goedenavond")],
)
def test_the_greeting_follows_the_clock(hour: int, words: str) -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    assert greeting(datetime.datetime(2026, 11, 22, hour, tzinfo=zone)) == words


@pytest.mark.parametrize(
    ("today", "period", "from_day"),
    [
        (datetime.date(2026, 7, 14), "eerste helft van 2026", "15\xa0juli 2026"),
        (datetime.date(2026, 7, 15), "eerste helft van 2026", "15\xa0juli 2026"),
        (datetime.date(2026, 7, 16), "tweede helft van 2026", "15\xa0januari 2027"),
        (datetime.date(2027, 1, 1), "tweede helft van 2026", "15\xa0januari 2027"),
    ],
)
def test_the_next_statement_is_told_with_its_day(
    today: datetime.date, period: str, from_day: str
) -> None:
    coming = expected(today)
    assert (coming.period, coming.from_day) == (period, from_day)


def test_every_page_forbids_inline_style_and_script(
    client: Client, lezer: Person
) -> None:
    client.force_login(lezer)
    for path in ("/", "/afrekeningen/", "/nergens/"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    "name", ["403.html", "403_csrf.html", "404.html", "500.html", "503.html"]
)
def test_an_error_page_needs_no_database(name: str) -> None:
    """Without the mark for it pytest refuses every question to the database."""
    page = render_to_string(name)
    assert "<h1" in page
    assert 'href="#main"' in page


def test_a_page_that_is_not_there_says_so_in_dutch(client: Client, db: None) -> None:
    assert "Deze pagina is er niet" in text_of(client, "/nergens/", status=404)


def test_a_form_without_its_token_gets_a_clear_page(lezer: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lezer)
    response = client.post("/namens/", {"organisation": "1"})
    assert response.status_code == 403
    assert "Dit formulier is verlopen" in response.content.decode()
