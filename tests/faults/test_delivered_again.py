"""The same hours again: recognised, refused or corrected, never counted twice."""

import random
from decimal import Decimal
from pathlib import Path

import pytest

from billing.models import Import, Line
from nvsi.refusals import TableRefused
from tests.faults import books
from tests.faults.books import Row, deliver, row_of, write_file
from tests.faults.cluster import Database
from tests.faults.conftest import FEW, CopyOf
from tests.faults.test_at_once import all_at_once

CODE = "GM9103"


@pytest.fixture
def rows() -> list[Row]:
    """What was delivered in 2026-H1."""
    return books.rows_of(FEW)


def revenue(database: Database) -> Decimal:
    total: Decimal = database.value("SELECT sum(omzet) FROM billing_line")
    return total


def test_the_same_bytes_are_the_same_delivery(
    delivered: Database, copy_of: CopyOf, rows: list[Row], tmp_path: Path
) -> None:
    database = copy_of(delivered)
    path = write_file(tmp_path / "nog eens.csv", rows)
    with database.in_django():
        assert deliver(path).same_file
        assert Import.objects.count() == 1
    assert revenue(database) == revenue(delivered)


def test_the_same_lines_in_another_order_and_writing_are_known(
    delivered: Database, copy_of: CopyOf, rows: list[Row], tmp_path: Path
) -> None:
    database = copy_of(delivered)
    random.Random(31).shuffle(rows)
    for row in rows:
        row["uren"] = row["uren"].replace(".", ",")
        row["datum"] = "-".join(reversed(row["datum"].split("-")))
    path = write_file(tmp_path / "anders.csv", rows)
    with database.in_django():
        again = deliver(path)
        assert (again.new, again.known) == (0, 100)
    assert revenue(database) == revenue(delivered)


def test_a_week_that_overlaps_adds_only_what_is_new(
    delivered: Database, copy_of: CopyOf, rows: list[Row], tmp_path: Path
) -> None:
    database = copy_of(delivered)
    new = [row_of("N1", CODE), row_of("N2", CODE)]
    with database.in_django():
        path = write_file(tmp_path / "overlap.csv", [*rows[-30:], *new])
        overlapping = deliver(path)
        assert (overlapping.new, overlapping.known) == (2, 30)
    assert revenue(database) == revenue(delivered) + 2 * Decimal("472.00")


def test_a_known_line_with_other_hours_refuses_the_whole_file(
    delivered: Database, copy_of: CopyOf, rows: list[Row], tmp_path: Path
) -> None:
    database = copy_of(delivered)
    changed = rows[7] | {"uren": "39.75"}
    path = write_file(tmp_path / "gewijzigd.csv", [row_of("N1", CODE), changed])
    with database.in_django(), pytest.raises(TableRefused) as refused:
        deliver(path)
    (error,) = refused.value.errors
    assert (error.row, error.column) == (3, "regel_id")
    assert "al bekend, met een andere inhoud" in error.message
    assert revenue(database) == revenue(delivered)


def test_a_corrected_invoice_comes_as_lines_that_reverse(
    delivered: Database, copy_of: CopyOf, rows: list[Row], tmp_path: Path
) -> None:
    database, wrong = copy_of(delivered), rows[7]
    back = wrong | {
        "regel_id": "C1",
        "uren": f"-{wrong['uren']}",
        "factuurnummer": "F1-credit",
        "corrigeert_regel_id": wrong["regel_id"],
    }
    right = wrong | {"regel_id": "C2", "uren": "10", "tarief": "20.00"}
    path = write_file(tmp_path / "correctie.csv", [back, right])
    with database.in_django():
        deliver(path)
        deliver(path)
        was = Line.objects.get(regel_id=wrong["regel_id"]).omzet
    assert revenue(database) == revenue(delivered) - was + Decimal("200.00")


def test_the_same_file_from_two_at_once_is_one_delivery(
    few: Database, copy_of: CopyOf, rows: list[Row], tmp_path: Path
) -> None:
    database = copy_of(few)
    path = write_file(tmp_path / "uren.csv", rows)
    with database.in_django():
        outcomes = all_at_once(*[lambda: deliver(path)] * 4)
        assert sorted(outcome.new for outcome in outcomes) == [0, 0, 0, 100]
        assert Import.objects.count() == 1
        assert Line.objects.count() == 100


def test_two_overlapping_files_at_once_count_every_line_once(
    few: Database, copy_of: CopyOf, rows: list[Row], tmp_path: Path
) -> None:
    database = copy_of(few)
    first = write_file(tmp_path / "een.csv", rows[:70])
    second = write_file(tmp_path / "twee.csv", rows[30:])
    with database.in_django():
        outcomes = all_at_once(lambda: deliver(first), lambda: deliver(second))
        assert sum(outcome.new for outcome in outcomes) == 100
        assert sum(outcome.known for outcome in outcomes) == 40
        assert Line.objects.count() == 100
