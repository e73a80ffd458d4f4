"""What happened in a half-year, per gemeente: asked of the lines and the settlements.

Two readings of the half-year's own lines and a fixed number of small questions: what
other half-years hold, costs nothing here.

A kandidaat is one pseudonym of one gemeente. Who works for two gemeenten counts for
both, so that the parts add up to the whole.
"""

# ruff: noqa: S608 - the statement is put together of our own words alone

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from billing.models import Period, Settlement
from billing.settling.calculation import Amounts
from billing.sql import ask
from membership.models import Region, RegionMember

# The days of a kandidaat: from the first to the last one worked in the half-year
# itself; a correction is no day, and what came late was worked before.
_DAYS = "FILTER (WHERE l.uren > 0 AND l.worked_in = p.halfyear)"
_PEOPLE = f"""
SELECT gemeente_id, count(*) FILTER (WHERE uren > 0), sum(uren),
    count(*) FILTER (WHERE uren > 0 AND days IS NOT NULL),
    coalesce(sum(days) FILTER (WHERE uren > 0), 0)
FROM (
    SELECT c.gemeente_id, l.kandidaat_ref, sum(l.uren) AS uren,
        max(l.datum) {_DAYS} - min(l.datum) {_DAYS} + 1 AS days
    FROM billing_line l
    JOIN billing_period p ON p.id = l.period_id
    JOIN contracts_coverage c ON c.id = l.coverage_id
    WHERE l.period_id = %s GROUP BY 1, 2) AS kandidaten
GROUP BY 1 ORDER BY 1
"""
_LARGEST = """
WITH largest AS (
    SELECT opdrachtgever_kvk FROM billing_line WHERE period_id = %s
    GROUP BY 1 ORDER BY sum(uren) DESC, 1 LIMIT 1)
SELECT gemeente_id, is_largest, count(*) FILTER (WHERE uren > 0), sum(uren)
FROM (
    SELECT c.gemeente_id, l.kandidaat_ref, sum(l.uren) AS uren,
        l.opdrachtgever_kvk = (SELECT opdrachtgever_kvk FROM largest) AS is_largest
    FROM billing_line l JOIN contracts_coverage c ON c.id = l.coverage_id
    WHERE l.period_id = %s GROUP BY 1, 2, 4) AS kandidaten
GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Worked:
    """The work for one gemeente; `days` are those of `with_days` kandidaten together.

    region is the code and name of its arbeidsmarktregio on the last day, if known.
    """

    gemeente: int
    region: tuple[str, str]
    kandidaten: int
    uren: Decimal
    with_days: int
    days: int


@dataclass(frozen=True)
class Opdrachtgevers:
    """The hours at the largest opdrachtgever and at the others, with their people."""

    largest: Mapping[int, int]
    others: Mapping[int, int]
    largest_uren: Decimal
    uren: Decimal


@dataclass(frozen=True)
class Gathered:
    """All of a half-year, before anything is made safe: never to be shown so."""

    worked: tuple[Worked, ...]
    opdrachtgevers: Opdrachtgevers
    amounts: Amounts


def gather(period: Period) -> Gathered:
    """Of the lines of a half-year, and of its settlements that hold."""
    regions = _regions(period)
    return Gathered(
        tuple(
            Worked(gemeente, regions.get(gemeente, ("", "")), *sums)
            for gemeente, *sums in ask(_PEOPLE, [period.pk])
        ),
        _opdrachtgevers(period),
        _amounts(period),
    )


def _regions(period: Period) -> dict[int, tuple[str, str]]:
    rows = RegionMember.objects.active_on(period.halfyear.last_day).filter(
        region__type=Region.Type.ARBEIDSMARKTREGIO
    )
    named = rows.values_list("organisation", "region__code", "region__name")
    return {gemeente: (code, name) for gemeente, code, name in named}


def _opdrachtgevers(period: Period) -> Opdrachtgevers:
    people: dict[bool, dict[int, int]] = {True: {}, False: {}}
    uren: dict[bool, Decimal] = defaultdict(Decimal)
    for gemeente, is_largest, count, worked in ask(_LARGEST, [period.pk, period.pk]):
        people[is_largest][gemeente] = count
        uren[is_largest] += worked
    total = sum(uren.values(), Decimal(0))
    return Opdrachtgevers(people[True], people[False], uren[True], total)


def _amounts(period: Period) -> Amounts:
    names = tuple(Amounts.__dataclass_fields__)
    rows = Settlement.objects.filter(period=period).approved().in_force()
    sums = rows.order_by().aggregate(**{f"{name}_sum": Sum(name) for name in names})
    found = {name: sums[f"{name}_sum"] for name in names}
    return Amounts(**{name: value for name, value in found.items() if value})
