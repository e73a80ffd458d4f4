"""Excel workbooks as tables, and workbooks that were made to do harm."""

# xlsxwriter has no types
# mypy: disable-error-code="import-untyped"

import datetime
import errno
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from nvsi.refusals import CellError, TableRefused
from nvsi.tables import Columns, open_table, workbook_parts, workbook_sheets
from nvsi.tables.workbooks import sheet_rows, text_of

COLUMNS = Columns(required=("regel_id", "naam", "uren"))
HEADER = ["regel_id", "naam", "uren"]
DAMAGED = "Het Excelbestand is beschadigd"
TOO_LARGE = "bij het uitpakken te groot"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Fill = Callable[[xlsxwriter.Workbook, Worksheet], None]
Parts = dict[str, bytes]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    # The name says CSV: the content decides.
    return tmp_path / "uren.csv"


def filled(path: Path, fill: Fill, **options: Any) -> Path:
    with xlsxwriter.Workbook(path, options) as book:
        fill(book, book.add_worksheet("Uren"))
    return path


def with_rows(path: Path, *rows: list[Any], **options: Any) -> Path:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return filled(path, fill, **options)


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(path: Path, parts: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def with_sheet(path: Path, rows: str, prefix: str = "") -> Path:
    """A workbook of which the XML of the rows is given."""
    parts = parts_of(with_rows(path, HEADER))
    namespace = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    parts["xl/worksheets/sheet1.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<{prefix}worksheet {namespace}="{MAIN}">'
        f"<{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>"
    ).encode()
    return packed(path, parts)


def text_row(row: int, *cells: str, prefix: str = "") -> str:
    p = prefix
    inner = "".join(
        f'<{p}c r="{chr(65 + n)}{row}" t="inlineStr">'
        f"<{p}is><{p}t>{cell}</{p}t></{p}is></{p}c>"
        for n, cell in enumerate(cells)
    )
    return f'<{p}row r="{row}">{inner}</{p}row>'


def values(path: Path) -> list[tuple[int, list[str]]]:
    with open_table(path, COLUMNS) as table:
        assert (table.delimiter, table.encoding) == (";", "utf-8")
        assert list(table.misshapen()) == []
        return [(row, list(cells.values())) for row, cells in table.rows()]


def refusal(path: Path) -> TableRefused:
    with pytest.raises(TableRefused) as caught:
        open_table(path, COLUMNS)
    return caught.value


def reason(path: Path) -> str:
    error = refusal(path)
    assert error.count == 1
    return error.errors[0].message


# What is taken


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (14.75, "14.75"),
        (8.0, "8"),
        (8, "8"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1.005, "1.005"),
        (14.755, "14.755"),
        (1234567.0, "1234567"),
        (1e15, "1000000000000000"),
        (-2.5, "-2.5"),
        (float("nan"), "nan"),
        (True, "ja"),
        (False, "nee"),
        ("01234567", "01234567"),
        ("", ""),
        (datetime.date(2026, 3, 9), "2026-03-09"),
        (datetime.datetime(2026, 3, 9), "2026-03-09"),  # noqa: DTZ001 - Excel has no zones
        (datetime.datetime(2026, 3, 9, 13, 30), "2026-03-09T13:30:00"),  # noqa: DTZ001 - as above
        (datetime.time(13, 30), "13:30:00"),
        (datetime.timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_values_become_the_text_that_a_csv_file_would_have(
    value: Any, text: str
) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_and_numbers_come_through_a_workbook(path: Path, from_1904: bool) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, HEADER)
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_datetime(1, 0, datetime.date(2026, 3, 9), day)
        sheet.write(1, 1, 'Zoë; "Bol"\nen zoon')
        sheet.write_number(1, 2, 0.1 + 0.2)

    filled(path, fill, date_1904=from_1904)
    assert values(path) == [(2, ["2026-03-09", 'Zoë; "Bol"\nen zoon', "0.3"])]


def test_row_numbers_are_those_of_the_sheet(path: Path) -> None:
    with_rows(path, HEADER, [], [1, "Ada", 8], [" ", "", "  "], [], [2, "Bo", 7.5])
    assert values(path) == [(3, ["1", "Ada", "8"]), (6, ["2", "Bo", "7.5"])]
    with open_table(path, COLUMNS) as table, table.copy_source() as source:
        empty = b'"";"";""\n'
        assert source.read() == (
            empty + b'"1";"Ada";"8"\n' + empty * 2 + b'"2";"Bo";"7.5"\n'
        )


def test_cells_missing_at_the_end_are_empty_and_cells_beyond_the_header_are_too_many(
    path: Path,
) -> None:
    with_rows(path, [*HEADER, "", ""], [1], [2, "Bo", 7, "x"], [3, "C", 6, " "])
    with open_table(path, COLUMNS) as table:
        assert [list(cells.values()) for _, cells in table.rows()] == [
            ["1", "", ""],
            ["3", "C", "6"],
        ]
        assert list(table.misshapen()) == [
            CellError(3, "", "Rij 3 heeft 4 cellen, de kop heeft 3.")
        ]


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}])
def test_shared_and_inline_texts_are_both_read(
    path: Path, options: dict[str, Any]
) -> None:
    with_rows(path, HEADER, ["r1", "Ada", 8], **options)
    assert values(path) == [(2, ["r1", "Ada", "8"])]


