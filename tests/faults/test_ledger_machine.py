"""Whatever people do, in any order: the books hold, and what is frozen stays so."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults import books
from tests.faults.books import Books
from tests.faults.cluster import Cluster, Database
from tests.faults.conftest import ROUNDS
from tests.faults.ledger_machine import LedgerMachine

pytestmark = pytest.mark.slow
FOUR = Books(gemeenten=4, lines_each=0)


@pytest.fixture(scope="module")
def four(cluster: Cluster, migrated: Database) -> Database:
    """Two gemeenten of their own, and two of a samenwerkingsverband."""
    database = cluster.make("four", migrated.name)
    with database.in_django():
        books.found(Books(gemeenten=2, lines_each=0))
        books.make_samenwerkingsverband("SWV1", FOUR.codes[2:])
    return database


def test_the_books_hold_after_every_step_in_any_order(
    cluster: Cluster, four: Database, tmp_path: Path
) -> None:
    LedgerMachine.cluster = cluster
    LedgerMachine.base = four
    LedgerMachine.folder = tmp_path
    LedgerMachine.codes = FOUR.codes
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=ROUNDS,
            stateful_step_count=20,
            derandomize=ROUNDS <= 10,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
