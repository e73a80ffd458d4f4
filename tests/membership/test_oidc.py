"""Login by another organisation, at a provider that runs as a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from membership.models import Person
from tests.membership.logins import code, give_app, give_password

pytestmark = pytest.mark.django_db

PROVIDER = Path(__file__).with_name("openid_provider.py")
CLIENT = ("nvsi-portaal", "een geheim van de test")
NAME = "de gemeente Heideveld"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of the provider, which runs as long as this module does."""
    command = [sys.executable, str(PROVIDER), *CLIENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture(autouse=True)
def other_organisation(settings: Settings, issuer: str) -> None:
    """As the environment variables NVSI_OIDC_* set it."""
    cache.clear()
    configure(settings, issuer)


def configure(settings: Settings, issuer: str, secret: str = CLIENT[1]) -> None:
    app = {
        "provider_id": "extern",
        "name": NAME,
        "client_id": CLIENT[0],
        "secret": secret,
        "settings": {"server_url": issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]}
        | {"APPS": [app]}
    }


def start(client: Client, **query: str) -> Any:
    """To the provider: gives the address of its login page."""
    url = reverse("openid_connect_login", args=["extern"])
    return client.get(url, query)


def fill_in(login_page: str, email: str, **more: str) -> str:
    """Log in there: gives the address to which the browser is sent back."""
    assert requests.get(login_page, timeout=10).ok
    sent = requests.post(
        login_page, {"email": email, **more}, allow_redirects=False, timeout=10
    )
    there = urlsplit(sent.headers["Location"])
    return f"{there.path}?{there.query}"


def log_in(client: Client, email: str, verified: str = "on", **more: str) -> Any:
    login_page = start(client)["Location"]
    return client.get(fill_in(login_page, email, verified=verified, **more))


def logged_in(client: Client) -> bool:
    return client.get(reverse("mfa_index")).status_code == 200


def test_a_verified_address_of_a_person_logs_in(client: Client, lezer: Person) -> None:
    page = client.get(reverse("account_login"))
    assert f"Inloggen met {NAME}" in page.content.decode()
    response = log_in(client, "Lezer@nvsi.example")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(lezer.pk)


def test_the_login_asks_with_state_and_a_challenge(client: Client) -> None:
    asked = parse_qs(urlsplit(start(client)["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"][0]
    assert "openid" in asked["scope"][0].split()


def test_the_login_goes_on_to_where_somebody_was_going(
    client: Client, lezer: Person
) -> None:
    login_page = start(client, next="/account/sessies/")["Location"]
    back = client.get(fill_in(login_page, lezer.email, verified="on"))
    assert back["Location"] == "/account/sessies/"


def test_nothing_is_tied_to_the_person_and_his_password_stays(
    client: Client, lezer: Person
) -> None:
    give_password(lezer)
    log_in(client, lezer.email)
    lezer.refresh_from_db()
    assert lezer.has_usable_password()
    assert not SocialAccount.objects.exists()
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("verified", ["", "word", "no word"])
def test_an_address_that_was_not_verified_is_refused(
    client: Client, lezer: Person, verified: str
) -> None:
    response = log_in(client, lezer.email, verified)
    assert response.status_code == 403
    assert "U kunt zo niet inloggen" in response.content.decode()
    assert not logged_in(client)


def test_an_address_that_nobody_has_is_refused_and_makes_no_account(
    client: Client, lezer: Person
) -> None:
    response = log_in(client, "niemand@nvsi.example")
    assert response.status_code == 403
    assert not logged_in(client)
    assert list(Person.objects.all()) == [lezer]


def test_who_is_not_active_is_refused(client: Client, lezer: Person) -> None:
    Person.objects.update(is_active=False)
    assert log_in(client, lezer.email).status_code == 403
    assert not logged_in(client)


def test_an_address_that_changed_no_longer_logs_in(
    client: Client, lezer: Person
) -> None:
    log_in(client, lezer.email)
    client.logout()
    Person.objects.update(email="nieuw@nvsi.example")
    assert log_in(client, "lezer@nvsi.example").status_code == 403


@pytest.mark.parametrize("fault", [{"sub": "ander"}, {"aud": "ander"}, {"lives": "-9"}])
def test_a_token_of_another_or_from_before_is_refused(
    client: Client, lezer: Person, fault: dict[str, str]
) -> None:
    response = log_in(client, lezer.email, **fault)
    assert response.status_code in (401, 403)
    assert not logged_in(client)


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_an_account_cannot_be_tied_to_the_other_organisation(
    client: Client, lezer: Person, vreemde: Person, process: str
) -> None:
    client.force_login(vreemde)
    login_page = start(client, process=process)["Location"]
    back = client.get(fill_in(login_page, lezer.email, verified="on"))
    assert back.status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_role_that_needs_a_second_factor_needs_it_here_too(
    client: Client, bureau: Person
) -> None:
    log_in(client, bureau.email)
    assert client.get("/beheer/")["Location"] == reverse("mfa_index")
    client.logout()
    give_app(bureau)
    assert log_in(client, bureau.email)["Location"] == reverse("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get("/beheer/").status_code == 200


def test_who_cancels_gets_a_page_to_try_again(client: Client) -> None:
    login_page = start(client)["Location"]
    page = client.get(fill_in(login_page, ""), follow=True)
    assert "U bent gestopt met inloggen" in page.content.decode()


def test_an_answer_that_was_not_asked_for_is_refused(
    client: Client, lezer: Person
) -> None:
    back = fill_in(start(client)["Location"], lezer.email, verified="on")
    stranger = Client()
    page = stranger.get(back)
    assert "Inloggen is niet gelukt" in page.content.decode()
    assert not logged_in(stranger)
    client.get(back)
    assert logged_in(client)
    client.logout()
    client.get(back)
    assert not logged_in(client)


def test_a_wrong_secret_is_refused_with_a_clear_page(
    client: Client, lezer: Person, settings: Settings, issuer: str
) -> None:
    configure(settings, issuer, secret="fout")
    assert "Inloggen is niet gelukt" in log_in(client, lezer.email).content.decode()
    assert not logged_in(client)


def test_a_provider_that_is_down_gives_a_clear_page(
    client: Client, settings: Settings
) -> None:
    configure(settings, "http://127.0.0.1:1")
    page = start(client)
    assert page.status_code == 502
    assert "wachtwoord" in page.content.decode()


def test_without_a_provider_the_login_page_names_none(
    client: Client, settings: Settings
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert (
        "Inloggen met de" not in client.get(reverse("account_login")).content.decode()
    )
    assert start(client).status_code == 404
