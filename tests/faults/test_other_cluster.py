"""The same input elsewhere gives the same fingerprints, and papers byte for byte."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from billing.models import Period
from billing.reports import halfyear_as_json
from membership.models import Organisation
from tests.faults import books
from tests.faults.books import deliver, made, rows_of, run_of_h1, write_file
from tests.faults.cluster import Cluster, Database
from tests.faults.conftest import FEW, Preparation, Statements
from tests.faults.servers import Distribution, Embedded

DISTRIBUTION = Path("/usr/lib/postgresql/15/bin")
pytestmark = pytest.mark.slow


@pytest.fixture
def second(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Cluster]:
    with Embedded(django_db_blocker, tmp_path / "var").running() as cluster:
        yield cluster


@pytest.fixture
def of_the_distribution(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Cluster]:
    if not (DISTRIBUTION / "initdb").exists():
        pytest.skip(f"no PostgreSQL 15 of the distribution in {DISTRIBUTION}")
    with Distribution(django_db_blocker, DISTRIBUTION, tmp_path).running() as cluster:
        yield cluster


def settle_in_another_order(cluster: Cluster, folder: Path) -> Database:
    """The same gemeenten and lines, but each made in another order, with other ids."""
    database, chance = cluster.make("elsewhere"), random.Random(21)
    rows, codes = rows_of(FEW), FEW.codes
    chance.shuffle(rows)
    chance.shuffle(codes)
    with database.in_django():
        books.migrate()
        books.make_colleagues()
        books.pay_uitvoerder()
        Organisation.objects.create(code="EERDER", kind="uitvoerder", name="Eerder")
        for code in codes:
            books.make_gemeente(code)
        for number in range(2):
            half = rows[number::2]
            deliver(write_file(folder / f"deel {number}.csv", half))
        books.approve_quietly(books.prepare_h1())
        books.make_all_statements()
    return database


def assert_the_same(
    database: Database, prepared: Preparation, undisturbed: Statements
) -> None:
    (here,), (there,) = run_of_h1(database), prepared
    assert here[2] == there[2]
    assert made(database) == undisturbed
    with database.in_django():
        content = halfyear_as_json(Period.objects.get())
    assert content["fingerprint"] == there[2]
    assert content["status"] == "approved"


def test_another_cluster_gives_the_same_fingerprint_and_papers(
    second: Cluster, prepared: Preparation, undisturbed: Statements, tmp_path: Path
) -> None:
    database = settle_in_another_order(second, tmp_path)
    assert_the_same(database, prepared, undisturbed)


def test_postgresql_15_gives_the_same_fingerprint_and_papers(
    of_the_distribution: Cluster,
    prepared: Preparation,
    undisturbed: Statements,
    tmp_path: Path,
) -> None:
    assert of_the_distribution.ask("postgres", "SHOW server_version_num")[0] < ("16",)
    database = settle_in_another_order(of_the_distribution, tmp_path)
    assert_the_same(database, prepared, undisturbed)
