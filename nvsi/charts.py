"""What every chart is drawn of: rectangles with a place, for a template. Pure.

Places across are percentages and places down are pixels, so that a chart is as wide as
its page while letters keep their size. What a mark means is told by its pattern and
its label; colour only helps. `templates/nvsi/_marks.html` draws them as SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Mark:
    """A rectangle; `label` is empty where there is no room for it."""

    kind: str
    x: str
    y: str
    width: str
    height: str
    label: str = ""
    label_x: str = ""
    label_y: str = ""


@dataclass(frozen=True)
class Column:
    """What stands above one moment, with its name in two lines."""

    x: str
    first: str
    second: str
    marks: Sequence[Mark]


def pct(value: Decimal) -> str:
    """A place across: 12.50%."""
    return f"{value:.2f}%"


def px(value: Decimal) -> str:
    """A place down, in pixels."""
    return f"{value:.1f}"
