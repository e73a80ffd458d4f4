"""The processes beside the demo: a worker, beat and the portal; none is left behind.

Each is a session of its own, so that Ctrl-C reaches only the demo, which stops them in
order. When the demo itself is killed, the kernel tells them.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from celery import current_app
from django.conf import settings

from nvsi.embedded.sharing import var_dir
from nvsi.errors import NotAllowed

MARK = " (verzonnen bedragen)"  # behind the name of the association, on every paper
PORT = 8000  # when it is free
SECONDS_TO_STOP = 10
MOMENT = 0.2

WORKER = ("celery", "-A", "nvsi", "worker", "--concurrency=2", "--loglevel=WARNING")
ALONE = ("--without-gossip", "--without-mingle", "--without-heartbeat")
BEAT = ("celery", "-A", "nvsi", "beat", "--loglevel=WARNING")
PORTAL = ("gunicorn", "nvsi.wsgi", "--workers=2", "--no-control-socket")


def environment(broker: str, site: str) -> dict[str, str]:
    """What the demo's processes differ in from an ordinary local run."""
    return {
        "REDIS_URL": broker,
        "SITE_URL": site or settings.SITE_URL,
        "NVSI_NAME": settings.NVSI_NAME.removesuffix(MARK) + MARK,
    }


def follow(chosen: Mapping[str, str]) -> None:
    """Give this process, which read its settings earlier, what the others read."""
    for name, value in chosen.items():
        setattr(settings, name, value)
    settings.CELERY_TASK_ALWAYS_EAGER = False
    current_app.conf.update(broker_url=chosen["REDIS_URL"], task_always_eager=False)


@contextmanager
def worker(chosen: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with _running("worker", (*WORKER, *ALONE), chosen) as process:
        yield process


@contextmanager
def beat(chosen: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with _running("beat", BEAT, chosen) as process:
        yield process


@contextmanager
def portal(
    listening: socket.socket, chosen: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Gunicorn on a socket that listens already: who comes early only waits."""
    number = listening.fileno()
    bind = f"--bind=fd://{number}"
    with _running("portal", (*PORTAL, bind), chosen, keep=(number,)) as process:
        yield process


def listen() -> socket.socket:
    """A loopback port: the usual one, or else any that is free."""
    with suppress(OSError):
        return socket.create_server(("127.0.0.1", PORT))
    return socket.create_server(("127.0.0.1", 0))


def address(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


def wait_while_running(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Until Ctrl-C. Raises NotAllowed when one of the processes stops by itself."""
    while all(process.poll() is None for process in processes):
        time.sleep(MOMENT)
    raise NotAllowed(f"Een proces van de demo is gestopt. Zie {log_dir()}.")


def log_dir() -> Path:
    return var_dir() / "log"


def interruptible() -> None:
    """Take Ctrl-C, also as a background job; a second one does not disturb leaving."""
    signal.signal(signal.SIGINT, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextmanager
def _running(
    name: str,
    words: Sequence[str],
    chosen: Mapping[str, str],
    keep: Sequence[int] = (),
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python module of the virtual environment; its words go to a log."""
    log_dir().mkdir(parents=True, exist_ok=True)
    with (log_dir() / f"demo-{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own processes
            [*_with_us(), sys.executable, "-m", *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, **_places(), **chosen},
            start_new_session=True,
            pass_fds=keep,
        )
    try:
        yield process
    finally:
        _stop(process)


def _places() -> dict[str, str]:
    paths = [str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")]
    return {
        "NVSI_MODE": "local",
        "NVSI_VAR": str(var_dir()),
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }


def _with_us() -> list[str]:
    """Words before a command that end it when this process is killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask, and then insist: what a worker was making, another makes again."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(SECONDS_TO_STOP)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
