"""A passkey of an authenticator that Chromium plays: added, and logged in with."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from membership.models import Email, Person
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, too_wide, violations
from tests.membership.logins import PASSWORD, give_password

HOME = re.compile(r"://localhost:\d+/$")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(portal: Portal) -> Page:
    """A browser with a passkey of its own; they are for names, not for numbers."""
    cache.clear()
    url = portal.url.replace("127.0.0.1", "localhost")
    context = portal.browser.new_context(
        viewport={"width": DESKTOP, "height": 900}, locale="nl-NL", base_url=url
    )
    page = portal.page(context)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def look(page: Page, shoot: Shoot, name: str) -> None:
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        shoot(page, f"passkey-{name}")
        assert violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 600})
    assert too_wide(page) == []
    page.set_viewport_size({"width": DESKTOP, "height": 900})


def enter_password(page: Page, person: Person) -> None:
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(person.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def add_passkey(page: Page, shoot: Shoot, *, without_password: bool) -> None:
    """From the page of one's account to the list that has it."""
    page.get_by_role("link", name="Passkey toevoegen").click()
    look(page, shoot, "add")
    page.get_by_label("Naam").fill("laptop van het werk")
    if without_password:
        page.get_by_label("Ook inloggen zonder wachtwoord").check()
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_role("heading", name="Passkey toevoegen")).to_be_hidden()


def log_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Uitloggen").last.click()
    expect(page.get_by_role("heading", name="Inloggen", exact=True)).to_be_visible()


def test_who_needs_a_second_factor_chooses_a_passkey_and_gives_it(
    portal: Portal, page: Page, shoot: Shoot
) -> None:
    person = portal.story.people["Penningmeester"]
    give_password(person)
    enter_password(page, person)
    expect(page.get_by_text("Dat moet voor uw rol.")).to_be_visible()
    look(page, shoot, "must-choose")
    add_passkey(page, shoot, without_password=False)
    log_out(page)
    enter_password(page, person)
    expect(page.get_by_role("heading", name="Tweede stap")).to_be_visible()
    page.goto("/beheer/")
    expect(page.get_by_role("heading", name="Tweede stap")).to_be_visible()
    page.get_by_role("button", name="Passkey gebruiken").click()
    page.wait_for_url("**/beheer/")
    expect(page.get_by_role("heading", name="Wat er op u wacht")).to_be_visible()
    told = Email.objects.filter(event="login_changed", recipient=person.email)
    assert told.count() == 1


def test_a_contact_person_logs_in_with_a_passkey_alone(
    portal: Portal, page: Page, shoot: Shoot
) -> None:
    person = portal.story.people["A. Jansen"]
    give_password(person)
    enter_password(page, person)
    page.wait_for_url(HOME)
    page.goto("/account/")
    add_passkey(page, shoot, without_password=True)
    page.goto("/account/passkeys/")
    look(page, shoot, "list")
    log_out(page)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url(HOME)
    expect(page.get_by_text("gemeente Heideveld").first).to_be_visible()


def test_without_a_passkey_the_page_says_what_else_to_do(
    portal: Portal, page: Page
) -> None:
    page.goto("/inloggen/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("alert").get_by_text("Het is niet gelukt")).to_be_visible()
