"""The share over the years, drawn as columns against the limit. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from contracts.inbesteding.share import HUNDRED, LIMIT, Figure, shown_pct
from nvsi.charts import Column, Mark, pct, px
from nvsi.dutch import percent

TOP, PLOT, FOOT = 22, 120, 28
IN_CHART, FEWEST = 8, 4
WIDTH = Decimal("0.56")  # of a column, as a part of its slot
LABEL_ABOVE = 6


@dataclass(frozen=True)
class ShareChart:
    """The columns, with the line of 80% and the base."""

    height: str
    base: str
    limit: str
    year_y: str
    columns: list[Column]


def share_chart(figures: Mapping[int, Figure]) -> ShareChart | None:
    """Of the last years of which something is known; None without any."""
    years = [year for year in sorted(figures) if figures[year].total][-IN_CHART:]
    if not years:
        return None
    slot = HUNDRED / max(len(years), FEWEST)
    base = Decimal(TOP + PLOT)
    return ShareChart(
        height=str(TOP + PLOT + FOOT),
        base=px(base),
        limit=px(_y(LIMIT)),
        year_y=str(TOP + PLOT + 20),
        columns=[
            Column(
                pct(slot * (at + Decimal("0.5"))),
                str(year),
                "",
                [_mark(figures[year], slot * at, slot)],
            )
            for at, year in enumerate(years)
        ],
    )


def _y(share: Decimal) -> Decimal:
    return TOP + PLOT * (HUNDRED - share) / HUNDRED


def _mark(figure: Figure, x: Decimal, slot: Decimal) -> Mark:
    share = shown_pct(figure.controlling, figure.total)
    top, left = _y(share), x + slot * (1 - WIDTH) / 2
    return Mark(
        "ended",
        pct(left),
        px(top),
        pct(slot * WIDTH),
        px(TOP + PLOT - top),
        percent(share),
        pct(x + slot / 2),
        px(top - LABEL_ABOVE),
    )
