"""A letter from writing to reading, and a consultation from opening to its result."""

import datetime

from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page

from membership import emails
from membership.consultation import running
from membership.models import (
    Consultation,
    Email,
    Letter,
    LetterReceiver,
    Organisation,
    Role,
)
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_questions import look
from tests.browser.test_regions import beheer
from tests.membership.consultations import make_member
from tests.membership.letters import BODY, workbook

GUARD = "a_consultation_stands_once_it_is_open"
SINCE = datetime.date(2020, 1, 1)
DAY = datetime.timedelta(days=1)
SUMMARY = "Elke regio wijst een aanspreekpunt aan.\n\nWij vragen u dit te bespreken."


def write(page: Page, shoot: Shoot) -> None:
    """A draft to the members, with a file."""
    page.goto("/beheer/membership/letter/add/")
    page.get_by_label("Onderwerp").fill("Norm voor Opdrachtgeverschap")
    page.get_by_label("Samenvatting").fill(SUMMARY)
    page.locator("#id_body").fill(BODY)
    page.get_by_label("lid", exact=True).check()
    beheer(page, shoot, "admin-letter-add")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_text("Nu gaat deze brief naar").wait_for()
    page.goto(f"/beheer/membership/letter/{Letter.objects.get().pk}/change/")
    page.get_by_role("link", name="Bijlage toevoegen").click()
    file = workbook()
    page.get_by_label("Bestand").set_input_files(
        {"name": "planning.xlsx", "mimeType": "x/y", "buffer": file.read()}
    )
    beheer(page, shoot, "admin-letter-attach")
    page.get_by_role("button", name="Bijlage toevoegen").click()
    page.get_by_text("is nu een bijlage").wait_for()
    beheer(page, shoot, "admin-letter-draft")


def test_a_letter_is_written_released_and_read(portal: Portal, shoot: Shoot) -> None:
    reader = portal.login("A. Jansen")
    reader.goto("/brieven/")
    look(reader, shoot, "letters-none")
    desk = portal.login("Bureau")
    write(desk, shoot)
    desk.get_by_role("link", name="Voorbeeld").click()
    beheer(desk, shoot, "admin-letter-preview")
    desk.get_by_role("link", name="Terug naar de brief").click()
    desk.get_by_role("link", name="Aanbieden voor vrijgave").click()
    beheer(desk, shoot, "admin-letter-offer")
    desk.get_by_role("button", name="Aanbieden voor vrijgave").click()
    desk.get_by_text("wacht op een collega").wait_for()

    board = portal.login("Bestuur")
    board.goto("/beheer/")
    board.get_by_text("Brief wacht op vrijgave").wait_for()
    board.get_by_role("link", name="Vrijgeven en versturen").click()
    beheer(board, shoot, "admin-letter-release")
    board.get_by_role("button", name="Vrijgeven en versturen").click()
    board.get_by_text("in de wachtrij").first.wait_for()
    emails.send_waiting()
    board.reload()
    beheer(board, shoot, "admin-letter-sent")

    reader.reload()
    look(reader, shoot, "letters")
    reader.get_by_role("link", name="Norm voor Opdrachtgeverschap").click()
    look(reader, shoot, "letter")
    with reader.expect_download() as pdf:
        reader.get_by_role("link", name="Download de brief (PDF)").click()
    assert pdf.value.suggested_filename.startswith("Lbr ")
    with reader.expect_download() as file:
        reader.get_by_role("link", name="planning.xlsx").click()
    assert file.value.suggested_filename == "planning.xlsx"
    mended(desk, shoot)


def mended(desk: Page, shoot: Shoot) -> None:
    """One came back, and goes to another address."""
    line = LetterReceiver.objects.exclude(email=None).order_by("pk")[0]
    desk.goto(f"/beheer/membership/letterreceiver/{line.pk}/change/")
    desk.get_by_role("link", name="Teruggekomen").click()
    desk.get_by_label("Wat er in het bericht stond").fill("550 bestaat niet")
    beheer(desk, shoot, "admin-letter-bounce")
    desk.get_by_role("button", name="Teruggekomen").click()
    desk.get_by_text("staat nu bij deze ontvanger").wait_for()
    beheer(desk, shoot, "admin-letter-receiver")
    desk.get_by_role("link", name="Opnieuw versturen").click()
    desk.get_by_label("E-mailadres").fill("griffie@heideveld.example")
    desk.get_by_role("button", name="Opnieuw versturen").click()
    desk.get_by_text("staat weer in de wachtrij").wait_for()
    emails.send_waiting()
    again = Email.objects.get(recipient="griffie@heideveld.example")
    assert again.state == Email.State.SENT
    desk.goto("/beheer/membership/letterreceiver/")
    beheer(desk, shoot, "admin-letter-receivers")


