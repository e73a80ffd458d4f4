"""A server of their own for the tests that break things, and books to break."""

import itertools
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from billing import road
from nvsi.celery import app
from tests.billing.settled import H1, TODAY
from tests.faults import books
from tests.faults.books import Books
from tests.faults.cluster import Cluster, Database
from tests.faults.processes import Broker, Site, environment_of, manage
from tests.faults.servers import Embedded

FEW = Books(gemeenten=20, lines_each=5)
MANY = Books(gemeenten=60, lines_each=20)
# How often a test of a random moment tries another one; more with the variable.
ROUNDS = int(os.environ.get("NVSI_FAULT_ROUNDS", "5"))

CopyOf = Callable[[Database], Database]
SiteOf = Callable[..., Site]
ManageOf = Callable[..., "subprocess.CompletedProcess[str]"]
Statements = dict[int, tuple[str, ...]]
Preparation = list[tuple[Any, ...]]
# Longer than the longest wait of one step; nothing here may hang.
MOST_SECONDS_OF_A_TEST = 60 + 20 * ROUNDS
_numbers = itertools.count(1)


@contextmanager
def bell_of_nobody() -> Iterator[None]:
    """In this process nobody answers the bell; workers are processes of their own."""
    usual = app.conf.task_always_eager
    app.conf.task_always_eager = False
    try:
        yield
    finally:
        app.conf.task_always_eager = usual


@pytest.fixture(autouse=True)
def bell_unheard() -> Iterator[None]:
    with bell_of_nobody():
        yield


@pytest.fixture(autouse=True)
def deadline() -> Iterator[None]:
    """A test that takes too long fails, and what it started is cleaned up as usual."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"not done within {MOST_SECONDS_OF_A_TEST} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(MOST_SECONDS_OF_A_TEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def cluster(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Cluster]:
    var = tmp_path_factory.mktemp("faults") / "var"
    with Embedded(django_db_blocker, var).running() as server:
        yield server


@pytest.fixture(scope="session")
def migrated(cluster: Cluster) -> Database:
    """The tables, and nobody there. No test works in it: all copy it."""
    database = cluster.make("migrated")
    with database.in_django():
        books.migrate()
    return database


@pytest.fixture(scope="session")
def few(cluster: Cluster, migrated: Database) -> Database:
    """Twenty gemeenten and three colleagues; no lines yet."""
    database = cluster.make("few", migrated.name)
    with database.in_django():
        books.found(FEW)
    return database


@pytest.fixture(scope="session")
def many(cluster: Cluster, migrated: Database) -> Database:
    """Enough gemeenten to keep the database busy for a moment; no lines yet."""
    database = cluster.make("many", migrated.name)
    with database.in_django():
        books.found(MANY)
    return database


@pytest.fixture(scope="session")
def delivered(
    cluster: Cluster, few: Database, tmp_path_factory: pytest.TempPathFactory
) -> Database:
    """The twenty, with the lines of 2026-H1."""
    database = cluster.make("delivered", few.name)
    path = tmp_path_factory.mktemp("delivered") / "uren.csv"
    with database.in_django():
        books.deliver(books.write_file(path, books.rows_of(FEW)))
    return database


@pytest.fixture(scope="session")
def prepared(cluster: Cluster, delivered: Database) -> Preparation:
    """What the scheduled run makes of 2026-H1 when nothing goes wrong."""
    database = cluster.make("prepared", delivered.name)
    with database.in_django(), bell_of_nobody():
        road.prepare(books.flexensie(), H1, today=TODAY, by=None)
    return books.run_of_h1(database)


@pytest.fixture(scope="session")
def approved(cluster: Cluster, delivered: Database) -> Database:
    """2026-H1 of the twenty is approved and booked; its statements wait."""
    database = cluster.make("approved", delivered.name)
    with database.in_django():
        books.approve_quietly(books.prepare_h1())
    return database


@pytest.fixture(scope="session")
def undisturbed(cluster: Cluster, approved: Database) -> Statements:
    """The statements that come of it when nothing goes wrong."""
    database = cluster.make("undisturbed", approved.name)
    with database.in_django():
        books.make_all_statements()
    return books.made(database)


@pytest.fixture
def copy_of(cluster: Cluster) -> Iterator[CopyOf]:
    """Copies of those databases, thrown away after the test."""
    copies = []

    def copy(database: Database) -> Database:
        copies.append(name := f"copy_{next(_numbers)}")
        return cluster.make(name, database.name)

    yield copy
    for name in copies:
        cluster.drop(name)


@pytest.fixture
def manage_of(tmp_path: Path) -> ManageOf:
    """Run a command of manage.py in a database, as a process of its own."""

    def run(database: Database, *words: str) -> "subprocess.CompletedProcess[str]":
        return manage(environment_of(database, tmp_path), *words)

    return run


@pytest.fixture
def site_of(tmp_path: Path, copy_of: CopyOf) -> Iterator[SiteOf]:
    """A portal on a copy of a database; all its processes are killed in the end."""
    sites: list[Site] = []

    def build(database: Database, *, append_only: bool = True) -> Site:
        folder = tmp_path / f"site-{len(sites)}"
        folder.mkdir()
        broker = Broker(folder / "valkey", append_only=append_only)
        sites.append(site := Site(folder, copy_of(database), broker))
        broker.start()
        return site

    try:
        yield build
    finally:
        for site in sites:
            site.stop()
