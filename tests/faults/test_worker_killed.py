"""Kill -9 a worker, or a process of its pool: the run is finished once, the same."""

import random
import time
from contextlib import ExitStack

import pytest

from tests.faults.books import counts, made, run_of_h1
from tests.faults.cluster import Database
from tests.faults.conftest import ROUNDS, Preparation, SiteOf, Statements
from tests.faults.processes import wait_until

# In the order in which preparing writes in them.
STEPS = ("billing_settlementrun", "billing_settlementline", "membership_email")
PREPARE = "billing.schedule.prepare_past_halfyear"
MAKE = "billing.tasks.make_statements"
pytestmark = pytest.mark.slow


def test_a_worker_killed_while_it_makes_statements_loses_nothing(
    site_of: SiteOf, approved: Database, undisturbed: Statements
) -> None:
    site, chance = site_of(approved), random.Random(3)
    before = counts(site.database)
    beat = site.beat()
    for _ in range(max(ROUNDS // 2, 1)):
        worker = site.worker(concurrency=2)
        wait_until(site.database.is_busy, why="the worker is at it")
        time.sleep(chance.uniform(0, 1.5))
        worker.kill()
        assert made(site.database).items() <= undisturbed.items()
    last = site.worker(concurrency=2)
    wait_until(lambda: made(site.database) == undisturbed)
    assert counts(site.database) == before
    assert not last.said("Traceback")
    assert not beat.said("Traceback")


def test_a_pool_process_killed_while_it_makes_statements_loses_nothing(
    site_of: SiteOf, approved: Database, undisturbed: Statements
) -> None:
    """Without a sweep: the broker gives the message to another process."""
    site, chance = site_of(approved), random.Random(4)
    before = counts(site.database)
    worker = site.worker()
    site.ring(MAKE)
    for _ in range(max(ROUNDS // 2, 1)):
        wait_until(site.database.is_busy, why="the worker is at it")
        time.sleep(chance.uniform(0, 0.8))
        worker.kill_child()
        assert made(site.database).items() <= undisturbed.items()
    wait_until(lambda: made(site.database) == undisturbed)
    assert counts(site.database) == before


def test_a_worker_killed_while_it_prepares_leaves_nothing_half(
    site_of: SiteOf, delivered: Database, prepared: Preparation
) -> None:
    site = site_of(delivered)
    site.beat()
    for step in ("billing_settlementline", "membership_email"):
        with site.database.held(step):
            worker = site.worker()
            wait_until(lambda: site.database.waits_for(step))  # noqa: B023 - used now
            worker.kill()
        assert set(counts(site.database).values()) == {0}
    site.worker()
    wait_until(lambda: run_of_h1(site.database) == prepared)


def test_a_pool_process_killed_at_every_step_of_preparing_is_replaced(
    site_of: SiteOf, delivered: Database, prepared: Preparation
) -> None:
    """Without a sweep, as above; each next process gets one step further."""
    site = site_of(delivered)
    worker = site.worker()
    site.ring(PREPARE)
    with ExitStack() as before:
        for step in STEPS:
            with ExitStack() as here:
                here.enter_context(site.database.held(step))
                before.close()
                wait_until(lambda: site.database.waits_for(step))  # noqa: B023
                worker.kill_child()
                assert set(counts(site.database).values()) == {0}
                before.push(here.pop_all())
    wait_until(lambda: run_of_h1(site.database) == prepared)
    assert counts(site.database)["runs"] == 1
