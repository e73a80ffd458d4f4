"""What the database is asked in tests: what it refuses, and what it does at once."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TypeVar

from django.db import DatabaseError, connection, connections, transaction
from pytest_django import DjangoDbBlocker

Given = TypeVar("Given")
Answer = TypeVar("Answer")


@contextmanager
def database_refuses(sentence: str) -> Iterator[None]:
    """What is done here does not pass the database, at the latest at the commit."""
    said = "nothing"
    try:
        with transaction.atomic():
            yield
            connection.check_constraints()
    except DatabaseError as error:
        said = str(error)
    assert sentence in said


@contextmanager
def own_database(
    blocker: DjangoDbBlocker, *, of: str = "", called: str = "copy"
) -> Iterator[None]:
    """A copy of the migrated test database to really commit in, thrown away after.

    Committed rows of the books cannot be removed, since the guards refuse it; so the
    usual test database may never have any. Threads that start in it use it too. `of`
    is another database to copy, that nobody is connected to.
    """
    settings = connections["default"].settings_dict
    name = settings["NAME"]
    copy = f"{name}_{called}"
    with blocker.unblock():
        try:
            _run(f'DROP DATABASE IF EXISTS "{copy}"')
            _run(f'CREATE DATABASE "{copy}" TEMPLATE "{of or name}"')
            settings["NAME"] = copy
            yield
        finally:
            settings["NAME"] = name
            _run(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


@contextmanager
def filled_database(
    blocker: DjangoDbBlocker, fill: Callable[[], Given], *, called: str = "filled"
) -> Iterator[tuple[str, Given]]:
    """A database to copy from: its name, and what `fill` gave when it was filled."""
    settings = connections["default"].settings_dict
    name = settings["NAME"]
    with own_database(blocker, called=called):
        filled = settings["NAME"]
        given = fill()
        connections.close_all()
        settings["NAME"] = name
        with blocker.block():
            yield filled, given


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Ask this database instead of the usual one, before a transaction begins."""
    settings = connections["default"].settings_dict
    usual = settings["NAME"]
    connection.close()
    settings["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = usual


def at_once(work: Callable[[Given], Answer], given: Sequence[Given]) -> list[Answer]:
    """Do the work for all of these at the same moment, each on its own connection."""
    start = threading.Barrier(len(given))

    def do(one: Given) -> Answer:
        with closing(connection):
            start.wait()
            return work(one)

    with ThreadPoolExecutor(len(given)) as threads:
        return list(threads.map(do, given))


def _run(statement: str) -> None:
    """From outside any database of the tests."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
