"""What an instrument costs, as a visitor sees it at every width."""

import pytest
from playwright.sync_api import expect

from instruments.models import Tariff
from membership.models import Organisation
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, too_wide, violations
from tests.instruments.tariffs import make_by_users, make_per_inhabitant

PAGES = {
    "price-inhabitant": "/instrumenten/kindertelefoon/prijs/?jaar=2020&gemeente=GM9061",
    "price-users": "/instrumenten/govroam/prijs/?jaar=2026&gemeente=GM9061"
    "&gebruikers=700",
    "price-percentage": "/instrumenten/flexensie/prijs/?jaar=2026&omzet=100000",
    "price-unknown": "/instrumenten/govroam/prijs/?jaar=2026&gemeente=GM9061",
    "price-none": "/instrumenten/kindertelefoon/prijs/?jaar=2025",
    "price-wrong": "/instrumenten/govroam/prijs/?jaar=2999",
}


@pytest.fixture(autouse=True)
def tariffs(told_portal: Portal) -> None:
    if Tariff.objects.exists():
        return
    make_per_inhabitant()
    make_by_users()
    Organisation.objects.create(
        code="GM9061",
        kind="gemeente",
        name="Nederbetuwe aan den Rijn",
        short_name="Nederbetuwe aan den Rijn",
        inhabitants=48_213,
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_sees_the_price_at_every_width(
    name: str, portal: Portal, shoot: Shoot
) -> None:
    page = portal.page(portal.visitor())
    page.goto(PAGES[name])
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        shoot(page, name)
        assert violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 600})
    assert too_wide(page) == []
    if name == "price-wrong":
        portal.expects(422)


def test_a_gemeente_is_chosen_and_its_price_worked_out(portal: Portal) -> None:
    page = portal.page(portal.visitor(PHONE))
    page.goto("/instrumenten/kindertelefoon/prijs/?jaar=2018")
    page.get_by_label("Gemeente").select_option("Nederbetuwe aan den Rijn")
    page.get_by_role("button", name="Reken uit").click()
    heading = page.get_by_role("heading", name="Nederbetuwe aan den Rijn betaalt")
    expect(heading).to_contain_text("43.873,83 in 2018")
