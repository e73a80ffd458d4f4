"""What an uitvoerder does: deliver with mistakes, mend, look, confirm, see it done."""

import csv
import datetime
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from billing.models import Upload
from billing.uploading import uploads
from membership.models import Organisation
from tests.billing.deliveries import Cells, as_csv, line
from tests.billing.uploading import checked, confirm, send, work
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Portal
from tests.browser.test_contactpersoon import too_wide, violations
from tests.conftest import make_person

Shoot = Callable[[Page, str], None]

BACK_OFFICE, NOBODY_YET = "B. Kantoor", "E. Nieuw"
WORKED = {"datum": "2026-06-15", "factuurdatum": "2026-06-22"}


def rows(prefix: str, *, wrong: int = 0, right: int = 6) -> list[Cells]:
    """Lines of three gemeenten; the first ones have something wrong with them."""
    codes = ("GM9001", "GM9002", "GM9012")
    good = [
        line(
            f"{prefix}{n}", **{**WORKED, "gemeente_code": codes[n % 3]}, uren=f"{8 + n}"
        )
        for n in range(right)
    ]
    faults = ({"uren": "200"}, {"gemeente_code": "GM0000"}, {"tarief": "gratis"})
    bad = [line(f"{prefix}F{n}", **{**WORKED, **faults[n % 3]}) for n in range(wrong)]
    return [*bad, *good]


@pytest.fixture
def office(portal: Portal) -> Portal:
    """The portal, with somebody of the uitvoerder; the other uitvoerder is new."""
    people = portal.story.people
    if BACK_OFFICE not in people:
        of = portal.story.flexensie.uitvoerder_on(datetime.date(2026, 1, 1))
        people[BACK_OFFICE] = make_person(
            BACK_OFFICE.replace(" ", ""), "uitvoerder", of
        )
        other = Organisation.objects.create(
            code="nieuw", kind="uitvoerder", name="Nieuwe Uitvoerder B.V."
        )
        people[NOBODY_YET] = make_person(
            NOBODY_YET.replace(" ", ""), "uitvoerder", other
        )
    return portal


@pytest.fixture
def uploaded(office: Portal, tmp_path: Path) -> dict[str, Upload]:
    """An upload in each state."""
    by = office.story.people[BACK_OFFICE]
    name = f"{tmp_path.name}-"  # another file each time
    made = {
        "refused": checked(tmp_path, rows(f"{name}a", wrong=9), by),
        "ready": checked(tmp_path, rows(f"{name}b"), by),
        "done": confirm(checked(tmp_path, rows(f"{name}c"), by), by),
        "withdrawn": checked(tmp_path, rows(f"{name}d", wrong=1), by),
        "changed": checked(tmp_path, rows(f"{name}e"), by),
    }
    confirm(checked(tmp_path, rows(f"{name}e")[:2], by), by)
    made["changed"] = confirm(made["changed"], by)
    uploads.withdraw(made["withdrawn"], by=by)
    made["busy"] = send(tmp_path, rows(f"{name}f"), by)
    return made


