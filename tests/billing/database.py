"""What the database is asked in tests: what it refuses, and what it does at once."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, connections, transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def database_refuses(sentence: str) -> Iterator[None]:
    """What is done here does not pass the database, at the latest at the commit."""
    with pytest.raises(DatabaseError, match=sentence), transaction.atomic():
        yield
        connection.check_constraints()


@contextmanager
def own_database(blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy of the migrated test database to really commit in, thrown away after.

    Committed rows of the books cannot be removed, since the guards refuse it; so the
    usual test database may never have any. Threads that start in it use it too.
    """
    settings = connections["default"].settings_dict
    name = settings["NAME"]
    copy = f"{name}_copy"
    with blocker.unblock():
        try:
            _run(f'DROP DATABASE IF EXISTS "{copy}"')
            _run(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
            settings["NAME"] = copy
            yield
        finally:
            settings["NAME"] = name
            _run(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def _run(statement: str) -> None:
    """From outside any database of the tests."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
