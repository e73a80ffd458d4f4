"""The whole road of a half-year by real pages: delivered, prepared, approved, read.

Everybody logs in as people do: the second factor is a real code. Walked on a desktop,
and half a year later on a phone; the contactpersoon has a keyboard and no mouse.
"""

import datetime
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types
from playwright.sync_api import Page, expect
from pytest_django import Settings

from billing.models import Settlement
from nvsi.halfyear import HalfYear
from tests.billing.deliveries import as_csv
from tests.billing.portal_story import lines
from tests.browser.conftest import DESKTOP, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, tab_to, too_wide, violations
from tests.browser.test_uitvoerder import choose, mend
from tests.conftest import make_person
from tests.membership.logins import PASSWORD, code, give_app, give_password

BACK_OFFICE = "B. Kantoor"
WITH_A_SECOND_FACTOR = (BACK_OFFICE, "Bureau", "Penningmeester")
READER, HOLDER = "A. Jansen", "Heideveld"
WRONG = ({"uren": "200"}, {"gemeente_code": "GM0000"})


@dataclass
class Journey:
    """One half-year on its road, in windows of one width."""

    portal: Portal
    shoot: Shoot
    width: int
    halfyear: HalfYear
    folder: Path

    def window(self) -> Page:
        return self.portal.page(self.portal.visitor(self.width))

    def look(self, page: Page, name: str) -> None:
        """Keep a picture; axe finds nothing, and a page of the portal fits."""
        self.shoot(page, f"journey-{name}")
        admin = "/beheer/" in page.url
        assert violations(page, preload=not admin) == [], page.url
        assert admin or too_wide(page) == [], page.url

    def log_in(self, name: str) -> Page:
        """With a password, and then with the code that the app shows now."""
        page = self.window()
        page.goto("/")
        self.look(page, "login")
        page.get_by_label("E-mailadres").fill(self.portal.story.people[name].email)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Inloggen", exact=True).click()
        expect(page.get_by_role("heading", name="Tweede stap")).to_be_visible()
        self.look(page, "second-factor")
        page.get_by_label("Code").fill(code())
        page.get_by_role("button", name="Inloggen", exact=True).click()
        page.wait_for_url(re.compile("/(beheer/)?$"))
        return page


@pytest.fixture(scope="module", autouse=True)
def accounts(told_portal: Portal) -> None:
    """Everybody chose a password; who must, an app with codes too."""
    people = told_portal.story.people
    uitvoerder = told_portal.story.flexensie.uitvoerder_on(datetime.date(2026, 1, 1))
    people[BACK_OFFICE] = make_person("Kantoor", "uitvoerder", uitvoerder)
    for name in WITH_A_SECOND_FACTOR:
        give_app(people[name])
    for name in (*WITH_A_SECOND_FACTOR, READER):
        give_password(people[name])


@pytest.fixture(params=[(DESKTOP, 2026, 2), (PHONE, 2027, 1)], ids=["wide", "phone"])
def journey(
    request: pytest.FixtureRequest,
    portal: Portal,
    shoot: Shoot,
    tmp_path: Path,
    settings: Settings,
) -> Iterator[Journey]:
    width, year, half = request.param
    halfyear = HalfYear(year, half)
    settings.SITE_URL = portal.url
    cache.clear()
    after = datetime.datetime.combine(
        halfyear.last_day + datetime.timedelta(days=15), datetime.time(9, 0)
    )
    with time_machine.travel(after, tick=True):
        yield Journey(portal, shoot, width, halfyear, tmp_path)


def test_a_half_year_from_a_file_with_mistakes_to_an_answered_question(
    journey: Journey,
) -> None:
    deliver_mend_and_confirm(journey)
    bureau = journey.log_in("Bureau")
    prepare(journey, bureau)
    approve(journey)
    link = link_of_mail(journey, f"De afrekening over de {words_of(journey.halfyear)}")
    reader = log_in_by_keyboard(journey, link)
    ask_by_keyboard(journey, reader)
    answer(journey, bureau)
    read_the_answer(journey, reader)
    download(journey, reader)


def words_of(halfyear: HalfYear) -> str:
    first = "eerste" if halfyear.half == 1 else "tweede"
    return f"{first} helft van {halfyear.year}"


def settlement_of(journey: Journey) -> Settlement:
    return Settlement.objects.get(
        organisation=journey.portal.story.organisations[HOLDER],
        period__halfyear=journey.halfyear,
    )


def deliver_mend_and_confirm(journey: Journey) -> None:
    """The uitvoerder: two refused rows, mended in the file that tells why."""
    rows = [
        {"factuurnummer": "F1", "factuurdatum": row["datum"], **row}
        for row in lines(journey.portal.story, journey.halfyear, 4)
    ]
    for row, wrong in zip(rows, WRONG, strict=False):
        row |= wrong
    delivered = journey.folder / "uren.csv"
    delivered.write_text(as_csv(rows), encoding="utf-8")
    page = journey.log_in(BACK_OFFICE)
    journey.look(page, "1-home")
    page.get_by_role("link", name="Aanleveringen", exact=True).first.click()
    journey.look(page, "1-list")
    page.get_by_role("link", name="Urenregels aanleveren").first.click()
    journey.look(page, "1-form")
    choose(page, delivered)
    expect(page.get_by_text("2 fouten in een bestand van")).to_be_visible()
    journey.look(page, "1-refused")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download de geweigerde regels").click()
    mended = journey.folder / "hersteld.csv"
    mend(download.value.path(), mended)
    page.get_by_role("link", name="Lever het herstelde bestand aan").click()
    choose(page, mended)
    expect(page.get_by_role("heading", name="Klopt dit? Bevestig dan")).to_be_visible()
    journey.look(page, "1-ready")
    page.get_by_role("button", name="Bevestigen en verwerken").click()
    expect(page.get_by_text("Uw regels zijn verwerkt.")).to_be_visible()
    journey.look(page, "1-done")


