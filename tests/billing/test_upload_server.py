"""Uploads as production receives them: by gunicorn, in processes of their own."""

import http.client
import os
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from billing.models import Upload
from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.bench.server import serving
from tests.billing.database import own_database
from tests.billing.deliveries import as_csv, line
from tests.billing.uploading import EARLIER
from tests.conftest import make_person
from tests.faults.processes import wait_until

pytestmark = pytest.mark.slow

NEW = "/aanleveringen/nieuw/"
PIECE = b"x" * 1_000_000
MOST_MEMORY = 64_000_000  # bytes more than it had
END = b"\r\n--x--\r\n"


class Server:
    """A running portal with its own temporary folder, and somebody who uploads."""

    def __init__(self, path: Path, temporary: Path, person: Person) -> None:
        self.path, self.temporary = path, temporary
        client = Client()
        client.force_login(person)
        self.cookie = "; ".join(
            f"{name}={client.cookies[name].value}" for name in client.cookies
        )
        page = self.request("GET", NEW)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page[1])
        assert token, page[1]
        self.token = token[1]
        self.cookie += f"; csrftoken={self.csrf}"

    def request(
        self, verb: str, path: str, body: Iterator[bytes] | None = None, size: int = 0
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection("localhost", timeout=120)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(self.path))
        headers = {"Cookie": self.cookie}
        if body:
            headers["Content-Type"] = "multipart/form-data; boundary=x"
            headers["Content-Length"] = str(size)
        connection.request(verb, path, body, headers)
        response = connection.getresponse()
        cookies = response.headers.get_all("Set-Cookie") or []
        found = [c for c in cookies if c.startswith(f"{settings.CSRF_COOKIE_NAME}=")]
        self.csrf = found[0].split("=")[1].split(";")[0] if found else ""
        text = response.read().decode()
        connection.close()
        return response.status, text

    def upload(self, pieces: int, piece: bytes, name: str) -> tuple[int, str]:
        """Send a file of this many equal pieces, never more than one in memory."""
        instrument = Instrument.objects.get(slug="flexensie").pk
        head = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in (
                ("csrfmiddlewaretoken", self.token),
                ("instrument", instrument),
            )
        ) + (
            '--x\r\nContent-Disposition: form-data; name="file"; '
            f'filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
        )

        def body() -> Iterator[bytes]:
            yield head.encode()
            for _ in range(pieces):
                yield piece
            yield END

        size = len(head.encode()) + pieces * len(piece) + len(END)
        return self.request("POST", NEW, body(), size)

    def most_memory(self) -> int:
        """The most bytes that any of its processes ever had."""
        return max(
            int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0]) * 1000
            for process in psutil.process_iter(["environ"])
            if (process.info["environ"] or {}).get("TMPDIR") == str(self.temporary)
            for status in [Path(f"/proc/{process.pid}/status")]
        )


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The server is another process: what it reads must be committed."""
    with own_database(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def server(db: None) -> Iterator[Server]:
    uitvoerder = Organisation.objects.get(code="flexensie")
    person = make_person("Backoffice", "uitvoerder", uitvoerder)
    # Short: the path of a socket may not be long.
    with TemporaryDirectory() as folder:
        temporary = Path(folder) / "tmp"
        temporary.mkdir()
        environment = {
            "TMPDIR": str(temporary),
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        }
        with serving(Path(folder), **environment) as path:
            yield Server(path, temporary, person)


def test_two_hundred_megabytes_are_refused_without_being_kept(server: Server) -> None:
    assert server.upload(1, b"", "leeg.csv")[0] == HTTPStatus.OK
    before = server.most_memory()
    status, text = server.upload(200, PIECE, "groot.csv")
    assert status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "Het bestand is te groot." in text
    assert server.most_memory() < before + MOST_MEMORY
    # The server answers first, and cleans up then.
    wait_until(lambda: os.listdir(server.temporary) == [], why="a file was left")
    assert not Upload.objects.exists()


def test_a_file_that_is_sent_twice_at_once_is_one_upload(server: Server) -> None:
    content = as_csv([line("R1", **EARLIER)]).encode()
    with ThreadPoolExecutor(2) as threads:
        answers = list(
            threads.map(
                lambda name: server.upload(1, content, name), ("a.csv", "b.csv")
            )
        )
    assert [status for status, _ in answers] == [HTTPStatus.FOUND] * 2
    upload = Upload.objects.get()
    assert upload.status in (Upload.Status.READY, Upload.Status.REFUSED)
    # The server answers first, and cleans up then.
    wait_until(lambda: os.listdir(server.temporary) == [], why="a file was left")
