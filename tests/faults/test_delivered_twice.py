"""A message that comes twice, or ten times: one outcome, and the rest has no effect."""

import re

import pytest

from tests.faults.books import counts, made, run_of_h1
from tests.faults.cluster import Database
from tests.faults.conftest import Preparation, SiteOf, Statements
from tests.faults.processes import Process, wait_until

PREPARE = "billing.schedule.prepare_past_halfyear"
MAKE = "billing.tasks.make_statements"
pytestmark = pytest.mark.slow


def test_ten_messages_to_two_workers_prepare_one_run(
    site_of: SiteOf, delivered: Database, prepared: Preparation
) -> None:
    site = site_of(delivered)
    site.ring(PREPARE, times=10)
    workers = [site.worker(concurrency=2), site.worker()]
    wait_until(lambda: succeeded(workers, PREPARE) == 10)
    assert run_of_h1(site.database) == prepared


def test_ten_messages_to_two_workers_make_every_statement_once(
    site_of: SiteOf, approved: Database, undisturbed: Statements
) -> None:
    site = site_of(approved)
    before = counts(site.database)
    workers = [site.worker(concurrency=2), site.worker()]
    site.ring(MAKE, times=10)
    wait_until(lambda: succeeded(workers, MAKE) == 10)
    assert made(site.database) == undisturbed
    assert counts(site.database) == before


def test_a_message_that_the_broker_gives_out_twice_prepares_one_run(
    site_of: SiteOf, delivered: Database, prepared: Preparation
) -> None:
    """The task lasts longer than the broker waits for its receipt."""
    site = site_of(delivered)
    site.settings["NVSI_VISIBILITY_TIMEOUT"] = "2"
    with site.database.held("billing_settlementline"):
        workers = [site.worker(), site.worker()]
        site.ring(PREPARE)
        wait_until(lambda: all(received(worker, PREPARE) for worker in workers))
    assert received(workers[0], PREPARE) & received(workers[1], PREPARE)
    wait_until(lambda: succeeded(workers, PREPARE) >= 2)
    assert run_of_h1(site.database) == prepared


def succeeded(workers: list[Process], task: str) -> int:
    return sum(
        len(re.findall(rf"Task {re.escape(task)}\[\S+\] succeeded", worker.words()))
        for worker in workers
    )


def received(worker: Process, task: str) -> set[str]:
    """The messages that a worker took, by their id."""
    found = re.findall(rf"Task {re.escape(task)}\[(\S+)\] received", worker.words())
    return set(found)
