"""A contactpersoon takes what is asked into a calendar; the bureau reminds many."""

from playwright.sync_api import expect

from membership.admission import dossiers
from membership.models import Email, Organisation
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, too_wide, violations
from tests.conftest import make_gemeente, make_person

LIST = "/beheer/membership/dossier/"


def test_a_calendar_is_made_read_and_withdrawn(portal: Portal, shoot: Shoot) -> None:
    Organisation.objects.filter(roles__person__name="A. Jansen").update(iban="")
    page = portal.login("A. Jansen")
    page.goto("/account/")
    page.get_by_role("link", name="Agenda en herinneringen").click()
    page.get_by_role("button", name="Maak een adres").click()
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        shoot(page, "own-calendar")
        assert violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert too_wide(page) == []
    address = page.get_by_label("Adres").input_value()
    path = address[address.index("/agenda/") :]
    calendar = page.request.get(path)
    assert "rekeningnummer" in calendar.text().replace("\r\n ", "")
    page.get_by_role("button", name="Trek het adres in").click()
    expect(page.get_by_text("Het adres van uw agenda werkt niet meer.")).to_be_visible()
    assert page.request.get(path).status == 404
    page.get_by_role("button", name="Zet herinneringen uit").click()
    expect(page.get_by_text("U krijgt geen herinneringen meer")).to_be_visible()


def test_the_bureau_reminds_all_of_a_list(portal: Portal, shoot: Shoot) -> None:
    bureau = portal.story.people["Bureau"]
    for code, name in (("GM9681", "Vlieterdam"), ("GM9682", "Stilbroek")):
        dossiers.open_dossier(make_gemeente(code, name), "lid", by=bureau)
    vlieterdam = Organisation.objects.get(code="GM9681")
    person = make_person("Vlieter", "contactpersoon", vlieterdam)
    page = portal.login("Bureau")
    page.goto(f"{LIST}?fase=weighing")
    page.get_by_role("link", name="Herinneren").click()
    page.get_by_label("Uw woorden erbij").fill("Bel ons gerust.")
    page.get_by_role("button", name="Herinneren").click()
    shoot(page, "admin-reminded")
    assert violations(page, preload=False) == []
    expect(page.get_by_text("Niet gedaan:")).to_be_visible()
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert too_wide(page) == []
    email = Email.objects.get(event="dossier_reminded", recipient=person.email)
    assert "Bel ons gerust." in email.body
