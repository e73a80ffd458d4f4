"""The sums of the tariffs. Pure; euros of two places, rounded half up by nvsi.money.

Source: seed 004 part D (per inhabitant), its factsheet Govroam (by users).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from nvsi.money import HUNDRED, ZERO, cents, share, split

HALF = Decimal(1)


def price_per_inhabitant(budgets: Sequence[Decimal], inhabitants: int) -> Decimal:
    """The budgets of a year together, over the inhabitants of all who take part.

    The total is rounded and not each budget: the parts of seed 004 are 92 cents when
    they are rounded one by one, and its price is 90. Raises ValueError when there is
    nothing to divide, or nobody to divide it over.
    """
    if not budgets or inhabitants <= 0:
        raise ValueError("a price per inhabitant needs a budget and inhabitants")
    return cents(sum(budgets, ZERO) / inhabitants)


def indexed(price: Decimal, pct: Decimal) -> Decimal:
    """The price per inhabitant of the next year. What is indexed is the price of the
    year before as it was asked, in whole cents."""
    return cents(price * (HUNDRED + pct) / HUNDRED)


def for_inhabitants(price: Decimal, inhabitants: int) -> Decimal:
    """What a gemeente pays in a year."""
    return cents(price * inhabitants)


def for_users(bands: Mapping[int, Decimal], users: int) -> Decimal:
    """What a year costs for so many users: that of the highest band they reach.

    Raises ValueError when they are fewer than the lowest band starts with.
    """
    reached = [start for start in bands if start <= users]
    if not reached:
        raise ValueError(f"no band has {users} users")
    return bands[max(reached)]


def halves(revenue: Decimal) -> list[Decimal]:
    """The gross revenue of a year over its two half-years, no cent lost."""
    return split(cents(revenue), [HALF, HALF])


def of_revenue(revenue: Sequence[Decimal], pcts: Sequence[Decimal]) -> Decimal:
    """The contribution over half-years, each rounded as a settlement is."""
    parts = [share(euros, pct) for euros, pct in zip(revenue, pcts, strict=True)]
    return sum(parts, ZERO)
