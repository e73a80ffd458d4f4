"""Which price holds for which work: terms of agreements, by half-year."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from contracts.models import Terms
from nvsi.halfyear import HalfYear


class FromHalfyear(Protocol):
    from_halfyear: HalfYear


Dated = TypeVar("Dated", bound=FromHalfyear)


def in_force(rows: Iterable[Dated], halfyear: HalfYear) -> Dated | None:
    """The last row that started in or before the half-year; None if there is none."""
    started = [row for row in rows if row.from_halfyear <= halfyear]
    return max(started, key=lambda row: row.from_halfyear, default=None)


def terms_by_agreement(agreement_ids: Iterable[int]) -> dict[int, list[Terms]]:
    """All terms of these agreements, in one query."""
    found: dict[int, list[Terms]] = {}
    for terms in Terms.objects.filter(agreement__in=list(agreement_ids)).select_related(
        "agreement__instrument"
    ):
        found.setdefault(terms.agreement_id, []).append(terms)
    return found
