"""A button pressed after the session ended: told, brought back, nothing done."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from membership.models import HistoryEvent, Person
from tests.membership.logins import enter, give_password

BUTTON = "/aanleveringen/1/bevestigen/"
PAGE = "http://testserver/aanleveringen/1/?stap=2"


@pytest.fixture(autouse=True)
def unlimited() -> None:
    """No attempts of an earlier test."""
    cache.clear()


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        (PAGE, "/aanleveringen/1/%3Fstap%3D2"),
        ("http://testserver/beheer/", "/beheer/"),
        ("https://elders.example/aanleveringen/1/", "/"),
        ("//elders.example/", "/"),
        ("", "/"),
    ],
)
def test_the_login_leads_back_to_the_page_of_the_button(
    client: Client, db: None, came_from: str, back: str
) -> None:
    response = client.post(BUTTON, {}, headers={"Referer": came_from})
    assert response["Location"] == f"{reverse('account_login')}?next={back}"


@pytest.mark.parametrize("button", [BUTTON, "/beheer/billing/paymentbatch/1/download/"])
def test_it_is_told_once_and_nothing_was_done(
    client: Client, lezer: Person, button: str
) -> None:
    give_password(lezer)
    before = HistoryEvent.objects.count()
    response = client.post(button, {}, headers={"Referer": PAGE})
    for told in (True, False):
        text = client.get(response["Location"]).content.decode()
        assert ("Uw sessie was verlopen." in text) is told
    assert HistoryEvent.objects.count() == before
    back = enter(client, lezer.email, next="/aanleveringen/1/?stap=2")
    assert back["Location"] == "/aanleveringen/1/?stap=2"


def test_who_is_logged_in_or_only_reads_is_not_told(
    client: Client, lezer: Person
) -> None:
    read = client.get(BUTTON, headers={"Referer": PAGE})
    assert read["Location"].endswith(f"?next={BUTTON}")
    client.force_login(lezer)
    page = client.post("/namens/", {"organisation": lezer.organisation_ids[0]})
    assert page["Location"] == "/"


def test_the_address_of_a_button_is_no_page(client: Client, lezer: Person) -> None:
    client.force_login(lezer)
    page = client.get(BUTTON)
    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert "Dit adres hoort bij een knop." in page.content.decode()
    assert int(page["Content-Length"]) == len(page.content)
