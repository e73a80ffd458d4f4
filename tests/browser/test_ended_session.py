"""The session ends while somebody is busy: told, nothing lost, nothing twice."""

import datetime
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import Page, expect

from billing.models import Line, Upload
from tests.billing.deliveries import as_csv
from tests.browser.conftest import PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, too_wide, violations
from tests.browser.test_uitvoerder import choose, rows
from tests.conftest import make_person
from tests.membership.logins import PASSWORD, code, give_app, give_password

BACK_OFFICE = "B. Kantoor"


@pytest.fixture
def page(portal: Portal) -> Page:
    """Of somebody of the uitvoerder, who has a password and an app with codes."""
    cache.clear()
    uitvoerder = portal.story.flexensie.uitvoerder_on(datetime.date(2026, 1, 1))
    person = make_person("Kantoor", "uitvoerder", uitvoerder)
    give_app(person)
    give_password(person)
    portal.story.people[BACK_OFFICE] = person
    return portal.login(BACK_OFFICE, PHONE)


def log_in_again(page: Page, portal: Portal) -> None:
    page.get_by_label("E-mailadres").fill(portal.story.people[BACK_OFFICE].email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Inloggen", exact=True).click()


def test_a_session_that_ends_during_an_upload_and_before_its_confirmation(
    portal: Portal, page: Page, shoot: Shoot, tmp_path: Path
) -> None:
    delivered = tmp_path / "uren.csv"
    delivered.write_text(as_csv(rows("V", right=3)), encoding="utf-8")
    before = Line.objects.count()

    page.goto("/aanleveringen/nieuw/")
    Session.objects.all().delete()
    choose(page, delivered)
    expect(page.get_by_role("heading", name="Inloggen", exact=True)).to_be_visible()
    assert not Upload.objects.exists()
    log_in_again(page, portal)
    expect(page.get_by_text("Uw sessie was verlopen")).to_be_visible()
    shoot(page, "ended-during-upload")
    assert violations(page) == []
    choose(page, delivered)
    confirm = page.get_by_role("button", name="Bevestigen en verwerken")
    expect(confirm).to_be_visible()

    Session.objects.all().delete()
    cache.clear()  # a code works once, and this is a later one
    confirm.click()
    expect(page.get_by_text("Uw sessie was verlopen.")).to_be_visible()
    shoot(page, "ended-before-confirming")
    assert violations(page) == []
    assert too_wide(page) == []
    assert Upload.objects.get().status == Upload.Status.READY
    log_in_again(page, portal)
    confirm.click()
    expect(page.get_by_text("Uw regels zijn verwerkt.")).to_be_visible()
    assert Line.objects.count() == before + 3
    assert Upload.objects.get().status == Upload.Status.DONE
