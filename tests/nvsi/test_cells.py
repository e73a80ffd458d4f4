"""What a cell means, and what is said of a wrong one."""

import datetime
from decimal import Decimal

import pytest

from nvsi.cells import (
    BadCell,
    RowCells,
    cell_error,
    optional,
    read_date,
    read_number,
    read_words,
    refuse_any,
    shown,
)
from nvsi.refusals import KEPT, CellError, TableRefused


@pytest.mark.parametrize(
    ("text", "number"), [("14,75", "14.75"), ("14.7", "14.70"), ("-3", "-3.00")]
)
def test_a_number_has_a_comma_or_a_point(text: str, number: str) -> None:
    assert str(read_number(text)) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ontbreekt"),
        ("1.234,56", "is geen getal"),
        ("1 000", "is geen getal"),
        ("€ 5", "is geen getal"),
        ("1e3", "is geen getal"),
        ("٣", "is geen getal"),
        ("1234567", "is geen getal"),
        ("1,234", "meer dan twee decimalen"),
    ],
)
def test_another_number_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadCell, match=reason):
        read_number(text)


@pytest.mark.parametrize("text", ["2026-03-09", "09-03-2026", "9-3-2026"])
def test_a_date_is_iso_or_dutch(text: str) -> None:
    assert read_date(text) == datetime.date(2026, 3, 9)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "30-02-2026", "9/3/2026", "1999-12-31", "2026-3-9", "maart"]
)
def test_another_date_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="is geen datum; schrijf 2026-03-09 of"):
        read_date(text)


def test_words_come_on_one_line_and_not_too_long() -> None:
    assert read_words(9)("Den\u00a0 \n Haag") == "Den Haag"
    for text, reason in (("", "ontbreekt"), ("Den Haag", "langer dan 7 tekens")):
        with pytest.raises(BadCell, match=reason):
            read_words(7)(text)


def test_an_optional_cell_may_be_empty_but_not_wrong() -> None:
    assert optional(read_number)("") is None
    assert optional(read_number)("1") == Decimal("1.00")
    with pytest.raises(BadCell):
        optional(read_number)("x")


def test_a_long_value_is_shown_shortened() -> None:
    assert shown("a\n b") == "a b"
    assert shown("x" * 50) == "x" * 37 + "..."


def test_a_row_notes_what_is_wrong_and_reads_on() -> None:
    cells = RowCells(7, {"uren": "veel", "datum": "2026-03-09"}, [])
    assert cells.read("uren", read_number) is None
    assert cells.read("datum", read_date) == datetime.date(2026, 3, 9)
    assert cells.wrong == {"uren"}
    (error,) = cells.errors
    assert (error.row, error.column) == (7, "uren")
    assert error.message.startswith("'veel' is geen getal")
    assert error.message.endswith(".")


def test_all_errors_come_at_once_in_order_and_a_thousand_are_listed() -> None:
    refuse_any([])
    errors: list[CellError] = [
        cell_error(n, "x", "fout.") for n in range(KEPT + 5, 1, -1)
    ]
    with pytest.raises(TableRefused) as caught:
        refuse_any(errors)
    assert caught.value.count == KEPT + 4
    assert [e.row for e in caught.value.errors] == list(range(2, KEPT + 2))
    assert caught.value.errors[0].message == "fout."
