"""The figures in words for the page. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from billing.figures.content import Content
from nvsi.dutch import euro, half_year, hours
from nvsi.halfyear import HalfYear

Figures = Sequence[tuple[str, str, Callable[[Any], str]]]
Cells = Sequence[tuple[str, str | None]]

# Per figure its name in the content, its heading, and how it is written.
WORK: Figures = (
    ("gemeenten", "Gemeenten", str),
    ("kandidaten", "Kandidaten", str),
    ("uren", "Uren", hours),
    ("weken", "Gemiddelde duur", lambda weeks: f"{weeks.replace('.', ',')} weken"),
    ("largest_opdrachtgever_pct", "Grootste opdrachtgever", lambda pct: f"{pct}%"),
)
MONEY: Figures = (
    ("bruto_omzet", "Bruto-omzet", euro),
    ("premies", "Premies", euro),
    ("uitkering_gemeente", "Resultaat gemeenten", euro),
    ("bijdrage_nvsi", "Bijdrage NVSI", euro),
)


@dataclass(frozen=True)
class Area:
    """A region, or the other regions together, in one half-year."""

    name: str
    gemeenten: int
    kandidaten: int
    uren: str


@dataclass(frozen=True)
class Shown:
    """A half-year as it reads: (heading, figure), with None for what is not told."""

    halfyear: str
    words: str
    approved_on: str
    work: Cells
    money: Cells
    areas: Sequence[Area]


def shown(content: Content) -> Shown:
    parts = [
        (part["name"] or "Zonder regio", part) for part in content["regions"] or ()
    ]
    if content["other_regions"]:
        parts.append(("Andere regio's samen", content["other_regions"]))
    return Shown(
        halfyear=content["halfyear"],
        words=half_year(HalfYear.parse(content["halfyear"])),
        approved_on=content["approved_on"],
        work=_cells(content, WORK),
        money=_cells(content, MONEY),
        areas=[_area(name, part) for name, part in parts],
    )


def _cells(content: Content, figures: Figures) -> Cells:
    return [
        (title, None if content[name] is None else how(content[name]))
        for name, title, how in figures
    ]


def _area(name: str, part: Content) -> Area:
    return Area(name, part["gemeenten"], part["kandidaten"], hours(part["uren"]))
