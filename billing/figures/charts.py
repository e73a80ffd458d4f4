"""The figures over time as small charts, each on a scale of its own. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from billing.figures.content import Content
from nvsi.charts import Column, Mark, pct, px
from nvsi.halfyear import HalfYear

# More half-years than this make a chart that nobody reads; the table has them all.
IN_CHART = 6
FEWEST_SLOTS = 4
TOP, PLOT, FOOT = 22, 110, 46
WIDTH = Decimal("0.64")  # of a column, as a part of its slot
NOT_TOLD = "–"


@dataclass(frozen=True)
class Chart:
    """The columns of one figure, the oldest first; the unit may be empty."""

    title: str
    unit: str
    height: str
    base: str
    first_y: str
    second_y: str
    columns: Sequence[Column]


@dataclass(frozen=True)
class Drawn:
    """What a chart is of, and how many of its unit stand in one."""

    name: str
    title: str
    unit: str = ""
    divisor: int = 1


DRAWN = (
    Drawn("kandidaten", "Kandidaten"),
    Drawn("uren", "Uren"),
    Drawn("uitkering_gemeente", "Resultaat gemeenten", "x € 1.000", 1000),
)


def charts(published: Sequence[Content]) -> list[Chart]:
    """Of the newest half-years; a figure that is never told has no chart."""
    shown = published[:IN_CHART][::-1]
    return [
        _chart(drawn, shown)
        for drawn in DRAWN
        if any(content[drawn.name] is not None for content in shown)
    ]


def _chart(drawn: Drawn, shown: Sequence[Content]) -> Chart:
    values = [_value(content[drawn.name]) for content in shown]
    most = max([Decimal(0), *(v for v in values if v is not None)])
    least = min([Decimal(0), *(v for v in values if v is not None)])
    scale = PLOT / ((most - least) or Decimal(1))
    slot = Decimal(100) / max(len(shown), FEWEST_SLOTS)
    base = TOP + most * scale
    bottom = TOP + PLOT + (16 if least < 0 else 0)
    return Chart(
        title=drawn.title,
        unit=drawn.unit,
        height=str(bottom + FOOT),
        base=px(base),
        first_y=str(bottom + 20),
        second_y=str(bottom + 38),
        columns=[
            _column(content, value, slot * at, _placed(slot, base, scale, drawn))
            for at, (content, value) in enumerate(zip(shown, values, strict=True))
        ],
    )


def _value(told: str | int | None) -> Decimal | None:
    return None if told is None else Decimal(told)


Placed = Callable[[Decimal | None, Decimal], Mark]


def _placed(slot: Decimal, base: Decimal, scale: Decimal, drawn: Drawn) -> Placed:
    def mark(value: Decimal | None, x: Decimal) -> Mark:
        """Of nothing where it is not told: then a dash stands on the base."""
        worth = value or Decimal(0)
        left, width, height = (
            x + slot * (1 - WIDTH) / 2,
            slot * WIDTH,
            abs(worth) * scale,
        )
        top = base if worth < 0 else base - height
        return Mark(
            "ended",
            pct(left),
            px(top),
            pct(width),
            px(height),
            NOT_TOLD if value is None else _label(value / drawn.divisor),
            pct(left + width / 2),
            px(base + height + 15 if worth < 0 else top - 6),
        )

    return mark


def _column(
    content: Content, value: Decimal | None, x: Decimal, mark: Placed
) -> Column:
    halfyear = HalfYear.parse(content["halfyear"])
    drawn = mark(value, x)
    return Column(drawn.label_x, str(halfyear.year), f"{halfyear.half}e helft", [drawn])


def _label(value: Decimal) -> str:
    whole = value.quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole:,.0f}".replace(",", ".").replace("-", "−")
