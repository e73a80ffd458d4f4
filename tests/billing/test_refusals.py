"""All that is wrong in a delivery is named at once, by row, column and reason."""

import datetime
from functools import partial
from pathlib import Path

import pytest

from contracts.models import Coverage, Gebruiksovereenkomst, Verwerkersovereenkomst
from membership.models import Organisation, Person
from tests.billing.deliveries import (
    ALL_COLUMNS,
    TODAY,
    Take,
    agree,
    as_csv,
    faults,
    line,
    refused,
    take_in,
)

pytestmark = pytest.mark.usefixtures("heideveld")

NOT_A_NUMBER = "is geen getal; schrijf bijvoorbeeld 14,75."
NOT_A_DATE = "is geen datum; schrijf 2026-03-09 of 09-03-2026."
NO_USE, NO_AVG = "geen gebruiksovereenkomst", "geen verwerkersovereenkomst"
MISSING = "ontbreekt."
A_BSN = "is een burgerservicenummer; gebruik een eigen, nietszeggend kenmerk."


@pytest.fixture
def take(tmp_path: Path) -> Take:
    return partial(take_in, tmp_path)


def case(column: str, value: str, reason: str, **others: str) -> object:
    """One wrong cell, and what is said of it."""
    shown = value.strip().replace("\n", " ")[:12] or "empty"
    return pytest.param(column, value, reason, others, id=f"{column} {shown}")


WRONG_CELLS = [
    *(case(c, "", MISSING) for c in ALL_COLUMNS[:-1]),
    *(case(c, "  ", MISSING) for c in ALL_COLUMNS[:-1]),
    *(
        case(column, value, f"'{value}' {NOT_A_NUMBER}")
        for column in ("uren", "tarief", "premie_per_uur")
        for value in ("acht", "1.234,56", "1,234.56", "1e1", "NaN", "--1", "8 uur", "٣")
    ),
    *(
        case(column, value, f"'{value}' heeft meer dan twee decimalen.")
        for column in ("uren", "tarief", "premie_per_uur")
        for value in ("1.005", "1,000")
    ),
    *(
        case(column, value, f"'{value}' {NOT_A_DATE}")
        for column in ("datum", "factuurdatum")
        for value in ("9 maart", "2026-02-30", "31-04-2026", "2026/03/09", "09-03-26",
                      "03-13-2026", "20260309", "1999-12-31", "46090")
    ),
    case("datum", "2026-07-16", "'2026-07-16' ligt in de toekomst."),
    case("datum", "16-07-2026", "'16-07-2026' ligt in de toekomst."),
    *(
        case("opdrachtgever_kvk", kvk, f"'{kvk}' is geen KvK-nummer van acht cijfers.")
        for kvk in ("1234567", "123456789", "1234567A", "1234 5678", "12.34.56")
    ),
    *(
        case("uren", uren, f"'{uren}' moet tussen 0 en 168 liggen.")
        for uren in ("0", "0,00", "168.01", "169")
    ),
    case("uren", "-168.01", "'-168.01' moet tussen 0 en 168 liggen.",
         corrigeert_regel_id="R2"),
    *(
        case("uren", uren, f"'{uren}' is negatief; dat kan alleen met een "
             "corrigeert_regel_id.")
        for uren in ("-8", "-0,01")
    ),
    case("tarief", "0", "'0' moet hoger zijn dan 0.", premie_per_uur="0"),
    case("tarief", "-14.75", "'-14.75' moet hoger zijn dan 0."),
    case("premie_per_uur", "-0.01", "'-0.01' mag niet lager zijn dan 0."),
    case("premie_per_uur", "14.76", "'14.76' is hoger dan het tarief."),
    case("gemeente_code", "GM0000", "'GM0000' is geen bekende gemeente."),
    case("gemeente_code", "Heideveld", "'Heideveld' is geen bekende gemeente."),
    case("gemeente_code", "flexensie", "'flexensie' is geen bekende gemeente."),
    case("corrigeert_regel_id", "R0", "'R0' is geen bekende regel."),
    case("corrigeert_regel_id", "R1", "'R1' is geen bekende regel."),
    case("kandidaat_ref", "111222333", A_BSN),
    case("kandidaat_ref", "1112.22.333", A_BSN),
    case("kandidaat_ref", "111 222 333", A_BSN),
    case("kandidaat_ref", "10000008", A_BSN),
    case("kandidaat_ref", "\u00a0111222333", A_BSN),
    case("kandidaat_ref", "BSN 111222333", A_BSN),
    case("kandidaat_ref", "bsn:111222333", A_BSN),
    case("kandidaat_ref", "[111222333]", A_BSN),
    case("kandidaat_ref", "\uff11\uff11\uff11222333", A_BSN),
    case("kandidaat_ref", "\ufeff111222333", A_BSN),
    case("opdracht_id", "\t", MISSING),
    case("opdracht_id", "\u200b", MISSING),
    case("regel_id", "\u00a0", MISSING),
    case("regel_id", "x" * 65, "is langer dan 64 tekens."),
    case("opdrachtgever_naam", "x" * 201, "is langer dan 200 tekens."),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value", "reason", "others"), WRONG_CELLS)
def test_a_wrong_cell_is_named(
    take: Take, column: str, value: str, reason: str, others: dict[str, str]
) -> None:
    wrong = line("R1", **{column: value}, **others)
    found = faults(take, [line("R2"), wrong])
    assert found == [(3, column, reason)]


RIGHT_CELLS = [
    ("uren", "168"),
    ("uren", "0,01"),
    ("tarief", "0,01"),
    ("premie_per_uur", "0"),
    ("premie_per_uur", "14.75"),
    ("datum", "2026-07-15"),
    ("datum", "9-3-2026"),
    ("factuurdatum", "2026-08-01"),
    ("kandidaat_ref", "111222334"),
    ("kandidaat_ref", "K-111222333"),
    ("regel_id", "x" * 64),
    ("corrigeert_regel_id", "R2"),
    ("opdrachtgever_kvk", "00000001"),
    ("opdrachtgever_naam", '=HYPERLINK("x")'),
]


@pytest.mark.parametrize(("column", "value"), RIGHT_CELLS)
def test_a_cell_at_the_edge_of_what_is_right_is_taken(
    take: Take, column: str, value: str
) -> None:
    others = {"premie_per_uur": "0"} if column == "tarief" else {}
    assert take([line("R2"), line("R1", **{column: value, **others})]).new == 2


def test_negative_hours_are_taken_with_the_line_that_they_correct(take: Take) -> None:
    rows = [line("C1", uren="-168", corrigeert_regel_id="R1"), line("R1", uren="168")]
    assert take(rows).omzet == 0


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"starts_on": datetime.date(2026, 3, 10)}, "2026-03-09"),
        ({"ends_on": datetime.date(2026, 3, 8)}, "2026-03-09"),
    ],
    ids=["before it starts", "after it ends"],
)
@pytest.mark.parametrize("model", [Coverage, Verwerkersovereenkomst])
def test_both_agreements_must_be_in_force_on_the_day(
    take: Take,
    waterkant: Organisation,
    changes: dict[str, datetime.date],
    day: str,
    model: type[Coverage] | type[Verwerkersovereenkomst],
) -> None:
    agree(waterkant)
    gemeente = "gemeente" if model is Coverage else "organisation"
    model._default_manager.filter(**{gemeente: waterkant}).update(**changes)
    on_the_day = line("R1", gemeente_code="GM9002", datum=day)
    lacking = NO_USE if model is Coverage else NO_AVG
    assert faults(take, [line("R2"), on_the_day]) == [
        (3, "gemeente_code", f"GM9002 heeft op 09-03-2026 {lacking}.")
    ]
    (date,) = changes.values()
    assert take([line("R2"), {**on_the_day, "datum": date.isoformat()}]).new == 2


