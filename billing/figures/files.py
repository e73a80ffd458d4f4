"""The figures for a program: CSV and JSON, for everyone.

The JSON holds what was published, as billing.figures.content says it:

    {"instrument": "flexensie", "name": "Flexensie", "halfyears": [...]}

In the CSV a half-year has a row for all gemeenten together, one for each region that
is told of, and one for the other regions together. An empty cell is not told, or not
worked out per region.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from billing.figures.content import EUROS, Content
from instruments.models import Instrument
from nvsi.spreadsheet import Cell, write_csv

EVERYBODY, OTHERS = "Alle gemeenten samen", "Andere regio's samen"
HEADER = (
    *("Halfjaar", "Vastgesteld op", "Gebied", "Gemeenten", "Kandidaten", "Uren"),
    *("Gemiddelde duur in weken", "Aandeel grootste opdrachtgever in procenten"),
    *("Premies", "Bruto-omzet", "Resultaat gemeenten", "Bijdrage aan de NVSI"),
)
NAMES = (
    *("halfyear", "approved_on", "gemeenten", "kandidaten", "uren", "weken"),
    *("largest_opdrachtgever_pct", *EUROS),
)
PART = ("code", "name", "gemeenten", "kandidaten", "uren")


def as_json(instrument: Instrument, published: Sequence[Content]) -> bytes:
    content = {
        "instrument": instrument.slug,
        "name": instrument.name,
        "halfyears": [_ordered(each) for each in published],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _ordered(content: Content) -> Content:
    """As it is documented: the database keeps the names in an order of its own."""
    regions = content["regions"]
    return {
        **{name: content[name] for name in NAMES},
        "regions": regions and [{n: part[n] for n in PART} for part in regions],
        "other_regions": content["other_regions"],
    }


def as_csv(published: Sequence[Content]) -> bytes:
    return write_csv(HEADER, [row for content in published for row in _rows(content)])


def _rows(content: Content) -> Iterator[tuple[Cell, ...]]:
    yield (
        *_cells(content, EVERYBODY, content),
        _number(content["weken"]),
        content["largest_opdrachtgever_pct"],
        *(_number(content[name]) for name in EUROS),
    )
    parts = [
        (part["name"] or "Zonder regio", part) for part in content["regions"] or ()
    ]
    if content["other_regions"]:
        parts.append((OTHERS, content["other_regions"]))
    for name, part in parts:
        yield *_cells(content, name, part), *(None,) * 6


def _cells(content: Content, area: str, part: Content) -> tuple[Cell, ...]:
    return (
        content["halfyear"],
        date.fromisoformat(content["approved_on"]),
        area,
        part["gemeenten"],
        part["kandidaten"],
        _number(part["uren"]),
    )


def _number(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told)
