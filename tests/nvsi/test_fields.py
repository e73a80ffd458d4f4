"""A half-year, an amount and a moment as a field takes them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from nvsi.fields import DayField, DutchDecimalField, HalfYearField, MomentField
from nvsi.halfyear import HalfYear


@pytest.mark.parametrize("value", ["2026-H1", " 2026-h1 ", "20261", 20261])
def test_a_halfyear_is_read_as_it_is_written_or_kept(value: str | int) -> None:
    assert HalfYearField().to_python(value) == HalfYear(2026, 1)


@pytest.mark.parametrize("value", ["2027", "20263", "2026-H3", "", "H1", 2027, "²"])
def test_what_is_no_halfyear_is_refused_in_dutch(value: str | int) -> None:
    with pytest.raises(ValidationError, match=f"'{value}' is geen halfjaar. Schrijf"):
        HalfYearField().to_python(value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2.000", 2000),
        ("1.234.567,5", "1234567.50"),
        ("€ 2.000,50", "2000.50"),
        ("2000,50", "2000.50"),
        ("2000.50", "2000.50"),
        ("2.000,-", 2000),
        ("12", 12),
    ],
)
def test_an_amount_is_read_as_the_dutch_write_it(typed: str, meant: str) -> None:
    assert DutchDecimalField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["2.00.0", "1.2345", "2,000,5", "veel", "1,234"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        DutchDecimalField().clean(typed)


@pytest.mark.parametrize("year", ["0001", "0026", "1999", "2100", "9999"])
def test_a_moment_in_a_year_that_was_mistyped_is_refused(year: str) -> None:
    """Such a moment could be kept, and then no list shows it: year -1 in UTC."""
    with pytest.raises(ValidationError, match="Kies een jaar van 2000 tot en met 2099"):
        MomentField().clean(f"{year}-12-31T23:59")
    assert MomentField().clean("2026-12-31T23:59")


@pytest.mark.parametrize("year", ["0001", "0026", "1899", "2200", "9999"])
def test_a_day_in_a_year_that_was_mistyped_is_refused(year: str) -> None:
    with pytest.raises(ValidationError, match="Kies een jaar van 1900 tot en met 2199"):
        DayField().clean(f"31-12-{year}")
    assert DayField().clean("31-12-2026") == DayField().clean("2026-12-31")