def test_without_a_verwerkersovereenkomst_no_line_is_taken(
    take: Take, waterkant: Organisation
) -> None:
    agree(waterkant, with_avg=False)
    assert faults(take, [line("R1", gemeente_code="GM9002")]) == [
        (2, "gemeente_code", f"GM9002 heeft op 09-03-2026 {NO_AVG}.")
    ]


def test_no_line_is_taken_of_days_on_which_the_use_is_paused(
    take: Take, agreement: Gebruiksovereenkomst, bureau: Person
) -> None:
    days = {
        "starts_on": datetime.date(2026, 3, 9),
        "ends_on": datetime.date(2026, 3, 15),
    }
    agreement.pauses.create(**days, reason="Even niet.", by=bureau)
    rows = [
        line(f"R{n}", datum=f"2026-03-{day:02}")
        for n, day in enumerate((8, 9, 15, 16), start=1)
    ]
    assert faults(take, rows) == [
        (row, "gemeente_code", f"GM9001 heeft op {day}-03-2026 het gebruik gepauzeerd, "
         "vanaf 09-03-2026.")
        for row, day in ((3, "09"), (4, "15"))
    ]  # fmt: skip
    assert take([rows[0], rows[3]]).new == 2


def test_an_agreement_for_another_instrument_does_not_count(
    take: Take, waterkant: Organisation, noorderhage: Organisation
) -> None:
    agree(waterkant)
    rows = [line(f"R{n}", gemeente_code=f"GM900{n}") for n in (1, 2, 3)]
    assert faults(take, rows) == [
        (4, "gemeente_code", f"GM9003 heeft op 09-03-2026 {NO_USE} en {NO_AVG}.")
    ]


