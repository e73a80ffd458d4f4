"""Renew the pictures of the manual: the demo runs, and a browser looks at its pages.

`make screenshots`. The demo gets a folder of its own, so that the data on this machine
stay as they are. Look at the pictures before they are committed.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "handleiding" / "beeld"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDTH = 1100
PASSWORD = re.compile(r"Wachtwoord voor allen: (\S+)")
# The address of a person, and after the name a recovery code where one is needed.
PERSON = re.compile(r"(\S+@\S+) .*?(?: (\d{8}))?(?:  \d{8})*$", re.MULTILINE)
RUNNING = re.compile(r"Het portaal draait op (\S+)")


@dataclass(frozen=True)
class Picture:
    """A part of a page: links are followed from the first page on, in order."""

    name: str
    who: str
    path: str
    height: int
    links: tuple[str, ...] = ()


CONTACTPERSOON = "s.bakker@groningen.example"
PICTURES = (
    Picture("overzicht", CONTACTPERSOON, "/", 860),
    Picture("afrekening", CONTACTPERSOON, "/", 980, ("Bekijk de afrekening",)),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        demo(folder) as told,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        for who in dict.fromkeys(picture.who for picture in PICTURES):
            page = log_in(browser, told, who)
            for picture in PICTURES:
                if picture.who == who:
                    take(page, picture)
        browser.close()


@contextmanager
def demo(folder: str) -> Iterator[str]:
    """What the demo said, while its portal runs."""
    command = [sys.executable, str(ROOT / "manage.py"), "demo"]
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


def log_in(browser: Browser, told: str, who: str) -> Page:
    (site,), (password,) = RUNNING.findall(told), PASSWORD.findall(told)
    code = dict(PERSON.findall(told))[who]
    context = browser.new_context(
        base_url=site, viewport={"width": WIDTH, "height": 800}, locale="nl-NL"
    )
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
    page.set_viewport_size({"width": WIDTH, "height": picture.height})
    page.goto(picture.path)
    for link in picture.links:
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state()
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
