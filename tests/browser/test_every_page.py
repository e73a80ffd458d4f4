"""Every address of the access matrix, as a page: axe, its width, its console, its Tab.

1280 px is a desktop; 320 px is the same window at 400%.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.billing.database import own_database
from tests.billing.portal_story import Story
from tests.browser.conftest import DESKTOP, NARROW, Portal, serve
from tests.browser.test_contactpersoon import focused, too_wide, violations
from tests.everything import half_way, make_everything
from tests.test_access_matrix import MATRIX, ROLES, url_of

SEEN_BY_EACH = {"home"}
# Pages of the admin on the main road: there each Tab stop is looked at too.
MAIN_ROAD = {
    *("admin:index", "admin:billing_period_change", "admin:billing_period_prepare"),
    *("admin:billing_question_answer", "admin:billing_settlementrun_approve"),
}
# The history of a record is one template: that of this one stands for all.
HISTORY, ONE_HISTORY = "_history", "admin:billing_settlement_history"
STOPS = 80


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Empty but for what is made here, and really committed."""
    with own_database(django_db_blocker):
        yield


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None) -> dict[str, Person]:
    return {name: request.getfixturevalue(name) for name in ROLES[1:]}


@pytest.fixture
def portal(
    cast: dict[str, Person],
    heideveld: Organisation,
    noorderhage: Organisation,
    flexensie_nederland: Organisation,
    flexensie: Instrument,
    tmp_path: Path,
) -> Iterator[Portal]:
    make_everything(
        tmp_path,
        holder=heideveld,
        uitvoerder=flexensie_nederland,
        **{name: cast[name] for name in ("bureau", "penningmeester", "bestuur")},
    )
    half_way(noorderhage, by=cast["bureau"])
    with serve(Story(tmp_path, flexensie, people=cast)) as portal:
        yield portal


def to_look_at() -> dict[str, list[str]]:
    """By role the pages to open: each page once, and what differs by role for all."""
    pages: dict[str, list[str]] = {role: [] for role in ROLES}
    for name, row in MATRIX.items():
        if name.endswith(HISTORY) and name != ONE_HISTORY:
            continue
        seers = [role for role, status in zip(ROLES, row, strict=True) if status == 200]
        for role in seers if name in SEEN_BY_EACH else seers[:1]:
            pages[role].append(name)
    return pages


def test_nothing_is_wrong_with_any_page(portal: Portal) -> None:
    found: dict[str, list[str]] = {}
    for role, names in to_look_at().items():
        page = (
            portal.page(portal.visitor()) if role == "anonymous" else portal.login(role)
        )
        for name in names:
            if wrong := wrong_with(page, name):
                found[f"{name} for {role}"] = wrong
        page.context.close()
    assert portal.complaints == []
    assert not found, "\n".join(f"{name}: {wrong}" for name, wrong in found.items())


def wrong_with(page: Page, name: str) -> list[str]:
    """What is wrong at both widths, and each Tab stop that cannot be seen."""
    admin, url = name.startswith("admin:"), url_of(name)
    if "text/html" not in page.request.get(url).headers["content-type"]:
        return []  # a file to keep, or data
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    response = page.goto(url)
    assert response is not None
    assert response.status == 200, url
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
