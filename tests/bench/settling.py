"""`settle` and `approve_settlements`, beside the bare sum of the same lines."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from billing import road
from billing.figures.publishing import publish_missing
from billing.models import Period, SettlementRun
from billing.sql import ask
from tests.bench.books import (
    flexensie,
    forget_settlements,
    penningmeester,
    take_in,
)
from tests.bench.data import HALFYEAR, TODAY, write_delivery
from tests.bench.history import HALFYEARS, History
from tests.bench.timing import Plan, Row, Watch, in_turns

NOW = datetime.datetime(2024, 7, 16, 10, tzinfo=datetime.UTC)
BARE = (
    "SELECT coverage_id, sum(uren), sum(omzet), sum(premie) "
    "FROM billing_line WHERE period_id = %s GROUP BY coverage_id"
)


def measure(plan: Plan) -> Iterator[Row]:
    take_in(write_delivery(plan.folder / "uren.csv", plan.lines))
    settling, summing = in_turns(settle, sum_barely, rounds=plan.rounds)
    yield Row("settle beside GROUP BY", settling.median, summing.median, 2)
    approving, preparing = in_turns(approve_undone, settle_undone, rounds=plan.rounds)
    subject = "approve_settlements beside settle"
    yield Row(subject, approving.median, preparing.median, 3)
    publishing, grouping = in_turns(publish_undone, sum_barely, rounds=plan.rounds)
    subject = "public figures, by the worker, beside GROUP BY"
    yield Row(subject, publishing.median, grouping.median)
    yield measure_history(plan)


def measure_history(plan: Plan) -> Row:
    """With ten earlier half-years as large in the table, and with those put away."""
    history = History()

    def settle_alone(watch: Watch) -> None:
        history.put_away()
        settle(watch)
        history.put_back()

    alone, beside = in_turns(settle_alone, settle, rounds=plan.rounds)
    subject = f"settle, {HALFYEARS} half-years more beside none"
    return Row(subject, beside.median, alone.median, 1.1)


def settle(watch: Watch) -> None:
    with watch.timed():
        prepare()
    forget_settlements()


def sum_barely(watch: Watch) -> None:
    period = Period.objects.get(halfyear=HALFYEAR)
    with watch.timed():
        ask(BARE, [period.pk])


def prepare() -> SettlementRun:
    return road.prepare(flexensie(), HALFYEAR, today=TODAY, by=None)


def approve() -> None:
    """Without the making of its documents."""
    road.approve(road.find_run(flexensie(), HALFYEAR), now=NOW, by=penningmeester())


def settle_undone(watch: Watch) -> None:
    with undone(), watch.timed():
        prepare()
        connection.check_constraints()


def approve_undone(watch: Watch) -> None:
    prepare()
    with undone(), watch.timed():
        approve()
        connection.check_constraints()
    forget_settlements()


def publish_undone(watch: Watch) -> None:
    prepare()
    with undone():
        approve()
        with watch.timed():
            publish_missing()
    forget_settlements()


@contextmanager
def undone() -> Iterator[None]:
    """Nothing is committed, so that the bell for the documents does not ring."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
