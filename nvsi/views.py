"""The first page of the portal: what is asked of me now, and how things are."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.models import Question, Settlement
from billing.statements.expected import Expected, expected
from billing.statements.pages import private
from billing.statements.rows import (
    StatementRow,
    over_time,
    result_of,
    row_of,
    side_by_side,
)
from billing.statements.words import Sentence
from billing.uitvoerder.home import uitvoerder_home
from contracts.glance import glance
from contracts.models.breaches import REPORTERS
from membership.admission.shown import running_of
from membership.deadlines import shown
from membership.deadlines.asked import asked_of_own, is_at
from membership.models import Person
from membership.sessions import acting_for

# For the small chart; a reversal and what it reverses take two more each.
RECENT = 12
MOST_QUESTIONS = 5
GREETINGS = ((12, "Goedemorgen"), (18, "Goedemiddag"), (24, "Goedenavond"))


@dataclass(frozen=True)
class Latest:
    """The last statement that holds."""

    row: StatementRow
    result: Sentence


@require_safe
@private
@login_required
def home(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    now = timezone.localtime()
    context: dict[str, Any] = {
        "greeting": greeting(now),
    }
    if not request.user.organisation_ids:
        return render(request, "nvsi/home_association.html", context)
    organisation = acting_for(request)
    coming = expected(now.date())
    at_a_glance = glance(organisation, today=now.date())
    all_deadlines = asked_of_own(request.user, now.date())
    deadlines = [one for one in all_deadlines if is_at(one, organisation)]
    recent = list(
        side_by_side(
            Settlement.objects.visible_to(request.user)
            .approved()
            .filter(organisation=organisation)
        )[:RECENT]
    )
    context |= {
        "glance": at_a_glance,
        "reports_breaches": organisation.pk
        in request.user.organisations_as(*REPORTERS),
        "latest": latest(recent),
        "over_time": over_time(recent),
        "questions": Question.objects.visible_to(request.user)
        .filter(settlement__organisation=organisation)
        .running()
        .with_statement()[:MOST_QUESTIONS],
        "asked": shown.lines(deadlines, now.date()),
        "asked_elsewhere": shown.whose(all_deadlines, but=deadlines),
        "soon": shown.days(deadlines) + settling(at_a_glance.uses, coming),
        "expected": coming,
        "dossier": running_of(request.user, organisation),
        "work": uitvoerder_home(request.user, organisation),
    }
    return render(request, "nvsi/home.html", context)


def greeting(now: datetime.datetime) -> str:
    return next(words for until, words in GREETINGS if now.hour < until)


def latest(recent: list[Settlement]) -> Latest | None:
    """The newest statement that was not reversed and reverses nothing."""
    for settlement in recent:
        reversed_ = settlement.status == Settlement.Status.REVERSED
        if settlement.kind == Settlement.Kind.SETTLEMENT and not reversed_:
            return Latest(row_of(settlement), result_of(settlement))
    return None


def settling(uses: Sequence[str], coming: Expected) -> list[tuple[str, str]]:
    """The days of the next settlement, for who uses something."""
    if not uses:
        return []
    return [
        (coming.ends, f"Einde van de {coming.period}"),
        (
            f"Vanaf {coming.from_short_day}",
            f"Het bureau maakt uw afrekening over de {coming.period}. "
            "U krijgt een e-mail als die klaarstaat.",
        ),
    ]
