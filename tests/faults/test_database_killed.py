"""Kill -9 all of PostgreSQL at random moments: all of a step is there, or nothing."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from billing import road
from billing.models import RunStatus
from tests.billing.settled import H1, NOW, TODAY
from tests.faults import books
from tests.faults.books import Books, colleague, counts, deliver, flexensie, made
from tests.faults.cluster import Cluster, Database
from tests.faults.conftest import MANY, ROUNDS, CopyOf, SiteOf, Statements
from tests.faults.contents import halfyear, imports
from tests.faults.processes import wait_until
from tests.faults.test_at_once import all_at_once

# A commit: what was written of the transactions that still run is on disk then too.
FLUSH = "SELECT pg_logical_emit_message(true, 'proef', 'proef')"
LARGE = Books(gemeenten=20, lines_each=1000)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "uren.csv"
    return books.write_file(path, books.rows_of(LARGE, prefix="L", seed=2))


@pytest.fixture(scope="module")
def waiting(
    cluster: Cluster, many: Database, tmp_path_factory: pytest.TempPathFactory
) -> Database:
    """Sixty gemeenten with lines, to be settled."""
    database = cluster.make("waiting", many.name)
    path = tmp_path_factory.mktemp("waiting") / "uren.csv"
    with database.in_django():
        deliver(books.write_file(path, books.rows_of(MANY)))
    return database


def moments(seed: int, lasts: float, count: int = ROUNDS) -> Iterator[float]:
    """Random moments, spread over somewhat more than the time that a work lasts."""
    chance = random.Random(seed)
    for number in range(count):
        yield lasts * 1.1 * (number + chance.random()) / count


def killed_during(cluster: Cluster, after: float, work: Callable[[], object]) -> bool:
    """Do some work, have the server killed in it; whether the work thought it done."""

    def kill() -> None:
        time.sleep(after)
        cluster.kill()

    with ThreadPoolExecutor(1) as pool:
        killing = pool.submit(kill)
        try:
            work()
            done = True
        except DatabaseError:
            done = False
        killing.result()
    connection.close()
    cluster.start()
    return done


def test_a_delivery_is_there_wholly_or_not_at_all(
    cluster: Cluster,
    few: Database,
    delivered: Database,
    copy_of: CopyOf,
    large_file: Path,
) -> None:
    """The first delivery of a half-year becomes its partition, a later one is added."""
    for template in (few, delivered):
        before, undisturbed = imports(template), copy_of(template)
        with undisturbed.in_django():
            began = time.monotonic()
            deliver(large_file)
            lasts = time.monotonic() - began
        after = imports(undisturbed)
        for moment in moments(1, lasts, ROUNDS // 2 + 1):
            database = copy_of(template)
            with database.in_django():
                done = killed_during(cluster, moment, lambda: deliver(large_file))
                expected = [after] if done else [before, after]
                assert (found := imports(database)) in expected, moment
                again = deliver(large_file)
            assert again.same_file == (found == after)
            assert imports(database) == after


def test_a_server_starts_again_after_its_delivery_was_undone(
    cluster: Cluster, few: Database, copy_of: CopyOf, large_file: Path
) -> None:
    """Of unlogged tables their files would be in the way: it would never start."""
    database = copy_of(few)
    before = imports(database)
    with database.in_django(), ThreadPoolExecutor(1) as pool:
        with database.held("billing_import"):
            delivery = pool.submit(all_at_once, lambda: deliver(large_file))
            wait_until(lambda: database.waits_for("billing_import"))
            cluster.ask("postgres", FLUSH)
            cluster.kill_the_first()
        cluster.start()
        assert isinstance(delivery.result()[0], DatabaseError)
        assert imports(database) == before
        assert deliver(large_file).new == LARGE.gemeenten * LARGE.lines_each


def test_a_halfyear_is_settled_wholly_or_not_at_all(
    cluster: Cluster, waiting: Database, copy_of: CopyOf
) -> None:
    assert waiting.value("SHOW fsync") == "on"
    undisturbed, states = copy_of(waiting), [halfyear(waiting)]
    with undisturbed.in_django():
        began = time.monotonic()
        prepare()
        states.append(halfyear(undisturbed))
        settle()
        lasts = time.monotonic() - began
    states.append(halfyear(undisturbed))
    for moment in moments(2, lasts):
        database = copy_of(waiting)
        with database.in_django():
            done = killed_during(cluster, moment, settle)
            found = halfyear(database)
            assert found == states[-1] if done else found in states, moment
            settle()
        assert halfyear(database) == states[-1]


def prepare() -> None:
    road.prepare(flexensie(), H1, today=TODAY, by=colleague("bureau"))


def settle() -> None:
    """What a person does who comes back after a crash: look, and go on."""
    prepare()
    run = road.find_run(flexensie(), H1)
    if run.status == RunStatus.DRAFT:
        road.approve(run, now=NOW, by=colleague("penningmeester"))


def test_workers_and_beat_outlive_a_database_that_was_killed(
    cluster: Cluster,
    site_of: SiteOf,
    approved: Database,
    undisturbed: Statements,
) -> None:
    site = site_of(approved)
    before = counts(site.database)
    worker, beat = site.worker(concurrency=2), site.beat()
    for _ in range(2):
        wait_until(site.database.is_busy, why="the worker is at it")
        noticed = worker.says_again("OperationalError")
        cluster.kill()
        wait_until(noticed, why="the worker notices")
        cluster.start()
        assert made(site.database).items() <= undisturbed.items()
    wait_until(lambda: made(site.database) == undisturbed)
    assert counts(site.database) == before
    assert worker.started.poll() is None
    assert beat.started.poll() is None
