"""The embedded servers, with real processes: shared, killed, restarted, left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg2
import pytest
from redis import Redis

from nvsi import embedded
from nvsi.embedded import postgresql

ROOT = Path(__file__).resolve().parents[2]
USER = """
import sys
from nvsi import embedded
with getattr(embedded, sys.argv[1])() as answer:
    print(answer, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "var"
    monkeypatch.setenv("NVSI_VAR", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield folder
    assert embedded.stop_unused_servers()


def begin(server: str) -> subprocess.Popen[str]:
    """Another process that uses a server until a line is written to it."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, server],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(user: subprocess.Popen[str]) -> str:
    """What the context gave the other process, once it is in."""
    assert user.stdout is not None
    return user.stdout.readline().strip()


def finish(user: subprocess.Popen[str]) -> None:
    """Let the other process leave the context."""
    user.communicate("\n", timeout=60)
    assert user.returncode == 0


@contextmanager
def other_user(server: str) -> Iterator[str]:
    user = begin(server)
    yield answer(user)
    finish(user)


def query(sql: str) -> object:
    """One value out of the database, over a connection of its own."""
    where = embedded.postgres_settings()
    connection = psycopg2.connect(
        host=where["HOST"], port=where["PORT"], dbname=where["NAME"], user=where["USER"]
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone() if cursor.description else None
    connection.close()
    return row and row[0]


def postmaster(var: Path) -> psutil.Process:
    lines = (var / "postgres" / "postmaster.pid").read_text().splitlines()
    return psutil.Process(int(lines[0]))


def kill(server: psutil.Process) -> None:
    """Kill -9, and wait until it is really gone."""
    server.kill()
    server.wait(10)


def server_processes(var: Path) -> list[psutil.Process]:
    """All living processes that name this folder in their command line."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if process.pid != os.getpid() and any(str(var) in word for word in words):
            found.append(process)
    return found


def test_the_database_starts_answers_and_leaves_nothing_running(var: Path) -> None:
    with embedded.postgres() as settings:
        assert settings == embedded.postgres_settings()
        assert query("SELECT lower('É') || current_database()") == "énvsi"
        assert query("SHOW fsync") == "on"
        assert server_processes(var)
    assert not server_processes(var)
    assert not postgresql.socket_dir().exists()


def test_the_database_listens_on_no_port_and_in_a_private_folder(var: Path) -> None:
    with embedded.postgres() as settings:
        everything = [postmaster(var), *postmaster(var).children(recursive=True)]
        ports = [end for process in everything for end in process.net_connections()]
        assert not ports
        assert Path(settings["HOST"]).stat().st_mode & 0o077 == 0
        assert len(f"{settings['HOST']}/.s.PGSQL.{settings['PORT']}") < 100


def test_the_database_keeps_what_was_written() -> None:
    with embedded.postgres():
        query("CREATE TABLE kept AS SELECT 42 AS answer")
    with embedded.postgres():
        assert query("SELECT answer FROM kept") == 42


def test_the_database_goes_on_while_another_process_uses_it(var: Path) -> None:
    with other_user("postgres"):
        with embedded.postgres():
            started = postmaster(var).create_time()
        assert query("SELECT 1") == 1
        assert postmaster(var).create_time() == started
    assert not server_processes(var)


def test_many_may_start_at_once_on_an_empty_folder(var: Path) -> None:
    users = [begin("postgres") for _ in range(5)]
    assert {answer(user) for user in users} == {str(embedded.postgres_settings())}
    assert len(server_processes(var)) == 1
    for user in users:
        finish(user)
    assert not server_processes(var)


def test_one_may_start_while_another_stops(var: Path) -> None:
    for _ in range(10):
        user = begin("postgres")
        with embedded.postgres():
            assert query("SELECT 1") == 1
        answer(user)
        assert query("SELECT 1") == 1
        finish(user)
    assert not server_processes(var)


def test_a_server_left_by_a_killed_command_is_taken_over_and_stopped(
    var: Path,
) -> None:
    user = begin("postgres")
    answer(user)
    user.kill()
    user.communicate()
    left = postmaster(var)
    with embedded.postgres():
        assert postmaster(var) == left
    assert not server_processes(var)


def test_the_database_restarts_after_kill_9_of_the_server(var: Path) -> None:
    with embedded.postgres():
        query("CREATE TABLE kept AS SELECT 42 AS answer")
        kill(postmaster(var))
        with embedded.postgres():
            assert query("SELECT answer FROM kept") == 42
    assert not server_processes(var)


def test_a_pid_file_with_the_number_of_a_stranger_is_no_server(var: Path) -> None:
    with embedded.postgres():
        pass
    stale = var / "postgres" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{var / 'postgres'}\n")
    with embedded.postgres():
        assert query("SELECT 1") == 1


def test_a_half_made_data_folder_is_made_anew(var: Path) -> None:
    half = var / "postgres.new-crashed" / "base"
    half.mkdir(parents=True)
    with embedded.postgres():
        assert query("SELECT 1") == 1
    assert not list(var.glob("postgres.new*"))


def test_a_socket_folder_that_others_may_enter_is_refused() -> None:
    folder = postgresql.socket_dir()
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(embedded.EmbeddedError, match="al van iemand anders"):
        begin_here()


def test_a_link_laid_in_place_of_the_socket_folder_is_not_followed(
    tmp_path: Path,
) -> None:
    (precious := tmp_path / "precious").mkdir(mode=0o700)
    (precious / "letter").touch()
    owner = precious.stat().st_uid
    postgresql.socket_dir().symlink_to(precious)
    try:
        with pytest.raises(embedded.EmbeddedError, match="al van iemand anders"):
            begin_here()
        assert (precious / "letter").exists()
        assert precious.stat().st_uid == owner
    finally:
        postgresql.socket_dir().unlink()


def begin_here() -> None:
    with embedded.postgres():
        pass


def test_without_the_wheel_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(embedded.EmbeddedError, match="zet DATABASE_URL"):
        begin_here()


def test_the_broker_keeps_its_queue_and_gives_all_users_one_url(var: Path) -> None:
    with other_user("valkey") as url:
        with embedded.valkey() as mine, Redis.from_url(mine) as broker:
            assert mine == url
            broker.rpush("queue", "task")
        with Redis.from_url(url) as broker:
            assert broker.config_get("maxmemory-policy") == {
                "maxmemory-policy": "noeviction"
            }
    assert not server_processes(var)
    with embedded.valkey() as url, Redis.from_url(url) as broker:
        assert broker.lrange("queue", 0, -1) == [b"task"]


def test_the_broker_listens_for_this_machine_alone_and_asks_a_password(
    var: Path,
) -> None:
    with embedded.valkey() as url:
        (server,) = server_processes(var)
        (end,) = server.net_connections()
        assert end.laddr.ip == "127.0.0.1"
        assert end.laddr.port != 6379
        assert url.startswith("redis://:")
        assert (var / "valkey").stat().st_mode & 0o077 == 0


def test_a_killed_broker_comes_back_at_the_same_url(var: Path) -> None:
    with embedded.valkey() as url, Redis.from_url(url) as broker:
        broker.rpush("queue", "task")
        time.sleep(1.5)  # it writes once a second
        (server,) = server_processes(var)
        kill(server)
        with embedded.valkey() as again, Redis.from_url(url) as back:
            assert again == url
            assert back.lrange("queue", 0, -1) == [b"task"]


def test_a_broker_left_by_a_killed_command_is_taken_over_and_stopped(
    var: Path,
) -> None:
    user = begin("valkey")
    url = answer(user)
    user.kill()
    user.communicate()
    with embedded.valkey() as mine:
        assert mine == url
    assert not server_processes(var)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_command_that_is_stopped_lets_go_of_the_database(
    var: Path, number: signal.Signals
) -> None:
    sleep = "print('in', flush=True); import time; time.sleep(60)"
    command = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", sleep],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        # A test run in the background may have been told to ignore the signal.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    assert answer(command) == "in"
    assert postmaster(var).is_running()
    command.send_signal(number)
    command.communicate(timeout=60)
    assert command.returncode != 0
    assert not server_processes(var)


@pytest.mark.parametrize(
    ("words", "environment", "wanted"),
    [
        ("migrate", {"NVSI_MODE": "local"}, True),
        ("migrate", {"NVSI_MODE": "production"}, False),
        ("migrate", {"NVSI_MODE": "local", "DATABASE_URL": "postgresql://x"}, False),
        ("collectstatic --noinput", {"NVSI_MODE": "local"}, False),
        ("migrate --help", {"NVSI_MODE": "local"}, False),
        ("", {"NVSI_MODE": "local"}, False),
    ],
)
def test_only_a_local_command_that_needs_data_wants_the_embedded_database(
    words: str, environment: dict[str, str], wanted: bool
) -> None:
    assert embedded.wanted(["manage.py", *words.split()], environment) is wanted
