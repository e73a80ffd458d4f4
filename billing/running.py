"""What of the money is not settled when an organisation leaves."""

from collections.abc import Iterator

from django.db.models import Sum

from billing.models import Line, Period, Question, Settlement
from billing.models.settlements import SettlementQuerySet
from membership.models import Organisation
from nvsi.dutch import counted, euro


def still_running(organisation: Organisation) -> Iterator[str]:
    """A sentence for each thing that is still to be settled, paid or answered."""
    open_lines = Line.objects.filter(
        period__in=unsettled_periods(organisation),
        coverage__agreement__organisation=organisation,
    ).aggregate(omzet=Sum("omzet"))["omzet"]
    if open_lines:
        yield f"Nog niet afgerekend: {euro(open_lines)} omzet."
    for settlement in unpaid_settlements(organisation):
        yield unpaid(settlement)
    questions = Question.objects.running().filter(settlement__organisation=organisation)
    if count := questions.count():
        yield f"{counted(count, 'vraag', 'vragen')} nog niet gesloten."


def unsettled_periods(organisation: Organisation) -> list[Period]:
    """The half-years without a settlement of this holder that holds: not approved yet,
    or reversed. As a list, so that the lines of the others are not even looked at."""
    settled = Settlement.objects.approved().in_force().filter(organisation=organisation)
    return list(Period.objects.exclude(pk__in=settled.values("period")))


def unpaid_settlements(organisation: Organisation) -> SettlementQuerySet:
    """Approved and in force; a creditafrekening is no debt, but undoes one."""
    rows = Settlement.objects.in_force().filter(
        organisation=organisation, status=Settlement.Status.APPROVED
    )
    return rows.select_related("period__instrument")


def unpaid(settlement: Settlement) -> str:
    return f"Vastgesteld en nog niet betaald: {settlement} over {settlement.period}."
