"""PostgreSQL's COPY and the reader see the same rows in whatever is delivered."""

import random
from pathlib import Path
from typing import BinaryIO

import pytest
from django.db import connection, transaction
from psycopg2.errors import BadCopyFileFormat

from nvsi.refusals import TableRefused
from nvsi.tables import Columns, Table, open_table

COLUMNS = Columns(required=("a", "b", "c"))
Rows = list[tuple[int, list[str]]]

pytestmark = pytest.mark.django_db


@pytest.fixture
def staging(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE staging (row int GENERATED ALWAYS AS IDENTITY, "
            "a text, b text, c text) ON COMMIT DROP"
        )


def copied(table: Table, source: BinaryIO) -> Rows:
    """The rows that COPY makes, without the empty ones; the header was row 1."""
    into = f"COPY staging ({', '.join(table.names)}) FROM STDIN"
    with connection.cursor() as cursor, source:
        cursor.execute("TRUNCATE staging RESTART IDENTITY")
        with transaction.atomic():
            cursor.copy_expert(f"{into} ({table.copy_options})", source)
        cursor.execute("SELECT row + 1, a, b, c FROM staging ORDER BY row")
        found = [(row, [v.strip() if v else "" for v in vs]) for row, *vs in cursor]
    return [(row, cells) for row, cells in found if any(cells)]


def check_agreement(table: Table) -> None:
    rows = [(row, [cells[n] for n in COLUMNS.required]) for row, cells in table.rows()]
    misshapen = list(table.misshapen())
    try:
        assert copied(table, table.copy_source()) == rows
        assert not misshapen
    except BadCopyFileFormat:
        assert misshapen or table.scratch is None
    assert copied(table, table.copy_rest()) == rows
    assert table.trim or not _with_blanks(table)


def _with_blanks(table: Table) -> list[str]:
    """The cells from which the database's `trimmed` would take something."""
    cells = [cell for _, row in table.all_rows() for cell in row]
    with connection.cursor() as cursor:
        cursor.execute("SELECT c FROM unnest(%s) c WHERE trimmed(c) <> c", [cells])
        return [cell for (cell,) in cursor]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("blank", [" ", "\t", "\v", "\f", "\xa0"])
@pytest.mark.parametrize("row", ["{}1;2;3", "1{};2;3", "1;{}2;3", "1;2;3{}"])
def test_blanks_around_a_cell_are_noticed(
    db: None, tmp_path: Path, row: str, blank: str, encoding: str, ending: str
) -> None:
    path = tmp_path / "t.csv"
    for rows in (("4;5;6", row), (row, "4;5;6"), ("4;5;6", row, "")):
        text = ending.join(("a;b;c", *rows)).format(blank)
        path.write_bytes(text.encode(encoding))
        with open_table(path, COLUMNS) as table:
            assert table.trim
            assert _with_blanks(table)


@pytest.mark.parametrize("blank", ["\u2007", "\u202f", "\u200b", "\ufeff"])
def test_blanks_of_more_bytes_are_noticed_also_across_pieces(
    db: None, tmp_path: Path, blank: str
) -> None:
    path = tmp_path / "t.csv"
    for more in range(4):
        rows = "1;2;3\n" * 10_922 + "4" * more + f";x{blank};y\n"
        path.write_text(f"a;b;c\n{rows}", encoding="utf-8")
        with open_table(path, COLUMNS) as table:
            assert table.trim


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_usual_file_needs_no_trimming(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "t.csv"
    rows = ["a;b;c", *["1;Bakkerij de Molen & Zn.;é"] * 20_000, ""]
    path.write_bytes(ending.join(rows).encode())
    with open_table(path, COLUMNS) as table:
        assert not table.trim


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param('1;"x; ""y""\n\nz";3\r\n', id="quoted"),
        pytest.param('1;Bakkerij "De Molen";3\n4;5" pijp;6\n', id="stray quotes"),
        pytest.param("1;\\.;3\n\\.\n4;5;6\n", id="end of data"),
        pytest.param("1;2;3\r\n4;5;6\n7;8;9\r", id="mixed endings"),
        pytest.param("1;2;3\n\n;;\n  \n4;5;6\n\n", id="empty rows"),
        pytest.param("1;2;3\n   \n4;5;6\n", id="a row of spaces"),
        pytest.param("1;2;3\n4;5\n6;7;8;9\n1;1;1\n", id="misshapen rows"),
        pytest.param('\\N;"";NULL\n1;;"\\N"\n', id="no value"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_copy_and_reader_agree_on(
    staging: None, tmp_path: Path, rows: str, encoding: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"c;A; b\n{rows}ë;€;ü".encode(encoding))
    with open_table(path, COLUMNS) as table:
        check_agreement(table)


def test_copy_and_reader_agree_on_damaged_tables(staging: None, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    chance = random.Random(7)
    read = 0
    for _ in range(300):
        path.write_text(f"a;b;c\n{_damaged(chance)}", encoding="utf-8", newline="")
        try:
            table = open_table(path, COLUMNS)
        except TableRefused:
            continue
        with table:
            check_agreement(table)
            read += 1
    assert read > 150


def _damaged(chance: random.Random) -> str:
    cells = ["", "a", " b", "ë", "\\.", '"c;d"', '"e\nf"', '"g""h"', '""']
    ending = chance.choice(["\n", "\r\n", "\r"])
    text = ending.join(
        ";".join(chance.choices(cells, k=3)) for _ in range(chance.randint(1, 8))
    )
    for _ in range(chance.randint(0, 2)):
        place = chance.randint(0, len(text))
        extra = chance.choice(['"', ";", "\n", "\r", "\\.", "\n\\.\n", '"x"'])
        text = text[:place] + extra + text[place:]
    return text
