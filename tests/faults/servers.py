"""Where a server comes from: the wheel, as in the demo, or the distribution."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from nvsi import embedded
from nvsi.embedded import postgresql
from nvsi.embedded.account import account_for
from nvsi.embedded.process import ENVIRONMENT
from tests.faults.cluster import OWNER, Cluster


class Embedded(Cluster):
    """The PostgreSQL out of the wheel, in a var folder of its own."""

    port = postgresql.PORT

    def __init__(self, blocker: DjangoDbBlocker, var: Path) -> None:
        super().__init__(blocker)
        self.var = var
        self.data = var / "postgres"
        with self._here():
            self.socket_dir = postgresql.socket_dir()

    def start(self) -> None:
        with self._here():
            try:
                postgresql.start()
            except embedded.EmbeddedError as error:
                log = self.var / "log" / "postgres.log"
                error.add_note(log.read_text(errors="replace"))
                raise

    @contextmanager
    def running(self) -> Iterator["Embedded"]:
        """Started now; stopped in the end, whatever was killed in between."""
        with ExitStack() as stack:
            with self._here():
                stack.enter_context(embedded.postgres())
            # After a kill it looks at every file of every database, unless told so.
            self.ask("postgres", "ALTER SYSTEM SET recovery_init_sync_method = syncfs")
            try:
                yield self
            finally:
                self.start()  # a killed server leaves shared memory, a stopped none
                with self._here():
                    stack.close()

    @contextmanager
    def _here(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NVSI_VAR", str(self.var))
            yield


class Distribution(Cluster):
    """The PostgreSQL of the machine's distribution."""

    port = "54315"

    def __init__(self, blocker: DjangoDbBlocker, programs: Path, folder: Path) -> None:
        super().__init__(blocker)
        self.programs = programs
        self.data = folder / "data"
        # Not in the folder: the name of a socket may not be long.
        self.socket_dir = Path(tempfile.gettempdir()) / f"nvsi-15-{os.getpid()}"
        self.account = account_for(self.data, (programs, folder))

    def start(self) -> None:
        self._run("pg_ctl", "start", "-D", self.data, "-w", "-s", "-l", self._log())

    @contextmanager
    def running(self) -> Iterator["Distribution"]:
        for folder in (self.data, self.socket_dir):
            folder.mkdir(mode=0o700)
            self.account.own(folder)
        words = ["-D", str(self.data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "-N"]
        self._run("initdb", *words, "--locale=C.UTF-8")
        settings = {
            "listen_addresses": "",
            "port": self.port,
            "unix_socket_directories": self.socket_dir,
            "dynamic_shared_memory_type": "sysv",
        }
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{text}'\n" for name, text in settings.items())
        try:
            self.start()
            yield self
        finally:
            self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-s")
            self.socket_dir.rmdir()

    def _log(self) -> Path:
        return self.data / "server.log"

    def _run(self, program: str, *words: str | Path) -> None:
        command = [*self.account.prefix, str(self.programs / program), *map(str, words)]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=ENVIRONMENT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
