"""Three ways to say something to PostgreSQL in its own words."""

# ruff: noqa: S608 - tables and columns are named by our own models and code

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models


def run(statement: str, parameters: Any = None) -> int:
    """Execute one statement; gives the number of rows that it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def ask(statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    """The rows that a statement gives; for few rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows, as values of all columns but the id, in one statement.

    For hundreds of rows: `bulk_create` takes four times as long over them.
    """
    if rows:
        table, names = model._meta.db_table, ", ".join(rows[0])
        run(
            f"INSERT INTO {table} ({names}) "
            f"SELECT {names} FROM json_populate_recordset(NULL::{table}, %s)",
            [json.dumps(rows, default=str)],
        )
