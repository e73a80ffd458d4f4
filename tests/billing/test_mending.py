"""The refused rows: out with their reasons, mended, and back in their own file."""

import csv
import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from billing.deliveries.mending import NAMES, PLACE, as_cell, as_it_was
from billing.models import Line, Upload
from membership.models import Person
from nvsi.spreadsheet import Sheet, write_xlsx
from tests.billing.deliveries import line
from tests.billing.uploading import EARLIER, checked, confirm

ROWS = [
    line("R1", **EARLIER),
    line("R2", **EARLIER, uren="200", opdrachtgever_naam="@Home; BV"),
    line("R3", **EARLIER, uren="-7,50"),
    line("R4", **EARLIER),
]

pytestmark = pytest.mark.usefixtures("heideveld")

Rows = list[dict[str, str]]


def rows_of(upload: Upload) -> Rows:
    assert upload.refused_csv is not None
    text = bytes(upload.refused_csv).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def as_file(rows: Rows) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, (*PLACE, *NAMES), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_workbook(rows: Rows) -> bytes:
    header = (*PLACE, *NAMES)
    cells = [tuple(row[name] for name in header) for row in rows]
    sheet = Sheet("Herstel", header, cells)
    return write_xlsx([sheet], created=datetime.date(2026, 1, 1), title="Herstel")


@pytest.fixture
def refused(backoffice: Person, tmp_path: Path) -> Upload:
    upload = checked(tmp_path, ROWS, backoffice)
    assert upload.status == "refused"
    return upload


def test_the_refused_rows_come_with_their_place_and_reason(refused: Upload) -> None:
    rows = rows_of(refused)
    assert [(row["aanlevering"], row["rij"]) for row in rows] == [
        (str(refused.pk), "3"),
        (str(refused.pk), "4"),
    ]
    assert rows[0]["reden"] == "uren: '200' moet tussen 0 en 168 liggen."
    assert "corrigeert_regel_id" in rows[1]["reden"]


def test_a_spreadsheet_executes_nothing_and_a_number_stays_one(refused: Upload) -> None:
    rows = rows_of(refused)
    assert rows[0]["opdrachtgever_naam"] == "'@Home; BV"
    assert rows[1]["uren"] == "-7,50"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("@Home", "'@Home"),
        ("=1+1", "'=1+1"),
        ("-x", "'-x"),
        ("'s-Gravenhage", "'s-Gravenhage"),
        ("-7,50", "-7,50"),
        ("gewoon", "gewoon"),
    ],
)
def test_what_was_made_harmless_comes_back_as_it_was(text: str, cell: str) -> None:
    assert as_cell(text) == cell
    assert as_it_was(cell) == text


@pytest.mark.parametrize("written", [as_file, as_workbook])
def test_mended_rows_go_back_into_their_file(
    refused: Upload,
    backoffice: Person,
    tmp_path: Path,
    written: Callable[[Rows], str | bytes],
) -> None:
    two, three = rows_of(refused)
    two["uren"], three["corrigeert_regel_id"] = "20", "R1"
    mended = checked(tmp_path, written([two, three]), backoffice)
    assert (mended.status, mended.errors, mended.mends) == ("ready", [], refused)
    assert not Line.objects.exists()
    confirm(mended, backoffice)
    lines = {each.regel_id: each for each in Line.objects.all()}
    assert set(lines) == {"R1", "R2", "R3", "R4"}
    assert lines["R2"].opdrachtgever_naam == "@Home; BV"


def test_a_row_that_does_not_come_back_is_left_out_and_a_new_one_is_added(
    refused: Upload, backoffice: Person, tmp_path: Path
) -> None:
    two, three = rows_of(refused)
    new = {**two, "rij": "", "regel_id": "R9", "uren": "8"}
    three["corrigeert_regel_id"] = "R1"
    mended = checked(tmp_path, as_file([three, new]), backoffice)
    confirm(mended, backoffice)
    assert set(Line.objects.values_list("regel_id", flat=True)) == {
        "R1",
        "R3",
        "R4",
        "R9",
    }


def test_what_is_still_wrong_is_told_with_its_place_in_the_whole_file(
    refused: Upload, backoffice: Person, tmp_path: Path
) -> None:
    two, three = rows_of(refused)
    three["corrigeert_regel_id"] = "R1"
    again = checked(tmp_path, as_file([two, three]), backoffice)
    assert (again.status, again.rows_count) == ("refused", 4)
    assert [row["rij"] for row in rows_of(again)] == ["3"]
    two = {**rows_of(again)[0], "uren": "20"}
    assert checked(tmp_path, as_file([two]), backoffice).status == "ready"


def test_a_row_that_was_not_refused_is_not_replaced(
    refused: Upload, backoffice: Person, tmp_path: Path
) -> None:
    two, _ = rows_of(refused)
    wrong = checked(tmp_path, as_file([{**two, "rij": "2"}]), backoffice)
    assert wrong.errors == [[2, "rij", "Deze rij is niet een van de geweigerde rijen."]]
    assert wrong.refused_csv is None


def test_rows_of_a_file_that_is_not_there_are_refused(
    refused: Upload, backoffice: Person, tmp_path: Path
) -> None:
    rows = [{**row, "aanlevering": "0"} for row in rows_of(refused)]
    told = checked(tmp_path, as_file(rows), backoffice).errors
    assert "herstelde regels van aanlevering 0" in told[0][2]
    rows[0]["aanlevering"] = "x"
    told = checked(tmp_path, as_file(rows), backoffice).errors
    assert "niet overal hetzelfde nummer" in told[0][2]


def test_a_file_that_is_no_table_has_no_rows_to_mend(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, "<html><table><tr><td>1</td></tr></table>", backoffice)
    assert (upload.status, upload.refused_csv) == ("refused", None)
    assert "een webpagina (HTML)" in upload.errors[0][2]
