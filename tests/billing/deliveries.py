"""Deliveries of hour lines for tests: rows with usual cells, written as a CSV file."""

import csv
import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from billing.hours import COLUMNS
from billing.imports import Delivered, import_hours
from instruments.models import Instrument
from membership.models import Person

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

Cells = Mapping[str, str]


def line(regel_id: str = "R1", **cells: str) -> dict[str, str]:
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
