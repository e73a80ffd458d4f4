"""A delivery of hour lines is taken whole or not at all, and every fault is named."""

import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # has no types

from billing.deliveries import lines
from billing.deliveries.imports import Delivered
from billing.models import Import, Line, Period
from billing.settling import settlements
from billing.sql import ask
from contracts.models import Gebruiksovereenkomst
from instruments.models import Instrument, Uitvoerder
from membership.models import HistoryEvent, Organisation, Person
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from tests.billing.deliveries import (
    ALL_COLUMNS,
    TODAY,
    Take,
    agree,
    as_csv,
    everything,
    faults,
    line,
    take_in,
)
from tests.billing.settled import NOW

H2_2025, H1, H2 = HalfYear(2025, 2), HalfYear(2026, 1), HalfYear(2026, 2)

pytestmark = pytest.mark.usefixtures("heideveld")


@pytest.fixture
def take(tmp_path: Path) -> Take:
    return partial(take_in, tmp_path)


def close(halfyear: HalfYear, *, by: Person) -> None:
    instrument = Instrument.objects.get(slug="flexensie")
    run = settlements.prepare(instrument, halfyear, today=TODAY, by=None)
    settlements.approve(run, now=NOW, by=by)


def stored(*names: str) -> list[tuple[object, ...]]:
    return list(Line.objects.order_by("regel_id").values_list(*names))


# What is taken.


def test_a_line_is_kept_as_delivered_with_its_amounts(
    take: Take, flexensie_nederland: Organisation, agreement: Gebruiksovereenkomst
) -> None:
    delivered = take([line("R1", uren="7.50", tarief="15.05", premie_per_uur="2.01")])
    kept = Line.objects.get()
    assert (kept.omzet, kept.premie) == (Decimal("112.88"), Decimal("15.08"))
    assert (kept.uren, kept.tarief) == (Decimal("7.50"), Decimal("15.05"))
    assert kept.source == kept.delivery.source == flexensie_nederland
    assert kept.coverage == agreement.coverages.get()
    assert (kept.worked_in, kept.period.halfyear) == (H1, H1)
    assert kept.datum == datetime.date(2026, 3, 9)
    assert kept.factuurdatum == datetime.date(2026, 3, 16)
    assert (kept.opdrachtgever_naam, kept.opdrachtgever_kvk) == (
        "Bakkerij Köster",
        "12345678",
    )
    assert (kept.opdracht_id, kept.kandidaat_ref, kept.factuurnummer) == (
        "O1",
        "K1",
        "F1",
    )
    assert kept.corrigeert_regel_id == ""
    assert delivered == Delivered(
        1, 0, Decimal("7.50"), Decimal("112.88"), Decimal("15.08")
    )


def test_a_delivery_says_what_it_brought_and_who_by(
    take: Take, backoffice: Person, flexensie_nederland: Organisation
) -> None:
    take([line("R1"), line("R2")], by=backoffice)
    delivery = Import.objects.get()
    assert (delivery.lines_count, delivery.known_count) == (2, 0)
    assert [delivery.uren, delivery.omzet, delivery.premie] == [64, 944, 128]
    assert (delivery.delivered_by, delivery.source) == (backoffice, flexensie_nederland)
    event = HistoryEvent.objects.get(subject_type="billing.import")
    assert (event.action, event.by) == ("delivered", backoffice)
    assert event.facts == {"lines": 2, "known": 0}


USUAL_ROWS = [line("R1", uren="7.5"), line("R2", uren="8", datum="2026-06-30")]
COMMAS = [{k: v.replace(".", ",") for k, v in row.items()} for row in USUAL_ROWS]
DUTCH_DATES = [
    {**row, "datum": "-".join(reversed(row["datum"].split("-")))} for row in USUAL_ROWS
]
SPELLINGS: dict[str, str | bytes] = {
    "byte order mark": "\ufeff" + as_csv(USUAL_ROWS),
    "Windows-1252": as_csv(USUAL_ROWS).encode("cp1252"),
    "commas between columns": as_csv(USUAL_ROWS, delimiter=","),
    "decimal commas": as_csv(COMMAS),
    "decimal commas between commas": as_csv(COMMAS, delimiter=","),
    "Dutch dates": as_csv(DUTCH_DATES),
    "columns in another order": as_csv(USUAL_ROWS, columns=ALL_COLUMNS[::-1]),
    "without the optional column": as_csv(USUAL_ROWS, columns=ALL_COLUMNS[:-1]),
    "header in capitals": as_csv(USUAL_ROWS).replace("uren;tarief", "Uren; TARIEF "),
    "carriage returns": as_csv(USUAL_ROWS).replace("\n", "\r\n"),
    "no last line ending": as_csv(USUAL_ROWS).rstrip("\n"),
    "spaces around values": as_csv(USUAL_ROWS).replace(";7.5;", "; 7.5 ;"),
    "gemeente in small letters": as_csv(USUAL_ROWS).replace("GM9001", "gm9001"),
    "blank lines in between": as_csv(USUAL_ROWS).replace(
        "\nR2", "\n\n;;;;;;;;;;;;\nR2"
    ),
    "quotes": as_csv(USUAL_ROWS).replace(";O1;", ';"O1";'),
}


