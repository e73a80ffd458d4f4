"""Tables out: XLSX and CSV that a spreadsheet opens without executing anything.

A text that came from outside may begin like a formula ("CSV injection", OWASP); it
gets an apostrophe. Numbers, dates and moments (naive, by the Dutch clock) are written
as what they are, never as text.
"""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import TextIO, TypeAlias

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # has no types
from xlsxwriter.format import Format  # type: ignore[import-untyped]  # idem
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # idem

Cell: TypeAlias = str | Decimal | date | datetime | int | None

MONEY_FORMAT = "#,##0.00"  # a Dutch spreadsheet shows 1.234,56
DATE_FORMAT = "dd-mm-yyyy"
MOMENT_FORMAT = "dd-mm-yyyy hh:mm"
WIDEST = 420  # pixels that a column may take when it is fitted to its content

_STARTS_FORMULA = frozenset("=+-@−")  # the last is the minus sign of mathematics
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class Sheet:
    """One table: `rows` as wide as `header`, amounts in euros.

    `widths` are in characters; without them the columns are fitted to their content.
    """

    title: str
    header: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class _Formats:
    header: Format
    money: Format
    date: Format
    moment: Format


def harmless(text: str) -> str:
    """Give the text in a form that no spreadsheet executes.

    A line break or tab becomes a space and other invisible characters go. What then
    begins like a formula (= + - @, also after spaces or in full width) gets an
    apostrophe in front. Only for texts: a number never passes here.
    """
    one_line = "".join(" " if c.isspace() else c for c in text)
    visible = "".join(c for c in one_line if unicodedata.category(c)[0] != "C")
    first = unicodedata.normalize("NFKC", visible.lstrip()[:1])[:1]
    return f"'{visible}" if first in _STARTS_FORMULA else visible


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table as Dutch spreadsheets read it.

    UTF-8 with BOM, semicolons, decimal comma, ISO dates, lines that end in CRLF.
    """
    output = StringIO()
    _write_rows(output, header, rows)
    return output.getvalue().encode("utf-8-sig")


def write_xlsx(sheets: Sequence[Sheet], *, created: date, title: str) -> bytes:
    """Write a workbook; the same sheets, date and title give the same bytes.

    A number must fit in the 15 digits of a spreadsheet: euros to the cent up to ten
    thousand billion. Raises xlsxwriter's XlsxWriterException for a sheet title that
    is too long (31), double, or holds one of []:*?/\\.
    """
    output = BytesIO()
    with Workbook(output, _OPTIONS) as workbook:
        moment = datetime.combine(created, time.min)
        workbook.set_properties({"title": title, "created": moment})
        formats = _formats_of(workbook)
        for sheet in sheets:
            _fill(workbook.add_worksheet(sheet.title), sheet, formats)
    return output.getvalue()


def stream_csv(path: Path, sheet: Sheet) -> None:
    """Write what write_csv writes into a file, a row at a time."""
    with path.open("w", encoding="utf-8-sig", newline="") as output:
        _write_rows(output, sheet.header, sheet.rows)


def stream_xlsx(path: Path, sheet: Sheet) -> None:
    """Write a workbook of one sheet into a file, a row at a time.

    Its columns are as wide as `widths` say. Raises as write_xlsx does.
    """
    options = {**_OPTIONS, "in_memory": False, "constant_memory": True}
    with Workbook(path, options) as workbook:
        workbook.set_properties({"title": sheet.title})
        page = workbook.add_worksheet(sheet.title)
        _set_widths(page, sheet)
        _write_page(page, sheet, _formats_of(workbook))


def _formats_of(workbook: Workbook) -> _Formats:
    return _Formats(
        header=workbook.add_format({"bold": True}),
        money=workbook.add_format({"num_format": MONEY_FORMAT}),
        date=workbook.add_format({"num_format": DATE_FORMAT}),
        moment=workbook.add_format({"num_format": MOMENT_FORMAT}),
    )


def _write_rows(
    output: TextIO, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(name) for name in header])
    for row in rows:
        assert len(row) == len(header), "a row is as wide as its header"
        writer.writerow([_as_text(value) for value in row])


def _as_text(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            return harmless(value)
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case Decimal():
            assert value.is_finite(), "an amount is a number"
            return format(value, "f").replace(".", ",")
        case _:
            return str(value)


def _fill(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    _write_page(page, sheet, formats)
    page.autofit(WIDEST)
    _set_widths(page, sheet)


def _write_page(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    last_column = len(sheet.header) - 1
    last_row = 0
    for column, name in enumerate(sheet.header):
        page.write_string(0, column, _unmarked(name), formats.header)
    for last_row, row in enumerate(sheet.rows, start=1):
        assert len(row) == len(sheet.header), "a row is as wide as its header"
        for column, value in enumerate(row):
            _put(page, (last_row, column), value, formats)
    page.freeze_panes(1, 0)
    _set_paper(page)
    page.autofilter(0, 0, last_row, last_column)


def _set_paper(page: Worksheet) -> None:
    """On paper: A4, lying, all columns on one page, the header on each."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _set_widths(page: Worksheet, sheet: Sheet) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)


def _put(
    page: Worksheet, place: tuple[int, int], value: Cell, formats: _Formats
) -> None:
    match value:
        case None:
            return
        case str():
            page.write_string(*place, _unmarked(value))
        case datetime():
            page.write_datetime(*place, value, formats.moment)
        case date():
            page.write_datetime(*place, value, formats.date)
        case Decimal():
            page.write_number(*place, _double(value), formats.money)
        case _:
            page.write_number(*place, _double(value))


def _unmarked(text: str) -> str:
    """Make the text harmless, also for xlsxwriter.

    It puts a text from <r> to </r> into the XML as it stands, for its rich strings.
    """
    safe = harmless(text)
    return f"'{safe}" if safe.startswith("<r>") else safe


def _double(value: Decimal | int) -> float:
    number = float(value)
    assert Decimal(f"{number:.15G}") == value, "a spreadsheet keeps 15 digits"
    return number
