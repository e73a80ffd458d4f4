"""The connection drops before one of the queries of a verb: nothing half is left."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection, transaction
from django.test import Client

from billing import road
from billing.models import Period, Settlement
from billing.paying import payments
from billing.statements import documents
from membership.invitations import invite
from tests.billing.settled import H1, NOW, TODAY
from tests.faults import books
from tests.faults.books import colleague, deliver, flexensie
from tests.faults.cluster import Database
from tests.faults.conftest import FEW, ROUNDS, CopyOf
from tests.faults.contents import everything

PASSWORD = "lange-toegangszin-van-het-bureau"
MOST_QUERIES = 500
# One in three by default, since a verb is done again for each.
STEP = 1 if ROUNDS > 10 else 3


class Cut:
    """Ends the connection on the server, just before the query with this number."""

    def __init__(self, database: Database, number: int) -> None:
        self.database = database
        self.left = number

    @property
    def is_done(self) -> bool:
        return self.left <= 0

    def __call__(self, execute: Callable[..., Any], *query: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            self.now()
        return execute(*query)

    def now(self) -> None:
        backend = connection.connection.info.backend_pid
        assert self.database.value("SELECT pg_terminate_backend(%s, 5000)", [backend])


@contextmanager
def cut_at_commit(database: Database) -> Iterator[None]:
    with transaction.atomic():
        yield
        Cut(database, 0).now()


def assert_all_or_nothing(database: Database, verb: Callable[[], object]) -> None:
    """Cut before one query after the other, and at the commit; then let it be."""
    before = everything(database)
    for number in range(1, MOST_QUERIES, STEP):
        cut = Cut(database, number)
        try:
            with transaction.atomic(), connection.execute_wrapper(cut):
                verb()
                transaction.set_rollback(True)
        except (OperationalError, InterfaceError):
            assert cut.is_done
            connection.close()
        assert everything(database) == before, number
        if not cut.is_done:
            break
    assert number > 5
    with pytest.raises((OperationalError, InterfaceError)), cut_at_commit(database):
        verb()
    connection.close()
    assert everything(database) == before
    verb()
    assert everything(database) != before


def test_a_delivery_is_all_or_nothing_wherever_it_is_cut(
    few: Database, copy_of: CopyOf, tmp_path: Path
) -> None:
    path = books.write_file(tmp_path / "uren.csv", books.rows_of(FEW))
    database = copy_of(few)
    with database.in_django():
        assert_all_or_nothing(database, lambda: deliver(path))


def test_preparing_is_all_or_nothing_wherever_it_is_cut(
    delivered: Database, copy_of: CopyOf
) -> None:
    database = copy_of(delivered)
    with database.in_django():
        assert_all_or_nothing(
            database, lambda: road.prepare(flexensie(), H1, today=TODAY, by=None)
        )


def test_approving_is_all_or_nothing_wherever_it_is_cut(
    delivered: Database, copy_of: CopyOf
) -> None:
    database = copy_of(delivered)
    with database.in_django():
        run, by = books.prepare_h1(), colleague("penningmeester")
        assert_all_or_nothing(database, lambda: road.approve(run, now=NOW, by=by))


def test_reversing_is_all_or_nothing_wherever_it_is_cut(
    approved: Database, copy_of: CopyOf
) -> None:
    database = copy_of(approved)
    with database.in_django():
        by = colleague("bestuur")

        def turn_back() -> None:
            settlement = Settlement.objects.order_by("number_sequence")[3]
            road.reverse(settlement, reason="tarief klopte niet", now=NOW, by=by)

        assert_all_or_nothing(database, turn_back)


def test_exporting_is_all_or_nothing_wherever_it_is_cut(
    approved: Database, copy_of: CopyOf
) -> None:
    database = copy_of(approved)
    with database.in_django():
        period, by = Period.objects.get(), colleague("bestuur")
        assert_all_or_nothing(database, lambda: payments.export(period, now=NOW, by=by))


def test_making_a_statement_is_all_or_nothing_wherever_it_is_cut(
    approved: Database, copy_of: CopyOf
) -> None:
    database = copy_of(approved)
    with database.in_django():
        assert_all_or_nothing(database, lambda: documents.make_waiting(1))


def test_a_page_says_to_try_again_whatever_query_is_cut(
    few: Database, copy_of: CopyOf
) -> None:
    """Whoever was invited chooses a password: that writes the person and history."""
    database = copy_of(few)
    with database.in_django():
        person = colleague("bureau")
        email = invite(person, person.roles.get(), by=None)
        assert email
        page = re.findall(r"https?://[^/\s]+(/\S+)", email.body)[0]
        form = {"new_password1": PASSWORD, "new_password2": PASSWORD}
        before = everything(database)
        for number in range(1, MOST_QUERIES):
            cut = Cut(database, number)
            with connection.execute_wrapper(cut):
                answer = Client(raise_request_exception=False).post(page, form)
            if not cut.is_done:
                break
            connection.close()
            assert answer.status_code == 503, number
            assert answer["Retry-After"]
            assert everything(database) == before, number
        assert number > 3
        assert answer.status_code == 302
        assert everything(database) != before
