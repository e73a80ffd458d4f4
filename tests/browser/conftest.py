"""A portal in a real browser: Debian's Chromium, on a database that is thrown away."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.billing.database import filled_database, own_database
from tests.billing.portal_story import Story, tell

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "var" / "screenshots"
DESKTOP, PHONE, NARROW = 1280, 390, 320


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is in this folder needs the browser; without it the reason is told."""
    here = Path(__file__).parent
    for item in items:
        if here not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM:
            item.add_marker(
                pytest.mark.skip(reason="no Chromium here (Debian: apt-get install)")
            )


@dataclass
class Portal:
    """The running site, the story it shows, and what its pages complained about."""

    url: str
    story: Story
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def expects(self, *statuses: int) -> None:
        """The test asks for a refusal; the browser complains of it when it likes."""
        self.expected.update(statuses)

    def unexpected(self) -> list[str]:
        """What pages complained about, but for the refusals that were asked for."""
        known = [f"responded with a status of {status} " for status in self.expected]
        return [one for one in self.complaints if not any(k in one for k in known)]

    def login(self, name: str, width: int = DESKTOP) -> Page:
        """A page of somebody who is logged in, in a window of this width."""
        context = self.visitor(width)
        client = Client()
        client.force_login(self.story.people[name])
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.url}]
        )
        return self.page(context)

    def visitor(self, width: int = DESKTOP) -> BrowserContext:
        return self.browser.new_context(
            viewport={"width": width, "height": 900}, locale="nl-NL", base_url=self.url
        )

    def page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on(
            "console",
            lambda said: (
                self.complaints.append(f"{said.type} on {page.url}: {said.text}")
                if said.type in ("error", "warning")
                else None
            ),
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page


@pytest.fixture(scope="session")
def told(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Story]]:
    """A database in which the story was told, once for all modules."""
    folder = tmp_path_factory.mktemp("story")
    with filled_database(django_db_blocker, lambda: tell(folder)) as filled:
        yield filled


# Not for the whole session: other tests would find this database.
@pytest.fixture(scope="module")
def db(told: tuple[str, Story], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In these modules all that is done is really committed, on a copy of the story."""
    with own_database(django_db_blocker, of=told[0]):
        yield


@contextmanager
def serve(story: Story) -> Iterator[Portal]:
    """The site on the database of now, and a browser."""
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, in which Django would refuse
        # to ask the database; nothing here is asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield Portal(f"http://127.0.0.1:{server.port}", story, browser)
        browser.close()
        server.terminate()
        # Those of Playwright's loop: the next module would find them cut off.
        connections.close_all()


@pytest.fixture(scope="module")
def told_portal(db: None, told: tuple[str, Story]) -> Iterator[Portal]:
    # Modules add people, and give them passwords: each has its own.
    with serve(deepcopy(told[1])) as portal:
        yield portal


@pytest.fixture
def portal(told_portal: Portal) -> Iterator[Portal]:
    """The portal; afterwards no page may have complained, about CSP or else."""
    told_portal.complaints.clear()
    told_portal.expected.clear()
    yield told_portal
    for context in told_portal.browser.contexts:
        context.close()
    assert told_portal.unexpected() == []


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """Keep a picture of the whole page, to look at."""

    def keep(page: Page, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)

    return keep
