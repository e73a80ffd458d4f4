"""Ask a virus scanner, clamd, about a file: its INSTREAM command over a socket.

The address is a URL: tcp://host:3310, or unix:///run/clamav/clamd.ctl. The bytes go in
pieces, each after its length; a length of nought ends them. What is not a clear answer
counts as none. Source: docs.clamav.net, ClamD Protocol.
"""

import re
import socket
import struct
from urllib.parse import urlsplit

PORT = 3310
SECONDS = 30
PIECE = 1 << 16
LONGEST_ANSWER = 4096
_LENGTH = struct.Struct("!L")
_FOUND = re.compile(r"stream: (.+) FOUND")


class ScannerAway(Exception):
    """The scanner gave no answer by which a file can be judged."""


def found_in(content: bytes, url: str) -> str | None:
    """What the scanner calls the virus in these bytes; None when it found none.

    Raises ScannerAway when it cannot be reached, or does not say clearly.
    """
    try:
        with _connect(url) as server:
            answer = _ask(server, content)
    except (OSError, ValueError) as error:
        raise ScannerAway(f"{type(error).__name__}: {error}") from None
    if answer == "stream: OK":
        return None
    if found := _FOUND.fullmatch(answer):
        return found[1]
    raise ScannerAway(f"answered {answer[:100]!r}")


def _connect(url: str) -> socket.socket:
    """Raises OSError, or ValueError for an address that is none."""
    address = urlsplit(url)
    if address.scheme == "unix":
        server = socket.socket(socket.AF_UNIX)
        server.settimeout(SECONDS)
        try:
            server.connect(address.path)
        except OSError:
            server.close()
            raise
        return server
    if address.scheme != "tcp" or not address.hostname:
        raise ValueError("CLAMD_URL is tcp://host:port or unix:///path")
    return socket.create_connection((address.hostname, address.port or PORT), SECONDS)


def _ask(server: socket.socket, content: bytes) -> str:
    server.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        server.sendall(_LENGTH.pack(len(piece)) + piece)
    server.sendall(_LENGTH.pack(0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        part = server.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
