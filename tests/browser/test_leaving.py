"""A member gives notice too late: from the first page to the receipt."""

import datetime
from pathlib import Path

import pytest
import time_machine

from membership.models import Membership, Organisation, Person, SubmittedNotice
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot, violations
from tests.browser.test_dossier import fill, press
from tests.browser.test_questions import look
from tests.conftest import make_gemeente, make_person
from tests.membership.dossiers import PAPER

LATE = datetime.datetime(2026, 12, 10, 9, tzinfo=datetime.UTC)
NEXT_YEAR = "31 december 2027"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "opzegging met handtekening.pdf"
    file.write_bytes(PAPER)
    return file


def contact_of(portal: Portal, organisation: Organisation, name: str) -> Person:
    portal.story.people[name] = make_person(name, "contactpersoon", organisation)
    return portal.story.people[name]


def test_an_opzegging_too_late(portal: Portal, shoot: Shoot, letter: Path) -> None:
    gemeente = make_gemeente("GM9051", "Langedijk")
    Membership.objects.create(
        organisation=gemeente, kind="lid", starts_on=datetime.date(2020, 1, 1)
    )
    contact_of(portal, gemeente, "Opzegger")
    with time_machine.travel(LATE, tick=True):
        page = portal.login("Opzegger")
        page.goto("/")
        page.get_by_role("link", name="Zo zegt u op").click()
        look(page, shoot, "leave-info")
        page.get_by_role("link", name="Opzeggen in het portaal").click()
        look(page, shoot, "leave")
        page.get_by_role("link", name="Tegen het einde van het boekjaar").click()
        page.get_by_text("te laat voor dit boekjaar").wait_for()
        page.get_by_role("heading", name=f"Opzeggen per {NEXT_YEAR}?").wait_for()
        look(page, shoot, "leave-sure")
        press(page, "Zeg het lidmaatschap op")
        page.get_by_role("alert").wait_for()
        look(page, shoot, "leave-refused")
        fill(page, letter=f"{letter}", sure="on")
        press(page, "Zeg het lidmaatschap op")
        page.get_by_text("Wij hebben de opzegging ontvangen").wait_for()
        look(page, shoot, "leave-receipt")
        page.goto("/lidmaatschap/")
        look(page, shoot, "leave-membership")
        submitted = SubmittedNotice.objects.get()
        assert submitted.ends_on == datetime.date(2027, 12, 31)
        admin = portal.login("Bureau")
        admin.goto("/beheer/")
        admin.get_by_role("link", name="Bevestigen: gemeente Langedijk").click()
        shoot(admin, "admin-leave-confirm")
        assert violations(admin, preload=False) == []
        press(admin, "Bevestigen")
        admin.get_by_text("het lidmaatschap eindigt op 31").wait_for()
        shoot(admin, "admin-leave-confirmed")
        page.reload()
        page.get_by_text(f"U bent lid tot en met {NEXT_YEAR}").wait_for()
        look(page, shoot, "leave-membership-ends")
        page.goto("/lidmaatschap/opzeggen/")
        look(page, shoot, "leave-none")
    portal.expects(422)


def test_a_participant_stops(portal: Portal, shoot: Shoot) -> None:
    gemeente = make_gemeente("GM9052", "Terheide")
    Membership.objects.create(
        organisation=gemeente, kind="participant", starts_on=datetime.date(2020, 1, 1)
    )
    contact_of(portal, gemeente, "Stopper")
    page = portal.login("Stopper")
    page.goto("/lidmaatschap/")
    page.get_by_role("link", name="Stop", exact=True).click()
    look(page, shoot, "leave-stop")
    press(page, "Ja, stop vandaag")
    page.get_by_role("status").wait_for()
    assert gemeente.memberships.get().ends_on is not None
