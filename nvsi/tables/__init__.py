"""Reads a delivered table, CSV or XLSX, and checks its header and its shape.

Nothing is known here of what the columns mean. There are two ways to the rows: the
bytes for PostgreSQL's COPY, without a Python loop over the rows, and the rows one by
one, with their row numbers. A workbook, and a CSV file that COPY would read otherwise
than a spreadsheet does, are written out first as a plain CSV file, so that both ways
serve every file. Row numbers are those that a spreadsheet shows; the header is row 1.
"""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol

from nvsi.refusals import CellError, Refusals, TableRefused, refused, shortened
from nvsi.tables.kinds import is_zip
from nvsi.tables.records import Delimiter, Row, header, is_empty, records, write_plain
from nvsi.tables.scanning import Encoding, scan
from nvsi.tables.workbooks import sheet_rows

__all__ = ["CellError", "Columns", "Refusals", "Table", "TableRefused", "open_table"]

MAX_COLUMNS = 200
NO_ROWS = "Het bestand heeft geen regels."


@dataclass(frozen=True)
class Columns:
    """The columns that a table must have, and those that it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def named(self, header: list[str]) -> tuple[str, ...]:
        """The names in a header, in its order; raises TableRefused with all errors."""
        names = [name.strip().lower() for name in header]
        wrong = Refusals()
        if len(names) > MAX_COLUMNS:
            raise refused(
                f"De kop heeft {len(names)} kolommen; meer dan {MAX_COLUMNS} kan niet.",
                1,
            )
        for name in self.required:
            if name not in names:
                wrong.add(1, name, f"Kolom '{name}' ontbreekt.")
        for place, name in enumerate(names, 1):
            shown = shortened(name)
            if not name:
                wrong.add(1, "", f"Kolom {place} heeft geen naam. Haal de kolom weg.")
            elif name not in self.required + self.optional:
                wrong.add(1, shown, f"Kolom '{shown}' is onbekend. Haal de kolom weg.")
            elif name in names[: place - 1]:
                wrong.add(1, name, f"Kolom '{name}' staat er meer dan één keer.")
        wrong.raise_any()
        return tuple(names)


class _Scratch(Protocol):
    """A file on disk that is gone once it is closed."""

    name: str

    def close(self) -> None: ...


@dataclass(frozen=True)
class Table:
    """A table with a good header and at least one row. Close it after use.

    copy_source holds every row, also those that rows leaves out: an empty row is a
    record of only empty cells there (so that counting records keeps the row numbers),
    and a misshapen row makes COPY fail. Then misshapen tells which they are, and
    copy_rest has all the other rows. Without trim, no cell begins or ends with a blank.
    """

    names: tuple[str, ...]
    delimiter: Delimiter
    encoding: Encoding
    sha256: str
    path: Path
    start: int = 0
    scratch: _Scratch | None = None
    trim: bool = True

    def __enter__(self) -> "Table":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the temporary file, if there is one."""
        if self.scratch is not None:
            self.scratch.close()

    @property
    def copy_options(self) -> str:
        """What COPY must be told about copy_source and copy_rest."""
        encoding = "UTF8" if self.encoding == "utf-8" else "WIN1252"
        return f"FORMAT csv, DELIMITER '{self.delimiter}', ENCODING '{encoding}'"

    def copy_source(self) -> BinaryIO:
        """The bytes of the rows, after the header, for COPY … FROM STDIN."""
        source = self.path.open("rb")
        source.seek(self.start)
        return source

    def copy_rest(self) -> BinaryIO:
        """As copy_source, with every misshapen row made an empty one."""
        rows = (
            (row, cells if len(cells) == len(self.names) else [])
            for row, cells in self.all_rows()
        )
        with tempfile.NamedTemporaryFile() as rest:
            path = Path(rest.name)
            write_plain(path, rows, self.names, self.delimiter, self.encoding)
            return path.open("rb")  # stays readable after its name is gone

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows with their numbers, values stripped; no empty or misshapen ones."""
        for row, cells in self.all_rows():
            if len(cells) == len(self.names) and not is_empty(cells):
                yield row, dict(zip(self.names, map(str.strip, cells), strict=True))

    def misshapen(self) -> Iterator[CellError]:
        """The rows that have another number of cells than the header."""
        width = len(self.names)
        for row, cells in self.all_rows():
            if len(cells) != width and not is_empty(cells):
                has = "1 cel" if len(cells) == 1 else f"{len(cells)} cellen"
                yield CellError(
                    row, "", f"Rij {row} heeft {has}, de kop heeft {width}."
                )

    def all_rows(self) -> Iterator[Row]:
        """Every row with its number and its cells as they are, also bad and empty."""
        return records(self.path, self.start, self.delimiter, self.encoding)


def open_table(path: Path, columns: Columns) -> Table:
    """Open a delivered file and check all that is not about single values.

    Raises TableRefused when it cannot be read, when its columns are not these, and
    when it has no rows.
    """
    return _open_workbook(path, columns) if is_zip(path) else _open_csv(path, columns)


def _open_csv(path: Path, columns: Columns) -> Table:
    cells, delimiter, start = header(path)
    names = columns.named(cells)
    found = scan(path, start, delimiter)
    table = Table(names, delimiter, found.encoding, found.sha256, path, start)
    if not found.filled and all(is_empty(cells) for _, cells in table.all_rows()):
        raise refused(NO_ROWS)
    if not found.plain:
        return _written_out(table, table.all_rows())
    return replace(table, trim=found.trim)


def _open_workbook(path: Path, columns: Columns) -> Table:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with closing(sheet_rows(path)) as rows:
        row, cells = next(rows, (1, []))
        if row > 1:
            raise refused("Rij 1 is leeg. Zet de namen van de kolommen op rij 1.", 1)
        names = columns.named(cells)
        first = next(rows, None)
        if first is None:
            raise refused(NO_ROWS)
        table = Table(names, ";", "utf-8", sha256, path)
        return _written_out(table, chain([first], rows))


def _written_out(table: Table, rows: Iterable[Row]) -> Table:
    scratch = tempfile.NamedTemporaryFile()  # noqa: SIM115 - lives as long as the table
    path = Path(scratch.name)
    try:
        write_plain(path, rows, table.names, table.delimiter, table.encoding)
    except BaseException:
        scratch.close()
        raise
    return replace(table, path=path, start=0, scratch=scratch)