def test_tags_with_a_prefix_are_read(path: Path) -> None:
    rows = text_row(1, *HEADER, prefix="x:") + text_row(2, "1", "A", "8", prefix="x:")
    assert values(with_sheet(path, rows, prefix="x:")) == [(2, ["1", "A", "8"])]


def test_cells_may_tell_their_place_after_other_things(path: Path) -> None:
    rows = re.sub(
        r'(r="\w+") (t="\w+")',
        r"\2 \1",
        text_row(1, *HEADER) + text_row(2, "1", "abc:c &gt;", "8"),
    )
    assert values(with_sheet(path, rows)) == [(2, ["1", "abc:c >", "8"])]


def test_a_sheet_is_the_same_in_many_pieces(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [[n, f"naam {n % 7}", n / 4] for n in range(1, 500)]
    with_rows(path, HEADER, *rows[:250], [], [], *rows[250:])
    whole = values(path)
    for size in (97, 1_000, 4_096):
        monkeypatch.setattr(workbook_sheets, "_PIECE", size)
        monkeypatch.setattr(workbook_sheets, "_MAX_ROW_PIECES", 100)
        assert values(path) == whole
    assert whole[249:251] == [
        (251, ["250", "naam 5", "62.5"]),
        (254, ["251", "naam 6", "62.75"]),
    ]


def test_rows_without_cells_and_workbooks_without_styles_are_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = text_row(1, *HEADER) + '<row r="2"></row>' + text_row(3, *"abc")
    parts = parts_of(with_sheet(path, rows))
    del parts["xl/styles.xml"]
    monkeypatch.setattr(workbook_sheets, "_PIECE", 16)
    monkeypatch.setattr(workbook_sheets, "_MAX_ROW_PIECES", 100)
    assert values(packed(path, parts)) == [(3, ["a", "b", "c"])]


def test_empty_sheets_beside_the_table_do_not_matter(path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        book.add_worksheet("Blad2").write_blank(
            3, 3, None, book.add_format({"bold": True})
        )
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, [1, "Ada", 8])

    assert values(filled(path, fill)) == [(2, ["1", "Ada", "8"])]


def test_links_in_cells_are_no_links_to_other_files(path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, [1, "", 8])
        sheet.write_url(1, 1, "mailto:ada@heideveld.example")

    assert values(filled(path, fill)) == [(2, ["1", "ada@heideveld.example", "8"])]


def test_nothing_stays_behind_on_disk(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with_rows(path, HEADER, [1, "Ada", 8])
    with open_table(path, COLUMNS):
        assert len(list(scratch.iterdir())) == 1
    refusal(with_rows(path, ["kleur"], [1]))
    refusal(with_rows(path, HEADER, [1, "Ada", "x" * 10_001], [2, "Bo", 8]))
    assert list(scratch.iterdir()) == []


# What is refused: tables that say something else than they show


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        pytest.param([], "Het bestand is leeg.", id="nothing"),
        pytest.param([HEADER], "Het bestand heeft geen regels.", id="only a header"),
        pytest.param([[], HEADER, [1, "A", 8]], "Rij 1 is leeg", id="header lower"),
        pytest.param([HEADER, [1, "x" * 10_001, 8]], "10.000 tekens", id="long cell"),
    ],
)
def test_sheets_without_a_table_are_refused(
    path: Path, rows: list[list[Any]], says: str
) -> None:
    assert says in reason(with_rows(path, *rows))


