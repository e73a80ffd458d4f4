"""Record what a body decided, under a number that leads back to it.

A decision is never changed: a later one replaces it.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.bodies.who import require_may_act
from membership.models import Body, BodyDecision, BodyMeeting, Person
from nvsi.dutch import day as as_day
from nvsi.errors import NotAllowed


@transaction.atomic
def decide(
    body: Body,
    *,
    text: str,
    reason: str,
    taken_on: datetime.date,
    meeting: BodyMeeting | None,
    by: Person,
    replaces: BodyDecision | None = None,
) -> BodyDecision:
    """Write a decision down. Its reference counts within the body and the year.

    Raises NotAllowed for who does not act for the body, for a day on which it did not
    exist or that is still to come, for a meeting on another day or that was called
    off, and to replace what was replaced already; ValidationError without text or
    reason.
    """
    today = timezone.localdate()
    require_may_act(body, by, today)
    body = Body.objects.select_for_update().get(pk=body.pk)
    _require_day(body, taken_on, today)
    if meeting is not None:
        _require_meeting(body, meeting, taken_on)
    if replaces is not None:
        _require_standing(body, replaces)
    decision = BodyDecision(
        body=body,
        meeting=meeting,
        reference=_next_reference(body, taken_on.year),
        text=text.strip(),
        reason=reason.strip(),
        taken_on=taken_on,
        replaces=replaces,
        recorded_by=by,
    )
    decision.full_clean()
    decision.save()
    facts = {"replaces": replaces.reference} if replaces else {}
    history.record(decision, "decided", by, on=str(taken_on), **facts)
    return decision


def _next_reference(body: Body, year: int) -> str:
    """Decisions are never deleted, so how many there are is the number of the last."""
    start = f"{body.code}-{year}-"
    known = BodyDecision.objects.filter(body=body, reference__startswith=start)
    return f"{start}{known.count() + 1:03}"


def _require_day(body: Body, taken_on: datetime.date, today: datetime.date) -> None:
    if taken_on > today:
        raise NotAllowed("Deze dag is nog niet geweest.", field="taken_on")
    if taken_on < body.starts_on or (body.ends_on and taken_on > body.ends_on):
        raise NotAllowed(f"{body} bestond toen niet.", field="taken_on")


def _require_meeting(body: Body, meeting: BodyMeeting, taken_on: datetime.date) -> None:
    if meeting.body_id != body.pk:
        raise NotAllowed("Deze vergadering is van een ander orgaan.", field="meeting")
    if meeting.is_cancelled:
        raise NotAllowed("Deze vergadering ging niet door.", field="meeting")
    if timezone.localdate(meeting.starts_at) != taken_on:
        held = as_day(timezone.localdate(meeting.starts_at))
        raise NotAllowed(
            f"De vergadering was op {held}. Vul die dag in.", field="taken_on"
        )


def _require_standing(body: Body, replaced: BodyDecision) -> None:
    if replaced.body_id != body.pk:
        raise NotAllowed("Dat is een besluit van een ander orgaan.", field="replaces")
    if BodyDecision.objects.filter(replaces=replaced).exists():
        raise NotAllowed(
            f"{replaced.reference} is al vervangen door een later besluit.",
            field="replaces",
        )
