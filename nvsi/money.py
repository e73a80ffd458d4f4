"""Money: Decimal euros of two places, rounded half up, away from zero when negative.

The only place that rounds. Where rounding happens is told in docs/settlement.md.
"""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
HUNDRED = Decimal(100)


def cents(amount: Decimal) -> Decimal:
    """Round an amount in euros to whole cents, half up (half away from zero)."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def share(amount: Decimal, pct: Decimal) -> Decimal:
    """The given percentage of an amount in euros, rounded to cents."""
    return cents(amount * pct / HUNDRED)


def split(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Divide euros over weights without losing a cent.

    Each part is rounded down; the cents that remain go to the largest fractions,
    the first of equals first. Raises ValueError when there is nothing to divide by.
    """
    weight = sum(weights, Decimal(0))
    if weight <= 0 or any(w < 0 for w in weights):
        raise ValueError("split needs weights that are not negative, and one above 0")
    exact = [total * w / weight for w in weights]
    parts = [e.quantize(CENT, rounding=ROUND_FLOOR) for e in exact]
    left_over = int((total - sum(parts, ZERO)) / CENT)
    by_fraction = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_fraction[:left_over]:
        parts[i] += CENT
    assert sum(parts, ZERO) == total, "a split loses no cent"
    return parts
