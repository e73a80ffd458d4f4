"""What the bureau, the penningmeester and the bestuur see, at both widths."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from billing.models import Account, Entry, Period
from billing.settling import settlements
from membership import export_work, exports
from membership.models import Export, Organisation, Person, SavedFilter
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


def entry() -> int:
    found = Entry.objects.filter(settlement__isnull=False).order_by("pk").first()
    assert found is not None
    return found.pk


def postings_page() -> str:
    account = Account.objects.get(code="1610")
    return f"/beheer/billing/posting/?account__id__exact={account.pk}&tot=2026-12-31"


def history_page() -> str:
    """Of a gemeente that the bureau changed, in the admin itself."""
    heideveld = Organisation.objects.get(code="GM9001")
    client = Client()
    client.force_login(Person.objects.get(name="Bureau"))
    names = ("name", "short_name", "iban")
    form = {name: getattr(heideveld, name) for name in names}
    form |= {"town": "Heide", "address": f"Dorpsstraat {heideveld.pk}"}
    url = f"/beheer/membership/organisation/{heideveld.pk}/change/"
    assert client.post(url, form).status_code == 302
    return f"/beheer/membership/organisation/{heideveld.pk}/history/"


def end_what_moves() -> None:
    """So that the next export that is begun is the one that was asked for last."""
    Export.objects.filter(finished_at=None).update(
        status="failed", finished_at=timezone.now()
    )


def export_page(status: str) -> str:
    """Of an export that came so far."""
    end_what_moves()
    by = Person.objects.get(name="Bureau")
    export = exports.ask("billing.line", query=f"q={status}", fmt="csv", by=by)
    if status == "done":
        export_work.work_on_next()
    if status in ("working", "failed"):
        begun = exports.begin(timezone.now())
        assert begun is not None
        exports.tell(begun, rows_count=120_000, rows_done=45_000)
        if status == "failed":
            exports.fail(begun, exports.GAVE_UP)
    return f"/beheer/membership/export/{export.pk}/change/"


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
    "beheer-accounts": ("Bureau", lambda: "/beheer/billing/account/?op=2026-01-31"),
    "beheer-postings": ("Bureau", postings_page),
    "beheer-entry": ("Bureau", lambda: f"/beheer/billing/entry/{entry()}/change/"),
    "beheer-history": ("Bureau", history_page),
    "beheer-organisation": (
        "Bureau",
        lambda: history_page().replace("history", "change"),
    ),
    "beheer-export-queued": ("Bureau", lambda: export_page("queued")),
    "beheer-export-working": ("Bureau", lambda: export_page("working")),
    "beheer-export-done": ("Bureau", lambda: export_page("done")),
    "beheer-export-failed": ("Bureau", lambda: export_page("failed")),
    "beheer-exports": ("Bureau", lambda: "/beheer/membership/export/"),
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


def test_the_bureau_keeps_a_filter_and_takes_a_long_list_with_it(
    portal: Portal, delivered: Period, shoot: Shoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By keyboard, and without a script: the list, the filter, the job, the file."""
    end_what_moves()
    monkeypatch.setattr(settings, "NVSI_EXPORT_AT_ONCE", 3)
    page = portal.login("Bureau")
    page.goto("/beheer/billing/line/?halfjaar=2026-H2")
    page.get_by_text("Dit filter bewaren").press("Enter")
    page.get_by_label("Naam").fill("Tweede helft 2026")
    page.get_by_label("Ook voor collega's").press("Space")
    page.get_by_label("Naam").press("Enter")
    kept = page.get_by_role("link", name="Tweede helft 2026 gedeeld")
    assert kept.get_attribute("aria-current") == "true"
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        shoot(page, "beheer-kept")
        assert violations(page, preload=False) == []
    page.get_by_role("button", name="XLSX").press("Enter")
    page.wait_for_url("**/membership/export/*/change/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download XLSX").click()
    assert download.value.suggested_filename == "urenregels-2027-01-20.xlsx"
    page.goto("/beheer/billing/line/")
    page.get_by_role("button", name="Weghalen: Tweede helft 2026").press("Enter")
    page.wait_for_load_state()
    assert not SavedFilter.objects.exists()
