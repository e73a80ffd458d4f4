"""The charts of statements: where its revenue went, and how it was over time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nvsi.charts import Column, Mark, pct, px
from nvsi.dutch import euro
from nvsi.halfyear import HalfYear
from nvsi.money import ZERO, split

HUNDRED = Decimal(100)

# Stacked bars: a line of text, the bar, and room to the next.
BAR_ROW, BAR_TOP, BAR_HEIGHT = 66, 24, 28
# A label of whole euros needs this part of the narrowest page.
LABEL_ROOM = Decimal(20)

# Columns: labels above and below the part where the columns stand.
COLUMN_TOP, COLUMN_PLOT, COLUMN_FOOT = 22, 132, 46
FEWEST_SLOTS = 4
COLUMN_WIDTH, COLUMN_INSET = Decimal("0.40"), Decimal("0.07")
UNITS = (
    (Decimal(10_000_000), Decimal(1_000_000), "in miljoenen euro's"),
    (Decimal(10_000), Decimal(1_000), "in duizenden euro's"),
)


@dataclass(frozen=True)
class Part:
    """A piece of a whole, in euros; its kind chooses the pattern."""

    kind: str
    label: str
    amount: Decimal


@dataclass(frozen=True)
class Bar:
    """One row: its name at the left, its total at the right, its marks under them."""

    name: str
    total: str
    text_y: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Bars:
    """`owed` tells whether some part is below zero."""

    height: str
    owed: bool
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Columns:
    height: str
    base: str
    first_y: str
    second_y: str
    unit: str
    columns: Sequence[Column]


@dataclass(frozen=True)
class Share:
    """A part of a whole in whole percents; together they are 100."""

    part: Part
    pct: str


def stacked(rows: Sequence[tuple[str, Decimal, Sequence[Part]]]) -> Bars:
    """A bar per row of name, total and parts; what is below zero lies left of zero."""
    low = min((_below(parts) for _, _, parts in rows), default=ZERO)
    high = max((_above(parts) for _, _, parts in rows), default=ZERO)
    scale = HUNDRED / ((high - low) or Decimal(1))
    zero = -low * scale
    return Bars(
        height=str(BAR_ROW * len(rows)),
        owed=low < 0,
        bars=[
            Bar(
                name,
                whole_euro(total),
                str(row * BAR_ROW + BAR_TOP - 8),
                _row_of_marks(parts, row * BAR_ROW + BAR_TOP, zero, scale),
            )
            for row, (name, total, parts) in enumerate(rows)
        ],
    )


def divided(parts: Sequence[Part]) -> Bars:
    """One whole as a bar without words: its legend tells what is what."""
    scale = HUNDRED / (_above(parts) or Decimal(1))
    marks = [replace(mark, label="") for mark in _row_of_marks(parts, 0, ZERO, scale)]
    return Bars(str(BAR_HEIGHT), False, [Bar("", "", "0", marks)])


def _row_of_marks(
    parts: Sequence[Part], y: int, zero: Decimal, scale: Decimal
) -> list[Mark]:
    right, left, marks = zero, zero, []
    for part in parts:
        width = abs(part.amount) * scale
        if part.amount < 0:
            left -= width
        start = left if part.amount < 0 else right
        if part.amount > 0:
            right += width
        if part.amount:
            marks.append(_bar_mark(part, start, width, y))
    return marks


def _bar_mark(part: Part, x: Decimal, width: Decimal, y: int) -> Mark:
    # Only the first kind is dark and plain enough to carry letters.
    labelled = part.kind == "payout" and part.amount > 0 and width >= LABEL_ROOM
    return Mark(
        part.kind if part.amount > 0 else f"{part.kind}-owed",
        pct(x),
        str(y),
        pct(width),
        str(BAR_HEIGHT),
        whole_euro(part.amount) if labelled else "",
        pct(x + width / 2),
        str(y + BAR_HEIGHT - 9),
    )


def columns(rows: Sequence[tuple[HalfYear, Sequence[Part]]]) -> Columns:
    """A few columns beside each other per half-year, from old to new."""
    amounts = [part.amount for _, parts in rows for part in parts]
    high, low = max([ZERO, *amounts]), min([ZERO, *amounts])
    scale = COLUMN_PLOT / ((high - low) or Decimal(1))
    base = COLUMN_TOP + high * scale
    bottom = COLUMN_TOP + COLUMN_PLOT + (16 if low < 0 else 0)
    unit, divisor = _unit(max(high, -low))
    slot = HUNDRED / max(len(rows), FEWEST_SLOTS)
    return Columns(
        height=str(bottom + COLUMN_FOOT),
        base=px(base),
        first_y=str(bottom + 20),
        second_y=str(bottom + 38),
        unit=unit,
        columns=[
            Column(
                pct(slot * (number + Decimal("0.5"))),
                str(period.year),
                f"{period.half}e helft",
                [
                    _column_mark(part, slot * (number + _offset(at)), slot, base, scale)
                    for at, part in enumerate(_labelled(parts, divisor))
                ],
            )
            for number, (period, parts) in enumerate(rows)
        ],
    )


def shares(parts: Sequence[Part]) -> list[Share]:
    """Whole percents; nothing when a part is below zero or there is no whole."""
    amounts = [part.amount for part in parts]
    if min(amounts) < 0 or sum(amounts, ZERO) <= 0:
        return []
    cents = split(Decimal(1), amounts)
    return [
        Share(part, f"{cent * 100:.0f}%")
        for part, cent in zip(parts, cents, strict=True)
    ]


def whole_euro(amount: Decimal) -> str:
    """€ 78.951: a label on a mark; the amount to the cent stands in a table."""
    return euro(f"{amount:.0f}").removesuffix(",00")


@dataclass(frozen=True)
class _Labelled:
    kind: str
    amount: Decimal
    label: str


def _labelled(parts: Sequence[Part], divisor: Decimal) -> list[_Labelled]:
    return [
        _Labelled(
            part.kind,
            part.amount,
            f"{part.amount / divisor:,.0f}".replace(",", ".").replace("-", "−"),
        )
        for part in parts
    ]


def _offset(at: int) -> Decimal:
    """Where a column starts, as a part of the slot of its half-year."""
    return COLUMN_INSET + at * (COLUMN_WIDTH + Decimal("0.04"))


def _column_mark(
    part: _Labelled, x: Decimal, slot: Decimal, base: Decimal, scale: Decimal
) -> Mark:
    width, height = slot * COLUMN_WIDTH, abs(part.amount) * scale
    top = base if part.amount < 0 else base - height
    return Mark(
        part.kind,
        pct(x),
        px(top),
        pct(width),
        px(height),
        part.label,
        pct(x + width / 2),
        px(base + height + 15 if part.amount < 0 else top - 6),
    )


def _unit(largest: Decimal) -> tuple[str, Decimal]:
    for least, divisor, words in UNITS:
        if largest >= least:
            return words, divisor
    return "in euro's", Decimal(1)


def _above(parts: Sequence[Part]) -> Decimal:
    return sum((part.amount for part in parts if part.amount > 0), ZERO)


def _below(parts: Sequence[Part]) -> Decimal:
    return sum((part.amount for part in parts if part.amount < 0), ZERO)
