"""What was in the kas at the end of each half-year, as columns. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from billing.innovatiekas.balance import Balance
from billing.innovatiekas.history import Row
from nvsi.charts import Column, Mark, pct, px
from nvsi.dutch import euro
from nvsi.halfyear import HalfYear

MOST = 8
FEWEST_SLOTS = 4
TOP, PLOT, FOOT = 22, 130, 46
WIDTH = Decimal("0.60")  # of a column, as a part of its slot


@dataclass(frozen=True)
class Chart:
    """The newest half-years, the oldest first; what is free stands on top."""

    height: str
    base: str
    first_y: str
    second_y: str
    columns: Sequence[Column]


@dataclass(frozen=True)
class AtEnd:
    """What was in the kas when a half-year ended, or is now."""

    halfyear: HalfYear
    balance: Balance

    @property
    def free(self) -> str:
        return euro(self.balance.free)

    @property
    def reserved(self) -> str:
        return euro(self.balance.reserved)


def at_ends(rows: Sequence[Row], until: HalfYear) -> list[AtEnd]:
    """Of each half-year from the first movement on, also where nothing moved."""
    if not rows:
        return []
    last = {HalfYear.of(row.on): row.after for row in rows}
    ends, halfyear, balance = [], min(last), Balance()
    while halfyear <= max(until, max(last)):
        balance = last.get(halfyear, balance)
        ends.append(AtEnd(halfyear, balance))
        halfyear = halfyear.next()
    return ends


def chart_of(ends: Sequence[AtEnd]) -> Chart:
    shown = ends[-MOST:]
    scale = PLOT / (max(end.balance.total for end in shown) or Decimal(1))
    slot = Decimal(100) / max(len(shown), FEWEST_SLOTS)
    base = Decimal(TOP + PLOT)
    return Chart(
        height=str(TOP + PLOT + FOOT),
        base=px(base),
        first_y=str(TOP + PLOT + 20),
        second_y=str(TOP + PLOT + 38),
        columns=[
            _column(end, slot * at, slot, base, scale) for at, end in enumerate(shown)
        ],
    )


def _column(
    end: AtEnd, x: Decimal, slot: Decimal, base: Decimal, scale: Decimal
) -> Column:
    left, width = x + slot * (1 - WIDTH) / 2, slot * WIDTH
    middle = pct(left + width / 2)
    promised, free = end.balance.reserved * scale, end.balance.free * scale
    top = base - promised - free
    place = (pct(left), pct(width))
    marks = [
        Mark("fee", place[0], px(base - promised), place[1], px(promised)),
        Mark(
            "ended",
            place[0],
            px(top),
            place[1],
            px(free),
            _label(end.balance.total),
            middle,
            px(top - 6),
        ),
    ]
    return Column(middle, str(end.halfyear.year), f"{end.halfyear.half}e helft", marks)


def _label(value: Decimal) -> str:
    whole = value.quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole:,.0f}".replace(",", ".")
