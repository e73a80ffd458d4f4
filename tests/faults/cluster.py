"""A PostgreSQL server of the tests' own, that may be killed without harming others."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg2
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from nvsi.embedded import postgresql
from nvsi.embedded.account import account_for

OWNER = postgresql.NAME
SECONDS_TO_DIE = 20
SECONDS_TO_ANSWER = 60


def kill_all(processes: Sequence[psutil.Process]) -> None:
    """Kill -9, and wait until none of them does anything any more."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    deadline = time.monotonic() + SECONDS_TO_DIE
    while any(map(_lives, processes)):
        assert time.monotonic() < deadline, processes
        time.sleep(0.01)


def _lives(process: psutil.Process) -> bool:
    """A zombie does not: it only waits for its parent to take notice."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


class Cluster:
    """One running server, wherever its programs came from."""

    socket_dir: Path
    port: str
    data: Path

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self.blocker = blocker
        self._open: dict[str, Any] = {}

    def start(self) -> None:
        """Start it, also after a kill; returns when it serves."""
        raise NotImplementedError

    def kill(self) -> None:
        """Kill -9 every process of it, and wait until they are gone."""
        kill_all(self.processes())
        for name in list(self._open):
            self._close(name)

    def kill_the_first(self) -> None:
        """Kill -9 the postmaster alone; the others notice, undo and end themselves."""
        postmaster, *others = self.processes()
        kill_all([postmaster])
        psutil.wait_procs(others, SECONDS_TO_DIE)
        self.kill()

    def restart(self) -> None:
        self.kill()
        self.start()

    @contextmanager
    def with_room(self, size: int) -> Iterator[None]:
        """Who connects now writes no file above so many bytes, as on a full disk."""
        self._limit_files(str(size))
        try:
            yield
        finally:
            self._limit_files("unlimited")

    def _limit_files(self, size: str) -> None:
        postmaster, *_ = self.processes()
        prlimit = ["prlimit", f"--pid={postmaster.pid}", f"--fsize={size}:"]
        subprocess.run([*account_for(self.data, ()).prefix, *prlimit], check=True)

    def processes(self) -> list[psutil.Process]:
        """The postmaster, and then its children."""
        try:
            pid = (self.data / "postmaster.pid").read_text().partition("\n")[0]
            postmaster = psutil.Process(int(pid))
            return [postmaster, *postmaster.children(recursive=True)]
        except (OSError, psutil.NoSuchProcess):
            return []

    def make(self, name: str, template: str = "template0") -> "Database":
        """A new database, empty or as a copy of one that nobody uses.

        Copied as files, since that ends with a checkpoint: by the other strategy a
        copied sequence steps back when the server is killed soon after.
        """
        self._close(template)
        copied = f'TEMPLATE "{template}" STRATEGY file_copy'
        self.ask("postgres", f'CREATE DATABASE "{name}" {copied}')
        return Database(self, name)

    def drop(self, name: str) -> None:
        self._close(name)
        self.ask("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def connect(self, name: str) -> Any:
        opened = psycopg2.connect(
            host=str(self.socket_dir),
            port=self.port,
            user=OWNER,
            dbname=name,
            options=f"-c statement_timeout={SECONDS_TO_ANSWER}s",
        )
        opened.autocommit = True
        return opened

    def ask(
        self, name: str, statement: str, parameters: Any = None
    ) -> list[tuple[Any, ...]]:
        """The rows of one statement, over a connection that only the test uses."""
        if name not in self._open:
            self._open[name] = self.connect(name)
        try:
            with self._open[name].cursor() as cursor:
                cursor.execute(statement, parameters)
                return list(cursor.fetchall()) if cursor.description else []
        except psycopg2.Error:
            self._close(name)
            raise

    def _close(self, name: str) -> None:
        if (opened := self._open.pop(name, None)) is not None:
            opened.close()


class Database:
    """One database of a cluster: for raw questions, for Django, and for processes."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self.cluster = cluster
        self.name = name

    @property
    def url(self) -> str:
        """As DATABASE_URL wants it."""
        folder = quote(str(self.cluster.socket_dir), safe="")
        return f"postgresql://{OWNER}@:{self.cluster.port}/{self.name}?host={folder}"

    def ask(self, statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """The rows of one statement, from outside of Django."""
        return self.cluster.ask(self.name, statement, parameters)

    def value(self, statement: str, parameters: Any = None) -> Any:
        """The only value that a statement gives."""
        ((value,),) = self.ask(statement, parameters)
        return value

    @contextmanager
    def held(self, table: str, mode: str = "EXCLUSIVE") -> Iterator[None]:
        """Nobody can write in a table: who wants to stands still in the middle."""
        holder = self.cluster.connect(self.name)
        try:
            holder.autocommit = False
            with holder.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {table} IN {mode} MODE")
            yield
        finally:
            holder.close()

    def waits_for(self, table: str) -> bool:
        """Whether somebody stands still before a held table."""
        return bool(
            self.ask(
                "SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                "WHERE NOT l.granted AND d.datname = current_database() "
                "AND l.relation = %s::regclass",
                [table],
            )
        )

    def waiting(self) -> int:
        """How many clients stand still before what another has locked."""
        return int(
            self.value(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
        )

    def is_busy(self) -> bool:
        """Whether a client is in the middle of a transaction."""
        return bool(
            self.ask(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
                "AND state = 'idle in transaction'"
            )
        )

    @contextmanager
    def in_django(self) -> Iterator[None]:
        """Let Django, in every thread of this process, work in this database."""
        settings = connections["default"].settings_dict
        here = {
            "HOST": str(self.cluster.socket_dir),
            "PORT": self.cluster.port,
            "USER": OWNER,
            "PASSWORD": "",
            "NAME": self.name,
        }
        before = {name: settings[name] for name in here}
        connection.close()
        settings.update(here)
        try:
            with self.cluster.blocker.unblock():
                yield
        finally:
            connection.close()
            settings.update(before)
