"""The register as a visitor sees it, and over time for the association."""

import datetime
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from membership.models import Membership, Organisation
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, tab_to, too_wide, violations

PAGES = {
    "register": "/ledenregister/",
    "register-picked": "/ledenregister/?naam=land&dag=2025-12-31",
    "register-none": "/ledenregister/?naam=Atlantis",
    "register-before": "/ledenregister/?dag=2001-01-01",
    "register-wrong-day": "/ledenregister/?dag=2999-01-01",
}


@pytest.fixture(autouse=True)
def members(told_portal: Portal) -> Iterator[None]:
    """More than the story has: of every kind, and with long names."""
    rows = [
        ("werkkracht", "", "lid", "2024-03-01"),
        ("GM9041", "Nederbetuwe aan den Rijn", "lid", "2022-10-01"),
        ("GM9042", "Súdwest-Waddenland", "aspirant_lid", "2025-11-03"),
        ("stichting", "Stichting Samen Werken aan Werk", "participant", "2025-02-01"),
    ]
    for code, name, kind, since in rows:
        defaults = {
            "kind": "gemeente" if code.startswith("GM") else "publieke_organisatie",
            "name": name,
            "short_name": name,
            "province": "Gelderland",
        }
        organisation, _ = Organisation.objects.get_or_create(
            code=code, defaults=defaults
        )
        Membership.objects.get_or_create(
            organisation=organisation,
            kind=kind,
            starts_on=datetime.date.fromisoformat(since),
        )
    yield
    Membership.objects.filter(organisation__code__in=[row[0] for row in rows]).delete()


def look(page: Page, shoot: Shoot, name: str) -> None:
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        shoot(page, name)
        assert violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 600})
    assert too_wide(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_sees_the_register_at_every_width(
    portal: Portal, shoot: Shoot, name: str
) -> None:
    page = portal.page(portal.visitor())
    answer = page.goto(PAGES[name])
    assert answer is not None
    portal.expects(answer.status)
    look(page, shoot, name)


def test_a_visitor_comes_from_the_login_and_narrows_by_keyboard(
    portal: Portal,
) -> None:
    page = portal.page(portal.visitor())
    page.goto("/inloggen/")
    tab_to(page, "Ledenregister")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledenregister/")
    page.get_by_label("Naam").fill("sudwest")
    page.keyboard.press("Enter")
    page.get_by_text("van de").first.wait_for()
    assert page.get_by_role("rowheader").all_inner_texts() == ["Súdwest-Waddenland"]
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    today = datetime.date.today()  # noqa: DTZ011 - as the browser has it
    assert download.value.suggested_filename == f"Ledenregister NVSI {today}.csv"


def test_the_association_sees_decisions_and_figures_over_time(
    portal: Portal, shoot: Shoot
) -> None:
    page = portal.login("Bureau")
    page.goto("/ledenregister/")
    look(page, shoot, "register-association")
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    page.get_by_role("link", name="de aantallen door de tijd").click()
    page.wait_for_url("**/cijfers/")
    look(page, shoot, "register-figures")
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    heideveld = Organisation.objects.get(code="GM9001")
    page.goto(f"/beheer/membership/organisation/{heideveld.pk}/change/")
    shoot(page, "register-admin")
    assert violations(page, preload=False) == []
