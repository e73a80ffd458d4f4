"""What a half-year holds now: per coverage, per holder, and beside the one before.

For people who look before they settle (billing.settling.preflight). Only reads; the
lines are summed once, in the database.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Case, Count, Max, Min, Q, Sum, Value, When
from django.utils import timezone

from billing.models import Line, Period, Settlement, SettlementLine
from billing.settling.preview import Preview, preview
from contracts.models import Coverage
from instruments.models import MinimumWage
from membership.models import Organisation
from nvsi.errors import NotAllowed
from nvsi.money import ZERO


@dataclass(frozen=True)
class Part:
    """The lines of one coverage in a half-year: how many, which days, which euros."""

    coverage: Coverage
    lines: int
    first_day: datetime.date
    last_day: datetime.date
    omzet: Decimal
    late: int
    below: int
    lowest: Decimal

    @property
    def gemeente(self) -> Organisation:
        return self.coverage.gemeente

    @property
    def holder(self) -> Organisation:
        return self.coverage.agreement.organisation


class HalfyearFacts:
    """What the checks look at, each part asked once."""

    def __init__(self, period: Period, *, today: datetime.date) -> None:
        self.period = period
        self.today = today

    @cached_property
    def parts(self) -> list[Part]:
        """Per coverage, in order of the gemeente's name: one sum over the lines."""
        sums = (
            Line.objects.filter(period=self.period)
            .order_by()
            .values_list("coverage_id")
            .annotate(
                count=Count("*"),
                first=Min("datum"),
                last=Max("datum"),
                euros=Sum("omzet"),
                late=Count("pk", filter=~Q(worked_in=self.period.halfyear)),
                below=Count("pk", filter=below_minimum()),
                lowest=Min("tarief"),
            )
        )
        rows = {row[0]: row[1:] for row in sums}
        coverages = Coverage.objects.select_related(
            "gemeente", "agreement__organisation"
        ).filter(pk__in=rows)
        return [
            Part(coverage, *rows[coverage.pk])
            for coverage in coverages.order_by("gemeente__name", "pk")
        ]

    @cached_property
    def holders(self) -> list[Organisation]:
        return list(dict.fromkeys(part.holder for part in self.parts))

    @cached_property
    def outcome(self) -> Preview | NotAllowed:
        """What the half-year comes to now, or why it cannot be computed."""
        try:
            return preview(self.period)
        except NotAllowed as refusal:
            return refusal

    @cached_property
    def omzet(self) -> dict[Organisation, Decimal]:
        """Euros of this half-year per gemeente."""
        found: dict[Organisation, Decimal] = defaultdict(lambda: ZERO)
        for part in self.parts:
            found[part.gemeente] += part.omzet
        return found

    @cached_property
    def omzet_before(self) -> dict[Organisation, Decimal]:
        """Euros per gemeente that were settled over the half-year before."""
        before = SettlementLine.objects.filter(
            settlement__in=Settlement.objects.in_force()
            .approved()
            .filter(
                period__instrument=self.period.instrument_id,
                period__halfyear=self.period.halfyear.previous(),
            )
        )
        found: dict[Organisation, Decimal] = defaultdict(lambda: ZERO)
        for line in before.select_related("gemeente"):
            found[line.gemeente] += line.bruto_omzet
        return found


def below_minimum() -> Q:
    """Lines with a tarief below the minimum hourly wage of the day of the work."""
    wages = MinimumWage.objects.order_by("-starts_on")
    known = [
        When(datum__gte=starts_on, then=Value(amount))
        for starts_on, amount in wages.values_list("starts_on", "amount")
    ]
    return Q(tarief__lt=Case(*known, default=Value(ZERO)))


def facts_of(period: Period) -> HalfyearFacts:
    return HalfyearFacts(period, today=timezone.localdate())
