"""The books that are measured: 342 gemeenten that take part, and what comes and goes.

What is measured is removed again, so that each round finds the same books. That takes
a superuser who switches the guards off; the portal itself has no such way.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from billing import road
from billing.deliveries.imports import Delivered, import_hours
from billing.models import Payment, Period
from billing.paying.payments import export
from billing.sql import run
from contracts.agreements import NewAgreement, save_all
from contracts.models import Gebruiksovereenkomst, Verwerkersovereenkomst
from instruments.models import Instrument
from membership.models import Organisation, Person, Role
from nvsi.halfyear import HalfYear
from tests.bench.data import GEMEENTEN, HALFYEAR, TODAY
from tests.billing import settled

SINCE = datetime.date(2014, 1, 1)

SETTLED = (
    "billing_statement",
    "billing_posting",
    "billing_entry",
    "billing_settlementline",
    "billing_settlement",
    "billing_settlementrun",
    "membership_historyevent",
    "membership_email",
)


def found() -> None:
    """Make the tables, the gemeenten with both agreements, and two colleagues."""
    call_command("migrate", verbosity=0)
    for role in ("bureau", "penningmeester"):
        person = Person.objects.create_user(f"{role}@nvsi.example", role)
        Role.objects.create(person=person, name=role, starts_on=SINCE)
    gemeenten = Organisation.objects.bulk_create(
        Organisation(
            code=code,
            kind="gemeente",
            name=f"Gemeente {code}",
            short_name=code,
            iban="NL91ABNA0417164300",
        )
        for code in GEMEENTEN
    )
    Verwerkersovereenkomst.objects.bulk_create(
        Verwerkersovereenkomst(organisation=gemeente, starts_on=SINCE)
        for gemeente in gemeenten
    )
    save_all([_agreement(gemeente) for gemeente in gemeenten])
    run("ANALYZE")


def _agreement(gemeente: Organisation) -> NewAgreement:
    agreement = Gebruiksovereenkomst(
        organisation=gemeente, instrument=flexensie(), signed_on=SINCE, starts_on=SINCE
    )
    return NewAgreement(agreement, (gemeente,), Decimal(30))


def flexensie() -> Instrument:
    return Instrument.objects.get(slug="flexensie")


def penningmeester() -> Person:
    return Person.objects.get(email="penningmeester@nvsi.example")


def take_in(path: Path, *, today: datetime.date = TODAY) -> Delivered:
    return import_hours(path, file_name=path.name, instrument=flexensie(), today=today)


def settle(halfyear: HalfYear = HALFYEAR, *, today: datetime.date = TODAY) -> None:
    """Prepare and approve, by the two who may; no document is made."""
    road.prepare(flexensie(), halfyear, today=today, by=None)
    run = road.find_run(flexensie(), halfyear)
    road.approve(run, now=morning(today), by=penningmeester())


def pay(halfyear: HalfYear, *, today: datetime.date) -> None:
    """Order what is to be paid; the bank does so a day later."""
    period = Period.objects.get(halfyear=halfyear)
    bureau = Person.objects.get(email="bureau@nvsi.example")
    export(period, now=morning(today), by=bureau)
    for payment in Payment.objects.filter(batch__period=period):
        settled.pay(payment, by=bureau)


def morning(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(10), datetime.UTC)


@contextmanager
def without_guards() -> Iterator[None]:
    with transaction.atomic():
        run("SET LOCAL session_replication_role = replica")
        yield


def forget_settlements() -> None:
    """As if nothing of the half-year was ever prepared."""
    with without_guards():
        for table in SETTLED:
            run(f"DELETE FROM {table}")
        run(
            "UPDATE billing_period SET closed_at = NULL WHERE halfyear = %s",
            [HALFYEAR.code],
        )


def forget_deliveries() -> None:
    """As if nothing was ever delivered."""
    forget_settlements()
    with without_guards():
        for period in Period.objects.all():
            run(f"DROP TABLE {partition_of(period)}")
        run("DELETE FROM billing_import")
        run("DELETE FROM billing_period")


def partition_of(period: Period) -> str:
    return f"billing_line_{period.pk}"
