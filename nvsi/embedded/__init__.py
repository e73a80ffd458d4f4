"""The embedded default: PostgreSQL and Valkey under `var/`, for who has none.

They come as wheels, listen where only this checkout finds them, and stop with the
last command that uses them. Production sets DATABASE_URL and REDIS_URL instead.
"""

import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType

from nvsi.embedded import postgresql
from nvsi.embedded import valkey as valkey_server
from nvsi.embedded.sharing import EmbeddedError, shared, stop_unused, var_dir

__all__ = [
    "EmbeddedError",
    "exit_on_signals",
    "postgres",
    "postgres_settings",
    "stop_unused_servers",
    "valkey",
    "wanted",
]

_NEEDS_NO_DATABASE = {"help", "version", "collectstatic", "compilemessages"}


def wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Whether this command line of manage.py needs the embedded database."""
    if environment.get("DATABASE_URL") or environment.get("NVSI_MODE") != "local":
        return False
    words = arguments[1:]
    asks_for_help = {"-h", "--help", "--version"} & set(words)
    return bool(words) and words[0] not in _NEEDS_NO_DATABASE and not asks_for_help


def postgres_settings() -> dict[str, str]:
    """What DATABASES["default"] needs; only arithmetic, nothing is started."""
    return {
        "HOST": str(postgresql.socket_dir()),
        "PORT": postgresql.PORT,
        "NAME": postgresql.NAME,
        "USER": postgresql.NAME,
    }


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """Have the database running, together with every other process that asks."""

    def start() -> dict[str, str]:
        with _explained("database", "postgres"):
            postgresql.start()
        return postgres_settings()

    with shared("postgres", start, postgresql.stop) as settings:
        yield settings


@contextmanager
def valkey() -> Iterator[str]:
    """Have the broker running, and get its URL; all users get the same one."""

    def start() -> str:
        with _explained("wachtrij", "valkey"):
            return valkey_server.start()

    with shared("valkey", start, valkey_server.stop) as url:
        yield url


def stop_unused_servers() -> bool:
    """Stop what killed commands left behind; False if a command still uses one."""
    return all(
        [
            stop_unused("postgres", postgresql.stop),
            stop_unused("valkey", valkey_server.stop),
        ]
    )


def exit_on_signals() -> None:
    """Let an ordinary kill, or a closed terminal, leave the contexts above."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup stays nohup
            signal.signal(number, _exit)


@contextmanager
def _explained(what: str, name: str) -> Iterator[None]:
    try:
        yield
    except (EmbeddedError, OSError) as error:
        log = var_dir() / "log" / f"{name}.log"
        message = f"De ingebouwde {what} start niet: {error}. Zie {log}."
        raise EmbeddedError(message) from error


def _exit(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one would interrupt the leaving
    sys.exit(128 + number)
