"""A datalek from the uitvoerder that discovered it to two people who close it."""

import datetime

from django.utils import timezone
from playwright.sync_api import Page

from contracts.models import Breach
from membership.models import Organisation
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot, violations
from tests.browser.test_dossier import press
from tests.browser.test_questions import look
from tests.conftest import make_person

HOURS = datetime.timedelta(hours=5)


def choose(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check()


def test_a_datalek_is_reported_told_decided_and_closed(
    portal: Portal, shoot: Shoot
) -> None:
    people = portal.story.people
    earlier = f"{timezone.localtime() - HOURS:%Y-%m-%dT%H:%M}"
    flexensie = Organisation.objects.get(code="flexensie")
    people["Melder"] = make_person("Melder", "uitvoerder", flexensie)
    page = portal.login("Melder")
    page.goto("/datalekken/")
    look(page, shoot, "breach-none")
    page.get_by_role("link", name="Meld een datalek").first.click()
    press(page, "Meld dit datalek")
    page.get_by_role("alert").wait_for()
    look(page, shoot, "breach-report-refused")
    page.get_by_label("Wanneer is het ontdekt?").fill(earlier)
    page.get_by_label("Wie heeft het ontdekt?").fill("medewerker van de backoffice")
    choose(page, "gestuurd of gegeven aan de verkeerde persoon")
    page.get_by_label("Wat is er gebeurd?").fill("Een bestand ging naar een ander.")
    choose(page, "gemeente Heideveld")
    look(page, shoot, "breach-report")
    press(page, "Meld dit datalek")
    page.get_by_role("heading", name="Datalek DL").wait_for()
    look(page, shoot, "breach-reported")
    breach = Breach.objects.get()

    admin = portal.login("Bureau")
    admin.goto("/beheer/")
    admin.get_by_role("link", name="Informeren").click()
    shoot(admin, "admin-breach-write")
    assert violations(admin, preload=False) == []
    press(admin, "Colleges informeren")
    admin.get_by_text("1 organisatie krijgt").wait_for()
    shoot(admin, "admin-breach")
    assert violations(admin, preload=False) == []

    reader = portal.login("A. Jansen")
    reader.goto(f"/datalekken/{breach.number}/")
    look(reader, shoot, "breach-college")
    press(reader, "Leg dit besluit vast")
    reader.get_by_role("alert").wait_for()
    look(reader, shoot, "breach-college-refused")
    choose(reader, "Wij melden het niet aan de AP")
    reader.locator("#id_words").fill("Geen risico voor de kandidaten.")
    press(reader, "Leg dit besluit vast")
    reader.get_by_text("Niet gemeld aan de AP").first.wait_for()
    look(reader, shoot, "breach-decided")
    reader.goto("/datalekken/")
    look(reader, shoot, "breach-list")
    for who, act in (("Bureau", "Afsluiten voorstellen"), ("Bestuur", "Afsluiten")):
        admin = portal.login(who)
        admin.goto(f"/beheer/contracts/breach/{breach.pk}/change/")
        admin.get_by_role("link", name=act, exact=True).click()
        if who == "Bureau":
            choose(admin, "Afgehandeld")
            admin.get_by_label("Conclusie").fill("De ontvanger wiste het bestand.")
        shoot(admin, f"admin-breach-{who.lower()}")
        assert violations(admin, preload=False) == []
        press(admin, act)
        admin.locator(".messagelist .success").wait_for()
    admin.goto("/beheer/contracts/breach/")
    shoot(admin, "admin-breach-list")
    reader.reload()
    reader.get_by_text("Afgesloten").wait_for()
    assert not Breach.objects.running().exists()
    portal.expects(422)