def test_a_regel_id_stands_in_a_file_once(take: Take) -> None:
    rows = [line("R1"), line("R2"), line("R1"), line("R1", uren="1")]
    said = "'R1' staat al in rij 2 van dit bestand."
    assert faults(take, rows) == [(4, "regel_id", said), (5, "regel_id", said)]


def test_a_known_line_twice_in_a_file_is_refused(take: Take) -> None:
    take([line("R1")])
    said = "'R1' staat al in rij 2 van dit bestand."
    assert faults(take, [line("R1"), line("R1")]) == [(3, "regel_id", said)]


def test_a_bsn_is_not_repeated_in_what_is_said(take: Take) -> None:
    found = refused(take, [line("R1", kandidaat_ref="111222333")])
    assert "111222333" not in repr(found) + str(found)


def test_every_fault_of_a_file_is_named_at_once_in_the_order_of_the_file(
    take: Take,
) -> None:
    rows = [
        line("R1", uren="nul", tarief="0", datum="2027-01-01", kandidaat_ref=""),
        line("R2"),
        line("R2", gemeente_code="GM0000", opdrachtgever_kvk="1"),
        line("R4", uren="-1", premie_per_uur="99", corrigeert_regel_id="R9"),
    ]
    assert [(row, column) for row, column, _ in faults(take, rows)] == [
        (2, "datum"),
        (2, "kandidaat_ref"),
        (2, "tarief"),
        (2, "uren"),
        (4, "gemeente_code"),
        (4, "opdrachtgever_kvk"),
        (4, "regel_id"),
        (5, "corrigeert_regel_id"),
        (5, "premie_per_uur"),
    ]


def numbered(take: Take, content: str) -> list[int]:
    return [row for row, _, _ in faults(take, content)]


def test_blank_lines_count_in_the_row_numbers(take: Take) -> None:
    text = as_csv([line("R1"), line("R2", uren="0"), line("R3"), line("R4", uren="0")])
    header, *rows = text.splitlines()
    content = "\n".join([header, "", rows[0], "", ";" * 12, rows[1], "", *rows[2:], ""])
    assert numbered(take, content) == [6, 9]


def test_a_quoted_line_ending_does_not_count_in_the_row_numbers(take: Take) -> None:
    two_lines = line("R1", opdrachtgever_naam="Bakkerij\nKöster")
    content = [two_lines, line("R2", uren="0"), two_lines | {"regel_id": "R3"}]
    assert numbered(take, as_csv([*content, line("R4", uren="0")])) == [3, 5]


def test_a_row_of_another_length_is_named_beside_the_other_faults(take: Take) -> None:
    rows = [line("R1"), line("R2"), line("R3", uren="0"), line("R4"), line("R5")]
    first, *lines = as_csv(rows).splitlines()
    lines[1] += ";te veel"
    lines[3] = "R4;GM9001"
    found = faults(take, "\n".join([first, *lines[:2], "", *lines[2:]]))
    assert found == [
        (3, "", "Rij 3 heeft 14 cellen, de kop heeft 13."),
        (5, "uren", "'0' moet tussen 0 en 168 liggen."),
        (6, "", "Rij 6 heeft 2 cellen, de kop heeft 13."),
    ]


def test_missing_and_unknown_columns_are_named_at_once(take: Take) -> None:
    columns = [c for c in ALL_COLUMNS if c not in ("uren", "factuurdatum")]
    found = faults(take, as_csv([line()], columns=[*columns, "opmerking"]))
    assert found == [
        (1, "uren", "Kolom 'uren' ontbreekt."),
        (1, "factuurdatum", "Kolom 'factuurdatum' ontbreekt."),
        (1, "opmerking", "Kolom 'opmerking' is onbekend. Haal de kolom weg."),
    ]


@pytest.mark.parametrize("content", ["", "\n\n", ";".join(ALL_COLUMNS) + "\n\n;;\n"])
def test_a_file_without_rows_is_refused(take: Take, content: str) -> None:
    assert len(refused(take, content).errors) == 1


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02", b"PK\x03\x04 no workbook", b"\x89PNG"]
)
def test_an_unreadable_file_is_refused(take: Take, content: bytes) -> None:
    assert len(refused(take, content).errors) == 1


def test_the_first_thousand_faults_are_listed_and_all_are_counted(take: Take) -> None:
    rows = [line(f"R{n}", uren="0", tarief="0") for n in range(1_100)]
    found = refused(take, rows)
    assert (len(found.errors), found.count) == (1_000, 2_200)
    assert [e.row for e in found.errors] == [2 + n // 2 for n in range(1_000)]


def test_a_future_day_is_past_the_day_after(take: Take) -> None:
    rows = [line("R1", datum="2026-07-16")]
    assert faults(take, rows)
    assert take(rows, today=TODAY + datetime.timedelta(days=1)).new == 1
