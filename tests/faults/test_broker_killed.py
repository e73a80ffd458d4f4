"""Kill -9 the broker, or have none: PostgreSQL knows what is to be done."""

import time

import pytest

from tests.faults.books import counts, made
from tests.faults.cluster import Database
from tests.faults.conftest import SiteOf, Statements
from tests.faults.processes import SECONDS_TO_RECOVER, Site, wait_until

MAKE = "billing.tasks.make_statements"
APPROVE = ("approve_settlements", "2026-H1", "--by", "penningmeester@nvsi.example")
pytestmark = pytest.mark.slow


def test_a_queue_that_is_lost_is_filled_again_by_the_sweep(
    site_of: SiteOf, approved: Database, undisturbed: Statements
) -> None:
    site = site_of(approved, append_only=False)
    before = counts(site.database)
    site.ring(MAKE, times=4)
    assert site.broker.queued() == 4
    site.broker.kill()
    site.broker.start()
    assert site.broker.queued() == 0
    site.beat()
    worker = site.worker(concurrency=2)
    wait_until(lambda: made(site.database) == undisturbed)
    assert counts(site.database) == before
    assert not worker.said("Traceback")


def test_workers_and_beat_outlive_a_broker_that_comes_back_empty(
    site_of: SiteOf, approved: Database, undisturbed: Statements
) -> None:
    site = site_of(approved, append_only=False)
    worker, beat = site.worker(), site.beat()
    wait_until(site.database.is_busy, why="the worker is at it")
    site.broker.kill()
    wait_until(lambda: worker.said("Connection to broker lost"))
    site.broker.start()
    wait_until(lambda: made(site.database) == undisturbed)
    swept = worker.said("billing.schedule.sweep")
    wait_until(lambda: worker.said("billing.schedule.sweep") > swept + 2)
    assert worker.started.poll() is None
    assert beat.started.poll() is None


def test_a_queue_that_is_written_down_outlives_its_broker(
    site_of: SiteOf, approved: Database, undisturbed: Statements
) -> None:
    """As the embedded Valkey is set, and as docs/operations.md asks of production.

    What it was sent in its last second may be lost: the sweep sends that again.
    """
    site = site_of(approved, append_only=True)
    site.ring(MAKE, times=4)
    wait_until(site.broker.has_written, why="the queue is written down")
    site.broker.kill()
    site.broker.start()
    assert site.broker.queued() == 4
    site.worker(concurrency=2)
    wait_until(lambda: made(site.database) == undisturbed)


def test_without_a_broker_all_is_settled_and_the_rest_waits(
    site_of: SiteOf, delivered: Database
) -> None:
    site = site_of(delivered, append_only=False)
    site.broker.kill()
    assert_approved_soon(site)
    site.broker.start()
    site.beat()
    site.worker(concurrency=2)
    wait_until(lambda: len(made(site.database)) == 20)
    wait_until(lambda: counts(site.database)["unsent"] == 0)


def test_a_broker_that_is_full_does_not_stop_an_approval(
    site_of: SiteOf, delivered: Database
) -> None:
    site = site_of(delivered, append_only=False)
    with site.broker.client as client:
        client.config_set("maxmemory", "1")
    assert_approved_soon(site)


def assert_approved_soon(site: Site) -> None:
    began = time.monotonic()
    site.manage("settle", "2026-H1")
    site.manage(*APPROVE)
    assert time.monotonic() - began < SECONDS_TO_RECOVER
    assert counts(site.database) == {
        "runs": 1,
        "settlements": 20,
        "entries": 20,
        "statements": 20,
        "emails": 4,
        "unsent": 4,
    }
