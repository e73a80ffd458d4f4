"""Two gemeenten are dissolved into a new one: from recording to closing."""

from playwright.sync_api import Page

from membership.models import Membership, Organisation, Redivision
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, too_wide, violations
from tests.conftest import make_gemeente, make_person
from tests.membership.redivisions import SINCE


def look(page: Page, shoot: Shoot, name: str) -> None:
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        shoot(page, name)
        assert violations(page, preload=False) == []
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert too_wide(page) == []
    page.set_viewport_size({"width": DESKTOP, "height": 900})


def make_member(code: str, name: str) -> Organisation:
    gemeente = make_gemeente(code, name)
    Membership.objects.create(organisation=gemeente, kind="lid", starts_on=SINCE)
    make_person(f"Contact{name}", "contactpersoon", gemeente)
    return gemeente


def decide(page: Page, words: str, choice: str) -> None:
    """The first point with these words."""
    page.get_by_role("link", name=words).first.click()
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Beslissen").click()
    page.get_by_text("Besloten:").wait_for()


def test_two_gemeenten_become_one(portal: Portal, shoot: Shoot) -> None:
    one, two = make_member("GM9081", "Brielmonde"), make_member("GM9082", "Westmeer")
    page = portal.login("Bureau")
    page.goto(f"/beheer/membership/organisation/{one.pk}/change/")
    page.get_by_role("link", name="Herindeling vastleggen").click()
    look(page, shoot, "admin-redivision-record")
    page.get_by_label("CBS-code van de nieuwe gemeente").fill("GM9083")
    page.get_by_label("Naam van de nieuwe gemeente").fill("Monde aan Zee")
    page.get_by_label("Eerste dag van de opvolger").fill("2026-01-01")
    page.get_by_label("Wet of besluit").fill("Stb. 2025, 123")
    page.get_by_role("button", name="Herindeling vastleggen").click()
    page.get_by_text("Beslis nu per punt.").wait_for()
    page.get_by_role("link", name="Gemeente toevoegen").click()
    page.get_by_label("Gemeente", exact=True).select_option(f"{two.pk}")
    page.get_by_role("button", name="Gemeente toevoegen").click()
    page.get_by_text("Nog te beslissen (4)").wait_for()
    look(page, shoot, "admin-redivision")
    page.goto("/beheer/")
    page.get_by_role("link", name="Beslissen: herindeling tot").click()
    page.get_by_role("link", name="Lidmaatschap: lid").first.click()
    look(page, shoot, "admin-redivision-decide")
    page.get_by_label("krijgt een dossier").check()
    page.get_by_role("button", name="Beslissen").click()
    decide(page, "Lidmaatschap: lid", "Eindigt, met")
    decide(page, "Rol: contactpersoon", "Gaat over naar")
    page.get_by_role("link", name="Afronden").click()
    page.get_by_role("button", name="Afronden").click()
    page.get_by_text("nog niet besloten").wait_for()
    decide(page, "Rol: contactpersoon", "Eindigt, met")
    page.get_by_role("link", name="Afronden").click()
    page.get_by_role("button", name="Afronden").click()
    page.get_by_text("De herindeling is afgerond.").wait_for()
    look(page, shoot, "admin-redivision-closed")
    assert Redivision.objects.get().status == Redivision.Status.CLOSED
    page.goto("/beheer/membership/organisation/?q=GM9081")
    page.get_by_text("opgegaan in Monde aan Zee (GM9083)").wait_for()
    page.goto("/ledenregister/?dag=2025-12-31&naam=Brielmonde")
    page.get_by_text("opgegaan in Monde aan Zee (GM9083)").wait_for()
    shoot(page, "register-gone")
    page.goto("/ledenregister/?dag=2026-01-01&naam=Brielmonde")
    page.get_by_text("Geen organisatie past").wait_for()
