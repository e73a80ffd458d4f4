"""While the portal is closed for maintenance every page says so, and nothing else."""

from http import HTTPStatus

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import Settings

from membership.models import Person

CLOSED = HTTPStatus.SERVICE_UNAVAILABLE


@pytest.fixture
def closed(settings: Settings) -> None:
    settings.NVSI_MAINTENANCE = "tot 14.00 uur"


@pytest.mark.parametrize(
    "path", ["/", "/afrekeningen/", "/inloggen/", "/beheer/", "/nergens/"]
)
def test_every_page_is_closed_and_asks_nothing_of_the_database(
    closed: None, client: Client, path: str
) -> None:
    """Without the mark for it pytest refuses every question to the database."""
    for page in (client.get(path), client.post(path, {"x": "y"})):
        text = " ".join(page.content.decode().split())
        assert page.status_code == CLOSED
        assert "even niet gebruiken, <strong>tot 14.00 uur</strong>." in text
        assert page["Retry-After"] == "600"
        assert "no-store" in page["Cache-Control"]
        assert "default-src 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"


def test_who_watches_still_gets_an_answer(
    closed: None, client: Client, db: None
) -> None:
    assert client.get(reverse("health")).status_code == HTTPStatus.OK


def test_the_words_are_optional_and_never_code(client: Client) -> None:
    with override_settings(NVSI_MAINTENANCE="1"):
        assert "niet gebruiken.</p>" in client.get("/").content.decode()
    with override_settings(NVSI_MAINTENANCE="<b>nu</b>"):
        assert "<b>nu" not in Client().get("/").content.decode()


def test_without_the_switch_the_portal_is_open(client: Client, lezer: Person) -> None:
    client.force_login(lezer)
    assert client.get("/").status_code == HTTPStatus.OK
