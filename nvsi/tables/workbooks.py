"""The rows of the one filled sheet of an Excel workbook, as text, in little memory.

The checks are in the workbook_ modules; the values are python-calamine's. It reads
from a workbook of our own, made of the parts that were checked, in which the sheet is
cut into many small ones.
"""

import datetime
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from nvsi.refusals import Refusals, refused
from nvsi.tables.workbook_oddities import note_merged_cells, note_odd_cells
from nvsi.tables.workbook_parts import DAMAGED, unpack
from nvsi.tables.workbook_sheets import Workbook, read_workbook

Value = (
    int
    | float
    | str
    | bool
    | datetime.time
    | datetime.date
    | datetime.datetime
    | datetime.timedelta
)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def sheet_rows(path: Path) -> Generator[tuple[int, list[str]], None, None]:
    """The rows that are not empty with their row numbers, the header first.

    Every row is at least as wide as the first. Raises TableRefused. Close it when it
    is not read to its end: it keeps files on disk.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbook = read_workbook(unpack(path, folder))
        pieces = folder / "pieces.xlsx"
        count = _cut(workbook, pieces)
        width, last = 0, 0
        try:
            for row, cells in _pieces_rows(pieces, count):
                if row <= last:
                    raise refused(DAMAGED)
                last = row
                if cells:
                    width = width or len(cells)
                    yield row, cells + [""] * (width - len(cells))
        except CalamineError as error:
            raise refused(DAMAGED) from error


def _cut(workbook: Workbook, target: Path) -> int:
    """Write the filled sheet to target as many small sheets; how many."""
    sheet = workbook.only_sheet()
    wrong = Refusals()
    note_merged_cells(sheet, wrong)
    percents = workbook.percent_styles()
    count = 0
    with zipfile.ZipFile(target, "w") as pieces:
        for count, piece in enumerate(sheet.pieces(), 1):
            document = sheet.document(piece)
            note_odd_cells(document, percents, wrong)
            pieces.writestr(f"xl/worksheets/sheet{count}.xml", document)
        wrong.raise_any()
        _write_frame(pieces, workbook, count)
    return count


def _write_frame(pieces: zipfile.ZipFile, workbook: Workbook, count: int) -> None:
    """All that makes a workbook of the sheets in it."""
    sheets = "".join(
        f'<sheet name="{n}" sheetId="{n}" r:id="s{n}"/>' for n in range(1, count + 1)
    )
    links = [
        (f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)
    ]
    for kind, part in (
        ("styles", workbook.styles),
        ("sharedStrings", workbook.shared_strings),
    ):
        if part is not None:
            pieces.write(part, f"xl/{kind}.xml")
            links.append((kind, kind, f"{kind}.xml"))
    pieces.writestr(
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<workbookPr date1904="{int(workbook.from_1904)}"/>'
        f"<sheets>{sheets}</sheets></workbook>",
    )
    pieces.writestr("xl/_rels/workbook.xml.rels", _links(links))
    pieces.writestr(
        "_rels/.rels", _links([("book", "officeDocument", "xl/workbook.xml")])
    )
    pieces.writestr(
        "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"></Types>'
    )


def _links(links: list[tuple[str, str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _pieces_rows(pieces: Path, count: int) -> Iterator[tuple[int, list[str]]]:
    with CalamineWorkbook.from_path(pieces) as workbook:
        for index in range(count):
            yield from _piece_rows(workbook.get_sheet_by_index(index))


def _piece_rows(piece: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    if piece.start is None:
        return
    above, column = piece.start
    for row, values in enumerate(piece.to_python(), above + 1):
        cells = [""] * column + [_TEXT_OF[type(value)](value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if "\0" in "".join(cells):
            raise refused(f"Rij {row} heeft een onleesbaar teken (NUL).", row)
        yield row, cells


def text_of(value: Value) -> str:
    """A value as the text that a CSV file would have: 14.75, 8, 2026-03-09, ja.

    What is kept in binary is rounded to ten decimals, far below what is refused later.
    """
    return _TEXT_OF[type(value)](value)


def _number(value: float) -> str:
    number = f"{value:.10f}".rstrip("0").rstrip(".")
    return "0" if number == "-0" else number


def _moment(value: datetime.datetime) -> str:
    at_midnight = value.time() == datetime.time.min
    return value.date().isoformat() if at_midnight else value.isoformat()


_TEXT_OF: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: "ja" if value else "nee",
    int: str,
    float: _number,
    datetime.date: datetime.date.isoformat,
    datetime.datetime: _moment,
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: str,
}
