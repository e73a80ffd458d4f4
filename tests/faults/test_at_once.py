"""Two people or two processes at once: one goes first, and the other finds that out."""

import datetime
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection

from billing import road
from billing.models import Line, Period, RunStatus, Settlement, SettlementRun
from billing.paying import payments
from contracts.agreements import change_terms
from contracts.models import Gebruiksovereenkomst
from instruments.models import ContributionRate
from membership.models import AlvBesluit
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from tests.billing.settled import H1, NOW, TODAY
from tests.faults import books
from tests.faults.books import colleague, deliver, flexensie
from tests.faults.cluster import Database
from tests.faults.conftest import ROUNDS, CopyOf
from tests.faults.contents import halfyear
from tests.faults.processes import wait_until

CODE = "GM9103"


def all_at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do these at the same moment; gives what each gave, or why it did not."""
    barrier = threading.Barrier(len(acts))

    def act(verb: Callable[[], Any]) -> Any:
        connection.ensure_connection()
        barrier.wait(20)
        try:
            return verb()
        except (NotAllowed, Error) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def refusals(outcomes: Sequence[Any]) -> list[str]:
    return [str(one) for one in outcomes if isinstance(one, Exception)]


def approve(role: str) -> list[Settlement]:
    run = SettlementRun.objects.latest("sequence")
    return road.approve(run, now=NOW, by=colleague(role))


def prepare(role: str | None = None) -> SettlementRun:
    by = colleague(role) if role else None
    return road.prepare(flexensie(), H1, today=TODAY, by=by)


def test_eight_who_prepare_at_once_make_one_run(
    delivered: Database, copy_of: CopyOf
) -> None:
    database = copy_of(delivered)
    with database.in_django():
        runs = all_at_once(*[prepare] * 8)
        assert len({run.pk for run in runs}) == 1
    assert database.value("SELECT count(*) FROM billing_settlementrun") == 1
    assert database.value("SELECT count(*) FROM billing_settlement") == 20
    assert database.value("SELECT count(*) FROM membership_email") == 2


def test_of_two_who_approve_at_once_one_does(
    delivered: Database, copy_of: CopyOf
) -> None:
    for _ in range(ROUNDS // 2 + 1):
        database = copy_of(delivered)
        with database.in_django():
            prepare()
            outcomes = all_at_once(
                lambda: approve("penningmeester"), lambda: approve("bestuur")
            )
            assert [len(o) for o in outcomes if isinstance(o, list)] == [20]
        (refusal,) = refusals(outcomes)
        assert refusal == "Flexensie 2026-H1 is al vastgesteld."
        assert database.value("SELECT count(*) FROM billing_entry") == 20
        assert database.value("SELECT count(*) FROM billing_statement") == 20
        numbers = "SELECT max(number_sequence) FROM billing_settlement"
        assert database.value(numbers) == 20


def test_a_delivery_during_an_approval_is_seen_or_waits_for_the_next_halfyear(
    delivered: Database, copy_of: CopyOf, tmp_path: Path
) -> None:
    """Either the approval says what changed, or the lines fall in 2026-H2."""
    late = [books.row_of("LATE-1", CODE), books.row_of("LATE-2", CODE)]
    path = books.write_file(tmp_path / "nagekomen.csv", late)
    for _ in range(ROUNDS // 2 + 1):
        database = copy_of(delivered)
        with database.in_django():
            prepare()
            outcomes = all_at_once(lambda: approve("bestuur"), lambda: deliver(path))
            (falls_in,) = {
                line.period.halfyear
                for line in Line.objects.filter(regel_id__startswith="LATE")
            }
            run = SettlementRun.objects.get()
            if falls_in == H1:
                (refusal,) = refusals(outcomes)
                assert f"{CODE}: regels 5 > 7, bruto-omzet" in refusal
                assert run.status == RunStatus.DRAFT
                prepare()
                assert approve("bestuur")
            else:
                assert falls_in == HalfYear(2026, 2)
                assert not refusals(outcomes)
                assert run.status == RunStatus.APPROVED


def test_another_price_during_an_approval_is_seen_or_refused(
    delivered: Database, copy_of: CopyOf
) -> None:
    """Either the approval says what changed, or the price was used and stays."""
    for _ in range(ROUNDS // 2 + 1):
        database = copy_of(delivered)
        with database.in_django():
            prepare()
            outcomes = all_at_once(lambda: approve("bestuur"), change_price)
            approved, changed = outcomes
            assert len(refusals(outcomes)) == 1, outcomes
            if isinstance(approved, Exception):
                assert f"{CODE}: vergoeding" in str(approved)
                prepare()
                approve("bestuur")
            else:
                assert "al gebruikt in een vastgestelde" in str(changed)
        used = database.value(
            "SELECT l.vergoeding / l.bruto_omzet FROM billing_settlementline l "
            "JOIN membership_organisation o ON o.id = l.gemeente_id WHERE o.code = %s",
            [CODE],
        )
        known = database.value(
            "SELECT t.vergoeding_pct / 100 FROM contracts_terms t "
            "JOIN contracts_gebruiksovereenkomst g ON g.id = t.agreement_id "
            "JOIN membership_organisation o ON o.id = g.organisation_id "
            "WHERE o.code = %s ORDER BY t.from_halfyear DESC LIMIT 1",
            [CODE],
        )
        assert round(used, 3) == known


@pytest.mark.parametrize("change", ["price", "contribution"])
def test_another_percentage_waits_for_an_approval_and_is_refused(
    delivered: Database, copy_of: CopyOf, change: str
) -> None:
    """The approval stands still just before its end, when all of it was computed."""
    database, table = copy_of(delivered), "billing_statement"
    with database.in_django(), ThreadPoolExecutor(2) as pool:
        prepare()
        with database.held(table):
            approval = pool.submit(all_at_once, lambda: approve("bestuur"))
            wait_until(lambda: database.waits_for(table))
            changing = pool.submit(all_at_once, CHANGES[change])
            wait_until(lambda: database.waiting() == 2, why="the change waits too")
        assert not refusals(approval.result())
        (why,) = refusals(changing.result())
    assert "al gebruikt in een vastgestelde afrekening" in why


def change_price() -> object:
    agreement = Gebruiksovereenkomst.objects.get(organisation__code=CODE)
    return change_terms(
        agreement, from_halfyear=H1, vergoeding_pct=Decimal(25), by=None
    )


def change_contribution() -> object:
    return ContributionRate.objects.create(
        instrument=flexensie(),
        from_halfyear=H1,
        gemeente_pct=2,
        uitvoerder_pct=2,
        besluit=AlvBesluit.objects.get(),
    )


CHANGES: dict[str, Callable[[], object]] = {
    "price": change_price,
    "contribution": change_contribution,
}


def test_two_who_reverse_the_same_settlement_at_once_do_it_once(
    approved: Database, copy_of: CopyOf
) -> None:
    database = copy_of(approved)
    with database.in_django():
        settlement = Settlement.objects.get(organisation__code=CODE)

        def turn_back(role: str) -> Settlement:
            return road.reverse(
                Settlement.objects.get(pk=settlement.pk),
                reason="tarief klopte niet",
                now=NOW,
                by=colleague(role),
            )

        outcomes = all_at_once(
            lambda: turn_back("penningmeester"), lambda: turn_back("bestuur")
        )
        assert len(refusals(outcomes)) == 1
    assert database.value("SELECT count(*) FROM billing_entry") == 21
    assert database.value("SELECT sum(debit - credit) FROM billing_posting") == 0


def test_four_who_export_at_once_order_everything_once(
    approved: Database, copy_of: CopyOf
) -> None:
    database = copy_of(approved)

    def export() -> payments.Export:
        return payments.export(Period.objects.get(), now=NOW, by=colleague("bestuur"))

    with database.in_django():
        outcomes = all_at_once(*[export] * 4)
        assert len({o.batch.pk for o in outcomes}) == 1
        assert sorted(o.was_exported_before for o in outcomes) == [
            False,
            True,
            True,
            True,
        ]
    assert database.value("SELECT count(*) FROM billing_payment") == 21


def test_a_person_and_the_scheduled_run_at_once_make_one_run(
    delivered: Database, copy_of: CopyOf
) -> None:
    database, later = copy_of(delivered), TODAY + datetime.timedelta(days=1)
    with database.in_django():
        all_at_once(
            prepare,
            lambda: prepare("bureau"),
            lambda: road.prepare(flexensie(), H1, today=later, by=None),
        )
    (run, *_) = halfyear(database)
    assert run[:2] == (1, "draft")
    assert run[-1] == 1  # prepared once, and found unchanged twice
