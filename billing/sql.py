"""Two ways to say something to PostgreSQL in its own words."""

from typing import Any

from django.db import connection


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
