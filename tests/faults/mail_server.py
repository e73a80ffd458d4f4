"""A mail server of the tests' own, on a loopback port; it keeps what it said yes to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import cast


class MailServer(socketserver.ThreadingTCPServer):
    """As much of SMTP as our e-mails need; it may refuse recipients for a while."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[Message] = []
        self.refused: set[str] = set()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 hello")
        for line in iter(self.rfile.readline, b""):
            command = line.decode().strip().upper()
            if command == "DATA":
                self._say("354 go on")
                self._keep()
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("451 later" if self._refuses(command) else "250 yes")

    def _refuses(self, command: str) -> bool:
        refused = cast(MailServer, self.server).refused
        return command.startswith("RCPT") and any(
            address.upper() in command for address in refused
        )

    def _keep(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        message = message_from_bytes(b"".join(lines))
        cast(MailServer, self.server).received.append(message)
        self._say("250 yes")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def running() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
