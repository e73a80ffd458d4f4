"""The pages as in production: gunicorn, two sync workers, connections that last."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.test import Client

from membership.models import Person

WORKERS = 2
_SECONDS_TO_START = 60
_MOMENT = 0.05


class _Connection(http.client.HTTPConnection):
    """Over a socket of the file system: no port to choose, and nobody else's."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=_SECONDS_TO_START)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self.path))


class Reader:
    """Somebody who is logged in, and reads pages."""

    def __init__(self, server: Path, person: Person) -> None:
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
        self.server = server

    def get(self, path: str) -> bytes:
        connection = _Connection(self.server)
        connection.request("GET", path, headers=self.headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        assert response.status == http.HTTPStatus.OK, f"{path}: {response.status}"
        return body


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[Path]:
    """Gives the socket on which the portal answers, on the database of now."""
    path = folder / "pages.socket"
    words = ["gunicorn", "nvsi.wsgi", f"--workers={WORKERS}", "--log-level=warning"]
    process = subprocess.Popen(
        [sys.executable, "-m", *words, "--no-control-socket", f"--bind=unix:{path}"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": _address()} | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + _SECONDS_TO_START
        while not path.exists():
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(_MOMENT)
        yield path
    finally:
        process.terminate()
        process.wait()


def _address() -> str:
    """The database of now, in the words of production."""
    at = connection.settings_dict
    return (
        f"postgresql://{at['USER']}:{at['PASSWORD']}@:{at['PORT']}/{at['NAME']}"
        f"?host={quote(at['HOST'])}"
    )
