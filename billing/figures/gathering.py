"""What happened in a half-year, per gemeente: asked of the lines and the settlements.

One reading of the half-year's own lines and a fixed number of small questions: what
other half-years hold, costs nothing here.

A kandidaat is one pseudonym of one gemeente. Who works for two gemeenten counts for
both, so that the parts add up to the whole.
"""

# ruff: noqa: S608 - the statement is put together of our own words alone

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from billing.models import Period, Settlement
from billing.settling.calculation import Amounts
from billing.sql import ask
from membership.models import Region, RegionMember
from nvsi.money import ZERO

# One reading of the lines, without a join: per coverage, kandidaat and opdrachtgever.
# The days of a kandidaat are from the first to the last one worked in the half-year
# itself; a correction is no day, and what came late was worked before.
_DAY = "FILTER (WHERE uren > 0 AND worked_in = (SELECT halfyear FROM settled))"
_AT_LARGEST = (
    "FILTER (WHERE opdrachtgever_kvk = (SELECT opdrachtgever_kvk FROM largest))"
)
_ELSEWHERE = _AT_LARGEST.replace(" = ", " <> ")
_WORKED = f"""
WITH settled AS (SELECT halfyear FROM billing_period WHERE id = %s),
read AS MATERIALIZED (
    SELECT coverage_id, kandidaat_ref, opdrachtgever_kvk, sum(uren) AS uren,
        min(datum) {_DAY} AS first_day, max(datum) {_DAY} AS last_day
    FROM billing_line WHERE period_id = %s GROUP BY 1, 2, 3),
largest AS (
    SELECT opdrachtgever_kvk FROM read
    GROUP BY 1 ORDER BY sum(uren) DESC, 1 LIMIT 1),
kandidaten AS (
    SELECT c.gemeente_id, kandidaat_ref, sum(uren) AS uren,
        max(last_day) - min(first_day) + 1 AS days,
        sum(uren) {_AT_LARGEST} AS at_largest, sum(uren) {_ELSEWHERE} AS elsewhere
    FROM read JOIN contracts_coverage c ON c.id = read.coverage_id GROUP BY 1, 2)
SELECT gemeente_id, count(*) FILTER (WHERE uren > 0), sum(uren),
    count(*) FILTER (WHERE uren > 0 AND days IS NOT NULL),
    coalesce(sum(days) FILTER (WHERE uren > 0), 0),
    count(at_largest), count(*) FILTER (WHERE at_largest > 0), sum(at_largest),
    count(elsewhere), count(*) FILTER (WHERE elsewhere > 0), sum(elsewhere)
FROM kandidaten GROUP BY 1 ORDER BY 1
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
    rows = ask(_WORKED, [period.pk, period.pk])
    return Gathered(
        tuple(
            Worked(gemeente, regions.get(gemeente, ("", "")), *found[:4])
            for gemeente, *found in rows
        ),
        _opdrachtgevers(rows),
        _amounts(period),
    )


def _regions(period: Period) -> dict[int, tuple[str, str]]:
    rows = RegionMember.objects.active_on(period.halfyear.last_day).filter(
        region__type=Region.Type.ARBEIDSMARKTREGIO
    )
    named = rows.values_list("organisation", "region__code", "region__name")
    return {gemeente: (code, name) for gemeente, code, name in named}


def _opdrachtgevers(rows: Iterable[Sequence[Any]]) -> Opdrachtgevers:
    """A gemeente is with the largest, with the others, with both: as it has lines."""
    largest, others = {}, {}
    at_largest = elsewhere = ZERO
    for gemeente, *_, here, people, uren, there, other_people, other_uren in rows:
        if here:
            largest[gemeente] = people
            at_largest += uren
        if there:
            others[gemeente] = other_people
            elsewhere += other_uren
    return Opdrachtgevers(largest, others, at_largest, at_largest + elsewhere)


def _amounts(period: Period) -> Amounts:
    names = tuple(Amounts.__dataclass_fields__)
    rows = Settlement.objects.filter(period=period).approved().in_force()
    sums = rows.order_by().aggregate(**{f"{name}_sum": Sum(name) for name in names})
    found = {name: sums[f"{name}_sum"] for name in names}
    return Amounts(**{name: value for name, value in found.items() if value})
