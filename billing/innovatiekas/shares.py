"""The part of the contributions that goes to the kas: worked out, and put in.

Per half-year one amount, rounded once over all its contributions together. What was
put in is compared with what should be, whenever a half-year is approved or a settlement
reversed, and only the difference is booked: so no cent gets lost, and twice is once.

A reversal takes back no more than is free: what was promised or spent stays. The rest
is taken from what comes in next.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum

from billing.innovatiekas.balance import Kind, balance
from billing.innovatiekas.booking import move
from billing.models import KasMovement, KasShare, Period, Settlement
from billing.settling.settlements import lock
from instruments.models import Instrument
from membership import history
from membership.models import Person
from nvsi.dutch import half_year
from nvsi.halfyear import HalfYear
from nvsi.money import ZERO, share


@dataclass(frozen=True)
class Due:
    """What the contributions of a half-year should bring to the kas, and did; euros."""

    period: Period
    share: KasShare
    contributions: Decimal
    booked: Decimal

    @property
    def target(self) -> Decimal:
        return share(self.contributions, self.share.pct)

    @property
    def difference(self) -> Decimal:
        """Above zero is still to be put in, below zero to be taken back."""
        return self.target - self.booked


def to_book(differences: Sequence[Decimal], free: Decimal) -> list[Decimal]:
    """What of each difference can be booked now, in euros; pure.

    First all that comes in; of what has to go back no more than there is then.
    """
    there = free + sum((d for d in differences if d > 0), ZERO)
    booked = []
    for difference in differences:
        amount = difference if difference > 0 else -min(-difference, there)
        there += min(amount, ZERO)
        booked.append(amount)
    return booked


def share_in(halfyear: HalfYear, shares: Sequence[KasShare]) -> KasShare | None:
    """The share that holds in a half-year; shares in order of from_halfyear. Pure."""
    holding = [one for one in shares if one.from_halfyear <= halfyear]
    return holding[-1] if holding else None


def dues(instrument: Instrument) -> Iterator[Due]:
    """Of every closed half-year in which a share holds, the oldest first."""
    shares = list(
        KasShare.objects.filter(instrument=instrument).order_by("from_halfyear")
    )
    if not shares:
        return
    since = shares[0].from_halfyear
    periods = Period.objects.filter(
        instrument=instrument, halfyear__gte=since, closed_at__isnull=False
    ).select_related("instrument")
    contributions = _per_period(
        Settlement.objects.approved().filter(period__in=periods), "bijdrage_nvsi"
    )
    booked = _per_period(KasMovement.objects.filter(period__in=periods), "amount")
    for period in periods.order_by("halfyear"):
        held = share_in(period.halfyear, shares)
        assert held is not None, "no half-year from before the first share"
        yield Due(
            period,
            held,
            contributions.get(period.pk, ZERO),
            booked.get(period.pk, ZERO),
        )


def _per_period(rows: QuerySet[Any], name: str) -> dict[int, Decimal]:
    """The sum of a field per half-year; nothing where there is none."""
    return dict(rows.order_by().values_list("period").annotate(total=Sum(name)))


@transaction.atomic
def fill(
    instrument: Instrument, *, booked_on: datetime.date, by: Person | None
) -> list[KasMovement]:
    """Put into the kas what the contributions still have to bring, or take it back.

    Asked by who changed the contributions, in the same transaction. One entry per
    half-year of which something changed, however many gemeenten it has.
    """
    lock(instrument)
    open_dues = [due for due in dues(instrument) if due.difference]
    if not open_dues:
        return []
    amounts = to_book([due.difference for due in open_dues], balance(instrument).free)
    todo = [(due, a) for due, a in zip(open_dues, amounts, strict=True) if a]
    # What comes in first: else the kas would be below zero in between.
    todo.sort(key=lambda one: one[1] < 0)
    return [_fill(due, amount, booked_on, by) for due, amount in todo]


def _fill(
    due: Due, amount: Decimal, booked_on: datetime.date, by: Person | None
) -> KasMovement:
    what = "Toevoeging aan" if amount > 0 else "Terugname uit"
    movement = move(
        due.period.instrument,
        Kind.FILL,
        amount,
        description=f"{what} innovatiekas {due.period.instrument}: bijdragen "
        f"{half_year(due.period.halfyear)}",
        booked_on=booked_on,
        by=by,
        period=due.period,
        share=due.share,
    )
    history.record(
        movement,
        "kas filled",
        by,
        halfyear=str(due.period.halfyear),
        amount=str(amount),
    )
    return movement
