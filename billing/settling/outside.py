"""Work on days that its agreement does not have: it is corrected before it is settled.

An agreement can end earlier than was thought. A line with all its corrections may come
to nothing; then nothing is left of it to settle, and its day does not matter. The
database says which lines stand (billing_standing_lines, migration 0013).
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q

from billing.models import Line, Period
from billing.sql import ask
from contracts.models import Coverage
from nvsi.dutch import counted, listing, span
from nvsi.errors import NotAllowed

MOST_NAMED = 5


@dataclass(frozen=True)
class Standing:
    """Lines that, taken together with their corrections, come to something."""

    count: int
    first_day: datetime.date
    last_day: datetime.date
    regel_ids: tuple[str, ...]  # the first of them


def require_within(period: Period, partly: Collection[int]) -> None:
    """Raises NotAllowed while lines of a half-year stand outside their agreement.

    partly are the coverages that did not run all of the half-years in which was worked:
    mostly none, and then nothing is asked.
    """
    for coverage in _with_lines_outside(period, partly) if partly else ():
        left = _standing(period, coverage, coverage.starts_on, coverage.ends_on)
        if left is not None:
            raise NotAllowed(_said(coverage, left))


def standing_in(period: Period, coverage: Coverage) -> Standing | None:
    """What is left of the lines of a coverage in a half-year; None when nothing is."""
    return _standing(period, coverage, datetime.date.max, None)


def _with_lines_outside(period: Period, partly: Collection[int]) -> list[Coverage]:
    outside = Line.objects.filter(
        Q(datum__lt=F("coverage__starts_on")) | Q(datum__gt=F("coverage__ends_on")),
        period=period,
        coverage__in=partly,
    )
    found = set(outside.order_by().values_list("coverage", flat=True).distinct())
    rows = Coverage.objects.filter(pk__in=found).select_related("gemeente")
    return list(rows.order_by("gemeente__code", "pk"))


def _standing(
    period: Period,
    coverage: Coverage,
    first_day: datetime.date,
    last_day: datetime.date | None,
) -> Standing | None:
    """Of the lines before the first and after the last of these days."""
    ((count, first, last, regel_ids),) = ask(
        "SELECT count(*), min(datum), max(datum), "
        "(array_agg(regel_id ORDER BY datum, regel_id))[1:%s] "
        "FROM billing_standing_lines(ARRAY[%s]::bigint[], ARRAY[%s]::date[], "
        "ARRAY[%s]::date[]) WHERE period_id = %s",
        [MOST_NAMED, coverage.pk, first_day, last_day, period.pk],
    )
    return Standing(count, first, last, tuple(regel_ids)) if count else None


def _said(coverage: Coverage, left: Standing) -> str:
    more = " en meer" if left.count > len(left.regel_ids) else ""
    return (
        f"{coverage.gemeente} heeft {counted(left.count, 'regel', 'regels')} op dagen "
        f"buiten haar gebruiksovereenkomst ({span(left.first_day, left.last_day)}): "
        f"{listing(left.regel_ids)}{more}. Laat die eerst corrigeren."
    )
