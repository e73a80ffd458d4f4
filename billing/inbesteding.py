"""The gross revenue of each year that is settled: for the members that control, and in
total; see contracts.inbesteding.sources.

The year is that of the half-year in which it was settled, so that it agrees with the
afrekeningen. Whether a member controlled, is asked of the day that was worked: of the
gemeente for whom, or of the samenwerkingsverband that holds the agreement for it.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, Min, OuterRef, QuerySet, Sum

from billing.models import Line, Period, Settlement, SettlementLine
from contracts.inbesteding.control import PUBLIC
from contracts.inbesteding.sources import Settled
from contracts.models import Coverage
from membership.models import Membership
from nvsi.halfyear import HalfYear

# The holder of an agreement, and the gemeente under it.
Pair = tuple[int, int]
Lids = Mapping[int, Sequence[Membership]]


@dataclass
class _Year:
    controlling: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    is_complete: bool = True


def settled_activity() -> Iterator[Settled]:
    """Every year of every instrument in which something was settled, or is to be."""
    found: dict[tuple[int, int], _Year] = defaultdict(_Year)
    lids, since = _lids(), _since()
    parts: list[tuple[Period, Pair]] = []
    periods = {period.pk: period for period in Period.objects.all()}
    for row in _settled():
        period, pair = periods[row.settlement.period_id], _pair(row)
        year = found[period.instrument_id, period.halfyear.year]
        year.total += row.bruto_omzet
        if _always(lids, pair, since.get(pair), period.halfyear):
            year.controlling += row.bruto_omzet
        elif any(lids.get(one) for one in pair):
            parts.append((period, pair))
    for period, pair in parts:
        year = found[period.instrument_id, period.halfyear.year]
        year.controlling += _by_day(lids, period, pair)
    for period in _worked():
        found.setdefault((period.instrument_id, period.halfyear.year), _Year())
    _tell_what_is_open(found, list(periods.values()))
    for (instrument, of), year in sorted(found.items()):
        yield Settled(instrument, of, year.controlling, year.total, year.is_complete)


def _settled() -> Iterator[SettlementLine]:
    """What each gemeente came to, in settlements that hold."""
    in_force = Settlement.objects.approved().in_force()
    rows = SettlementLine.objects.filter(settlement__in=in_force)
    return rows.select_related("settlement").iterator()


def _worked() -> QuerySet[Period]:
    """The half-years with lines: also when none of them is settled, or not any more."""
    return Period.objects.filter(Exists(Line.objects.filter(period=OuterRef("pk"))))


def _pair(row: SettlementLine) -> Pair:
    return row.settlement.organisation_id, row.gemeente_id


def _lids() -> Lids:
    """The periods as a lid of who is an aanbestedende dienst."""
    found: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.filter(
        kind=Membership.Kind.LID, organisation__kind__in=PUBLIC
    )
    for row in rows:
        found[row.organisation_id].append(row)
    return found


def _since() -> dict[Pair, datetime.date]:
    """The first day on which could be worked for a gemeente under an agreement."""
    rows = Coverage.objects.values_list("agreement__organisation", "gemeente")
    first = rows.annotate(first=Min("starts_on")).order_by()
    return {(holder, gemeente): day for holder, gemeente, day in first}


def _always(
    lids: Lids, pair: Pair, since: datetime.date | None, halfyear: HalfYear
) -> bool:
    """Whether one of the two was a lid on every day that could be in it."""
    return since is not None and any(
        row.starts_on <= since
        and (row.ends_on is None or row.ends_on >= halfyear.last_day)
        for one in pair
        for row in lids.get(one, ())
    )


def _by_day(lids: Lids, period: Period, pair: Pair) -> Decimal:
    """Of who was a lid on some days only: what was worked on those."""
    holder, gemeente = pair
    days = (
        Line.objects.filter(
            period=period,
            coverage__agreement__organisation=holder,
            coverage__gemeente=gemeente,
        )
        .order_by()
        .values_list("datum")
        .annotate(omzet=Sum("omzet"))
    )
    return sum(
        (omzet for datum, omzet in days if _is_lid(lids, pair, datum)), Decimal(0)
    )


def _is_lid(lids: Lids, pair: Pair, day: datetime.date) -> bool:
    return any(
        row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
        for one in pair
        for row in lids.get(one, ())
    )


def _tell_what_is_open(
    found: dict[tuple[int, int], _Year], periods: Sequence[Period]
) -> None:
    """A year is complete when both halves were closed here, and nothing was reversed
    without being settled again. What began halfway is recorded by the bureau: nobody
    can see from here whether there was work before."""
    broken = _reversed()
    closed = {
        (period.instrument_id, period.halfyear)
        for period in periods
        if period.closed_at and period.pk not in broken
    }
    for (instrument, of), year in found.items():
        halves = {(instrument, HalfYear(of, half)) for half in (1, 2)}
        year.is_complete = halves <= closed


def _reversed() -> set[int]:
    """The half-years with a settlement that was reversed and not settled again."""
    again = Settlement.objects.approved().in_force()
    holds = set(again.values_list("period", "organisation"))
    rows = Settlement.objects.filter(status=Settlement.Status.REVERSED)
    gone = set(rows.values_list("period", "organisation"))
    return {period for period, _ in gone - holds}
