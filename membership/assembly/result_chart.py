"""What a vote came to, drawn: a bar for each choice, and how far it had to go.

Pure. Source of the places: nvsi.charts.
"""

from dataclasses import dataclass
from decimal import Decimal

from membership.assembly.counting import Base, Counts, Rule
from nvsi.charts import Mark, pct, px

ROW, TEXT, BAR = 52, 16, 18
NAMES = (
    ("pro", "Voor"),
    ("contra", "Tegen"),
    ("abstained", "Onthouding"),
    ("blank", "Blanco of ongeldig"),
)


@dataclass(frozen=True)
class Bar:
    """One choice; without a mark when nobody chose it."""

    name: str
    count: int
    text_y: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Chart:
    """needed: how many votes in favour it took, at a place across its bar."""

    height: str
    bars: list[Bar]
    needed: int
    needed_x: str
    needed_y1: str
    needed_y2: str


def result_chart(rule: Rule, counts: Counts, entitled: int) -> Chart:
    """The bars share one scale; abstentions and blanks only where there are."""
    base = counts.cast if rule.base == Base.CAST else entitled
    needed = rule.needed(base)
    values = {name: getattr(counts, name) for name, _label in NAMES}
    most = Decimal(max(*values.values(), needed, 1))
    shown = [
        (name, label)
        for name, label in NAMES
        if values[name] or name in ("pro", "contra")
    ]
    return Chart(
        height=str(ROW * len(shown)),
        bars=[
            _bar(name, label, values[name], at, most)
            for at, (name, label) in enumerate(shown)
        ],
        needed=needed,
        needed_x=pct(100 * needed / most),
        needed_y1=px(Decimal(TEXT + 2)),
        needed_y2=px(Decimal(TEXT + BAR + 10)),
    )


def _bar(name: str, label: str, count: int, at: int, most: Decimal) -> Bar:
    top = Decimal(ROW * at)
    mark = Mark(
        name,
        "0",
        px(top + TEXT + 6),
        pct(100 * count / most),
        px(Decimal(BAR)),
    )
    return Bar(label, count, px(top + TEXT), (mark,) if count else ())
