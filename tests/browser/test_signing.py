"""Two parties sign with the app, another on paper, and anybody checks the file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page

from contracts.models import Offer, SealedDocument
from membership.models import Person
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot, violations
from tests.browser.test_dossier import fill, press
from tests.browser.test_questions import look
from tests.conftest import make_person
from tests.contracts.signing import PNG, make_lid, make_offer, make_signer
from tests.membership.logins import code, give_app

CODE = re.compile("/bevestigen/code/")


@pytest.fixture
def bureau(portal: Portal) -> Person:
    return portal.story.people["Bureau"]


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "getekend exemplaar.png"
    path.write_bytes(PNG)
    return path


@pytest.fixture(autouse=True)
def every_code_counts_once(portal: Portal) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def enter(portal: Portal, person: Person) -> Page:
    """Somebody with an app, logged in a while ago."""
    give_app(person)
    portal.story.people[person.name] = person
    return portal.login(person.name)


def confirm_and_sign(page: Page, shoot: Shoot, name: str) -> None:
    """From the page of the agreement: who he is, once more, and then his signature."""
    look(page, shoot, f"{name}-read")
    page.get_by_role("link", name="Bevestig wie u bent").click()
    page.wait_for_url(CODE)
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Bevestigen").click()
    page.get_by_role("button", name="Onderteken").wait_for()
    look(page, shoot, f"{name}-sure")
    press(page, "Onderteken")
    page.get_by_text("Zet een vinkje om te tekenen.").first.wait_for()
    look(page, shoot, f"{name}-forgotten")
    fill(page, read="on")
    press(page, "Onderteken")
    page.get_by_role("status").filter(has_text="U hebt getekend.").wait_for()
    look(page, shoot, f"{name}-signed")


def page_of(offer: Offer) -> str:
    return f"/overeenkomsten/{offer.reference}/ondertekenen/"


def test_two_parties_sign_and_anybody_checks(
    portal: Portal, shoot: Shoot, bureau: Person, tmp_path: Path
) -> None:
    gemeente = make_lid("GM9055", "Ondertekend")
    offer = make_offer(gemeente, bureau)
    burgemeester = enter(portal, make_signer(gemeente, "Burgemeester"))
    burgemeester.goto("/overeenkomsten/te-tekenen/")
    look(burgemeester, shoot, "signing-desk")
    burgemeester.get_by_role("link", name=offer.reference).click()
    confirm_and_sign(burgemeester, shoot, "sign")
    bestuur = enter(portal, make_person("Voorzitter", "bestuur"))
    bestuur.goto("/beheer/")
    bestuur.get_by_role("link", name="Lezen en tekenen").first.click()
    confirm_and_sign(bestuur, shoot, "sign-nvsi")
    burgemeester.goto(page_of(offer))
    with burgemeester.expect_download() as download:
        burgemeester.get_by_role("link", name="Download de getekende").click()
    file = tmp_path / "getekend.pdf"
    download.value.save_as(file)
    assert file.read_bytes() == bytes(SealedDocument.objects.get().content)
    check(portal, shoot, file)
    portal.expects(422)


def check(portal: Portal, shoot: Shoot, file: Path) -> None:
    """Without a login; and a file in which one byte was changed."""
    page = portal.page(portal.visitor())
    page.goto("/controleer/")
    look(page, shoot, "check")
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    broken = file.with_name("veranderd.pdf")
    broken.write_bytes(changed)
    for path, words in [
        (file, "Dit bestand is echt"),
        (broken, "Dit bestand is veranderd"),
        (Path(__file__), "Wij kennen dit bestand niet"),
    ]:
        page.locator("[name=file]").set_input_files(path)
        press(page, "Controleer dit bestand")
        page.get_by_role("heading", name=words).wait_for()
        look(page, shoot, f"check-{path.stem}")


def test_signed_on_paper_and_compared_by_another(
    portal: Portal, shoot: Shoot, bureau: Person, scan: Path
) -> None:
    gemeente = make_lid("GM9056", "Papierdam")
    offer = make_offer(gemeente, bureau)
    contact = make_person("Papier", "contactpersoon", gemeente)
    portal.story.people["Papier"] = contact
    page = portal.login("Papier")
    page.goto(page_of(offer))
    look(page, shoot, "sign-not-mine")
    page.get_by_role("link", name="Voeg een getekend exemplaar toe").click()
    look(page, shoot, "sign-paper")
    fill(page, scan=f"{scan}")
    press(page, "Voeg het exemplaar toe")
    page.get_by_text("wacht op het bureau").wait_for()
    look(page, shoot, "sign-paper-waiting")
    desk = portal.login("Bureau")
    desk.goto("/beheer/")
    desk.get_by_role("link", name="Vergelijken: gemeente Papierdam").click()
    shoot(desk, "admin-scan-compare")
    assert violations(desk, preload=False) == []
    today = f"{timezone.localdate()}"
    fill(desk, name="K. Vos", function="burgemeester", signed_on=today, same="on")
    press(desk, "Vergelijken en bevestigen")
    desk.get_by_text("De handtekening op papier telt.").wait_for()
    shoot(desk, "admin-scan-compared")
    page.reload()
    page.get_by_text("Nu tekent de NVSI").wait_for()
    look(page, shoot, "sign-paper-signed")
