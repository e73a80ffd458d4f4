"""How long the voorhang took, per year in which it began: two columns for a year."""

from collections.abc import Sequence
from decimal import Decimal

from membership.register.figures import FOOT, PLOT, TOP, Chart
from membership.register.lengths import Length, Way, Year
from nvsi.charts import Column, Mark, pct, px

IN_CHART = 6
WIDTH = Decimal("0.36")  # of one column of the two, as a part of the slot


def length_chart(years: Sequence[Year]) -> Chart | None:
    """Of the last years in which somebody began who came in; None without any."""
    shown = [
        (one.year, one.length)
        for one in reversed(years)
        if one.way == Way.VOORHANG and one.length
    ][-IN_CHART:]
    if not shown:
        return None
    scale = Decimal(PLOT) / (max(length.p80 for _, length in shown) or 1)
    slot = Decimal(100) / max(len(shown), IN_CHART // 2)
    base = Decimal(TOP + PLOT)
    return Chart(
        title="Dagen van dossier tot lid, met de voorhang",
        height=str(TOP + PLOT + FOOT),
        base=px(base),
        first_y=str(TOP + PLOT + 20),
        second_y=str(TOP + PLOT + 38),
        columns=[
            Column(
                pct(slot * (at + Decimal("0.5"))),
                str(year),
                f"{length.count} keer",
                _marks(length, slot * at, slot, base, scale),
            )
            for at, (year, length) in enumerate(shown)
        ],
    )


def _marks(
    length: Length, x: Decimal, slot: Decimal, base: Decimal, scale: Decimal
) -> list[Mark]:
    """The median, and beside it the day by which 80% were in."""
    gap = slot * (1 - 2 * WIDTH) / 2
    return [
        _mark(kind, days, x + gap + slot * WIDTH * at, slot * WIDTH, base, scale)
        for at, (kind, days) in enumerate(
            [("ended", length.median), ("today", length.p80)]
        )
    ]


def _mark(
    kind: str, days: int, left: Decimal, width: Decimal, base: Decimal, scale: Decimal
) -> Mark:
    height = days * scale
    return Mark(
        kind,
        pct(left),
        px(base - height),
        pct(width * Decimal("0.94")),
        px(height),
        str(days),
        pct(left + width / 2),
        px(base - height - 6),
    )
