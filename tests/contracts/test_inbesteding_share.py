"""The share of activity for members that control: a worked table, and its laws."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.inbesteding.chart import share_chart
from contracts.inbesteding.share import (
    Basis,
    Expected,
    Figure,
    Problem,
    is_above,
    judge,
    shown_pct,
    together,
)

CENTS = st.integers(0, 10**10)


def figure(
    year: int, controlling: str, total: str, measure: str = "turnover"
) -> Figure:
    return Figure(year, Decimal(controlling), Decimal(total), measure)


def figures(*rows: Figure) -> dict[int, Figure]:
    return {row.year: row for row in rows}


WORKED = figures(
    figure(2022, "0.00", "900000.00"),  # before the three years: no part of it
    figure(2023, "700000.00", "1000000.00"),  # 70%
    figure(2024, "1700000.00", "2000000.00"),  # 85%
    figure(2025, "2550000.00", "3000000.00"),  # 85%
    figure(2026, "0.00", "5000000.00"),  # the year of the award itself
)


def test_three_whole_years_before_that_of_the_award_count_as_one_sum() -> None:
    share = judge(WORKED, 2026)
    assert share.years == (2023, 2024, 2025)
    assert (share.controlling, share.total) == (Decimal(4_950_000), Decimal(6_000_000))
    assert share.pct == Decimal("82.50")  # and not 80.00, the average of 70, 85 and 85
    assert share.margin == Decimal(150_000)
    assert share.is_above
    assert share.basis == Basis.YEARS


@pytest.mark.parametrize(
    ("controlling", "above", "shown"),
    [
        ("80.00", False, "80.00"),
        ("80.01", True, "80.01"),
        ("79.99", False, "79.99"),
        ("100.00", True, "100.00"),
    ],
)
def test_exactly_80_percent_is_not_enough(
    controlling: str, above: bool, shown: str
) -> None:
    part, whole = Decimal(controlling), Decimal("100.00")
    assert is_above(part, whole) is above
    assert shown_pct(part, whole) == Decimal(shown)


def test_a_cent_above_the_limit_is_shown_as_above_it() -> None:
    part, whole = Decimal("800000000.01"), Decimal("1000000000.00")
    assert is_above(part, whole)
    assert shown_pct(part, whole) == Decimal("80.000000001")


def test_a_year_that_went_on_without_being_known_is_missing() -> None:
    known = {year: WORKED[year] for year in (2022, 2023, 2025)}
    expected = Expected(Decimal(1), Decimal(1), "turnover", "verwacht")
    share = judge(known, 2026, expected)
    assert share.problem == Problem.MISSING  # a forecast cannot take its place
    assert share.missing == (2024,)


def test_a_year_that_is_settled_in_part_existed() -> None:
    share = judge({2025: WORKED[2025]}, 2026, existed={2024})
    assert share.problem == Problem.MISSING


def test_a_forecast_counts_only_where_three_years_do_not_exist() -> None:
    known = {2025: WORKED[2025]}
    assert judge(known, 2026).problem == Problem.NEW
    expected = Expected(Decimal(9), Decimal(10), "turnover", "aannemelijk")
    share = judge(known, 2026, expected)
    assert (share.basis, share.pct) == (Basis.FORECAST, Decimal(90))
    assert judge({}, 2026, expected).is_above
    assert judge(WORKED, 2026, expected).basis == Basis.YEARS


def test_years_in_two_measures_are_not_added_up() -> None:
    mixed = {**WORKED, 2024: figure(2024, "9.00", "10.00", "costs")}
    assert judge(mixed, 2026).problem == Problem.MIXED


def test_three_years_without_activity_prove_nothing() -> None:
    empty = figures(*(figure(year, "0.00", "0.00") for year in (2023, 2024, 2025)))
    assert judge(empty, 2026).problem == Problem.NOTHING


def test_the_association_is_all_instruments_together() -> None:
    other = figures(
        figure(2024, "0.00", "1000000.00"), figure(2025, "100000.00", "2000000.00")
    )
    share = judge(together([WORKED, other]), 2026)
    assert (share.controlling, share.total) == (Decimal(5_050_000), Decimal(9_000_000))
    assert not share.is_above  # though the first instrument alone is


def test_of_a_year_that_one_instrument_lacks_nothing_can_be_said() -> None:
    stopped = figures(figure(2023, "1.00", "1.00"), figure(2024, "1.00", "1.00"))
    assert judge(together([WORKED, stopped]), 2026).missing == (2025,)
    in_hours = figures(figure(2025, "1.00", "1.00", "hours"))
    assert judge(together([WORKED, in_hours]), 2026).problem == Problem.MIXED


@st.composite
def three_years(draw: st.DrawFn) -> dict[int, Figure]:
    found = {}
    for year in (2023, 2024, 2025):
        one, more = draw(CENTS), draw(CENTS)
        part = Decimal(one).scaleb(-2)
        found[year] = Figure(year, part, part + Decimal(more).scaleb(-2), "turnover")
    return found


@given(three_years())
def test_it_is_above_exactly_when_the_fraction_is(known: dict[int, Figure]) -> None:
    share = judge(known, 2026)
    if share.total:
        exact = Fraction(share.controlling) / Fraction(share.total)
        assert share.is_above == (exact > Fraction(4, 5))
        assert (share.pct > 80) == share.is_above
        assert Fraction(share.pct) <= exact * 100
        assert (share.margin > 0) == share.is_above
    else:
        assert share.problem == Problem.NOTHING


@given(three_years(), CENTS)
def test_work_for_others_never_raises_it_and_work_for_members_never_lowers_it(
    known: dict[int, Figure], more: int
) -> None:
    extra, last = Decimal(more).scaleb(-2), known[2025]
    for_others = Figure(2025, last.controlling, last.total + extra, "turnover")
    for_members = Figure(2025, last.controlling + extra, last.total + extra, "turnover")
    before = judge(known, 2026).is_above
    assert before or not judge({**known, 2025: for_others}, 2026).is_above
    assert judge({**known, 2025: for_members}, 2026).is_above or not before


@given(three_years(), three_years())
def test_years_outside_the_three_have_no_say(
    known: dict[int, Figure], others: dict[int, Figure]
) -> None:
    moved = {
        year: Figure(year, row.controlling, row.total, row.measure)
        for year, row in zip((2020, 2021, 2026), others.values(), strict=True)
    }
    assert judge({**moved, **known}, 2026) == judge(known, 2026)


def test_the_chart_has_the_limit_at_four_fifths() -> None:
    chart = share_chart(WORKED)
    assert chart is not None
    assert (chart.base, chart.limit) == ("142.0", "46.0")
    marks = {column.first: column.marks[0] for column in chart.columns}
    assert marks["2024"].label == "85%"
    assert (marks["2024"].y, marks["2024"].height) == ("40.0", "102.0")
    assert share_chart({}) is None