PAGES = {
    "uitvoerder-home": (BACK_OFFICE, "/"),
    "uitvoerder-home-new": (NOBODY_YET, "/"),
    "upload-list": (BACK_OFFICE, "/aanleveringen/"),
    "upload-list-empty": (NOBODY_YET, "/aanleveringen/"),
    "upload-form": (BACK_OFFICE, "/aanleveringen/nieuw/"),
    "upload-form-expired": (BACK_OFFICE, "/aanleveringen/nieuw/?verlopen=1"),
    "upload-form-none": (NOBODY_YET, "/aanleveringen/nieuw/"),
    "upload-refused": (BACK_OFFICE, "refused"),
    "upload-ready": (BACK_OFFICE, "ready"),
    "upload-changed": (BACK_OFFICE, "changed"),
    "upload-done": (BACK_OFFICE, "done"),
    "upload-withdrawn": (BACK_OFFICE, "withdrawn"),
    "upload-busy": (BACK_OFFICE, "busy"),
    "upload-bureau": ("Bureau", "ready"),
    "fee-list": (BACK_OFFICE, "/vergoeding/"),
    "fee-list-empty": (NOBODY_YET, "/vergoeding/"),
    "fee-detail": (BACK_OFFICE, "/vergoeding/flexensie/2026-H1/"),
}


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    office: Portal, uploaded: dict[str, Upload], shoot: Shoot
) -> None:
    for name, (who, where) in PAGES.items():
        page = office.login(who)
        found = uploaded.get(where)
        page.goto(f"/aanleveringen/{found.pk}/" if found else where)
        for width in (DESKTOP, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            shoot(page, name)
            assert violations(page) == [], name
        page.set_viewport_size({"width": NARROW, "height": 600})
        assert too_wide(page) == [], name
        page.context.close()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_file_with_mistakes_is_mended_confirmed_and_done(
    office: Portal, tmp_path: Path, shoot: Shoot, width: int
) -> None:
    delivered = tmp_path / "uren juni.csv"
    delivered.write_text(as_csv(rows(f"J{width}-", wrong=2)), encoding="utf-8")
    page = office.login(BACK_OFFICE, width)
    page.goto("/")
    page.get_by_role("link", name="Lever de urenregels van Flexensie aan").click()
    choose(page, delivered)
    expect(page.get_by_text("2 fouten in een bestand van 8 regels")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download de geweigerde regels").click()
    mended = tmp_path / "hersteld.csv"
    mend(download.value.path(), mended)
    page.get_by_role("link", name="Lever het herstelde bestand aan").click()
    choose(page, mended)
    expect(page.get_by_role("heading", name="Klopt dit? Bevestig dan")).to_be_visible()
    new = page.locator("dl div").filter(has=page.get_by_text("Nieuw", exact=True))
    expect(new.get_by_role("definition")).to_have_text("8")
    shoot(page, "journey-ready")
    page.get_by_role("button", name="Bevestigen en verwerken").click()
    expect(page.get_by_text("Uw regels zijn verwerkt.")).to_be_visible()
    page.get_by_role("link", name="Aanleveringen", exact=True).first.click()
    expect(page.get_by_role("row", name="hersteld.csv").first).to_contain_text(
        "Verwerkt"
    )


def choose(page: Page, path: Path) -> None:
    page.get_by_label("Bestand met urenregels").set_input_files(path)
    page.get_by_role("button", name="Bestand controleren").click()


def mend(refused: Path, mended: Path) -> None:
    """As somebody does in a spreadsheet: only what the reason says."""
    with refused.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file, delimiter=";")
        found, names = list(table), table.fieldnames or ()
    for row in found:
        assert row["reden"]
        row |= {"uren": "20", "gemeente_code": "GM9001"}
    write(mended, names, found)


def write(path: Path, names: Iterable[str], found: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(names), delimiter=";")
        writer.writeheader()
        writer.writerows(found)


def test_a_page_that_was_closed_shows_how_far_it_is_and_then_the_outcome(
    office: Portal, tmp_path: Path
) -> None:
    upload = send(tmp_path, rows("P"), office.story.people[BACK_OFFICE])
    page = office.login(BACK_OFFICE)
    page.goto(f"/aanleveringen/{upload.pk}/")
    expect(page.get_by_text("Wij controleren alle regels.")).to_be_visible()
    work(upload)
    # Nobody touches the page: it asks for itself again.
    expect(page.get_by_role("heading", name="Klopt dit? Bevestig dan")).to_be_visible()


def test_without_javascript_the_page_asks_again_too(
    office: Portal, tmp_path: Path
) -> None:
    upload = send(tmp_path, rows("Q"), office.story.people[BACK_OFFICE])
    cookies = office.login(BACK_OFFICE).context.cookies()
    context = office.browser.new_context(java_script_enabled=False, base_url=office.url)
    context.add_cookies(
        [{"name": c["name"], "value": c["value"], "url": office.url} for c in cookies]
    )
    page = context.new_page()
    page.goto(f"/aanleveringen/{upload.pk}/")
    expect(page.get_by_text("Wij controleren alle regels.")).to_be_visible()
    work(upload)
    expect(page.get_by_role("heading", name="Klopt dit? Bevestig dan")).to_be_visible()


def test_the_keyboard_alone_sends_a_file_and_the_error_leads_to_its_field(
    office: Portal, tmp_path: Path, shoot: Shoot
) -> None:
    page = office.login(BACK_OFFICE)
    page.goto("/aanleveringen/nieuw/")
    page.get_by_label("Bestand met urenregels").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    error = page.get_by_role("alert").get_by_role("link", name="Kies een bestand.")
    expect(error).to_be_visible()
    shoot(page, "upload-form-error")
    assert violations(page) == []
    error.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Bestand met urenregels")).to_be_focused()
