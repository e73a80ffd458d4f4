"""Tables out: nothing executes, no cent moves, the same bytes every time."""

import csv
import unicodedata
import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types
from python_calamine import CalamineWorkbook

from nvsi.spreadsheet import (
    Cell,
    Sheet,
    harmless,
    stream_csv,
    stream_xlsx,
    write_csv,
    write_xlsx,
)

CREATED = date(2026, 7, 10)
MOMENT = datetime(2026, 3, 9, 14, 5)  # noqa: DTZ001  # a sheet knows no zones
STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−"]
BEFORE = ["", " ", "\t", "\r", "\n", "\r\n", "\x00", "\u200b", "\ufeff", "\u202e"]

any_text = st.text(st.characters(), max_size=30)  # lone surrogates too
formulas = st.builds(
    lambda blanks, start, rest: "".join(blanks) + start + rest,
    st.lists(st.sampled_from([*BEFORE, "\u3000", "\xa0"]), max_size=3),
    st.sampled_from(STARTS),
    any_text,
)
cents = st.integers(-(10**12), 10**12)  # every cent up to ten billion euros


def xlsx(*rows: tuple[Cell, ...], header: tuple[str, ...] = ("kop",)) -> bytes:
    sheets = [Sheet("Blad", header, rows)]
    return write_xlsx(sheets, created=CREATED, title="Proef")


def cells(content: bytes) -> list[list[Any]]:
    page = load_workbook(BytesIO(content)).active
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]


def csv_rows(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def would_execute(text: str) -> bool:
    """Judge as a suspicious spreadsheet: any fold of any blank start counts."""
    folded = unicodedata.normalize("NFKC", text).replace("−", "-")
    return folded.lstrip().startswith(("=", "+", "-", "@")) or text[:1] in set("\t\r\n")


@given(formulas)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text).startswith("'")


@given(any_text | formulas)
def test_no_text_executes_or_keeps_invisible_characters(text: str) -> None:
    safe = harmless(text)
    assert not would_execute(safe)
    assert not any(unicodedata.category(c)[0] == "C" for c in safe)
    assert harmless(safe) == safe


@given(st.from_regex(r"[A-Za-z0-9€(.'][\w ,.;:!?()/=+@'\"-]*", fullmatch=True))
def test_an_ordinary_text_is_left_as_it_is(text: str) -> None:
    visible = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    assert harmless(visible) == visible


def test_lines_become_one_line() -> None:
    assert harmless("Markt 1\r\n1234 AB\tHeideveld") == "Markt 1  1234 AB Heideveld"


@given(any_text | formulas, cents)
def test_csv_gives_back_the_harmless_text_and_the_number(
    text: str, amount: int
) -> None:
    value = Decimal(amount) / 100
    header, row = csv_rows(write_csv([text, "bedrag"], [(text, value)]))
    assert header == [harmless(text), "bedrag"]
    assert row[0] == harmless(text)
    assert Decimal(row[1].replace(",", ".")) == value
    assert "'" not in row[1]


def test_csv_is_written_as_dutch_spreadsheets_read_it() -> None:
    rows = [('Súdwest; "A"', Decimal("-1234.50"), date(2026, 3, 9), 7, None)]
    content = write_csv(["naam", "bedrag", "datum", "aantal", "leeg"], rows)
    assert content == (
        b"\xef\xbb\xbfnaam;bedrag;datum;aantal;leeg\r\n"
        b'"S\xc3\xbadwest; ""A""";-1234,50;2026-03-09;7;\r\n'
    )


def test_a_number_in_scientific_notation_is_written_out() -> None:
    assert csv_rows(write_csv(["x"], [(Decimal("1E+3"),)]))[1] == ["1000"]


@given(st.lists(cents, min_size=1, max_size=50))
def test_xlsx_keeps_every_cent_up_to_ten_billion(amounts: list[int]) -> None:
    values = [Decimal(amount) / 100 for amount in amounts]
    content = xlsx(*((value,) for value in values))
    read = [row[0] for row in cells(content)]
    assert [round(Decimal(number), 2) for number in read] == values
    page = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    numbers = [row[0] for row in page.to_python()[1:]]
    assert [Decimal(repr(number)) for number in numbers] == values


@pytest.mark.parametrize("start", [0, 10**12 - 20_000, 2**39])
def test_xlsx_keeps_each_of_a_long_run_of_cents(start: int) -> None:
    values = [Decimal(start + step) / 100 for step in range(20_001)]
    content = xlsx(*((value,) for value in values))
    page = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    assert [Decimal(repr(row[0])) for row in page.to_python()[1:]] == values


def test_a_number_that_a_spreadsheet_cannot_keep_is_not_written() -> None:
    for value in (Decimal("99999999999999.99"), 10**17 + 1):
        with pytest.raises(AssertionError, match="15 digits"):
            xlsx((value,))


