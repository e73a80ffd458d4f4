"""The money that is not settled when a gemeente is dissolved.

It is settled and paid under the old code, as it was worked; that somebody decided so is
written down. What was paid meanwhile is found no more.
"""

import datetime
from typing import Any

from django.db.models import QuerySet

from billing.models import Line, Period, Question, Settlement
from membership.models import Organisation
from membership.redivision.outcomes import Outcome
from membership.redivision.sorts import Sort, only_recorded

RECORDED = {Outcome.STAYS: only_recorded}
MORE = (
    "Het geld wordt afgerekend onder de code waaronder is gewerkt. Controleer of het "
    "rekeningnummer nog bestaat; vraag zo nodig de opvolger om een ander."
)


def _open_periods(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    lines = Line.objects.filter(
        period__closed_at=None, coverage__agreement__organisation=gemeente
    )
    periods = Period.objects.filter(pk__in=lines.values("period"))
    return periods.select_related("instrument")


def _unpaid(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    rows = Settlement.objects.filter(
        organisation=gemeente, status=Settlement.Status.APPROVED
    )
    return rows.select_related("period__instrument")


def _questions(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    rows = Question.objects.running().filter(settlement__organisation=gemeente)
    return rows.select_related("settlement")


SORTS = [
    Sort(
        name="hours",
        label="Uren die nog niet zijn afgerekend",
        model=Period,
        find=_open_periods,
        tell=str,
        acts=RECORDED,
        more=MORE,
    ),
    Sort(
        name="settlement",
        label="Afrekening die nog niet is betaald",
        model=Settlement,
        find=_unpaid,
        tell=lambda row: f"{row} over {row.period}",
        acts=RECORDED,
        more=MORE,
    ),
    Sort(
        name="question",
        label="Vraag die nog loopt",
        model=Question,
        find=_questions,
        tell=lambda row: f"over afrekening {row.settlement.number}",
        acts=RECORDED,
        more="Beantwoord en sluit de vraag liever eerst; dan verdwijnt zij hier.",
    ),
]
