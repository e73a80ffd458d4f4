"""What somebody reads when a page is not there, closed or broken, at both widths."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, too_wide, violations

# Which break only when something is broken: their template, and what it is told.
BROKEN = {
    "400": "400.html",
    "403-csrf": "403_csrf.html",
    "500": "500.html",
    "503": "503.html",
    "maintenance": "maintenance.html",
    "maintenance-no-time": "maintenance.html",
}
# Where each of the others stands, for who.
REAL = {
    "403": ("Bureau", "/afrekeningen/", HTTPStatus.FORBIDDEN),
    "404": ("A. Jansen", "/nergens/", HTTPStatus.NOT_FOUND),
    "405": ("A. Jansen", "/namens/", HTTPStatus.METHOD_NOT_ALLOWED),
    "410": ("", "/uitnodiging/x/y/", HTTPStatus.GONE),
}


def look(page: Page, shoot: Shoot, name: str) -> None:
    """Calm, complete and readable at both widths; and a way out of it."""
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        shoot(page, f"error-{name}")
        assert violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 600})
    assert too_wide(page) == []
    assert page.locator("main a").count() >= 1


@pytest.fixture
def asked_for(portal: Portal) -> Callable[[str, str], Page]:
    """A page of somebody, or of nobody yet; that it fails is what we ask for."""

    def ask(who: str, where: str) -> Page:
        page = portal.login(who) if who else portal.page(portal.visitor())
        answer = page.goto(where)
        assert answer is not None
        portal.expects(answer.status)
        return page

    return ask


@pytest.mark.parametrize("name", REAL)
def test_a_page_that_is_not_for_you_says_why(
    asked_for: Callable[[str, str], Page], shoot: Shoot, name: str
) -> None:
    who, where, status = REAL[name]
    page = asked_for(who, where)
    assert page.evaluate("performance.getEntries()[0].responseStatus") == status
    look(page, shoot, name)


def test_a_page_that_broke_or_is_closed_says_what_to_do(
    portal: Portal, shoot: Shoot
) -> None:
    page = portal.page(portal.visitor())
    for name, template in BROKEN.items():
        until = "" if name.endswith("no-time") else "vandaag tot 14.00 uur"
        context = {"until": until}
        body = render_to_string(template, context)

        def answer(route: Route, *, body: str = body) -> None:
            route.fulfill(body=body, content_type="text/html; charset=utf-8")

        page.route(f"**/{name}/", answer)
        page.goto(f"/{name}/")
        look(page, shoot, name)