# openpyxl leaves the escape _xHHHH_ as it is; <r> has a test of its own
plain = (any_text | formulas).filter(
    lambda text: "_x" not in text and "<r>" not in text
)


@given(plain)
def test_xlsx_gives_back_the_harmless_text_and_never_a_formula(text: str) -> None:
    content = xlsx((text,), header=(text,))
    page = load_workbook(BytesIO(content)).active
    for cell in (page["A1"], page["A2"]):
        assert cell.data_type in {"s", "n"}  # n: an empty text
        assert (cell.value or "") == harmless(text)


@pytest.mark.parametrize(
    "text",
    [
        "<r><t>=1+1</t></r>",
        "<r></si></sst><evil/></r>",
        "http://voorbeeld.nl",
        "{=1+1}",
        "0123",
        "1E5",
    ],
)
def test_xlsx_takes_no_text_for_markup_link_formula_or_number(text: str) -> None:
    content = xlsx((text,))
    cell = load_workbook(BytesIO(content)).active["A2"]
    assert cell.value in {text, f"'{text}"}
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_xlsx_shows_amounts_dates_and_counts_as_what_they_are() -> None:
    header = ("bedrag", "datum", "aantal", "leeg")
    content = xlsx((Decimal("-1.50"), CREATED, 3, None), header=header)
    amount, day, count, empty = next(
        load_workbook(BytesIO(content)).active.iter_rows(min_row=2)
    )
    assert (amount.value, amount.number_format) == (-1.5, "#,##0.00")
    assert (day.value, day.number_format) == (datetime(2026, 7, 10), "dd-mm-yyyy")  # noqa: DTZ001  # a cell has no zone
    assert count.value == 3
    assert empty.value is None


def test_xlsx_has_a_bold_frozen_header_with_a_filter_over_all_rows() -> None:
    content = xlsx(("a", 1), ("b", 2), header=("naam", "aantal"))
    page = load_workbook(BytesIO(content)).active
    assert page["A1"].font.bold
    assert not page["A2"].font.bold
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == (
        "landscape",
        0,
    )
    assert page.auto_filter.ref == "A1:B3"


def test_xlsx_takes_given_widths_and_fits_the_others() -> None:
    rows = [("een heel lange tekst " * 20, "x")]
    sheets = [
        Sheet("Passend", ("a", "b"), rows),
        Sheet("Gegeven", ("a", "b"), rows, widths=(12, 34)),
    ]
    book = load_workbook(BytesIO(write_xlsx(sheets, created=CREATED, title="Breed")))
    assert 40 < book["Passend"].column_dimensions["A"].width < 80
    assert round(book["Gegeven"].column_dimensions["B"].width) in {34, 35}
    assert book.sheetnames == ["Passend", "Gegeven"]


def test_xlsx_without_rows_is_a_header_alone() -> None:
    content = xlsx()
    assert cells(content) == []
    assert zipfile.ZipFile(BytesIO(content)).testzip() is None


def test_the_same_sheets_give_the_same_bytes() -> None:
    row = ("tekst", Decimal("1.10"), CREATED)
    header = ("a", "b", "c")
    assert xlsx(row, header=header) == xlsx(row, header=header)
    book = load_workbook(BytesIO(xlsx(row, header=header)))
    assert book.properties.title == "Proef"
    assert book.properties.created == datetime(2026, 7, 10)  # noqa: DTZ001  # idem


@pytest.mark.parametrize("row", [(), ("a", "b")])
def test_a_row_of_another_width_than_the_header_is_a_mistake(
    row: tuple[str, ...],
) -> None:
    with pytest.raises(AssertionError, match="as wide as"):
        write_csv(["kop"], [row])
    with pytest.raises(AssertionError, match="as wide as"):
        xlsx(row)


def test_a_streamed_table_is_what_a_written_one_is(tmp_path: Path) -> None:
    rows: list[tuple[Cell, ...]] = [("=1+1", Decimal("-1234.50"), MOMENT)]
    sheet = Sheet("Regels", ("naam", "bedrag", "op"), rows, widths=(20, 12, 16))
    stream_csv(tmp_path / "t.csv", sheet)
    assert (tmp_path / "t.csv").read_bytes() == write_csv(sheet.header, rows)
    assert b"'=1+1;-1234,50;2026-03-09 14:05\r\n" in (tmp_path / "t.csv").read_bytes()
    stream_xlsx(tmp_path / "t.xlsx", sheet)
    (page,) = load_workbook(tmp_path / "t.xlsx").worksheets
    assert [[cell.value for cell in row] for row in page.rows][1] == [
        *("'=1+1", -1234.5, MOMENT)
    ]
    assert page.column_dimensions["A"].width > page.column_dimensions["B"].width
