"""What the cells of a staged file mean: each distinct value is read once.

Rules run in Python (billing.deliveries.hours) per distinct value, not per row; each
column with a meaning gets a table of its cells with their values or errors.
"""

# ruff: noqa: S608 - the names in these statements are constants of this module

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from billing.deliveries.hours import COLUMNS, BadCell
from billing.sql import ask, run

COLUMN_NAMES = (*COLUMNS.required, *COLUMNS.optional)
# What the database's `trimmed` takes off and str.strip leaves.
BLANKS = "\u200b\ufeff"
# Cells with a meaning, and the type of what they mean.
VALUE_TYPES = {
    "uren": "numeric(6,2)",
    "tarief": "numeric(8,2)",
    "premie_per_uur": "numeric(8,2)",
    "datum": "date",
    "factuurdatum": "date",
    "kandidaat_ref": "text",
}
# Few tariffs meet few hours, and few dates of work few dates of an invoice: these are
# made distinct together, in one pass over the rows each.
TOGETHER = {
    "amount_cells": ("uren", "tarief", "premie_per_uur"),
    "date_cells": ("datum", "factuurdatum"),
}
# Only what may be a burgerservicenummer is worth a look: what does not begin with an
# ASCII letter, or with one of the words for such a number.
ONLY_WHERE = {
    "kandidaat_ref": """
        WHERE kandidaat_ref COLLATE "C" < 'C'
        OR kandidaat_ref COLLATE "C" BETWEEN 'S' AND 'T'
        OR kandidaat_ref COLLATE "C" BETWEEN '[' AND 'c'
        OR kandidaat_ref COLLATE "C" BETWEEN 's' AND 't'
        OR kandidaat_ref COLLATE "C" > '{'
    """
}


def copy_rows(
    table: str, names: str, rows: Iterable[tuple[Any, ...]], options: str = ""
) -> None:
    """Add a few rows that Python made."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    text.seek(0)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(
            f"COPY {table} ({names}) FROM STDIN (FORMAT csv{options})", text
        )


def make_values(readers: dict[str, Callable[[str], Any]]) -> None:
    """Give every distinct cell its value or its error: tables value_uren, ..."""
    _make_together()
    no_amounts = " AND ".join(f"{name} = ''" for name in TOGETHER["amount_cells"])
    if ask(f"SELECT 1 FROM amount_cells WHERE {no_amounts}") and _drop_empty_rows():
        run(f"DROP TABLE {', '.join(TOGETHER)}")
        _make_together()
    sources = {c: table for table, columns in TOGETHER.items() for c in columns}
    for column, read in readers.items():
        _make_value_table(column, sources.get(column, "staged"), read)


def _make_together() -> None:
    for table, columns in TOGETHER.items():
        names = ", ".join(columns)
        run(
            f"CREATE TABLE {table} AS SELECT {names}, count(*) AS times "
            f"FROM staged GROUP BY {names}"
        )


def _drop_empty_rows() -> int:
    """A row without any content is no row; gives how many there were."""
    empty = " AND ".join(f"trimmed({name}) = ''" for name in COLUMN_NAMES)
    return run(f"DELETE FROM staged WHERE {empty}")


def _make_value_table(column: str, source: str, read: Callable[[str], Any]) -> None:
    table = f"value_{column}"
    run(f"CREATE TABLE {table} (cell text, value {VALUE_TYPES[column]}, error text)")
    with connection.chunked_cursor() as cursor:
        where = ONLY_WHERE.get(column, "")
        cursor.execute(f"SELECT {column} FROM {source} {where} GROUP BY 1")
        while cells := cursor.fetchmany(10_000):
            rows = [_read(cell, read) for (cell,) in cells]
            copy_rows(table, "cell, value, error", rows, ", FORCE_NOT_NULL (cell)")
    # Else the planner takes it for tiny, and compares every cell with every value.
    run(f"ANALYZE {table}")


def _read(cell: str, read: Callable[[str], Any]) -> tuple[Any, ...]:
    try:
        return cell, read(cell.strip().strip(BLANKS)), None
    except BadCell as error:
        return cell, None, str(error)


def make_amounts() -> None:
    """Revenue and premium of every combination of hours, tariff and premium: euros."""
    run(
        """
        CREATE TABLE amounts AS
        SELECT c.*, u.value AS uren_value, t.value AS tarief_value,
            p.value AS premie_value,
            round(u.value * t.value, 2)::numeric(12,2) AS omzet,
            round(u.value * p.value, 2)::numeric(12,2) AS premie
        FROM amount_cells c
        JOIN value_uren u ON u.cell = c.uren
        JOIN value_tarief t ON t.cell = c.tarief
        JOIN value_premie_per_uur p ON p.cell = c.premie_per_uur
        WHERE u.error IS NULL AND t.error IS NULL AND p.error IS NULL
            AND p.value <= t.value
        """
    )
    run(f"ANALYZE amounts ({', '.join(TOGETHER['amount_cells'])})")


def totals() -> list[Any]:
    """Rows, hours, revenue and premiums of all rows with right amounts: euros."""
    (row,) = ask(
        "SELECT coalesce(sum(times), 0), coalesce(sum(times * uren_value), 0), "
        "coalesce(sum(times * omzet), 0), coalesce(sum(times * premie), 0) FROM amounts"
    )
    return list(row)
