"""What a half-year comes to, computed from its lines: the heavy sum and its outcome.

One set-based statement sums the lines; the arithmetic on its few hundred rows is pure
(billing.settling.calculation). Nothing is written here.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from billing.content import amounts_as_json, fingerprint, rates_as_json
from billing.models import Line, Period
from billing.settling.calculation import (
    Amounts,
    Calculation,
    Rate,
    Rates,
    WorkSum,
    calculate,
)
from contracts.models import Coverage
from contracts.terms import in_force, terms_by_agreement
from instruments.models import ContributionRate
from membership.models import Organisation
from nvsi.dutch import day
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear


@dataclass(frozen=True)
class GemeentePreview:
    """One gemeente of one holder, with what its half-year came to."""

    gemeente: Organisation
    calculation: Calculation

    def as_json(self) -> dict[str, Any]:
        return {
            "gemeente_code": self.gemeente.code,
            **amounts_as_json(self.calculation.amounts),
            "lines_count": self.calculation.lines_count,
            "rates": rates_as_json(self.calculation.rates),
        }


@dataclass(frozen=True)
class HolderPreview:
    """One settlement to be: the holder of an agreement and its gemeenten."""

    organisation: Organisation
    gemeenten: tuple[GemeentePreview, ...]

    @property
    def amounts(self) -> Amounts:
        return Amounts.total(g.calculation.amounts for g in self.gemeenten)


@dataclass(frozen=True)
class Preview:
    """All settlements of a half-year to be, sorted by code.

    partly are the coverages that did not run all of the half-years in which was worked.
    """

    period: Period
    holders: tuple[HolderPreview, ...]
    partly: frozenset[int] = frozenset()

    def only(self, holders: Iterable[HolderPreview]) -> "Preview":
        return Preview(self.period, tuple(holders), self.partly)

    def as_json(self) -> list[dict[str, Any]]:
        return [g.as_json() for holder in self.holders for g in holder.gemeenten]

    @property
    def fingerprint(self) -> str:
        return fingerprint(
            str(self.period.halfyear), self.period.instrument.slug, self.as_json()
        )


def preview(period: Period) -> Preview:
    """Compute a half-year from its lines. Raises NotAllowed when a rate is missing."""
    sums = list(
        Line.objects.filter(period=period)
        .order_by()
        .values_list("coverage_id", "worked_in")
        .annotate(
            count=Count("*"),
            uren_sum=Sum("uren"),
            omzet_sum=Sum("omzet"),
            premie_sum=Sum("premie"),
        )
    )
    coverages = Coverage.objects.select_related(
        "gemeente", "agreement__organisation"
    ).in_bulk({row[0] for row in sums})
    rates = _RateTable(period, coverages.values())
    work: dict[tuple[Organisation, Organisation], list[WorkSum]] = defaultdict(list)
    for coverage_id, worked_in, count, uren, omzet, premie in sums:
        coverage = coverages[coverage_id]
        key = (coverage.agreement.organisation, coverage.gemeente)
        work[key].append(
            WorkSum(count, uren, omzet, premie, rates.of(coverage, worked_in))
        )
    partly = {pk for pk, worked_in, *_ in sums if not _runs(coverages[pk], worked_in)}
    return Preview(period, _by_holder(work), frozenset(partly))


def _runs(coverage: Coverage, halfyear: HalfYear) -> bool:
    """Whether it is in force on every day of a half-year."""
    return coverage.starts_on <= halfyear.first_day and (
        coverage.ends_on is None or coverage.ends_on >= halfyear.last_day
    )


def _by_holder(
    work: dict[tuple[Organisation, Organisation], list[WorkSum]],
) -> tuple[HolderPreview, ...]:
    holders: dict[Organisation, list[GemeentePreview]] = defaultdict(list)
    for (holder, gemeente), sums in sorted(
        work.items(), key=lambda item: (item[0][0].code, item[0][1].code)
    ):
        holders[holder].append(GemeentePreview(gemeente, calculate(sums)))
    return tuple(HolderPreview(h, tuple(gs)) for h, gs in holders.items())


class _RateTable:
    """The percentages of an instrument's agreements, found once per half-year."""

    def __init__(self, period: Period, coverages: Iterable[Coverage]) -> None:
        self.instrument = period.instrument
        self.contributions = list(
            ContributionRate.objects.filter(instrument=self.instrument).select_related(
                "besluit"
            )
        )
        self.terms = terms_by_agreement({c.agreement_id for c in coverages})
        self.found: dict[tuple[int, HalfYear], Rates] = {}

    def of(self, coverage: Coverage, worked_in: HalfYear) -> Rates:
        key = (coverage.agreement_id, worked_in)
        if key not in self.found:
            self.found[key] = self._find(coverage, worked_in)
        return self.found[key]

    def _find(self, coverage: Coverage, worked_in: HalfYear) -> Rates:
        terms = in_force(self.terms.get(coverage.agreement_id, []), worked_in)
        if terms is None:
            raise NotAllowed(
                f"De gebruiksovereenkomst van {coverage.agreement.organisation} heeft "
                f"geen vergoeding voor {worked_in}. Leg die eerst vast."
            )
        contribution = in_force(self.contributions, worked_in)
        if contribution is None:
            raise NotAllowed(
                f"Voor {self.instrument} is geen bijdrage van de ALV bekend in "
                f"{worked_in}. Leg die eerst vast."
            )
        besluit = contribution.besluit
        taken = f" van {_day(besluit.taken_on)}" if besluit.taken_on else ""
        source, since = f"{besluit.cited}{taken}", str(contribution.from_halfyear)
        signed = (
            f"Gebruiksovereenkomst {self.instrument} van "
            f"{_day(coverage.agreement.signed_on)}"
        )
        return Rates(
            vergoeding=Rate(terms.vergoeding_pct, signed, str(terms.from_halfyear)),
            afdracht_gemeente=Rate(contribution.gemeente_pct, source, since),
            afdracht_uitvoerder=Rate(contribution.uitvoerder_pct, source, since),
        )


def _day(date: datetime.date) -> str:
    """A date with plain spaces: it becomes part of the fingerprint."""
    return " ".join(day(date).split())
