"""What a contactpersoon sees, at both widths, by mouse and by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import AXE, DESKTOP, NARROW, PHONE, Portal

Shoot = Callable[[Page, str], None]

# The name of the picture, who looks, where, and what is opened.
PAGES = {
    "home": ("A. Jansen", "/", ()),
    "home-nothing-yet": ("N. Visser", "/", ()),
    "home-stranger": ("V. Mulder", "/", ()),
    "home-association": ("Bureau", "/", ()),
    "list": ("A. Jansen", "/afrekeningen/", ()),
    "list-nothing-yet": ("N. Visser", "/afrekeningen/", ()),
    "list-credited": ("K. Bos", "/afrekeningen/", ()),
    "detail": ("A. Jansen", "Heideveld 2026-H1 settlement", ("Bakkerij Köster",)),
    "detail-paid": ("A. Jansen", "Heideveld 2025-H2 settlement", ()),
    "detail-together": ("K. Bos", "Werkkracht 2026-H1 settlement", ("Gemeente Rijk",)),
    "detail-credit": ("K. Bos", "Werkkracht 2026-H1 reversal", ()),
    "detail-below-zero": ("D. Smit", "Duindorp 2026-H1 settlement", ()),
    "lines": ("A. Jansen", "lines", ()),
    "not-found": ("A. Jansen", "/afrekeningen/2026-0999/", ()),
    "forbidden": ("Bureau", "/afrekeningen/", ()),
}


def address(portal: Portal, where: str) -> str:
    if where.startswith("/"):
        return where
    if where == "lines":
        number = portal.story.number_of("Heideveld", "2026-H1")
        return f"/afrekeningen/{number}/opdracht/OP26101/"
    name, period, kind = where.split()
    return f"/afrekeningen/{portal.story.number_of(name, period, kind)}/"


def open_page(portal: Portal, name: str, width: int) -> Page:
    who, where, folds = PAGES[name]
    page = portal.login(who, width)
    response = page.goto(address(portal, where))
    assert response is not None
    if response.status >= 400:
        portal.expects(response.status)
    for fold in folds:
        page.locator("summary", has_text=fold).first.click()
    return page


def violations(page: Page, *, preload: bool = True) -> list[str]:
    """What axe finds wrong, as one line each.

    To preload it copies a sheet that is imported by another into the page, which our
    policy refuses: those of the admin are.
    """
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(
        "preload => axe.run({preload, resultTypes: ['violations'], runOnly: ['wcag2a',"
        " 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then(found => found.violations.flatMap(({id, nodes}) =>"
        " nodes.map(n => `${id}: ${n.html} ${n.failureSummary || ''}`)))",
        preload,
    )
    return found


def too_wide(page: Page) -> list[str]:
    """What stands outside the window, so that the page scrolls sideways."""
    found: list[str] = page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth ? [] :"
        "[...document.querySelectorAll('body *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth)"
        ".map(e => e.outerHTML.slice(0, 100))"
    )
    return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    portal: Portal, shoot: Shoot, name: str
) -> None:
    page = open_page(portal, name, DESKTOP)
    shoot(page, name)
    assert violations(page) == []
    page.set_viewport_size({"width": PHONE, "height": 800})
    shoot(page, name)
    assert violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 600})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert too_wide(page) == []


def test_letters_twice_as_large_still_fit(portal: Portal) -> None:
    """200% zoom of a window of 1280 px is one of 640 px."""
    page = open_page(portal, "detail", DESKTOP // 2)
    assert too_wide(page) == []


def focused(page: Page) -> dict[str, Any]:
    """The words of what has the focus, and how thick the line around it is."""
    seen: dict[str, Any] = page.evaluate(
        "(() => {const e = document.activeElement, s = getComputedStyle(e);"
        "return {words: e.innerText.trim().replace(/\\s+/g, ' '), tag: e.tagName,"
        "line: s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth)}})()"
    )
    return seen


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is there; it is visible at every stop."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["tag"] == "BODY":  # past the last stop; it has the words of all
            continue
        assert here["line"] >= 2, f"no focus line at {here}"
        if words in here["words"]:
            return
    raise AssertionError(f"Tab never reached '{words}'")


def test_the_keyboard_alone_goes_from_home_to_a_line_and_a_download(
    portal: Portal,
) -> None:
    page = open_page(portal, "home", DESKTOP)
    page.keyboard.press("Tab")
    assert focused(page)["words"] == "Naar de inhoud"
    tab_to(page, "Alle afrekeningen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/afrekeningen/")
    tab_to(page, "Eerste helft van 2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/afrekeningen/20*/")
    tab_to(page, "Bakkerij Köster")
    page.keyboard.press("Enter")
    assert page.get_by_role("rowheader", name="OP00051").is_visible()
    tab_to(page, "1 regel")
    page.keyboard.press("Enter")
    page.reload()
    tab_to(page, "Download als PDF")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")


def test_somebody_with_two_organisations_switches_between_them(portal: Portal) -> None:
    page = portal.login("K. Bos")
    page.goto("/afrekeningen/")
    who = page.locator(".who-name")
    first = who.inner_text()
    other = {"gemeente Duindorp", "Werkkracht Rivierenland"} - {first}
    who.click()
    page.get_by_role("button", name=other.pop()).click()
    page.wait_for_load_state()
    assert page.locator(".who-name").inner_text() != first
