"""What the bureau, the penningmeester and the bestuur see, at both widths."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine

from billing.models import Period
from billing.settling import settlements
from nvsi.halfyear import HalfYear
from tests.billing.portal_story import Story, deliver, lines
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, too_wide, violations

NOW = datetime.datetime(2027, 1, 20, 10, 12, tzinfo=datetime.UTC)
LAST = HalfYear(2026, 2)


@pytest.fixture(scope="module", autouse=True)
def in_january() -> Iterator[None]:
    """The second half of 2026 is over: its drafts wait to be looked at."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(scope="module")
def delivered(told_portal: Portal) -> Period:
    """2026-H2 with something for each check to find, prepared by the bureau."""
    story: Story = told_portal.story
    usual = list(lines(story, LAST, 4))
    cheap = {**usual[0], "regel_id": "C1", "tarief": "14.00"}
    late = {**usual[0], "regel_id": "L9", "datum": "2026-03-09"}
    new = {**usual[0], "regel_id": "W9", "gemeente_code": "GM9013"}
    deliver(story, str(LAST), [*usual, cheap, late, new])
    settlements.prepare(
        story.flexensie, LAST, today=NOW.date(), by=story.people["Bureau"]
    )
    return Period.objects.get(halfyear=LAST)


def period_page(which: str) -> str:
    period = Period.objects.get(halfyear=HalfYear.parse(which))
    return f"/beheer/billing/period/{period.pk}/change/"


def run_page() -> str:
    run = Period.objects.get(halfyear=LAST).runs.get()
    return f"/beheer/billing/settlementrun/{run.pk}/approve/"


# The name of the picture, who looks, and where.
PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "beheer-halfyear-draft": ("Penningmeester", lambda: period_page("2026-H2")),
    "beheer-halfyear-ordered": ("Bureau", lambda: period_page("2026-H1")),
    "beheer-halfyear-paid": ("Bureau", lambda: period_page("2025-H1")),
    "beheer-prepare": (
        "Bureau",
        lambda: period_page("2026-H2").replace("change", "prepare"),
    ),
    "beheer-export": (
        "Bureau",
        lambda: period_page("2026-H1").replace("change", "export"),
    ),
    "beheer-approve": ("Penningmeester", run_page),
    "beheer-read": ("Bureau", lambda: "/beheer/billing/bankstatement/inlezen/"),
    "beheer-lines": ("Bureau", lambda: "/beheer/billing/line/?halfjaar=2026-H2"),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    portal: Portal, delivered: Period, shoot: Shoot, name: str
) -> None:
    who, where = PAGES[name]
    page = portal.login(who)
    response = page.goto(where())
    assert response is not None
    assert response.status == 200
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        shoot(page, name)
        assert violations(page, preload=False) == []
    page.set_viewport_size({"width": NARROW, "height": 600})
    assert too_wide(page) == []
