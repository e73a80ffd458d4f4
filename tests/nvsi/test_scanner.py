"""The scanner is asked as clamd wants it; what is not clear is no yes."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from membership.admission import evidence
from nvsi.errors import NotAllowed
from nvsi.scanner import PIECE, ScannerAway, found_in

VIRUS = b"%PDF-1.7 dit is voor de proef een virus"
CLEAN = b"%PDF-1.7 " + b"x" * (2 * PIECE + 1)


class Clamd(socketserver.StreamRequestHandler):
    """What clamd does with INSTREAM; `answer` stands for one that is not well."""

    answer = b""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        said = b"stream: Proef.Virus FOUND" if VIRUS in content else b"stream: OK"
        self.wfile.write((self.answer or said) + b"\0")


@contextmanager
def serving(server: Any) -> Iterator[None]:
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def clamd(answer: bytes = b"") -> Iterator[str]:
    """A scanner on a port of its own; gives its address."""
    handler = type("Handler", (Clamd,), {"answer": answer})
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    with serving(server):
        yield f"tcp://127.0.0.1:{server.server_address[1]}"


def test_the_scanner_says_what_is_in_a_file() -> None:
    with clamd() as url:
        assert found_in(CLEAN, url) is None
        assert found_in(CLEAN + VIRUS, url) == "Proef.Virus"
        assert found_in(b"", url) is None


def test_the_scanner_listens_on_a_socket_of_this_machine_too(tmp_path: Path) -> None:
    path = tmp_path / "clamd.ctl"
    with serving(socketserver.ThreadingUnixStreamServer(str(path), Clamd)):
        assert found_in(VIRUS, f"unix://{path}") == "Proef.Virus"


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR", b"stream: ", b"OK", b"\xff"]
)
def test_an_answer_that_is_not_clear_is_none(answer: bytes) -> None:
    with clamd(answer) as url, pytest.raises(ScannerAway, match="answered"):
        found_in(CLEAN, url)


@pytest.mark.parametrize(
    "url", ["tcp://127.0.0.1:1", "unix:///is/er/niet", "127.0.0.1:3310", "tcp://", "x"]
)
def test_a_scanner_that_is_away_says_nothing(url: str) -> None:
    with pytest.raises(ScannerAway):
        found_in(CLEAN, url)


def check(content: bytes) -> evidence.Checked:
    return evidence.check(ContentFile(content, name="besluit.pdf"), evidence.SUFFIXES)


def test_every_paper_is_scanned_before_it_is_kept(settings: Settings) -> None:
    settings.CLAMD_URL = ""
    assert check(VIRUS).media_type == evidence.PDF
    with clamd() as url:
        settings.CLAMD_URL = url
        assert check(CLEAN).content == CLEAN
        with pytest.raises(NotAllowed, match="zit een virus") as refused:
            check(VIRUS)
    assert refused.value.field == "papers"
    with pytest.raises(NotAllowed, match="Probeer het over een kwartier opnieuw"):
        check(CLEAN)  # the scanner stopped