def prepare(journey: Journey, page: Page) -> None:
    """The bureau: from what waits to the checks, and then the drafts."""
    page.goto("/beheer/")
    journey.look(page, "2-work-list")
    asked = page.get_by_role("link", name=f"Opstellen: Flexensie {journey.halfyear}")
    expect(asked).to_be_visible()
    page.get_by_role("link", name="Halfjaren", exact=True).first.click()
    page.get_by_role("link", name=str(journey.halfyear), exact=True).click()
    expect(page.get_by_role("heading", name="Controles")).to_be_visible()
    journey.look(page, "2-checks")
    page.locator(".asked").get_by_role("link", name="Opstellen").click()
    expect(page.get_by_text("Wie opstelt, stelt niet vast")).to_be_visible()
    journey.look(page, "2-prepare")
    page.get_by_role("button", name="Opstellen").click()
    expect(page.get_by_text("is opgesteld. Iemand anders stelt")).to_be_visible()
    journey.look(page, "2-prepared")


def approve(journey: Journey) -> None:
    """The penningmeester, from the e-mail of what was prepared."""
    link = link_of_mail(journey, "om te controleren", to="Penningmeester")
    page = journey.log_in("Penningmeester")
    page.goto(link)
    journey.look(page, "3-asked")
    page.get_by_role("link", name="Vaststellen").first.click()
    expect(page.get_by_text("Dit is niet ongedaan te maken")).to_be_visible()
    journey.look(page, "3-approve")
    page.get_by_role("button", name="Vaststellen").click()
    expect(page.get_by_text("is vastgesteld: ")).to_be_visible()
    journey.look(page, "3-approved")
    page.context.close()


def link_of_mail(journey: Journey, subject: str, to: str = READER) -> str:
    """The address in the last e-mail to somebody that has this subject."""
    address = journey.portal.story.people[to].email
    sent = [m for m in mail.outbox if m.to == [address] and subject in m.subject]
    assert sent, [(m.to, m.subject) for m in mail.outbox]
    found = re.search(rf"{journey.portal.url}\S+", str(sent[-1].body))
    assert found
    return found[0]


def log_in_by_keyboard(journey: Journey, link: str) -> Page:
    """The contactpersoon opens the link of the e-mail, and never takes the mouse."""
    page = journey.window()
    page.goto(link)
    tab_to_field(page, "id_login")
    page.keyboard.type(journey.portal.story.people[READER].email)
    tab_to_field(page, "id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(link)
    journey.look(page, "4-statement")
    return page


def tab_to_field(page: Page, field: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == field:
            return
    raise AssertionError(f"Tab never reached the field '{field}'")


def press(page: Page, words: str) -> None:
    tab_to(page, words)
    page.keyboard.press("Enter")


def ask_by_keyboard(journey: Journey, page: Page) -> None:
    """Each step opened down to a line, and a question about that line."""
    press(page, "Bakkerij Köster")
    press(page, "regels van opdracht")
    journey.look(page, "4-opened")
    press(page, f"Stel een vraag over regel {journey.halfyear}-GM9001-1-")
    page.wait_for_url("**/vraag/?regel=*")
    journey.look(page, "4-ask")
    tab_to_field(page, "id_text")
    page.keyboard.type("Waarom staan hier 27,5 uur?")
    press(page, "Vraag versturen")
    page.get_by_text("Uw vraag is verstuurd.").wait_for()
    journey.look(page, "4-asked")


def answer(journey: Journey, page: Page) -> None:
    """The bureau, from what waits to the answer."""
    page.goto("/beheer/")
    page.get_by_role("link", name="Beantwoorden: Gemeente Heideveld").click()
    page.get_by_label("Antwoord").fill("In die week is er een dag bij gekomen.")
    journey.look(page, "5-answer")
    page.get_by_role("button", name="Beantwoorden").click()
    page.get_by_text("Uw antwoord is verstuurd.").wait_for()
    journey.look(page, "5-answered")
    page.context.close()


def read_the_answer(journey: Journey, page: Page) -> None:
    page.goto(link_of_mail(journey, "Antwoord op uw vraag"))
    expect(page.get_by_text("In die week is er een dag bij gekomen.")).to_be_visible()
    journey.look(page, "6-answered")
    page.goto("/")
    journey.look(page, "6-home")
    press(page, "Alle afrekeningen")
    page.wait_for_url("**/afrekeningen/")
    journey.look(page, "6-list")
    press(page, words_of(journey.halfyear).capitalize())
    page.wait_for_url(f"**/afrekeningen/{settlement_of(journey).number}/")


def download(journey: Journey, page: Page) -> None:
    """The three files open, and tell the same amount."""
    settlement = settlement_of(journey)
    pdf, xlsx, twin = (
        fetched(page, words) for words in ("Download als PDF", "Excel", "JSON")
    )
    assert pdf.startswith(b"%PDF-")
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        assert len(paper.pages) >= 1
        [attached] = paper.attachments.values()
        assert attached.get_file().read_bytes() == twin
    assert json.loads(twin)["gemeenten"][0]["number"] == settlement.number
    cells = [
        cell
        for sheet in load_workbook(io.BytesIO(xlsx)).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert float(settlement.uitkering_gemeente) in cells


def fetched(page: Page, words: str) -> bytes:
    with page.expect_download() as download:
        press(page, words)
    return Path(download.value.path()).read_bytes()
