"""Every address of the access matrix, as a page: axe, its width, its console, its Tab.

1280 px is a desktop; 320 px is the same window at 400%.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import pytest
from playwright.sync_api import Error, Page
from pytest_django import DjangoDbBlocker

from instruments.models import Instrument
from membership.models import Person
from tests.billing.database import own_database
from tests.billing.portal_story import Story
from tests.browser.conftest import DESKTOP, NARROW, Portal, serve
from tests.browser.test_contactpersoon import focused, too_wide, violations
from tests.test_access_matrix import MATRIX, ROLES, url_of

SEEN_BY_EACH = {"home"}
# Pages of the admin on the main road: there each Tab stop is looked at too.
MAIN_ROAD = {
    *("admin:index", "admin:billing_period_change", "admin:billing_period_prepare"),
    *("admin:billing_question_answer", "admin:billing_settlementrun_approve"),
}
# The history of a record is one template: that of this one stands for all.
HISTORY, ONE_HISTORY = "_history", "admin:billing_settlement_history"
# What goes into another page, and is none itself.
PIECES = {"wens-like"}
STOPS = 80
PARTS = 8


@pytest.fixture(scope="module")
def db(everything_made: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy of everything, in which logging in is really committed."""
    with own_database(django_db_blocker, of=everything_made):
        yield


@pytest.fixture(scope="module")
def portal(db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    people = {role: Person.objects.get(name=role.title()) for role in ROLES[1:]}
    flexensie = Instrument.objects.get(slug="flexensie")
    with serve(Story(tmp_path_factory.mktemp("story"), flexensie, people=people)) as at:
        yield at


def to_look_at() -> list[tuple[str, str]]:
    """Each page with a role that sees it, and what differs by role with all of them."""
    pages: list[tuple[str, str]] = []
    for name, row in MATRIX.items():
        if name in PIECES or (name.endswith(HISTORY) and name != ONE_HISTORY):
            continue
        seers = [role for role, status in zip(ROLES, row, strict=True) if status == 200]
        shown_to = seers if name in SEEN_BY_EACH else seers[:1]
        pages += [(role, name) for role in shown_to]
    return sorted(pages, key=lambda page: ROLES.index(page[0]))


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_any_page(portal: Portal, part: int) -> None:
    """In parts, so that each process looks at some of them."""
    found: dict[str, list[str]] = {}
    portal.complaints.clear()
    for role, pages in groupby(to_look_at()[part::PARTS], key=itemgetter(0)):
        visitor = role == "anonymous"
        page = portal.page(portal.visitor()) if visitor else portal.login(role)
        for _, name in pages:
            if wrong := wrong_with(page, name):
                found[f"{name} for {role}"] = wrong
        page.context.close()
    assert portal.complaints == []
    assert not found, "\n".join(f"{name}: {wrong}" for name, wrong in found.items())


def wrong_with(page: Page, name: str) -> list[str]:
    """What is wrong at both widths, and each Tab stop that cannot be seen."""
    admin, url = name.startswith("admin:"), url_of(name)
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    try:
        response = page.goto(url)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return []  # a file to keep
    assert response is not None
    assert response.status == 200, url
    if "text/html" not in response.headers["content-type"]:
        return []  # data
    wrong = violations(page, preload=not admin)
    if not admin or name in MAIN_ROAD:
        wrong += unseen_stops(page)
    page.set_viewport_size({"width": NARROW, "height": 640})
    return wrong + too_wide(page)


def unseen_stops(page: Page) -> list[str]:
    """What has the focus without a line around it of two pixels or more."""
    unseen = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["tag"] == "BODY":
            break
        if here["line"] < 2:
            unseen.append(f"no focus line: {here}")
    return unseen