def test_columns_are_checked_as_in_a_csv_file(path: Path) -> None:
    error = refusal(with_rows(path, ["Regel_ID ", "", "uren", "kleur"], [1, 2, 3, 4]))
    assert [e.message for e in error.errors] == [
        "Kolom 'naam' ontbreekt.",
        "Kolom 2 heeft geen naam. Haal de kolom weg.",
        "Kolom 'kleur' is onbekend. Haal de kolom weg.",
    ]


@pytest.mark.parametrize("hidden", [False, True])
def test_a_second_filled_sheet_is_named(path: Path, hidden: bool) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, [1, "Ada", 8])
        second = book.add_worksheet("Oude uren")
        second.write(0, 0, "x")
        if hidden:
            second.hide()

    assert "ook 'Oude uren' is gevuld" in reason(filled(path, fill))


def test_formulas_errors_percentages_and_merged_cells_are_all_named(path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, [1, "Ada", 8])
        sheet.write_formula("C3", "=C2*2", None, 16)
        sheet.write_number("C4", 0.3, book.add_format({"num_format": "0%"}))
        sheet.write_number("C5", 0.3, book.add_format({"num_format": '0.000" "%'}))
        sheet.write_formula("C6", "=1/0", None, "#DIV/0!")
        sheet.merge_range("A7:B7", "samen")
        sheet.merge_range("A8:A9", "samen")

    error = refusal(filled(path, fill))
    assert {(e.row, e.message.split(". ")[0]) for e in error.errors} == {
        (3, "Cel C3 bevat een formule"),
        (4, "Cel C4 is een percentage"),
        (5, "Cel C5 is een percentage"),
        (6, "Cel C6 bevat een formule"),
        (7, "De cellen A7:B7 zijn samengevoegd"),
        (8, "De cellen A8:A9 zijn samengevoegd"),
    }
    assert error.count == 6


def test_an_error_that_was_pasted_is_not_read_as_empty(path: Path) -> None:
    cell = '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><v>#N/A</v></c></row>'
    assert reason(with_sheet(path, text_row(1, *HEADER) + cell)) == (
        "Cel B2 bevat een fout (#N/A). Vul de juiste waarde in."
    )


def test_an_escaped_nul_is_refused_with_its_row(path: Path) -> None:
    rows = text_row(1, *HEADER) + text_row(2, "1", "a_x0000_b", "8")
    error = refusal(with_sheet(path, rows))
    assert (error.errors[0].row, "(NUL)" in error.errors[0].message) == (2, True)


# What is refused: files made to do harm


def test_a_bomb_is_refused_by_what_it_declares(path: Path) -> None:
    parts = parts_of(with_rows(path, HEADER, [1, "A", 8]))
    parts["xl/media/image1.png"] = bytes(60_000_000)
    assert path.stat().st_size < 1_000_000
    assert TOO_LARGE in reason(packed(path, parts))


def test_a_bomb_is_refused_by_its_total(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_parts, "MAX_UNPACKED", 5_000)
    assert TOO_LARGE in reason(with_rows(path, HEADER, [1, "A", 8]))


