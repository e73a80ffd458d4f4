"""How an attack is written down, and the statements that many attacks share."""

from dataclasses import dataclass

NEW = "999999"


@dataclass(frozen=True)
class Attack:
    """What is tried, in SQL, and the guard that stands in its way."""

    guard: str
    tries: str
    sql: str
    says: str = ""

    def __str__(self) -> str:
        return f"{self.guard}: {self.tries}"


def copy(table: str, which: str, into: str = "", **changes: str) -> str:
    """SQL that inserts a row like another, with some values replaced by expressions."""
    values = {"id": NEW, **changes}
    pairs = ", ".join(f"'{name}', {value}" for name, value in values.items())
    return (
        f"INSERT INTO {into or table} SELECT (jsonb_populate_record(r, "
        f"jsonb_build_object({pairs}))).* FROM {table} r WHERE {which};"
    )


def update(table: str, row: str, changes: str) -> str:
    return f"UPDATE {table} SET {changes} WHERE id = %({row})s;"


NEVER = "wordt nooit gewijzigd of verwijderd"
