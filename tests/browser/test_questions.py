"""A contactpersoon asks about a line, the bureau answers, and it is read."""

from playwright.sync_api import Page

from membership.models import Email
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, tab_to, too_wide, violations


def look(page: Page, shoot: Shoot, name: str) -> None:
    """At both widths nothing is wrong, and nothing is wider than the window."""
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        shoot(page, name)
        assert violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 600})
    assert too_wide(page) == []
    page.set_viewport_size({"width": DESKTOP, "height": 900})


def press(page: Page, words: str, url: str) -> None:
    """Go there with the keyboard alone, and press Enter."""
    tab_to(page, words)
    page.keyboard.press("Enter")
    page.wait_for_url(url)


def test_a_question_about_a_line_by_keyboard_alone_and_its_answer(
    portal: Portal, shoot: Shoot
) -> None:
    number = portal.story.number_of("Heideveld", "2025-H1")
    page = portal.login("A. Jansen")
    page.goto(f"/afrekeningen/{number}/")
    look(page, shoot, "question-none-yet")
    tab_to(page, "Bakkerij Köster")
    page.keyboard.press("Enter")
    tab_to(page, "12 regels van opdracht OP25101")
    page.keyboard.press("Enter")
    press(page, "Stel een vraag over regel 2025-H1-GM9001-1-00", "**/vraag/?regel=*")
    look(page, shoot, "question-form")
    tab_to(page, "")  # the text is the first without words of its own
    while page.evaluate("document.activeElement.id") != "id_text":
        page.keyboard.press("Tab")
    page.keyboard.type("Klopt het nummer 123456782?")
    tab_to(page, "Vraag versturen")
    page.keyboard.press("Enter")
    page.get_by_text("een burgerservicenummer (BSN) kan zijn").first.wait_for()
    assert page.title().startswith("Fout: ")
    look(page, shoot, "question-refused")
    while page.evaluate("document.activeElement.id") != "id_text":
        page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("Waarom staan hier 27,5 uur?\nWij hadden 24,5 afgesproken.")
    tab_to(page, "Vraag versturen")
    page.keyboard.press("Enter")
    page.get_by_text("Uw vraag is verstuurd.").wait_for()
    look(page, shoot, "question-asked")
    page.goto("/")
    look(page, shoot, "home-question-open")

    answer(portal, shoot)

    page.goto("/")
    look(page, shoot, "home-question-answered")
    press(page, f"Vraag over afrekening {number}", "**/vraag/*/")
    assert page.get_by_text("In die week is er een dag bij gekomen.").is_visible()
    look(page, shoot, "question-answered")
    tab_to(page, "Ja, sluit de vraag")
    page.keyboard.press("Enter")
    page.get_by_text("De vraag is gesloten.").wait_for()
    look(page, shoot, "question-under-its-statement")
    portal.expects(422)
    told = Email.objects.filter(event="question_answered").get()
    assert told.recipient == portal.story.people["A. Jansen"].email


def answer(portal: Portal, shoot: Shoot) -> None:
    """The bureau, from the list of what waits to the answer."""
    page = portal.login("Bureau")
    page.goto("/beheer/billing/question/")
    shoot(page, "admin-questions")
    assert violations(page, preload=False) == []
    page.goto("/beheer/")
    shoot(page, "admin-work-list")
    assert violations(page, preload=False) == []
    page.get_by_role("link", name="Beantwoorden: Gemeente Heideveld").click()
    page.get_by_label("Antwoord").fill("In die week is er een dag bij gekomen.")
    shoot(page, "admin-question-answer")
    assert violations(page, preload=False) == []
    page.get_by_role("button", name="Beantwoorden").click()
    page.get_by_text("Uw antwoord is verstuurd.").wait_for()
    page.set_viewport_size({"width": PHONE, "height": 800})
    shoot(page, "admin-question")
    page.context.close()
