"""Cells that hold another value than they show, each refused by its place.

A formula keeps an old outcome, an error reads as empty, 30% is kept as 0.3, and only
the first of merged cells has the value: money must not depend on any of them.
"""

import re
import string
from collections.abc import Iterator

from nvsi.refusals import CellError, Refusals, shortened
from nvsi.tables.workbook_parts import windows
from nvsi.tables.workbook_sheets import Sheet, parsed_bytes

_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"'](([A-Z]{1,3}([0-9]{1,7}))[A-Z0-9:]*)"
)
_MERGED_LENGTH = 200
# Only where one of these stands can a formula or an error be.
_MARKS = (b"<f", b":f", b'"e"', b"'e'")
_COLUMN_LETTERS = string.ascii_letters


def note_odd_cells(document: bytes, percents: set[str], wrong: Refusals) -> None:
    """Add the odd cells in one piece of a sheet; quick where there are none."""
    if any(mark in document for mark in _MARKS) or percents:
        wrong.take(_odd_cells(document, percents))


def note_merged_cells(sheet: Sheet, wrong: Refusals) -> None:
    found: dict[bytes, int] = {}
    for window in windows(sheet.path, _MERGED_LENGTH):
        if b"mergeCell" in window:
            found |= {match[1]: int(match[3]) for match in _MERGED.finditer(window)}
    for place, row in found.items():
        wrong.add(
            row,
            "",
            f"De cellen {place.decode()} zijn samengevoegd. Maak er losse cellen van "
            "en vul elke cel.",
        )


def _odd_cells(document: bytes, percents: set[str]) -> Iterator[CellError]:
    for cell in parsed_bytes(document).iterfind("{*}sheetData/{*}row/{*}c"):
        place = str(cell.get("r"))
        value = cell.findtext("{*}v") or ""
        what = ""
        if cell.find("{*}f") is not None:
            what = "bevat een formule. Plak de waarden (Plakken speciaal, Waarden)."
        elif cell.get("t") == "e":
            what = f"bevat een fout ({shortened(value)}). Vul de juiste waarde in."
        elif (
            value
            and not cell.get("t", "").strip("n")
            and cell.get("s", "0") in percents
        ):
            what = (
                "is een percentage. Maak er een gewoon getal van: 30 in plaats van 30%."
            )
        if what:
            yield CellError(
                int(place.lstrip(_COLUMN_LETTERS)), "", f"Cel {place} {what}"
            )
