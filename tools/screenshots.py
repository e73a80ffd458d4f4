"""Renew the pictures of the manual: two demos run, and a browser looks at their pages.

`make screenshots`. Each demo gets a folder of its own, so that the data on this machine
stay as they are. The second stops before a half-year is settled; the browser does the
rest, as the bureau would. Look at the pictures before they are committed.
"""

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from tools.manual_pictures import AGREED, BY_HAND, DELIVERED, STEERED, WHOLE, Picture

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "handleiding" / "beeld"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PORTAL_WIDTH, BEHEER_WIDTH = 960, 1120
SHARPNESS = 1.5  # pixels of a picture per pixel of the page
COLOURS = 96  # our pages have few; so the files stay small
PATIENCE = 120_000  # milliseconds: the portal may just have begun
MARGIN = 10  # around a part of a page
PASSWORD = re.compile(r"Wachtwoord voor allen: (\S+)")
# The address of a person, and after the name a recovery code where one is needed.
PERSON = re.compile(r"(\S+@\S+) [^\d\n]+?(?: (\d{8}).*)?$", re.MULTILINE)
RUNNING = re.compile(r"Het portaal draait op (\S+)")

# Debian's Chromium speaks English; the browsers of our readers do not.
IN_DUTCH = """
for (const input of document.querySelectorAll("input[type=file]")) {
  const shown = document.createElement("span");
  const button = shown.appendChild(document.createElement("button"));
  button.textContent = "Bestand kiezen";
  button.style.cssText = `font: inherit; margin-right: 0.5rem; padding: 0 0.5rem;
    background: #efefef; border: 1px solid #767676; border-radius: 3px; color: #000`;
  shown.append("Geen bestand gekozen");
  shown.style.cssText = `display: block; max-width: 24rem; padding: 0.5rem;
    border: 1px solid #767676; border-radius: 3px`;
  input.replaceWith(shown);
}
for (const input of document.querySelectorAll("input[type^=date]")) {
  const [day, time] = input.value.split("T");
  const words = day ? day.split("-").reverse().join("-") : "dd-mm-jjjj";
  const hour = input.type == "date" ? "" : ` ${time || "--:--"}`;
  input.type = "text";
  input.value = words + hour;
}
"""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        take_all(browser, (), (*WHOLE, *AGREED, *STEERED), PORTAL_WIDTH)
        take_all(browser, DELIVERED, BY_HAND, BEHEER_WIDTH)
        browser.close()


def take_all(
    browser: Browser, words: Sequence[str], pictures: Sequence[Picture], width: int
) -> None:
    """Run a demo, and take the pictures in order, each as the person it is for."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        demo(folder, words) as told,
    ):
        pages: dict[str, Page] = {}
        for picture in pictures:
            if picture.who not in pages:
                pages[picture.who] = log_in(browser, told, picture.who, width)
            take(pages[picture.who], picture)


@contextmanager
def demo(folder: str, words: Sequence[str]) -> Iterator[str]:
    """What the demo said, while its portal runs."""
    command = [sys.executable, str(ROOT / "manage.py"), "demo", *words]
    environment = {**os.environ, "NVSI_VAR": folder, "NVSI_MODE": "local"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if RUNNING.search(line):
                break
        try:
            yield said
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


def log_in(browser: Browser, told: str, who: str, width: int) -> Page:
    (site,), (password,) = RUNNING.findall(told), PASSWORD.findall(told)
    code = dict(PERSON.findall(told))[who]
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": 800},
        device_scale_factor=SHARPNESS,
        locale="nl-NL",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(who)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    if code:
        page.locator("input[name=code]").fill(code)
        page.locator("input[name=code]").press("Enter")
    page.wait_for_url(lambda url: "inloggen" not in url)
    return page


def take(page: Page, picture: Picture) -> None:
    if picture.path:
        page.goto(picture.path)
    for link in picture.links:
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state()
    for fold in picture.folds:
        page.locator(fold).locator("summary").first.click()
    page.evaluate(IN_DUTCH)
    page.evaluate("document.fonts.ready")
    path = FOLDER / f"{picture.name}.png"
    save(page.screenshot(full_page=True, clip=area(page, picture)), path)
    print(path.relative_to(ROOT), f"{path.stat().st_size // 1000} kB")
    if picture.then:
        page.get_by_role("button", name=picture.then, exact=True).click()
        page.wait_for_load_state()


def area(page: Page, picture: Picture) -> FloatRect:
    """The whole width of a page from its top, or as wide as the last part."""
    first = box(page, picture.first or "html")
    last = box(page, picture.last) if picture.last else first
    top = max(0, first["y"] - MARGIN)
    ends = last["y"] + last["height"] + MARGIN if picture.last else top + picture.height
    bottom = min(ends, page.evaluate("document.documentElement.scrollHeight"))
    part = last if picture.first else first
    left = max(0, part["x"] - MARGIN)
    right = min(part["x"] + part["width"] + MARGIN, page.evaluate("innerWidth"))
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def box(page: Page, part: str) -> FloatRect:
    """Where a part lies, counted from the top of the page."""
    page.evaluate("scrollTo(0, 0)")
    found = page.locator(part).first.bounding_box()
    assert found, f"{part} is not on {page.url}"
    return found


def save(png: bytes, path: Path) -> None:
    """With few colours, and without what only a camera needs."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    few = image.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    main()
