"""Change the books behind the triggers, as a superuser can: check_books says so."""

import re
from decimal import Decimal

import pytest
from django.db import connection, transaction

from billing import road
from billing.checks import check_books
from billing.models import Payment, Period, Settlement
from billing.paying import payments
from tests.billing import bank_content, kas
from tests.billing.settled import H1, NOW
from tests.faults import books
from tests.faults.books import colleague
from tests.faults.cluster import Cluster, Database
from tests.faults.conftest import CopyOf, ManageOf
from tests.faults.tampering import TAMPERINGS, Tampering

BEHIND_THE_TRIGGERS = "SET LOCAL session_replication_role = replica"

cases = pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda one: one.name)
few_cases = pytest.mark.parametrize(
    "tampering", [TAMPERINGS[0], TAMPERINGS[9]], ids=lambda one: one.name
)


@pytest.fixture(scope="module")
def complete(cluster: Cluster, approved: Database) -> Database:
    """Approved; all ordered, and paid but for one; the last one is reversed. There is
    something in the innovatiekas, and it will get a share."""
    database = cluster.make("complete", approved.name)
    with database.in_django():
        last = Settlement.objects.latest("number_sequence")
        road.reverse(last, reason="dubbel", now=NOW, by=colleague("bestuur"))
        books.make_all_statements()
        payments.export(Period.objects.get(), now=NOW, by=colleague("bestuur"))
        paid = Payment.objects.exclude(end_to_end_id="2026-0005")
        lines = [bank_content.paid(payment) for payment in paid]
        bank_content.read(*lines, number="2026-07-16")
        kas.make_share(books.flexensie(), H1.next())
        by, other = colleague("bureau"), colleague("bestuur")
        kas.give(books.flexensie(), Decimal(100), "ALV-KAS", by=by, other=other)
    return database


@cases
def test_what_was_changed_behind_the_triggers_is_named(
    complete: Database, tampering: Tampering
) -> None:
    with (
        complete.in_django(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(BEHIND_THE_TRIGGERS)
        for statement in tampering.sql:
            cursor.execute(statement)
            assert cursor.rowcount > 0
        findings = "\n".join(check_books().findings)
        transaction.set_rollback(True)
    assert [word for word in tampering.words if word not in findings] == [], findings


def test_books_that_nobody_touched_are_right(
    complete: Database, manage_of: ManageOf
) -> None:
    done = manage_of(complete, "check_books")
    assert done.returncode == 0
    assert "De boeken kloppen tot op de cent" in done.stdout
    assert "21 documenten" in done.stdout


def test_every_table_with_euros_is_tampered_with(complete: Database) -> None:
    with_euros = complete.ask(
        "SELECT DISTINCT a.attrelid::regclass::text FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid AND NOT c.relispartition "
        "WHERE c.relname LIKE 'billing_%' AND c.relkind IN ('r', 'p') "
        "AND format_type(a.atttypid, a.atttypmod) LIKE 'numeric(%,2)'"
    )
    statements = " ".join(s for one in TAMPERINGS for s in one.statements)
    tampered = set(re.findall(r"(?:UPDATE|DELETE FROM) (\w+)", statements))
    assert {name for (name,) in with_euros} <= tampered
    assert len(with_euros) >= 10


@few_cases
def test_the_command_ends_with_1_and_names_it_too(
    complete: Database, copy_of: CopyOf, manage_of: ManageOf, tampering: Tampering
) -> None:
    database = copy_of(complete)
    database.ask(";".join(["BEGIN", BEHIND_THE_TRIGGERS, *tampering.sql, "COMMIT"]))
    done = manage_of(database, "check_books")
    assert done.returncode == 1
    for word in tampering.words:
        assert word in done.stderr