def test_a_bomb_that_lies_about_its_size_is_refused(path: Path) -> None:
    parts = parts_of(with_rows(path, HEADER, [1, "A", 8]))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(
        b"<sheetData>", b"<sheetData>" + b" " * 40_000_000
    )
    packed(path, parts)
    size = len(parts[name]).to_bytes(4, "little")
    content = path.read_bytes()
    assert content.count(size) == 2
    path.write_bytes(content.replace(size, (5_000).to_bytes(4, "little")))
    tracemalloc.start()
    assert DAMAGED in reason(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_sizes_are_counted_while_unpacking(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = parts_of(with_rows(path, HEADER, [1, "A", 8]))
    parts["xl/sharedStrings.xml"] += b" " * 3_000_000
    packed(path, parts)
    monkeypatch.setattr(workbook_sheets, "_MAX_SHARED_STRINGS", 2_000_000)
    assert TOO_LARGE in reason(path)
    monkeypatch.setattr(workbook_parts, "_check_sizes", lambda workbook: None)
    monkeypatch.setattr(workbook_parts, "MAX_UNPACKED", 2_000_000)
    assert TOO_LARGE in reason(path)


def test_one_part_as_many_sheets_is_refused(path: Path) -> None:
    parts = parts_of(with_rows(path, HEADER, [1, "A", 8]))
    book = parts["xl/workbook.xml"]
    sheet = book[book.index(b"<sheet ") : book.index(b"</sheets>")]
    parts["xl/workbook.xml"] = book.replace(sheet, sheet * 1_000)
    assert DAMAGED in reason(packed(path, parts))


def test_a_start_that_never_ends_takes_no_time(path: Path) -> None:
    parts = parts_of(with_rows(path, HEADER, [1, "A", 8]))
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet " * 400_000
    assert DAMAGED in reason(packed(path, parts))


def test_more_parts_than_any_workbook_has_are_refused(path: Path) -> None:
    parts = parts_of(with_rows(path, HEADER, [1, "A", 8]))
    parts |= {f"xl/x{n}.bin": b"" for n in range(2_100)}
    assert TOO_LARGE in reason(packed(path, parts))


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize(
    "name",
    ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "x/y.rels"],
)
def test_declarations_in_any_part_are_refused(path: Path, name: str) -> None:
    parts = parts_of(with_rows(path, HEADER, [1, "A", 8]))
    start, _, rest = parts.get(name, b"<?xml?><x/>").partition(b"?>")
    parts[name] = start + b"?>" + LAUGHS + rest
    assert "declaratie (DOCTYPE of ENTITY)" in reason(packed(path, parts))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("xl/vbaProject.bin", "bevat macro's"),
        ("xl/externalLinks/externalLink1.xml", "verwijst naar andere bestanden"),
        ("xl/connections.xml", "verwijst naar andere bestanden"),
    ],
)
def test_macros_and_links_to_other_files_are_refused(
    path: Path, name: str, says: str
) -> None:
    parts = parts_of(with_rows(path, HEADER, [1, "A", 8]))
    assert says in reason(packed(path, parts | {name: b"<x/>"}))


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"mimetype": b"", "content.xml": b""}, "een OpenDocument-bestand"),
        ({"[Content_Types].xml": b"", "word/document.xml": b""}, "een Word-document"),
        ({"[Content_Types].xml": b"", "xl/workbook.bin": b""}, "(.xlsb)"),
        ({"uren.csv": b"regel_id;naam;uren"}, "een zipbestand"),
    ],
)
def test_other_zip_files_are_refused_by_name(
    path: Path, parts: Parts, says: str
) -> None:
    assert says in reason(packed(path, parts))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def test_old_and_protected_workbooks_are_refused_by_name(path: Path) -> None:
    path.write_bytes(OLE)
    assert "een oud Office-bestand" in reason(path)
    path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert "heeft een wachtwoord" in reason(path)


