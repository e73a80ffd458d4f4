"""Half-years follow each other without a gap, and are written 2026-H1."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvsi.halfyear import HalfYear

days = st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31))
halfyears = st.builds(HalfYear, st.integers(2001, 2098), st.sampled_from([1, 2]))


@pytest.mark.parametrize("text", ["2026-H1", " 2026-h1 "])
def test_a_halfyear_is_read_as_it_is_written(text: str) -> None:
    assert HalfYear.parse(text) == HalfYear(2026, 1)
    assert str(HalfYear(2026, 1)) == "2026-H1"


@pytest.mark.parametrize("text", ["", "2026", "2026-H3", "2026-H0", "1999-H1", "H1"])
def test_what_is_no_halfyear_is_refused_in_dutch(text: str) -> None:
    with pytest.raises(ValueError, match="is geen halfjaar"):
        HalfYear.parse(text)


@pytest.mark.parametrize(("year", "half"), [(2026, 0), (2026, 3), (1999, 1), (2100, 1)])
def test_there_are_two_halves_in_a_year_of_this_century(year: int, half: int) -> None:
    with pytest.raises(ValueError, match="no such half-year"):
        HalfYear(year, half)


@given(days)
def test_every_day_is_in_one_halfyear(day: datetime.date) -> None:
    halfyear = HalfYear.of(day)
    assert halfyear.first_day <= day <= halfyear.last_day


@given(halfyears)
def test_the_next_halfyear_begins_the_day_after(halfyear: HalfYear) -> None:
    day = datetime.timedelta(days=1)
    assert halfyear.next().first_day == halfyear.last_day + day
    assert halfyear.previous().last_day == halfyear.first_day - day
    assert halfyear.next().previous() == halfyear
    assert halfyear < halfyear.next()


@given(halfyears, halfyears)
def test_the_code_keeps_the_order_and_reads_back(one: HalfYear, two: HalfYear) -> None:
    assert HalfYear.from_code(one.code) == one
    assert (one.code < two.code) == (one < two)


def test_a_halfyear_has_ended_from_the_day_after() -> None:
    halfyear = HalfYear(2026, 1)
    assert halfyear.code == 20261
    assert not halfyear.has_ended(datetime.date(2026, 6, 30))
    assert halfyear.has_ended(datetime.date(2026, 7, 1))
    assert HalfYear(2026, 2).last_day == datetime.date(2026, 12, 31)