def test_members_are_asked_answer_and_read_the_result(
    portal: Portal, shoot: Shoot
) -> None:
    heideveld = Organisation.objects.get(code="GM9001")
    reader = portal.story.people["A. Jansen"]
    signs = Role.Name.ONDERTEKENAAR
    Role.objects.create(
        person=reader, organisation=heideveld, name=signs, starts_on=SINCE
    )
    _other, signer = make_member("GM9071", "Ruimte")
    portal.story.people["signer"] = signer
    desk = portal.login("Bureau")
    desk.goto("/beheer/membership/consultation/add/")
    desk.get_by_label("Vraag", exact=True).fill("Gaat u akkoord met de Norm?")
    desk.get_by_label("Toelichting").fill("De norm gaat over **samenwerking**.")
    last = timezone.localdate() + 7 * DAY
    desk.get_by_label("Tot en met").fill(last.strftime("%d-%m-%Y"))
    beheer(desk, shoot, "admin-consultation-add")
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    desk.get_by_text("toegevoegd").first.wait_for()
    consultation = Consultation.objects.get()
    desk.goto(f"/beheer/membership/consultation/{consultation.pk}/change/")
    desk.get_by_role("link", name="Openen", exact=True).click()
    beheer(desk, shoot, "admin-consultation-open")
    desk.get_by_role("button", name="Openen").click()
    desk.get_by_text("De raadpleging is open voor").wait_for()

    answered(portal.login("A. Jansen"), shoot, "Voor")
    answered(portal.login("signer"), None, "Tegen")
    desk.reload()
    beheer(desk, shoot, "admin-consultation")
    close_now(consultation)
    published(portal, desk, shoot)


def answered(page: Page, shoot: Shoot | None, choice: str) -> None:
    """From the first page of the portal to an answer."""
    page.goto("/")
    if shoot:
        look(page, shoot, "home-consultation")
    page.get_by_role("link", name="Geef uw antwoord op de ledenraadpleging").click()
    if shoot:
        page.get_by_role("button", name="Geef dit antwoord").click()
        page.get_by_text("Kies een antwoord.").first.wait_for()
        look(page, shoot, "consultation-refused")
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Geef dit antwoord").click()
    page.get_by_text("Uw antwoord is opgeslagen.").wait_for()
    if shoot:
        look(page, shoot, "consultation-answered")


def close_now(consultation: Consultation) -> None:
    """As if its term was over: the guard that keeps it is off for a moment."""
    turn = "ALTER TABLE membership_consultation {} TRIGGER " + GUARD
    with connection.cursor() as cursor:
        cursor.execute(turn.format("DISABLE"))
        Consultation.objects.filter(pk=consultation.pk).update(closes_at=timezone.now())
        cursor.execute(turn.format("ENABLE"))


def published(portal: Portal, desk: Page, shoot: Shoot) -> None:
    reader = portal.login("A. Jansen")
    reader.goto(running.page_of(Consultation.objects.get()))
    look(reader, shoot, "consultation-closed")
    desk.goto("/beheer/")
    desk.get_by_text("Raadpleging gesloten").wait_for()
    desk.get_by_role("link", name="Uitslag bekendmaken").click()
    beheer(desk, shoot, "admin-consultation-publish")
    desk.get_by_role("button", name="Uitslag bekendmaken").click()
    desk.get_by_text("De stemmen staakten").first.wait_for()
    with desk.expect_download() as file:
        desk.get_by_role("link", name="Antwoorden (XLSX)").click()
    assert file.value.suggested_filename.endswith(".xlsx")
    reader.reload()
    reader.get_by_text("De stemmen staakten").wait_for()
    look(reader, shoot, "consultation-result")
    reader.goto("/brieven/")
    look(reader, shoot, "letters-and-consultations")
    portal.expects(422)