def test_a_zip_with_a_password_is_refused(path: Path) -> None:
    with_rows(path, HEADER, [1, "A", 8])
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    path.write_bytes(content)
    assert "heeft een wachtwoord" in reason(path)


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<c r="XFD1048576"><v>1</v></c>', id="the last cell"),
        pytest.param("<c r='XFD1048576'><v>1</v></c>", id="other quotes"),
        pytest.param('<c s="0"\nr = "XFD1048576"><v>1</v></c>', id="other place"),
        pytest.param('<y:c r="XFD1048576"><v>1</v></y:c>', id="another prefix"),
        pytest.param('<c r="A99999999999"><v>1</v></c>', id="a row too far"),
        pytest.param('<c r="A0"><v>1</v></c>', id="row 0"),
    ],
)
def test_cells_far_apart_are_refused_before_they_take_memory(
    path: Path, cell: str
) -> None:
    rows = f'{text_row(1, *HEADER)}<row r="1048576">{cell}</row>'
    assert "heel ver uit elkaar" in reason(with_sheet(path, rows))


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("<c><v>1</v></c>", id="no place"),
        pytest.param('<c r="ZZZZZZZ1"><v>1</v></c>', id="a column that is none"),
        pytest.param('<c r="&#88;FD9"><v>1</v></c>', id="a place in disguise"),
        pytest.param("<y:c><v>1</v></y:c>", id="no place, another prefix"),
        pytest.param('<c r="1A"><v>1</v></c>', id="upside down"),
        pytest.param('<c r="A2" t="s"><v>9999</v></c>', id="a text that is not there"),
        pytest.param('<c r="A2"><v>1</v>', id="no end"),
        pytest.param('<c r="A2"><f>1</v></c>', id="not well-formed"),
    ],
)
def test_sheets_that_no_program_writes_are_refused(path: Path, cell: str) -> None:
    rows = f'{text_row(1, *HEADER)}<row r="2">{cell}</row>'
    assert DAMAGED in reason(with_sheet(path, rows))


def test_rows_in_another_order_are_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_sheets, "_PIECE", 100)
    rows = text_row(1, *HEADER) + text_row(9, *"abc") + text_row(4, *"def")
    assert DAMAGED in reason(with_sheet(path, rows))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/worksheets/sheet1.xml", "<worksheet/>".encode("utf-16")),
        ("xl/worksheets/sheet1.xml", b'<?xml version="1.0" encoding="cp037"?><x/>'),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet/>"),
        ("xl/workbook.xml", b"<workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<<<"),
        ("XL/Workbook.xml", b"<workbook/>"),
    ],
)
def test_damaged_parts_are_refused(path: Path, name: str, content: bytes) -> None:
    parts = parts_of(with_rows(path, HEADER, [1, "A", 8]))
    assert DAMAGED in reason(packed(path, parts | {name: content}))


def test_parts_that_lie_before_the_file_are_refused(path: Path) -> None:
    content = bytearray(with_rows(path, HEADER, [1, "A", 8]).read_bytes())
    place = content.rfind(b"PK\x05\x06") + 16
    start = int.from_bytes(content[place : place + 4], "little")
    content[place : place + 4] = (start + 1_000).to_bytes(4, "little")
    path.write_bytes(content)
    assert DAMAGED in reason(path)


def test_a_disk_error_is_not_blamed_on_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with_rows(path, HEADER, [1, "A", 8])
    monkeypatch.setattr(workbook_parts, "_copy", full)
    with pytest.raises(OSError, match="No space left"):
        open_table(path, COLUMNS)


def test_a_small_part_that_is_large_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_sheets, "_MAX_SMALL_PART", 100)
    assert DAMAGED in reason(with_rows(path, HEADER, [1, "A", 8]))


def test_a_missing_part_is_refused(path: Path) -> None:
    parts = parts_of(with_rows(path, HEADER, [1, "A", 8]))
    del parts["xl/_rels/workbook.xml.rels"]
    assert DAMAGED in reason(packed(path, parts))


def test_a_workbook_cut_anywhere_is_refused(path: Path) -> None:
    content = with_rows(path, HEADER, [1, "A", 8]).read_bytes()
    for length in range(4, len(content), 211):
        path.write_bytes(content[:length])
        assert DAMAGED in reason(path)


def test_a_workbook_with_any_wrong_byte_is_read_or_refused(path: Path) -> None:
    content = with_rows(path, HEADER, [1, "A", 8]).read_bytes()
    for place in range(2, len(content), 29):
        path.write_bytes(content[:place] + b"\xa5" + content[place + 1 :])
        with suppress(TableRefused):
            open_table(path, COLUMNS).close()


def test_rows_can_be_left_before_the_end(path: Path) -> None:
    rows = sheet_rows(with_rows(path, HEADER, [1, "A", 8]))
    assert next(rows) == (1, HEADER)
    rows.close()
