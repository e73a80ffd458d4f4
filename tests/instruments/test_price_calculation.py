"""The sums of the tariffs, with the figures of seed 004."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.pricing.calculation import (
    for_inhabitants,
    for_users,
    halves,
    indexed,
    of_revenue,
    price_per_inhabitant,
)
from tests.instruments.tariffs import BANDS, BUDGETS, INHABITANTS

EUROS = st.decimals("0.01", "99999999.99", places=2)
PEOPLE = st.integers(1, 20_000_000)
CENT = Decimal("0.01")


def test_the_budgets_of_the_seed_come_to_90_cents() -> None:
    price = price_per_inhabitant(list(BUDGETS.values()), INHABITANTS)
    assert price == Decimal("0.90")


@pytest.mark.parametrize(
    ("name", "price"), [("Vertrouwenswerk", "0.44"), ("Kindertelefoon", "0.23")]
)
def test_a_budget_alone_comes_to_what_the_seed_says(name: str, price: str) -> None:
    assert price_per_inhabitant([BUDGETS[name]], INHABITANTS) == Decimal(price)


def test_luisterend_oor_costs_25_cents_where_some_gemeenten_do_not_take_part() -> None:
    """The seed marks it so; without the four largest cities and a few more."""
    assert price_per_inhabitant([BUDGETS["Luisterend Oor"]], 15_760_000) == Decimal(
        "0.25"
    )


@pytest.mark.parametrize(("budgets", "people"), [([], 1), ([CENT], 0), ([CENT], -1)])
def test_there_is_no_price_of_nothing_or_for_nobody(
    budgets: list[Decimal], people: int
) -> None:
    with pytest.raises(ValueError, match="needs a budget"):
        price_per_inhabitant(budgets, people)


@pytest.mark.parametrize(
    ("price", "pct", "becomes"),
    [
        ("0.90", "1.50", "0.91"),  # 0.9135
        ("0.90", "0.55", "0.90"),  # 0.90495
        ("1.00", "0.50", "1.01"),  # 1.005, half up
        ("0.90", "-2", "0.88"),
    ],
)
def test_a_price_is_indexed_to_whole_cents(price: str, pct: str, becomes: str) -> None:
    assert indexed(Decimal(price), Decimal(pct)) == Decimal(becomes)


@pytest.mark.parametrize(
    ("users", "amount"),
    [(1, "500"), (499, "500"), (500, "1250"), (1999, "1250"), (2000, "2500")],
)
def test_govroam_costs_what_the_band_says(users: int, amount: str) -> None:
    assert for_users(BANDS, users) == Decimal(amount)


def test_fewer_users_than_any_band_have_no_price() -> None:
    with pytest.raises(ValueError, match="no band"):
        for_users(BANDS, 0)


def test_one_percent_of_the_revenue_is_rounded_per_half_year() -> None:
    revenue = halves(Decimal("100001.01"))
    assert revenue == [Decimal("50000.51"), Decimal("50000.50")]
    assert of_revenue(revenue, [Decimal(1), Decimal(1)]) == Decimal("1000.02")


@given(budgets=st.lists(EUROS, min_size=1, max_size=6), people=PEOPLE)
def test_what_all_pay_is_within_half_a_cent_each_of_the_budgets(
    budgets: list[Decimal], people: int
) -> None:
    price = price_per_inhabitant(budgets, people)
    paid = for_inhabitants(price, people)
    assert abs(paid - sum(budgets)) <= people * CENT / 2


@given(price=EUROS, groups=st.lists(PEOPLE, min_size=1, max_size=6))
def test_gemeenten_apart_pay_what_they_pay_together(
    price: Decimal, groups: list[int]
) -> None:
    """Nobody gains by a herindeling."""
    apart = sum(for_inhabitants(price, people) for people in groups)
    assert apart == for_inhabitants(price, sum(groups))


@given(bands=st.dictionaries(st.integers(1, 5000), EUROS, min_size=1), data=st.data())
def test_users_pay_the_band_they_reach_and_no_higher_one(
    bands: dict[int, Decimal], data: st.DataObject
) -> None:
    users = data.draw(st.integers(min(bands), 6000))
    paid = for_users(bands, users)
    reached = [start for start in bands if start <= users]
    assert paid == bands[max(reached)]


@given(revenue=EUROS)
def test_no_cent_of_the_revenue_is_lost(revenue: Decimal) -> None:
    assert sum(halves(revenue)) == revenue
