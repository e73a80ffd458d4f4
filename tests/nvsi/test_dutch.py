"""Amounts, hours, dates and half-years are written as the Dutch write them."""

import datetime
from decimal import Decimal

import pytest

from nvsi import dutch
from nvsi.halfyear import HalfYear

SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0.00", "€ 0,00"),
        ("-0.00", "€ 0,00"),
        ("324.57", "€ 324,57"),
        ("1234.56", "€ 1.234,56"),
        ("78951440.00", "€ 78.951.440,00"),
        ("-12", "− € 12,00"),
        ("-1234.5", "− € 1.234,50"),
    ],
)
def test_an_amount_has_a_point_a_comma_and_a_minus_in_front(
    amount: str, written: str
) -> None:
    assert dutch.euro(amount) == written.replace(" ", SPACE)
    assert dutch.euro(Decimal(amount)) == written.replace(" ", SPACE)


@pytest.mark.parametrize("amount", ["0.005", "1.999"])
def test_an_amount_that_does_not_fit_two_decimals_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="two decimals"):
        dutch.euro(amount)


@pytest.mark.parametrize(
    ("amount", "written"),
    [("5.85", "+ € 5,85"), ("-5.85", "− € 5,85"), ("0.00", "€ 0,00")],
)
def test_a_step_in_a_sum_shows_its_sign(amount: str, written: str) -> None:
    assert dutch.signed_euro(amount) == written.replace(" ", SPACE)


@pytest.mark.parametrize(
    ("worked", "written"),
    [("5312.5", "5.312,50"), ("7.50", "7,50"), ("-8.00", "− 8,00")],
)
def test_hours_have_two_decimals(worked: str, written: str) -> None:
    assert dutch.hours(worked) == written.replace(" ", SPACE)


@pytest.mark.parametrize(
    ("pct", "written"),
    [
        ("30.00", "30%"),
        ("1.00", "1%"),
        ("12.50", "12,5%"),
        ("0.75", "0,75%"),
        ("100", "100%"),
        ("0.00", "0%"),
    ],
)
def test_a_percentage_has_only_the_decimals_that_it_needs(
    pct: str, written: str
) -> None:
    assert dutch.percent(pct) == written


def test_a_day_is_written_out_in_a_sentence_and_short_in_a_table() -> None:
    ninth = datetime.date(2026, 3, 9)
    assert dutch.day(ninth) == f"9{SPACE}maart 2026"
    assert dutch.short_day(ninth) == f"9{SPACE}mrt{SPACE}2026"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("2026-01-12", "2026-05-10", "12 jan t/m 10 mei 2026"),
        ("2025-12-29", "2026-01-04", "29 dec 2025 t/m 4 jan 2026"),
        ("2026-03-09", "2026-03-09", "9 mrt 2026"),
    ],
)
def test_a_span_names_the_year_once_when_it_can(
    first: str, last: str, written: str
) -> None:
    days = (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    assert dutch.span(*days).replace(SPACE, " ") == written


def test_a_half_year_is_written_in_words() -> None:
    assert dutch.half_year(HalfYear(2026, 1)) == "eerste helft van 2026"
    assert dutch.half_year(HalfYear(2025, 2)) == "tweede helft van 2025"


def test_an_account_is_written_in_groups_of_four() -> None:
    spaced = dutch.iban("NL91ABNA0417164300").replace(SPACE, " ")
    assert spaced == "NL91 ABNA 0417 1643 00"


def test_words_are_listed_and_counted() -> None:
    assert dutch.listing(["a"]) == "a"
    assert dutch.listing(["a", "b", "c"]) == "a, b en c"
    assert dutch.counted(1, "uur", "uren") == f"1{SPACE}uur"
    assert dutch.counted(0, "uur", "uren") == f"0{SPACE}uren"
