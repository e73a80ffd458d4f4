"""The history of a kas as a file: CSV or XLSX."""

import datetime
from collections.abc import Sequence

from billing.innovatiekas.history import Row
from nvsi.spreadsheet import Cell, Sheet, write_csv, write_xlsx

HEADER = (
    *("Datum", "Boekstuk", "Soort", "Bedrag", "Vrij daarna", "Gereserveerd daarna"),
    *("Bijdragen van halfjaar", "Deel in procenten", "Besluit", "Besluit van"),
    *("Verbeterwens", "Waarvoor"),
)
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_of(
    rows: Sequence[Row], fmt: str, *, name: str, created: datetime.date
) -> bytes:
    """All movements, the oldest first; amounts in euros."""
    cells = [_cells(row) for row in rows]
    if fmt == "csv":
        return write_csv(HEADER, cells)
    return write_xlsx(
        [Sheet("Innovatiekas", HEADER, cells)], created=created, title=name
    )


def _cells(row: Row) -> tuple[Cell, ...]:
    movement, (decision, decided_on) = row.movement, _decision(row)
    return (
        row.on,
        movement.entry.number,
        row.what,
        movement.amount,
        row.after.free,
        row.after.reserved,
        str(row.halfyear) if row.halfyear else None,
        movement.share.pct if movement.share else None,
        decision,
        decided_on,
        row.voorstel.wens.reference if row.voorstel else None,
        row.voorstel.wens.title if row.voorstel else row.why,
    )


def _decision(row: Row) -> tuple[Cell, Cell]:
    """What it rests on and its day: a besluit of the ALV, or the akkoord of the bestuur
    up to the limit."""
    if row.besluit:
        return row.besluit.reference, row.besluit.taken_on
    return ("Bestuur", row.voorstel.agreed_on) if row.voorstel else (None, None)
