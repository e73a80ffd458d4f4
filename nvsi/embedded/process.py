"""A server process that may outlive the command that started it."""

import importlib.util
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nvsi.embedded.sharing import EmbeddedError

_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 120
_SECONDS_BEFORE_RETRY = 0.2
_MOMENT = 0.02
ENVIRONMENT: Mapping[str, str] = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}

# The servers that this very process started, by pid file: it has to bury them.
_children: dict[Path, subprocess.Popen[bytes]] = {}


def folder_of_wheel(name: str) -> Path:
    """Where the wheel with a server's programs is installed."""
    wheel = importlib.util.find_spec(name)
    if wheel is None or not wheel.submodule_search_locations:
        message = f"pakket {name} ontbreekt (extra 'embedded'); of zet DATABASE_URL"
        raise EmbeddedError(f"{message} en REDIS_URL")
    return Path(wheel.submodule_search_locations[0]).resolve()


@dataclass(frozen=True)
class Server:
    """A server, known by its pid file and by a word of its command line."""

    pidfile: Path
    word: Path
    log: Path

    def runs(self) -> bool:
        """Whether the process of the pid file is alive, and is this server.

        After kill -9 or a reboot the number may be nobody's, or a stranger's.
        """
        return self._recorded() is not None

    def start(
        self,
        command: Callable[[], list[str]],
        ready: Callable[[], bool],
        retry_on: str,
    ) -> None:
        """Wait until it is ready: it may be running, starting, or still stopping.

        A start that failed with the words of `retry_on` in the log is tried again.
        """
        tried = False
        deadline = time.monotonic() + _SECONDS_TO_START
        while not (self.runs() and ready()):
            if time.monotonic() > deadline:
                raise EmbeddedError(f"niet klaar binnen {_SECONDS_TO_START} seconden")
            if self._living() is None:
                if tried:
                    self._raise_unless_logged(retry_on)
                self._launch(command())
                tried = True
            time.sleep(_MOMENT)

    def stop(self, *signals: int) -> None:
        """Send the signals, each but the first only if the one before did nothing."""
        for number in signals:
            pid = self._living()
            if pid is None:
                return
            with suppress(ProcessLookupError):
                os.kill(pid, number)
            deadline = time.monotonic() + _SECONDS_TO_STOP
            while self._living() == pid and time.monotonic() < deadline:
                time.sleep(_MOMENT)

    def _launch(self, command: list[str]) -> None:
        """A session of its own keeps Ctrl-C in the terminal away from the server."""
        self.log.parent.mkdir(exist_ok=True)
        # What a start says stays readable, and the log does not grow for ever.
        with suppress(FileNotFoundError):
            self.log.replace(self.log.with_suffix(".old.log"))
        self.log.touch(mode=0o600)
        with self.log.open("ab") as log:
            _children[self.pidfile] = subprocess.Popen(  # noqa: S603 - of the wheel
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=ENVIRONMENT,
                start_new_session=True,
            )

    def _raise_unless_logged(self, words: str) -> None:
        said = self.log.read_text(errors="replace").strip()
        if words not in said:
            raise EmbeddedError(said.rpartition("\n")[2] or "gestopt zonder bericht")
        time.sleep(_SECONDS_BEFORE_RETRY)

    def _living(self) -> int | None:
        """Its process, also when it is so young that it has no pid file yet."""
        child = _children.get(self.pidfile)
        if child is not None and child.poll() is None:
            return child.pid
        return self._recorded()

    def _recorded(self) -> int | None:
        try:
            pid = int(self.pidfile.read_text().partition("\n")[0])
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            return None
        return pid if os.fsencode(self.word) in words else None
