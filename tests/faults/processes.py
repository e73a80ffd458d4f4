"""The real processes of a portal: broker, workers and beat, to start and to kill."""

import datetime
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psutil
from celery import Celery
from django.conf import settings
from redis import Redis

from nvsi.embedded.valkey import _program
from tests.faults.cluster import Database, kill_all

ROOT = Path(__file__).resolve().parents[2]
# The processes live on a Monday after the scheduled run was due.
MOMENT = datetime.datetime(2026, 7, 20, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
_SECONDS_FROM_NOW = str(MOMENT.timestamp() - time.time())
_WITH_THE_CLOCK_SET = [sys.executable, "-m", "tests.faults.clock", _SECONDS_FROM_NOW]
CELERY = ("celery", "-A", "nvsi")
# The kernel ends what we start when we are killed ourselves.
_AS_LONG_AS_WE_LIVE = ["setpriv", "--pdeathsig", "KILL"]
SECONDS_TO_RECOVER = 60
_MOST_SECONDS = 30
_MOMENT = 0.02


def wait_until(
    what: Callable[[], Any], seconds: float = SECONDS_TO_RECOVER, why: str = ""
) -> float:
    """Wait for something to become true; gives the seconds that it took."""
    began = time.monotonic()
    while not what():
        waited = time.monotonic() - began
        assert waited < seconds, f"not within {seconds} seconds: {why or what}"
        time.sleep(_MOMENT)
    return time.monotonic() - began


def environment_of(database: Database, var: Path) -> dict[str, str]:
    """What a process of the portal needs to work in a database."""
    usual = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return usual | {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "NVSI_MODE": "local",
        "SECRET_KEY": settings.SECRET_KEY,  # who logs in here is logged in there
        "NVSI_VAR": str(var),
        "DATABASE_URL": database.url,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }


def manage(
    environment: Mapping[str, str], *words: str
) -> "subprocess.CompletedProcess[str]":
    """Run one command of manage.py to its end."""
    return subprocess.run(
        [*_WITH_THE_CLOCK_SET, "django", *words],
        capture_output=True,
        cwd=ROOT,
        env=dict(environment),
        text=True,
        check=False,
        timeout=SECONDS_TO_RECOVER,
    )


class Process:
    """A process with all that it starts; its words go to a log."""

    def __init__(
        self, command: list[str], log: Path, environment: Mapping[str, str]
    ) -> None:
        self.log = log
        with log.open("ab") as out:
            self.started = subprocess.Popen(
                [*_AS_LONG_AS_WE_LIVE, *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=ROOT,
                env=dict(environment),
                start_new_session=True,
            )

    def words(self) -> str:
        """Its log."""
        return self.log.read_text(errors="replace")

    def said(self, words: str) -> int:
        """How often the words are in its log."""
        return self.words().count(words)

    def says_again(self, words: str) -> Callable[[], bool]:
        """To wait for: the words are in its log more often than now."""
        before = self.said(words)
        return lambda: self.said(words) > before

    def children(self) -> list[psutil.Process]:
        """The processes of its pool."""
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.started.pid).children(recursive=True)
        return []

    def kill(self) -> None:
        """Kill -9, with all its children, and wait until they are gone."""
        children = self.children()
        with suppress(ProcessLookupError):
            os.killpg(self.started.pid, signal.SIGKILL)
        self.started.wait(_MOST_SECONDS)
        kill_all(children)

    def kill_child(self) -> None:
        """Kill -9 the first process of the pool; its parent lives on."""
        wait_until(self.children, why="a process of the pool")
        self.children()[0].kill()


class Broker:
    """A Valkey on a port of its own that stays the same; with or without memory."""

    def __init__(self, folder: Path, *, append_only: bool) -> None:
        self.folder = folder
        self.append_only = append_only
        self.password = secrets.token_hex(8)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process: Process | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def client(self) -> "Redis":
        return Redis(host="127.0.0.1", port=self.port, password=self.password)

    def start(self, *options: str) -> None:
        """Start it, with what it wrote down before if it writes down."""
        self.folder.mkdir(exist_ok=True)
        words = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]
        words += ["--requirepass", self.password, "--dir", str(self.folder)]
        words += ["--appendonly", "yes" if self.append_only else "no", *options]
        program = str(_program())
        log = self.folder / "valkey.log"
        self.process = Process([program, *words], log, {"PATH": "/usr/bin:/bin"})
        wait_until(self._answers, why="the broker starts")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()

    def has_written(self) -> bool:
        """Nothing waits to be written down, as it may for a second on a busy disk."""
        with self.client as client:
            told = client.info("persistence")
        return not told["aof_buffer_length"] and not told["aof_pending_bio_fsync"]

    def queued(self) -> int:
        """Messages that no worker has taken yet."""
        with self.client as client:
            return int(client.llen("celery"))

    def _answers(self) -> bool:
        with suppress(Exception), self.client as client:
            return bool(client.ping())
        return False


class Site:
    """One installation of the portal: a database, a broker, and what works for it."""

    def __init__(self, folder: Path, database: Database, broker: Broker) -> None:
        self.folder = folder
        self.database = database
        self.broker = broker
        self.processes: list[Process] = []
        self.settings: dict[str, str] = {}

    @property
    def environment(self) -> dict[str, str]:
        return environment_of(self.database, self.folder) | {
            "NVSI_SWEEP_SECONDS": "1",
            "REDIS_URL": self.broker.url,
            **self.settings,
        }

    def worker(self, *, concurrency: int = 1) -> Process:
        """Start a worker; returns when it takes messages."""
        name = f"worker-{len(self.processes)}"
        words = ["worker", "--pool=prefork", f"--concurrency={concurrency}"]
        words += ["--loglevel=INFO", f"--hostname={name}@%h"]
        worker = self.run(name, *CELERY, *words)
        wait_until(lambda: worker.said(" ready."), why=f"{name} starts")
        return worker

    def beat(self) -> Process:
        """Start beat, which sweeps every second."""
        schedule = self.folder / f"schedule-{len(self.processes)}"
        words = ["beat", "--loglevel=INFO", f"--schedule={schedule}"]
        return self.run(f"beat-{len(self.processes)}", *CELERY, *words)

    def ring(self, task: str, times: int = 1) -> None:
        """Send a task's message, as the portal and beat do."""
        with Celery(broker=self.broker.url, set_as_current=False) as bell:
            for _ in range(times):
                bell.send_task(task)

    def manage(self, *words: str) -> str:
        """What one command of manage.py says; it must succeed."""
        done = manage(self.environment, *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def stop(self) -> None:
        """Kill all that still runs."""
        for process in reversed(self.processes):
            process.kill()
        self.broker.kill()

    def run(self, name: str, *words: str) -> Process:
        """Start a module of Python, with its words, as one of the site's processes."""
        process = Process(
            [*_WITH_THE_CLOCK_SET, *words],
            self.folder / f"{name}.log",
            self.environment,
        )
        self.processes.append(process)
        return process