@pytest.mark.parametrize("content", SPELLINGS.values(), ids=SPELLINGS)
def test_the_same_rows_are_the_same_lines_however_they_are_spelled(
    take: Take, content: str | bytes
) -> None:
    assert take(USUAL_ROWS).new == 2
    again = take(content)
    assert (again.new, again.known, again.same_file) == (0, 2, False)


def test_a_workbook_gives_the_same_lines(take: Take, tmp_path: Path) -> None:
    assert take(USUAL_ROWS).new == 2
    with xlsxwriter.Workbook(tmp_path / "uren.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ALL_COLUMNS)
        dates = book.add_format({"num_format": "dd-mm-yyyy"})
        for number, row in enumerate(USUAL_ROWS, 1):
            sheet.write_row(number, 0, [row[name] for name in ALL_COLUMNS])
            day = datetime.date.fromisoformat(row["datum"])
            sheet.write_datetime(number, ALL_COLUMNS.index("datum"), day, dates)
            for name in ("uren", "tarief", "premie_per_uur"):
                sheet.write_number(number, ALL_COLUMNS.index(name), Decimal(row[name]))
    again = take((tmp_path / "uren.xlsx").read_bytes(), file_name="uren.xlsx")
    assert (again.new, again.known) == (0, 2)


# What is known already.


def test_the_same_file_twice_changes_nothing(take: Take) -> None:
    take([line("R1"), line("R2")])
    before = everything()
    again = take([line("R1"), line("R2")], file_name="kopie.csv")
    assert (again.new, again.known, again.same_file) == (0, 2, True)
    assert everything() == before


def test_known_lines_in_another_file_change_nothing(take: Take) -> None:
    take([line("R1"), line("R2")])
    before = everything()
    again = take([line("R2"), line("R1")])
    assert (again.new, again.known, again.same_file) == (0, 2, False)
    assert everything() == before


def test_of_a_partly_known_file_only_the_rest_is_new(take: Take) -> None:
    take([line("R1"), line("R2")])
    again = take([line("R2"), line("R3", uren="1"), line("R1")])
    assert (again.new, again.known, again.omzet) == (1, 2, Decimal("14.75"))
    assert stored("regel_id") == [("R1",), ("R2",), ("R3",)]
    assert [(i.lines_count, i.known_count) for i in Import.objects.order_by("pk")] == [
        (2, 0),
        (1, 2),
    ]


def test_known_lines_stay_known_when_their_halfyear_closes(
    take: Take, penningmeester: Person
) -> None:
    take([line("R1")])
    close(H1, by=penningmeester)
    assert take([line("R1"), line("R2")]).known == 1
    assert stored("regel_id", "period__halfyear") == [("R1", H1), ("R2", H2)]


OTHER_CONTENT = {
    "gemeente_code": "GM9002",
    "opdracht_id": "O2",
    "opdrachtgever_naam": "Bakker",
    "opdrachtgever_kvk": "12345679",
    "kandidaat_ref": "K2",
    "datum": "2026-03-10",
    "uren": "31.99",
    "tarief": "14.76",
    "premie_per_uur": "2.01",
    "factuurnummer": "F2",
    "factuurdatum": "2026-03-17",
    "corrigeert_regel_id": "R0",
}


@pytest.mark.parametrize(("column", "value"), OTHER_CONTENT.items(), ids=OTHER_CONTENT)
def test_a_known_line_with_other_content_is_refused(
    take: Take, waterkant: Organisation, column: str, value: str
) -> None:
    agree(waterkant)
    take([line("R0"), line("R1"), line("R2")])
    assert faults(take, [line("R1", **{column: value}), line("R2")]) == [
        (2, "regel_id", "'R1' is al bekend, met een andere inhoud; corrigeer met een "
         "nieuwe regel en corrigeert_regel_id.")
    ]  # fmt: skip


def test_the_lines_of_another_uitvoerder_are_other_lines(
    take: Take, flexensie: Instrument
) -> None:
    take([line("R1")])
    today = datetime.date(2026, 7, 16)
    flexensie.uitvoerders.update(ends_on=TODAY)
    successor = Organisation.objects.create(
        code="opvolger", kind="uitvoerder", name="Opvolger", short_name="Opvolger"
    )
    Uitvoerder.objects.create(
        instrument=flexensie, organisation=successor, starts_on=today
    )
    assert take([line("R1", uren="1"), line("R2")], today=today).new == 2
    successor.carries_out.update(ends_on=today)
    with pytest.raises(NotAllowed, match="geen uitvoerder"):
        take([line("R3")], today=today + datetime.timedelta(days=1))


def test_a_dry_run_says_the_same_and_leaves_nothing(take: Take) -> None:
    before = everything()
    tried = take([line("R1"), line("R2", datum="2026-07-01")], dry_run=True)
    assert everything() == before
    assert take([line("R1"), line("R2", datum="2026-07-01")]) == tried
    assert tried.new == 2


def test_a_dry_run_refuses_what_is_wrong(take: Take) -> None:
    assert faults(take, [line("R1", uren="0")], dry_run=True)


# In which half-year a line falls.


def test_one_file_may_have_lines_of_two_halfyears(take: Take) -> None:
    days = ("2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01")
    take([line(f"R{n}", datum=day) for n, day in enumerate(days)])
    assert stored("worked_in", "period__halfyear") == [
        (H2_2025, H2_2025),
        (H1, H1),
        (H1, H1),
        (H2, H2),
    ]


def test_a_second_delivery_joins_the_first_in_its_halfyear(take: Take) -> None:
    take([line("R1")])
    assert take([line("R2"), line("R3")]).new == 2
    assert Period.objects.count() == 1
    assert len(ask("SELECT DISTINCT tableoid FROM billing_line")) == 1


def test_a_late_line_goes_to_the_first_open_halfyear(
    take: Take, penningmeester: Person
) -> None:
    take([line("R1", datum="2025-11-03"), line("R2")])
    close(H2_2025, by=penningmeester)
    close(H1, by=penningmeester)
    take([line("R3", datum="2025-11-03"), line("R4"), line("R5", datum="2026-07-02")])
    assert stored("regel_id", "worked_in", "period__halfyear") == [
        ("R1", H2_2025, H2_2025),
        ("R2", H1, H1),
        ("R3", H2_2025, H2),
        ("R4", H1, H2),
        ("R5", H2, H2),
    ]


def test_a_late_line_of_a_halfyear_that_is_open_stays_there(
    take: Take, penningmeester: Person
) -> None:
    take([line("R1")])
    close(H1, by=penningmeester)
    take([line("R2", datum="2025-11-03")])
    assert stored("period__halfyear") == [(H1,), (H2_2025,)]


def test_a_line_keeps_its_correction_of_a_closed_halfyear(
    take: Take, penningmeester: Person
) -> None:
    take([line("R1")])
    close(H1, by=penningmeester)
    take([line("C1", uren="-32.00", corrigeert_regel_id="R1")])
    assert stored("regel_id", "period__halfyear", "omzet") == [
        ("C1", H2, Decimal("-472.00")),
        ("R1", H1, Decimal("472.00")),
    ]


def shape_of(partition: str) -> dict[str, list[tuple[object, ...]]]:
    """All that PostgreSQL holds a table to, without the table's own name."""
    questions = {
        "constraints": "SELECT contype, pg_get_constraintdef(oid), convalidated, "
        "CASE WHEN contype <> 'n' THEN conname END FROM pg_constraint WHERE conrelid",
        "triggers": "SELECT tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger "
        "WHERE tgrelid",
        "indexes": "SELECT pg_get_indexdef(indexrelid), indisvalid FROM pg_index "
        "WHERE indrelid",
        "columns": "SELECT attname, format_type(atttypid, atttypmod), attnotnull, "
        "attcollation::regcollation::text, pg_get_expr(adbin, adrelid) "
        "FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND "
        "adnum = attnum WHERE attnum > 0 AND attrelid",
        "table": "SELECT relpersistence, relispartition, relrowsecurity FROM pg_class "
        "WHERE oid",
    }
    return {
        name: sorted(
            tuple(str(cell).replace(partition, "PARTITION") for cell in row)
            for row in ask(f"{question} = %s::regclass", [partition])
        )
        for name, question in questions.items()
    }


@pytest.mark.parametrize(
    "part", ["constraints", "triggers", "indexes", "columns", "table"]
)
def test_a_first_delivery_becomes_a_partition_like_any_other(
    take: Take, flexensie: Instrument, part: str
) -> None:
    """Same constraints, indexes and guards: none missing, and none twice."""
    take([line("R1")])
    period = Period.objects.get()
    other = Period.objects.create(instrument=flexensie, halfyear=H2)
    lines.make_partition(other.pk)
    made, become = (shape_of(f"billing_line_{p.pk}")[part] for p in (other, period))
    assert become == made
