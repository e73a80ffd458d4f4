"""Deliveries of hour lines for tests: rows with usual cells, written as a CSV file."""

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps

from billing.deliveries.hours import COLUMNS
from billing.deliveries.imports import Delivered, import_hours
from billing.sql import ask
from contracts.agreements import conclude
from contracts.models import Gebruiksovereenkomst, Verwerkersovereenkomst
from instruments.models import Instrument
from membership.models import Organisation, Person
from nvsi.refusals import TableRefused

ALL_COLUMNS = (*COLUMNS.required, *COLUMNS.optional)
TODAY = datetime.date(2026, 7, 15)

# A line of 32 hours for Heideveld: omzet 472.00, premie 64.00.
USUAL_CELLS = {
    "regel_id": "R1",
    "gemeente_code": "GM9001",
    "opdracht_id": "O1",
    "opdrachtgever_naam": "Bakkerij Köster",
    "opdrachtgever_kvk": "12345678",
    "kandidaat_ref": "K1",
    "datum": "2026-03-09",
    "uren": "32.00",
    "tarief": "14.75",
    "premie_per_uur": "2.00",
    "factuurnummer": "F1",
    "factuurdatum": "2026-03-16",
    "corrigeert_regel_id": "",
}

APPS = ("billing", "contracts", "instruments", "membership")

Cells = Mapping[str, str]
Take = Callable[..., Delivered]


def line(regel_id: str = "R1", /, **cells: str) -> dict[str, str]:
    """The usual line with some other cells."""
    return {**USUAL_CELLS, "regel_id": regel_id, **cells}


def as_csv(
    rows: Iterable[Cells],
    *,
    columns: Sequence[str] = ALL_COLUMNS,
    delimiter: str = ";",
) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(
        text, columns, delimiter=delimiter, extrasaction="ignore", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def take_in(
    folder: Path,
    content: Iterable[Cells] | str | bytes,
    *,
    file_name: str = "uren.csv",
    today: datetime.date = TODAY,
    dry_run: bool = False,
    by: Person | None = None,
) -> Delivered:
    """Import rows, a text or bytes as a file of flexensie's uitvoerder."""
    if not isinstance(content, str | bytes):
        content = as_csv(content)
    path = folder / file_name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_hours(
        path,
        file_name=file_name,
        instrument=Instrument.objects.get(slug="flexensie"),
        today=today,
        dry_run=dry_run,
        by=by,
    )


def everything() -> tuple[list[str], dict[str, int]]:
    """The names of all tables and indexes, and how many rows our models have."""
    names = ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    )
    tables = [m._meta.db_table for m in apps.get_models() if m._meta.app_label in APPS]
    counts = " UNION ALL ".join(f"SELECT '{t}', count(*) FROM {t}" for t in tables)
    return sorted(name for (name,) in names), dict(ask(counts))


def refused(take: Take, content: object, **facts: object) -> TableRefused:
    """Why a delivery is refused; nothing at all is left of it."""
    before = everything()
    with pytest.raises(TableRefused) as refusal:
        take(content, **facts)
    assert everything() == before
    return refusal.value


def faults(take: Take, content: object, **facts: object) -> list[tuple[int, str, str]]:
    """Row, column and sentence of each fault in a delivery that is refused."""
    return [
        (e.row, e.column, e.message) for e in refused(take, content, **facts).errors
    ]


def agree(
    holder: Organisation,
    instrument: Instrument | None = None,
    *,
    gemeenten: Sequence[Organisation] = (),
    starts_on: datetime.date = datetime.date(2018, 1, 1),
    ends_on: datetime.date | None = None,
    with_avg: bool = True,
) -> Gebruiksovereenkomst:
    """An agreement at 30%, with a verwerkersovereenkomst or without."""
    if with_avg:
        Verwerkersovereenkomst.objects.create(
            organisation=holder, starts_on=datetime.date(2018, 1, 1)
        )
    return conclude(
        holder,
        instrument or Instrument.objects.get(slug="flexensie"),
        gemeenten=gemeenten or [holder],
        signed_on=starts_on,
        starts_on=starts_on,
        ends_on=ends_on,
        vergoeding_pct=Decimal(30),
        by=None,
    )
