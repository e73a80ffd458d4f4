"""The records of a CSV file with their row numbers, one by one, and back to a file.

Memory stays small whatever the file holds: a record that does not end is cut off.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from nvsi.refusals import Refusals, TableRefused, refused, shortened
from nvsi.tables.scanning import Encoding

Delimiter = Literal[";", ","]
Row = tuple[int, list[str]]

MAX_CELL = 10_000
MAX_HEADER = 20_000
_MAX_RECORD = 1_000_000
_BOM = b"\xef\xbb\xbf"
_TOO_LONG = (
    "Rij {row} heeft een cel van meer dan 10.000 tekens. Kort de tekst in, of zoek in "
    'de rij een aanhalingsteken (") dat wel begint maar niet eindigt.'
)
_UNCLOSED = (
    'Rij {row}: een aanhalingsteken (") begint hier en eindigt niet. Haal het weg, of '
    "zet er ook een aan het eind van de tekst."
)
_BADLY_CLOSED = (
    'Rij {row}: na een sluitend aanhalingsteken (") staat nog tekst. Schrijf een '
    "aanhalingsteken dat bij de tekst hoort dubbel, of haal het weg."
)


class _RecordTooLong(Exception):
    pass


def is_empty(cells: list[str]) -> bool:
    """A blank line, or nothing but separators and spaces."""
    return not any(map(str.strip, cells))


def header(path: Path) -> tuple[list[str], Delimiter, int]:
    """The cells of the first line, what separates them, and the byte after the line."""
    with path.open("rb") as file:
        head = file.read(MAX_HEADER + len(_BOM) + 2)
    line = head.removeprefix(_BOM)
    start = len(head) - len(line)
    line = line.replace(b"\r", b"\n").split(b"\n", 1)[0]
    if len(line) > MAX_HEADER:
        raise refused(f"De kop (rij 1) is langer dan {MAX_HEADER} tekens.", 1)
    if not line.strip():
        raise refused("Rij 1 is leeg. Zet de namen van de kolommen op rij 1.", 1)
    delimiter = _delimiter(line)
    text = line.decode("utf-8", "replace")
    cells = next(csv.reader([text], delimiter=delimiter))
    end = start + len(line)
    return cells, delimiter, end + (2 if head[end : end + 2] == b"\r\n" else 1)


def _delimiter(line: bytes) -> Delimiter:
    semicolons, commas = line.count(b";"), line.count(b",")
    if b"\t" in line and not semicolons and not commas:
        raise refused(
            "De kolommen zijn gescheiden door tabs. Sla het bestand op als CSV met "
            "puntkomma's of komma's.",
            1,
        )
    return "," if commas > semicolons else ";"


def records(
    path: Path, start: int, delimiter: Delimiter, encoding: Encoding
) -> Iterator[Row]:
    """Every record from byte start on, the first as row 2, also blank lines.

    Raises TableRefused at quotes that make the rest unreadable.
    """
    fed, row = 0, 1

    def lines() -> Iterator[str]:
        nonlocal fed
        while line := text.readline(_MAX_RECORD):
            fed += len(line)
            if fed >= _MAX_RECORD:
                raise _RecordTooLong
            yield line

    with path.open("rb") as file:
        file.seek(start)
        text = io.TextIOWrapper(file, encoding, newline="")
        reader = csv.reader(lines(), delimiter=delimiter, strict=True)
        try:
            for row, cells in enumerate(reader, 2):
                fed = 0
                yield row, cells
        except (csv.Error, _RecordTooLong) as error:
            sentence = _explained(error)
            raise refused(sentence.format(row=row + 1), row + 1) from error


def _explained(error: Exception) -> str:
    if "unexpected end" in str(error):
        return _UNCLOSED
    if "expected after" in str(error):
        return _BADLY_CLOSED
    return _TOO_LONG


def write_plain(
    path: Path,
    rows: Iterable[Row],
    names: tuple[str, ...],
    delimiter: Delimiter,
    encoding: Encoding,
) -> None:
    """Write rows as a CSV file that COPY reads as csv does, one record for every row.

    Rows that are empty, or that the numbers skip, become records of empty cells. All
    is quoted, so that nothing is the mark for the end of the data. Raises TableRefused
    with every cell that is too long.
    """
    empty = [""] * len(names)
    wrong = Refusals()
    last = 1
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(
            file, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n"
        )
        try:
            for row, cells in rows:
                writer.writerows(empty for _ in range(last + 1, row))
                writer.writerow(empty if is_empty(cells) else cells)
                last = row
                if max(map(len, cells), default=0) > MAX_CELL:
                    _note_long_cells(wrong, row, cells, names)
        except TableRefused as unreadable:
            wrong.take(unreadable.errors)
    wrong.raise_any()


def _note_long_cells(
    wrong: Refusals, row: int, cells: list[str], names: tuple[str, ...]
) -> None:
    for place, cell in enumerate(cells):
        if len(cell) > MAX_CELL:
            name = names[place] if place < len(names) else ""
            begins = f"De cel begint met '{shortened(cell)}'."
            wrong.add(row, name, f"{_TOO_LONG.format(row=row)} {begins}")
