"""What a file would bring, beside what is there: what somebody confirms.

Computed inside a dry run, and once more when the file is taken in. Both give the same
JSON, or what was confirmed no longer holds. Amounts and hours are strings with two
decimals; a key of `halfyears` is the half-year in which the lines are settled.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from billing.deliveries.imports import Delivered
from billing.models import Import, Line
from contracts.models import Coverage
from contracts.terms import in_force, terms_by_agreement
from nvsi.halfyear import HalfYear
from nvsi.money import ZERO

Json = dict[str, Any]
Key = tuple[HalfYear, int]


def preview_of(delivered: Delivered) -> Json:
    """Of lines that are in the books for now; without new ones only the counts."""
    content: Json = {
        "rows": delivered.new + delivered.known,
        "new": delivered.new,
        "known": delivered.known,
        "uren": str(delivered.uren),
        "omzet": str(delivered.omzet),
        "premie": str(delivered.premie),
        "corrections": 0,
        "late": 0,
        "halfyears": [],
    }
    if delivered.delivery is None or delivered.same_file:
        return content
    new = _new(delivered.delivery)
    coverages = _coverages(row["coverage_id"] for row in new)
    periods = {row["period__halfyear"] for row in new}
    beside = _beside(delivered.delivery, periods)
    content["corrections"] = sum(row["corrections"] for row in new)
    content["late"] = sum(
        row["lines"] for row in new if row["worked_in"] != row["period__halfyear"]
    )
    content["halfyears"] = [
        _halfyear(period, new, beside, coverages) for period in sorted(periods)
    ]
    return content


def fingerprint_of(preview: Json) -> str:
    """The sha256 over all that is shown."""
    written = json.dumps(preview, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _new(delivery: Import) -> list[Any]:
    rows = (
        Line.objects.filter(delivery=delivery)
        .order_by()
        .values("period__halfyear", "coverage_id", "worked_in")
        .annotate(
            lines=Count("id"),
            hours=Sum("uren"),
            revenue=Sum("omzet"),
            corrections=Count("id", filter=~Q(corrigeert_regel_id="")),
        )
    )
    return list(rows)


def _beside(delivery: Import, periods: Iterable[HalfYear]) -> dict[Key, Decimal]:
    """Revenue per half-year and gemeente that this uitvoerder delivered before."""
    wanted = {p for period in periods for p in (period, period.previous())}
    rows = (
        Line.objects.filter(
            period__instrument=delivery.instrument_id,
            period__halfyear__in=wanted,
            source=delivery.source_id,
        )
        .exclude(delivery=delivery)
        .order_by()
        .values_list("period__halfyear", "coverage_id")
        .annotate(revenue=Sum("omzet"))
    )
    sums = list(rows)
    coverages = _coverages(coverage_id for _, coverage_id, _ in sums)
    found: dict[Key, Decimal] = defaultdict(lambda: ZERO)
    for period, coverage_id, revenue in sums:
        found[period, coverages[coverage_id].gemeente_id] += revenue
    return found


def _coverages(ids: Iterable[int]) -> dict[int, Coverage]:
    return Coverage.objects.select_related("gemeente", "agreement").in_bulk(set(ids))


def _halfyear(
    period: HalfYear,
    new: list[Any],
    beside: Mapping[Key, Decimal],
    coverages: Mapping[int, Coverage],
) -> Json:
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in new:
        if row["period__halfyear"] == period:
            rows[coverages[row["coverage_id"]].gemeente_id].append(row)
    terms = terms_by_agreement(c.agreement_id for c in coverages.values())
    gemeenten = [
        {
            "code": coverages[found[0]["coverage_id"]].gemeente.code,
            "name": coverages[found[0]["coverage_id"]].gemeente.short_name,
            "lines": sum(row["lines"] for row in found),
            "uren": str(sum((row["hours"] for row in found), ZERO)),
            "omzet": str(sum((row["revenue"] for row in found), ZERO)),
            "before": str(beside.get((period, gemeente), ZERO)),
            "previous": str(beside.get((period.previous(), gemeente), ZERO)),
            "vergoeding_pct": _percentages(found, coverages, terms),
        }
        for gemeente, found in rows.items()
    ]
    return {
        "halfyear": str(period),
        "gemeenten": sorted(gemeenten, key=lambda gemeente: str(gemeente["name"])),
        "before": _total(beside, period),
        "previous": _total(beside, period.previous()),
        "absent": sum(
            1
            for (halfyear, gemeente), revenue in beside.items()
            if halfyear == period.previous()
            and revenue
            and gemeente not in rows
            and not beside.get((period, gemeente))
        ),
    }


def _total(beside: Mapping[Key, Decimal], period: HalfYear) -> str:
    return str(sum((r for (h, _), r in beside.items() if h == period), ZERO))


def _percentages(
    rows: Iterable[Any], coverages: Mapping[int, Coverage], terms: Mapping[int, Any]
) -> list[str]:
    """What the uitvoerder is paid for this work, in percent of the revenue."""
    found = set()
    for row in rows:
        agreement = coverages[row["coverage_id"]].agreement_id
        holds = in_force(terms.get(agreement, []), row["worked_in"])
        if holds is not None:
            found.add(holds.vergoeding_pct)
    return [str(pct) for pct in sorted(found)]
