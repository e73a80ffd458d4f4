"""Kaders: read by a visitor, recorded and compared by members; and a pause."""

import datetime
from decimal import Decimal

from membership.models import Membership, Organisation
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_questions import look
from tests.instruments.norms import make_local, make_norms

PAGE = "/instrumenten/flexensie/kaders/"
SINCE = datetime.date(2018, 1, 1)


def test_a_gemeente_records_its_own_kader_and_compares(
    portal: Portal, shoot: Shoot
) -> None:
    bureau = portal.story.people["Bureau"]
    page = portal.page(portal.visitor())
    page.goto(PAGE)
    look(page, shoot, "kaders-none")
    norms = make_norms(bureau)
    other = Organisation.objects.create(
        code="GM9062",
        kind="gemeente",
        name="Nederbetuwe aan den Rijn",
        short_name="Nederbetuwe aan den Rijn",
    )
    Membership.objects.create(organisation=other, kind="lid", starts_on=SINCE)
    make_local(norms[1], other, Decimal("3.10"), bureau, reason="Wij belonen meer.")
    make_local(norms[6], other, None, bureau, words="Elke maand een gesprek thuis.")
    page.reload()
    look(page, shoot, "kaders-visitor")

    mine = portal.login("A. Jansen")
    mine.goto(PAGE)
    mine.get_by_role("link", name="Leg vast K-FLEXENSIE-5").click()
    mine.get_by_label("Uw waarde").fill("60")
    mine.get_by_label("Vanaf welke dag").fill("2024-01-01")
    mine.get_by_label("Beleidsregel").check()
    mine.get_by_label("Wanneer is dat vastgesteld").fill("2023-12-01")
    mine.get_by_role("button", name="Leg vast").click()
    mine.get_by_role("alert").get_by_text("Geef de reden").wait_for()
    look(mine, shoot, "kaders-own-refused")
    portal.expects(422)
    mine.get_by_label("Waarom wijkt u af").fill("Omscholing duurt hier langer.")
    mine.get_by_role("button", name="Leg vast").click()
    mine.get_by_role("status").wait_for()
    mine.get_by_label("Gemeente 1").select_option("Heideveld")
    mine.get_by_label("Gemeente 2").select_option("Nederbetuwe aan den Rijn")
    mine.get_by_role("button", name="Vergelijk").click()
    mine.get_by_text("Wij belonen meer.").wait_for()
    look(mine, shoot, "kaders-compared")
    mine.get_by_role("link", name="Volg weer samen voor K-FLEXENSIE-5").click()
    look(mine, shoot, "kaders-follow")

    admin = portal.login("Bureau")
    admin.goto(f"/beheer/instruments/norm/{norms[1].pk}/say/")
    shoot(admin, "admin-kader-say")
    admin.goto(f"/beheer/instruments/norm/{norms[1].pk}/change/")
    shoot(admin, "admin-kader")


def test_a_contactpersoon_pauses_and_goes_on(portal: Portal, shoot: Shoot) -> None:
    page = portal.login("A. Jansen")
    page.goto("/overeenkomsten/")
    page.get_by_role("link", name="Pauzeer of hervat").first.click()
    look(page, shoot, "use")
    page.get_by_label("Waarom pauzeert u").fill("Er is nu geen begeleider.")
    page.get_by_role("button", name="Pauzeer het gebruik").click()
    page.get_by_role("heading", name="Weer doorgaan").wait_for()
    look(page, shoot, "use-paused")
    page.get_by_role("button", name="Ga weer door").click()
    page.get_by_role("heading", name="Pauzeren", exact=True).wait_for()
