"""A half-year that is settled: for tests of what is paid of it."""

import csv
import datetime
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from billing.booking import book_settlements
from billing.deliveries.hours import COLUMNS
from billing.deliveries.imports import import_hours
from billing.models import BankLine, BankStatement, Payment, Period, Settlement
from billing.paying.matching import match
from billing.settling import reversal, settlements
from contracts.agreements import conclude
from contracts.models import Verwerkersovereenkomst
from instruments.models import Instrument
from membership.models import Organisation, Person
from nvsi.halfyear import HalfYear
from nvsi.money import ZERO

H1 = HalfYear(2026, 1)
SINCE = datetime.date(2018, 1, 1)
TODAY = datetime.date(2026, 7, 15)  # a Wednesday
NOW = datetime.datetime(2026, 7, 15, 10, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))

RABO, ING = "NL44RABO0123456789", "NL20INGB0001234567"

# Hours, tarief and premie per hour, with what they come to at a vergoeding of 30%.
USUAL = ("100", "15.00", "2.00")  # bruto 1500: gemeente 835.00, uitvoerder 435.00
SMALL = ("10", "15.00", "2.00")  # bruto 150: gemeente 83.50, uitvoerder 43.50
NEGATIVE = ("10", "15.00", "14.00")  # bruto 150: gemeente -36.50, uitvoerder 43.50

Work = tuple[Organisation, tuple[str, str, str]]


def make_member(code: str, name: str, iban: str = "") -> Organisation:
    """A gemeente with both agreements for flexensie and a vergoeding of 30%."""
    gemeente = Organisation.objects.create(
        code=code, kind="gemeente", name=name, short_name=name, iban=iban
    )
    Verwerkersovereenkomst.objects.create(organisation=gemeente, starts_on=SINCE)
    conclude(
        gemeente,
        Instrument.objects.get(slug="flexensie"),
        gemeenten=[gemeente],
        signed_on=SINCE,
        starts_on=SINCE,
        ends_on=None,
        vergoeding_pct=Decimal(30),
        by=None,
    )
    return gemeente


def pay_to(organisation: Organisation, iban: str) -> None:
    organisation.iban = iban
    organisation.save(update_fields=["iban"])


def deliver(folder: Path, works: Iterable[Work]) -> None:
    """Take in a line of hours in March 2026 for each of these."""
    path = folder / "uren.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS.required)
        for number, (gemeente, (uren, tarief, premie)) in enumerate(works):
            day = "2026-03-09"
            ids = (f"R{number}", gemeente.code, "O1", "Bakker", "12345678", "K1")
            writer.writerow((*ids, day, uren, tarief, premie, "F1", day))
    import_hours(
        path,
        file_name=path.name,
        instrument=Instrument.objects.get(slug="flexensie"),
        today=TODAY,
    )


def settle(*, preparer: Person | None, approver: Person) -> Period:
    """Prepare, approve and book 2026-H1, or what of it was reversed."""
    instrument = Instrument.objects.get(slug="flexensie")
    run = settlements.prepare(instrument, H1, today=TODAY, by=preparer)
    approved = settlements.approve(run, now=NOW, by=approver)
    book_settlements(approved, booked_on=TODAY, by=approver)
    return run.period


def pay(payment: Payment, *, by: Person) -> None:
    """The bank did what was ordered, a day later."""
    statement = BankStatement.objects.create(
        iban="NL91ABNA0417164300",
        statement_id=f"S-{payment.end_to_end_id}",
        opening=ZERO,
        closing=ZERO,
    )
    line = BankLine.objects.create(
        statement=statement,
        reference=payment.end_to_end_id,
        booked_on=payment.batch.exported_at.date() + datetime.timedelta(days=1),
        amount=-payment.amount,
        end_to_end_id=payment.end_to_end_id,
        counterparty_iban=payment.iban,
    )
    match(line, [payment], by=by)


def reverse(settlement: Settlement, *, by: Person) -> None:
    mirror = reversal.reverse(settlement, reason="tarief klopte niet", now=NOW, by=by)
    book_settlements([mirror], booked_on=TODAY, by=by)
