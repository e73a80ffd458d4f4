"""A changed annex is laid before a gemeente that objects; a text is published."""

import datetime

from django.utils import timezone
from playwright.sync_api import Page

from contracts.models import AnnexVersion, TextVersion
from membership import emails
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_questions import look
from tests.browser.test_regions import beheer
from tests.conftest import make_person

DAY = datetime.timedelta(days=1)


def draw_up(desk: Page, shoot: Shoot) -> None:
    """A second version, with one more sub-verwerker and one measure less."""
    desk.goto("/beheer/contracts/annexversion/")
    beheer(desk, shoot, "admin-annexes")
    desk.get_by_role("link", name="Flexensie").first.click()
    desk.get_by_role("link", name="Nieuwe versie maken").click()
    desk.get_by_label("Wat wordt er anders").fill(
        "De gegevens gaan naar een rekencentrum."
    )
    desk.get_by_role("button", name="Nieuwe versie maken").click()
    desk.get_by_text("is een concept om te wijzigen").wait_for()
    beheer(desk, shoot, "admin-annexes-draft")
    draft = AnnexVersion.objects.get(number=2)
    desk.goto(f"/beheer/contracts/subprocessor/add/?version={draft.pk}")
    desk.get_by_label("Naam").fill("Rekencentrum b.v.")
    desk.get_by_label("Land").fill("Nederland")
    desk.get_by_label("Wat hij doet").fill("Bewaart de gegevens van het portaal.")
    desk.get_by_label("Sinds").fill("01-12-2026")
    beheer(desk, shoot, "admin-annexes-subprocessor")
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    measure = draft.measures.get(reference="8.11")
    desk.goto(f"/beheer/contracts/securitymeasure/{measure.pk}/remove/")
    desk.get_by_role("button", name="Weghalen").click()
    desk.get_by_text("Weggehaald uit het concept").wait_for()


def name_contact(page: Page, shoot: Shoot) -> None:
    page.goto("/overeenkomsten/bijlagen/contact/")
    page.get_by_label("Wie wordt gebeld").fill("Servicedesk informatiebeveiliging")
    page.get_by_label("E-mailadres").fill("ib@heideveld.example")
    page.get_by_label("Telefoon").fill("0201234567")
    look(page, shoot, "breach-contact")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_text("Opgeslagen. Dit geldt vanaf nu.").wait_for()
    look(page, shoot, "annexes-contact")


def test_a_gemeente_objects_to_a_changed_annex(portal: Portal, shoot: Shoot) -> None:
    draw_up(portal.login("Bureau"), shoot)
    board = portal.login("Bestuur")
    draft = AnnexVersion.objects.get(number=2)
    board.goto(f"/beheer/contracts/annexversion/{draft.pk}/change/")
    board.get_by_role("link", name="Voorleggen").click()
    beheer(board, shoot, "admin-annexes-lay-before")
    board.get_by_role("button", name="Voorleggen").click()
    board.get_by_text("gevraagd.").first.wait_for()
    emails.send_waiting()

    reader = portal.login("A. Jansen")
    reader.goto("/overeenkomsten/bijlagen/")
    look(reader, shoot, "annexes")
    reader.get_by_role("link", name="Lees de wijziging").first.click()
    look(reader, shoot, "annex-reader")

    gemeente = portal.story.organisations["Heideveld"]
    portal.story.people["Ada"] = make_person("Ada", "ondertekenaar", gemeente)
    signer = portal.login("Ada")
    signer.goto(f"/overeenkomsten/bijlagen/{draft.pk}/")
    signer.get_by_label("Wij maken bezwaar").check()
    signer.get_by_role("button", name="Geef dit antwoord").click()
    signer.get_by_text("Schrijf op waartegen").first.wait_for()
    look(signer, shoot, "annex-error")
    portal.expects(422)
    signer.get_by_label("Toelichting").fill("Wij willen eerst de certificering zien.")
    signer.get_by_role("button", name="Geef dit antwoord").click()
    signer.get_by_text("Uw antwoord is opgeslagen").wait_for()
    look(signer, shoot, "annex-answered")
    signer.goto("/overeenkomsten/bijlagen/1/")
    look(signer, shoot, "annex-first")
    name_contact(signer, shoot)

    desk = portal.login("Bureau")
    desk.goto("/beheer/")
    desk.get_by_text("Bezwaar tegen gewijzigde bijlagen").wait_for()
    desk.goto(f"/beheer/contracts/annexversion/{draft.pk}/change/")
    beheer(desk, shoot, "admin-annexes-board")
    desk.goto("/beheer/contracts/annexversion/register/")
    beheer(desk, shoot, "admin-processing-register")


def test_a_text_is_changed_compared_and_published(portal: Portal, shoot: Shoot) -> None:
    desk = portal.login("Bureau")
    text = TextVersion.objects.get(kind="gebruiks", number=1)
    desk.goto("/beheer/contracts/textversion/")
    beheer(desk, shoot, "admin-texts")
    desk.goto(f"/beheer/contracts/textversion/{text.pk}/next/")
    desk.get_by_label("Wat wordt er anders").fill("De opslag staat in een eigen lid.")
    desk.get_by_role("button", name="Nieuwe versie maken").click()
    desk.get_by_text("een concept met dezelfde woorden").wait_for()
    body = desk.locator("#id_body").input_value()
    desk.locator("#id_body").fill(body.replace("@regelt product", ""))
    desk.get_by_role("button", name="Opslaan en opnieuw bewerken").click()
    desk.get_by_text("Er is niet geregeld").wait_for()
    beheer(desk, shoot, "admin-text-lacks")
    desk.locator("#id_body").fill(body.replace("op ieder moment", "iedere dag"))
    desk.get_by_role("button", name="Opslaan en opnieuw bewerken").click()
    desk.get_by_text("Niets: alles wat erin moet staan").wait_for()
    desk.get_by_role("link", name="Vergelijk").click()
    desk.locator("ins", has_text="iedere dag").wait_for()
    beheer(desk, shoot, "admin-text-compare")

    draft = TextVersion.objects.get(kind="gebruiks", number=2)
    board = portal.login("Bestuur")
    board.goto(f"/beheer/contracts/textversion/{draft.pk}/publish/")
    board.get_by_label("In gebruik vanaf").fill(f"{timezone.localdate() + 40 * DAY}")
    beheer(board, shoot, "admin-text-publish")
    board.get_by_role("button", name="Vaststellen").click()
    board.get_by_text("is in gebruik vanaf").wait_for()
    beheer(board, shoot, "admin-text-published")
