"""What of the money is not settled when an organisation leaves."""

from collections.abc import Iterator

from django.db.models import Sum

from billing.models import Line, Question, Settlement
from membership.models import Organisation
from nvsi.dutch import counted, euro


def still_running(organisation: Organisation) -> Iterator[str]:
    """A sentence for each thing that is still to be settled, paid or answered."""
    open_lines = Line.objects.filter(
        period__closed_at=None, coverage__agreement__organisation=organisation
    ).aggregate(omzet=Sum("omzet"))["omzet"]
    if open_lines:
        yield f"Nog niet afgerekend: {euro(open_lines)} omzet."
    waiting = Settlement.objects.filter(
        organisation=organisation, status=Settlement.Status.APPROVED
    )
    for settlement in waiting.select_related("period__instrument"):
        yield f"Vastgesteld en nog niet betaald: {settlement} over {settlement.period}."
    questions = Question.objects.running().filter(settlement__organisation=organisation)
    if count := questions.count():
        yield f"{counted(count, 'vraag', 'vragen')} nog niet gesloten."
