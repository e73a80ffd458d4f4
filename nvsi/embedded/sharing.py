"""Who shares a server of the embedded default: the first starts it, the last stops it.

Each user holds a shared lock on `var/<name>.lock`. The kernel drops it when the
process ends, also by kill -9, so nobody has to count. `var/<name>.gate` is held only
during a start or a stop: those never meet.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")


class EmbeddedError(RuntimeError):
    """The embedded default can't do what was asked; the message is for the user."""


def var_dir() -> Path:
    """Where everything lies that the embedded servers write; NVSI_VAR moves it."""
    beside_the_code = Path(__file__).resolve().parents[2] / "var"
    return Path(os.environ.get("NVSI_VAR") or beside_the_code).resolve()


@contextmanager
def shared(
    name: str, start: Callable[[], Answer], stop: Callable[[], None]
) -> Iterator[Answer]:
    """Use a server together with other processes.

    `start` starts it or joins the one that runs, `stop` bears that none runs.
    """
    here = os.getpid()
    with _open_lock(f"{name}.lock") as users:
        try:
            with _gate(name):
                fcntl.flock(users, fcntl.LOCK_SH)
                answer = start()
            yield answer
        finally:
            # A forked child that unwinds this stack is not the user that came in.
            if os.getpid() == here:
                _leave(name, users, stop)


def stop_unused(name: str, stop: Callable[[], None]) -> bool:
    """Stop a server that a killed process left behind; False if it is in use."""
    with _open_lock(f"{name}.lock") as users:
        return _leave(name, users, stop)


def _leave(name: str, users: int, stop: Callable[[], None]) -> bool:
    with _gate(name):
        try:
            # Fails while anyone else holds it; a failure too lets go of our own.
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        try:
            stop()
        finally:
            # Closing is not enough: a forked child may hold the same open file.
            fcntl.flock(users, fcntl.LOCK_UN)
    return True


@contextmanager
def _gate(name: str) -> Iterator[None]:
    with _open_lock(f"{name}.gate") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


@contextmanager
def _open_lock(name: str) -> Iterator[int]:
    try:
        var_dir().mkdir(parents=True, exist_ok=True)
        handle = os.open(var_dir() / name, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        message = f"In {var_dir()} kan deze gebruiker niet schrijven: {error}."
        raise EmbeddedError(message) from error
    try:
        yield handle
    finally:
        os.close(handle)
