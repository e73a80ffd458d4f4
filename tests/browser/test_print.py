"""A statement on paper: the sum and who paid it, without buttons and menus."""

import io

import pikepdf
from playwright.sync_api import expect

from tests.browser.conftest import SHOTS, Portal

# Of a page of A4, with the widest table on it.
MOST_PAGES = 3


def test_a_statement_that_is_printed_has_the_sum_and_no_buttons(portal: Portal) -> None:
    page = portal.login("A. Jansen")
    page.goto(f"/afrekeningen/{portal.story.number_of('Heideveld', '2026-H1')}/")
    page.emulate_media(media="print")
    for gone in (".bar", ".actions", ".crumbs", ".foot", ".utrecht-skip-link"):
        for each in page.locator(gone).all():
            expect(each).to_be_hidden()
    expect(page.get_by_text("Zo is het bedrag berekend")).to_be_visible()
    # Each opdrachtgever is open, whether somebody opened it or not.
    jobs = page.locator("details.fold").filter(has_text="OP26101")
    expect(jobs.get_by_role("rowheader").first).to_be_visible()
    paper = page.pdf(format="A4", print_background=False)
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS / "print-statement.pdf").write_bytes(paper)
    with pikepdf.open(io.BytesIO(paper)) as opened:
        assert 1 <= len(opened.pages) <= MOST_PAGES
