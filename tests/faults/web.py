"""The pages as they are served in production, and somebody who looks at them."""

import re
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import requests
from django.conf import settings
from django.test import Client

from membership.models import Person
from tests.faults.processes import Process, Site, wait_until

SECONDS = 30
THREADS = ("--workers=2", "--threads=8")


@dataclass(frozen=True)
class Pages:
    """A running gunicorn, and its address."""

    process: Process
    url: str

    def answers(self) -> bool:
        """Whether they serve; an error is one at once, with the log."""
        assert self.process.started.poll() is None, self.process.words()
        try:
            page = requests.get(f"{self.url}/inloggen/", timeout=SECONDS)
        except requests.ConnectionError:
            return False
        assert page.ok, self.process.words()
        return True

    @contextmanager
    def with_room(self, size: int) -> Iterator[None]:
        """They write no file above so many bytes, as on a full disk."""
        workers = self.process.children()
        before = [(one, one.rlimit(resource.RLIMIT_FSIZE)) for one in workers]
        for worker, (_, most) in before:
            worker.rlimit(resource.RLIMIT_FSIZE, (size, most))
        try:
            yield
        finally:
            for worker, limit in before:
                worker.rlimit(resource.RLIMIT_FSIZE, limit)


class Reader:
    """Somebody who is logged in. Make one with the site's database in Django."""

    def __init__(self, pages: Pages, person: Person) -> None:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        self.pages = pages
        self.cookies = {name: client.cookies[name].value}

    def get(self, path: str) -> requests.Response:
        """The page itself, and never one that it leads to."""
        return requests.get(
            self.pages.url + path,
            cookies=self.cookies,
            timeout=SECONDS,
            allow_redirects=False,
        )

    def form(self, path: str) -> dict[str, str]:
        """What the hidden fields of the form on a page hold."""
        page = self.get(path)
        assert page.status_code == HTTPStatus.OK, path
        self.cookies |= page.cookies.get_dict()
        main = page.text.partition("<main")[2]
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main)
        assert fields, page.text
        return dict(fields)

    def post(
        self, path: str, form: dict[str, str], files: Any = None
    ) -> requests.Response:
        """The answer to a form that was filled in."""
        return requests.post(
            self.pages.url + path,
            data=form,
            files=files,
            cookies=self.cookies,
            timeout=SECONDS,
            allow_redirects=False,
        )


def serve(site: Site, *options: str) -> Pages:
    """Start the pages of a site on a loopback port; returns when they answer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ("gunicorn", "nvsi.wsgi", f"--bind=127.0.0.1:{port}", "--no-control-socket")
    process = site.run("pages", *words, *(options or THREADS))
    pages = Pages(process, f"http://127.0.0.1:{port}")
    wait_until(pages.answers, why="the pages start")
    return pages
