"""The refused rows of a file: out, with the reasons, and back in once they are mended.

A file is taken in whole or not at all. So the mended rows come back into the file that
they were refused from, each in its own place, and that file is checked anew. The first
columns say where a row belongs; a spreadsheet keeps them as they are.
"""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from billing.deliveries.hours import COLUMNS
from nvsi.refusals import CellError, TableRefused, refused
from nvsi.spreadsheet import harmless, write_csv
from nvsi.tables import Columns, Table, open_table
from nvsi.tables.kinds import is_zip
from nvsi.tables.records import Row, write_plain

PLACE = ("aanlevering", "rij", "reden")
NAMES = (*COLUMNS.required, *COLUMNS.optional)
MEND_COLUMNS = Columns((*PLACE, *COLUMNS.required), COLUMNS.optional)
# More is not mended by hand; what is left out is refused again, and told again.
MOST_BYTES = 5_000_000
MOST_WORKBOOK_BYTES = 2_000_000
MOST_ROWS = 5_000
_NUMBER = re.compile(r"[-+]?[0-9.,]+", re.ASCII)


@dataclass(frozen=True)
class RefusedRows:
    """How many rows a file has, and the wrong ones of them as a table to mend."""

    rows_count: int
    csv: bytes | None


def refused_rows(path: Path, upload_id: int, error: TableRefused) -> RefusedRows:
    """Read a refused file once more; nothing when it cannot be read as a table."""
    try:
        with open_table(path, COLUMNS) as table:
            return _refused_rows(table, upload_id, error)
    except TableRefused:
        return RefusedRows(0, None)


def _refused_rows(table: Table, upload_id: int, error: TableRefused) -> RefusedRows:
    reasons: dict[int, list[str]] = defaultdict(list)
    for each in error.errors:
        where = f"{each.column}: " if each.column else ""
        reasons[each.row].append(f"{where}{each.message}")
    found, count, size = [], 0, 0
    for row, cells in table.all_rows():
        count += 1
        if row in reasons and size < MOST_BYTES:
            values = _in_our_order(table.names, cells)
            size += sum(map(len, values)) + sum(map(len, reasons[row]))
            found.append([str(upload_id), str(row), " ".join(reasons[row]), *values])
    return RefusedRows(count, _as_csv(found) if found else None)


def _in_our_order(names: Sequence[str], cells: Sequence[str]) -> list[str]:
    """A misshapen row too, as far as it goes."""
    cell_of = dict(zip(names, cells, strict=False))
    return [cell_of.get(name, "") for name in NAMES]


def _as_csv(rows: list[list[str]]) -> bytes:
    """Numbers as they were delivered; no text that a spreadsheet would execute."""
    written = write_csv((*PLACE, *NAMES), [])
    lines = [";".join(_quoted(cell) for cell in row) for row in rows]
    return written + "".join(f"{line}\r\n" for line in lines).encode()


def _quoted(cell: str) -> str:
    return '"' + as_cell(cell).replace('"', '""') + '"'


def as_cell(text: str) -> str:
    """A text that no spreadsheet executes; a number stays as it was delivered."""
    number = text.strip()
    return number if _NUMBER.fullmatch(number) else harmless(text)


def mends(path: Path) -> int | None:
    """The upload whose refused rows these are; None for any other file.

    Raises TableRefused for mended rows that do not all say where they belong.
    """
    try:
        if is_zip(path) and path.stat().st_size > MOST_WORKBOOK_BYTES:
            return None  # a workbook is costly to open, only to read its header
        table = open_table(path, MEND_COLUMNS)
    except TableRefused:
        return None
    with table:
        belongs = {row["aanlevering"] for _, row in table.rows()}
    if len(belongs) != 1 or not (only := belongs.pop()).isdecimal() or len(only) > 18:
        raise refused(
            "In de kolom aanlevering staat niet overal hetzelfde nummer. Laat de "
            "kolommen aanlevering en rij zoals ze waren."
        )
    return int(only)


@contextmanager
def put_back(original: Path, mended: Path, refused_before: set[int]) -> Iterator[Path]:
    """The original with its refused rows replaced, for as long as it is read.

    A refused row that did not come back is left out; a row without a number is put at
    the end. Raises TableRefused for rows that were not refused.
    """
    with (
        open_table(original, COLUMNS) as table,
        open_table(mended, MEND_COLUMNS) as back,
        tempfile.NamedTemporaryFile(prefix="nvsi-upload-") as file,
    ):
        replaced, added = _mended_rows(back, refused_before)
        rows = _merged(table, refused_before, replaced, added)
        path = Path(file.name)
        write_plain(path, _with_header(rows), NAMES, ";", "utf-8")
        yield path


def _with_header(rows: Iterator[Row]) -> Iterator[Row]:
    yield 1, list(NAMES)
    yield from rows


def _merged(
    table: Table,
    refused_before: set[int],
    replaced: dict[int, list[str]],
    added: list[list[str]],
) -> Iterator[Row]:
    last = 1
    for row, cells in table.all_rows():
        last = row
        if row in replaced:
            yield row, replaced[row]
        elif row not in refused_before:
            yield row, _in_our_order(table.names, cells)
    yield from enumerate(added, last + 1)


def _mended_rows(
    back: Table, refused_before: set[int]
) -> tuple[dict[int, list[str]], list[list[str]]]:
    """The rows by their number in the original, and those that are new."""
    wrong = list(back.misshapen())
    replaced: dict[int, list[str]] = {}
    added: list[list[str]] = []
    for number, row in back.rows():
        cells = [as_it_was(row.get(name, "")) for name in NAMES]
        place = int(row["rij"]) if _is_row(row["rij"]) else 0
        if not row["rij"]:
            added.append(cells)
        elif place in refused_before and place not in replaced:
            replaced[place] = cells
        else:
            wrong.append(
                CellError(
                    number, "rij", "Deze rij is niet een van de geweigerde rijen."
                )
            )
        if len(replaced) + len(added) > MOST_ROWS:
            raise refused(
                f"Dit zijn meer dan {MOST_ROWS} herstelde regels. Lever het hele "
                "bestand opnieuw aan."
            )
    if wrong:
        raise TableRefused(wrong[:1000], len(wrong))
    return replaced, added


def _is_row(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 10


def as_it_was(cell: str) -> str:
    """Without the apostrophe that kept a spreadsheet from executing it."""
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell
