"""What can never be, whoever asks: every guard of the database is attacked.

Migrations 0002 and 0003 of billing, that of the history, and every named constraint of
our models. tests.billing.attacks has the attacks, tests.billing.books the books.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import BaseConstraint
from pytest_django import DjangoDbBlocker

from billing.sql import ask
from tests.billing.attacks import ATTACKS, RIGHT, Attack
from tests.billing.books import keep_books
from tests.billing.database import own_database

pytestmark = pytest.mark.django_db
APPS = ("billing", "contracts", "instruments", "membership")


@dataclass(frozen=True)
class Books:
    """The ids of what is in them, and the content of every table."""

    ids: dict[str, int]
    content: dict[str, str]


@pytest.fixture(scope="module")
def books(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Books]:
    """Committed once for all attacks: each is rolled back, whether refused or not."""
    with own_database(django_db_blocker):
        ids = keep_books(tmp_path_factory.mktemp("books"))
        before = content()
        yield Books(ids, before)
        assert content() == before, "an attack that was refused left a trace"


def tables() -> list[str]:
    return [m._meta.db_table for m in apps.get_models() if m._meta.app_label in APPS]


def content() -> dict[str, str]:
    """A digest of each table."""
    digest = "SELECT '{0}', md5(string_agg(r::text, '|' ORDER BY r::text)) FROM {0} r"
    return dict(ask(" UNION ALL ".join(map(digest.format, tables()))))


def attempt(sql: str, ids: dict[str, int]) -> psycopg2.Error | None:
    """Try it up to the commit, and undo it; gives what the database said.

    current_date is the day in Nederland then, as it is in the books.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL TIME ZONE %s", [settings.TIME_ZONE])
            cursor.execute(sql, ids)
            connection.check_constraints()
            transaction.set_rollback(True)
    except DatabaseError as error:
        return cast("psycopg2.Error", error.__cause__)
    return None


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_the_database_refuses(books: Books, attack: Attack) -> None:
    error = attempt(attack.sql, books.ids)
    assert error is not None, "it passed"
    if attack.says:
        assert attack.says in str(error)
    else:
        assert error.diag.constraint_name == attack.guard


@pytest.mark.parametrize("sql", RIGHT.values(), ids=RIGHT)
def test_the_database_takes_what_is_right(books: Books, sql: str) -> None:
    assert attempt(sql, books.ids) is None


def test_every_guarded_table_has_rows_to_attack(books: Books) -> None:
    """A trigger per row that never saw a row would prove nothing."""
    assert [name for name, digest in books.content.items() if digest is None] == []


def test_every_constraint_is_attacked() -> None:
    constraints: list[BaseConstraint] = [
        constraint
        for model in apps.get_models()
        if model._meta.app_label in APPS
        for constraint in model._meta.constraints
    ]
    attacked = {attack.guard for attack in ATTACKS}
    assert {c.name for c in constraints} - attacked == set()


def test_every_trigger_is_attacked(books: Books) -> None:
    """Those of pghistory guard nothing, those of a partition are its parent's."""
    triggers = ask(
        "SELECT tgname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid "
        "WHERE NOT tgisinternal AND NOT relispartition AND tgname !~ '^pgtrigger_'"
    )
    attacked = {attack.guard for attack in ATTACKS}
    assert {name for (name,) in triggers} - attacked == set()
