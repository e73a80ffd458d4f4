"""What is published of a half-year: of what was gathered only what may be told. Pure.

The content, of which names and meaning stay as they are; amounts are euros, as texts
with two decimals, and null is what is not told (billing.figures.disclosure):

    {"halfyear": "2026-H1", "approved_on": "2026-07-15", "gemeenten": 12,
     "kandidaten": 140, "uren": "21300.50", "weken": "11.4",
     "largest_opdrachtgever_pct": 18,
     "premies": "42601.00", "bruto_omzet": "315000.00",
     "uitkering_gemeente": "180000.00", "bijdrage_nvsi": "6300.00",
     "regions": [{"code": "AM01", "name": "Groningen", "gemeenten": 4,
                  "kandidaten": 60, "uren": "9100.00"}],
     "other_regions": {"gemeenten": 8, "kandidaten": 80, "uren": "12200.50"}}

`weken` is how long a kandidaat worked on average, from the first to the last day in
the half-year. `regions` is null when no region may be told of; those that are not
named apart are `other_regions` together, null when there are none.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from billing.figures.disclosure import (
    Group,
    euros_may_be_told,
    may_be_told,
    told_of,
)
from billing.figures.gathering import Gathered, Opdrachtgevers, Worked
from nvsi.halfyear import HalfYear

EUROS = ("premies", "bruto_omzet", "uitkering_gemeente", "bijdrage_nvsi")
_PEOPLE = ("kandidaten", "uren", "weken", "largest_opdrachtgever_pct")
_TENTH = Decimal("0.1")

Content = dict[str, Any]


def content_of(
    gathered: Gathered, halfyear: HalfYear, approved_on: datetime.date
) -> Content:
    worked = gathered.worked
    everybody = _group("", worked)
    content: Content = {
        "halfyear": str(halfyear),
        "approved_on": approved_on.isoformat(),
        "gemeenten": len(worked),
        **dict.fromkeys((*_PEOPLE, *EUROS, "regions", "other_regions")),
    }
    if may_be_told(everybody):
        content |= _sums(worked)
        content["weken"] = _weeks(worked)
        content["largest_opdrachtgever_pct"] = _share(gathered.opdrachtgevers)
        content |= _regions(worked)
    if euros_may_be_told(everybody):
        amounts = dict(gathered.amounts.items())
        content |= {name: f"{amounts[name]:.2f}" for name in EUROS}
    return content


def settled_again(before: Content, now: Content) -> Content:
    """As it was published before; only the money of what was settled again, and the
    day, are those of now. What was not told then is not told now."""
    kept = {name: before.get(name) for name in now}
    return {**kept, **{name: now[name] for name in ("approved_on", *EUROS)}}


def _sums(worked: Sequence[Worked]) -> Content:
    return {
        "gemeenten": len(worked),
        "kandidaten": sum(one.kandidaten for one in worked),
        "uren": f"{sum((one.uren for one in worked), Decimal(0)):.2f}",
    }


def _weeks(worked: Iterable[Worked]) -> str | None:
    """Of who worked in the half-year itself; None when those are too few."""
    counted = [one for one in worked if one.with_days]
    people = Group("", {one.gemeente: one.with_days for one in counted})
    if not counted or not may_be_told(people):
        return None
    days = Decimal(sum(one.days for one in counted))
    return str((days / 7 / people.count).quantize(_TENTH, ROUND_HALF_UP))


def _share(of: Opdrachtgevers) -> int | None:
    """Whole percents of the hours; the people at it and elsewhere are both a group."""
    groups = [Group("largest", of.largest), Group("others", of.others)]
    if of.uren <= 0 or not all(may_be_told(group) for group in groups):
        return None
    return int((of.largest_uren * 100 / of.uren).quantize(Decimal(1), ROUND_HALF_UP))


def _regions(worked: Sequence[Worked]) -> Content:
    by_region: Mapping[tuple[str, str], list[Worked]] = defaultdict(list)
    for one in worked:
        by_region[one.region].append(one)
    names = dict(one.region for one in worked)
    parts = {code: rows for (code, _), rows in by_region.items()}
    told = told_of([_group(code, rows) for code, rows in sorted(parts.items())])
    if not (told.apart or told.together):
        return {"regions": [] if not worked else None}
    others = [one for code in told.together for one in parts[code]]
    return {
        "regions": [
            {"code": code, "name": names[code], **_sums(parts[code])}
            for code in told.apart
        ],
        "other_regions": _sums(others) if others else None,
    }


def _group(key: str, worked: Iterable[Worked]) -> Group:
    return Group(key, {one.gemeente: one.kandidaten for one in worked})
