"""Money is rounded in one way, and no cent is lost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvsi.money import CENT, cents, share, split

euros = st.decimals(-(10**9), 10**9, places=2)
weights = st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        ("0.004", "0.00"),
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("2.675", "2.68"),
        ("-2.674999", "-2.67"),
        ("12", "12.00"),
    ],
)
def test_half_a_cent_is_rounded_away_from_zero(exact: str, rounded: str) -> None:
    assert str(cents(Decimal(exact))) == rounded


@pytest.mark.parametrize(
    ("amount", "pct", "part"),
    [
        ("584.88", "30", "175.46"),
        ("584.88", "1", "5.85"),
        ("-584.88", "1", "-5.85"),
        ("0.50", "1", "0.01"),
        ("100.00", "0", "0.00"),
        ("100.00", "100", "100.00"),
        ("99.99", "27.5", "27.50"),
    ],
)
def test_a_share_is_a_percentage_in_cents(amount: str, pct: str, part: str) -> None:
    assert str(share(Decimal(amount), Decimal(pct))) == part


@given(euros)
def test_turning_the_sign_turns_the_rounding(amount: Decimal) -> None:
    third = amount / 3
    assert cents(-third) == -cents(third)


def test_the_cents_that_remain_go_to_the_largest_fractions() -> None:
    ones = [Decimal(1)] * 3
    assert split(Decimal("0.05"), ones) == [
        Decimal("0.02"),
        Decimal("0.02"),
        Decimal("0.01"),
    ]
    assert split(Decimal("10.00"), [Decimal(1), Decimal(2)]) == [
        Decimal("3.33"),
        Decimal("6.67"),
    ]


@given(euros, weights.filter(any))
def test_a_split_loses_no_cent_and_is_fair_to_a_cent(
    total: Decimal, shares: list[Decimal]
) -> None:
    parts = split(total, shares)
    assert sum(parts) == total
    whole = sum(shares)
    for part, weight in zip(parts, shares, strict=True):
        assert part == cents(part)
        assert abs(part - total * weight / whole) < CENT


@pytest.mark.parametrize("shares", [[], [0], [0, 0], [-1, 2]])
def test_there_must_be_something_to_split_by(shares: list[int]) -> None:
    with pytest.raises(ValueError, match="needs weights"):
        split(Decimal("1.00"), [Decimal(weight) for weight in shares])
