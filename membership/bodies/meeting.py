"""Plan a meeting of a body, invite to it, change it and call it off.

Who sits in the body on that day gets an e-mail with an item for his calendar. A change
goes with a higher sequence, so that the calendar follows.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from membership import history
from membership.bodies import answering, telling
from membership.bodies.agenda import Point
from membership.bodies.who import require_may_act
from membership.models import AgendaItem, Body, BodyMeeting, Person
from nvsi.errors import NotAllowed

# Far above any number on an agenda: out of the way while it is numbered again.
ASIDE = 1000


@transaction.atomic
def plan(
    body: Body,
    *,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    place: str,
    link: str,
    agenda: Sequence[Point],
    by: Person,
) -> BodyMeeting:
    """A meeting to come; nobody hears of it before he is invited.

    Raises NotAllowed for who does not act for the body, for a moment that is past or a
    day on which the body is not there; ValidationError without place and link.
    """
    require_may_act(body, by, timezone.localdate())
    meeting = BodyMeeting(
        body=body, starts_at=starts_at, ends_at=ends_at, place=place, link=link
    )
    _require_moment(meeting)
    meeting.full_clean()
    meeting.save()
    _number(meeting, agenda)
    history.record(meeting, "planned", by)
    return meeting


@transaction.atomic
def change(
    meeting: BodyMeeting,
    *,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    place: str,
    link: str,
    agenda: Sequence[Point],
    by: Person,
) -> int:
    """Another time, place or agenda. Gives how many people were told: nobody while
    nobody was invited, and who is invited hears every change. At another moment they
    are asked again whether they come."""
    meeting = _to_come(meeting, by)
    moment = (meeting.starts_at, meeting.ends_at)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.place, meeting.link = place, link
    meeting.changed_at = timezone.now()
    _require_moment(meeting)
    meeting.full_clean()
    meeting.save(update_fields=["starts_at", "ends_at", "place", "link", "changed_at"])
    _number(meeting, agenda)
    if moment != (starts_at, ends_at):
        answering.ask_again(meeting)
    history.record(meeting, "changed", by)
    return _tell_again(meeting, "body_meeting_changed")


@transaction.atomic
def invite(meeting: BodyMeeting, *, by: Person) -> int:
    """Tell who sits in the body on that day; gives how many. Once: who gets a seat
    later finds the meeting in the portal. Raises NotAllowed when nobody sits there."""
    meeting = _to_come(meeting, by)
    if meeting.invited_at is not None:
        raise NotAllowed("De uitnodiging is al verstuurd.")
    told = telling.of_meeting("body_meeting_invited", meeting)
    if not told:
        raise NotAllowed("Er zit op die dag niemand in dit orgaan.")
    meeting.invited_at = timezone.now()
    meeting.save(update_fields=["invited_at"])
    history.record(meeting, "invited", by, invited=told)
    return told


@transaction.atomic
def cancel(meeting: BodyMeeting, *, reason: str, by: Person) -> int:
    """Call it off, with a reason that who was invited reads; gives how many."""
    meeting = _to_come(meeting, by)
    if not reason.strip():
        raise NotAllowed("Schrijf waarom de vergadering niet doorgaat.", field="reason")
    meeting.status = BodyMeeting.Status.CANCELLED
    meeting.cancel_reason = reason.strip()
    meeting.changed_at = timezone.now()
    meeting.sequence += 1
    meeting.full_clean()
    meeting.save(update_fields=["status", "cancel_reason", "changed_at", "sequence"])
    history.record(meeting, "planned>cancelled", by, reason=meeting.cancel_reason)
    if meeting.invited_at is None:
        return 0
    return telling.of_meeting("body_meeting_cancelled", meeting)


def is_over(meeting: BodyMeeting, now: datetime.datetime) -> bool:
    return meeting.ends_at <= now


def is_to_come(meeting: BodyMeeting, now: datetime.datetime) -> bool:
    """Whether it goes on, and is not over."""
    return not meeting.is_cancelled and not is_over(meeting, now)


def _to_come(meeting: BodyMeeting, by: Person) -> BodyMeeting:
    """Locked. Raises NotAllowed for who does not act for its body, or too late."""
    require_may_act(meeting.body, by, timezone.localdate())
    rows = BodyMeeting.objects.select_related("body").select_for_update(of=("self",))
    meeting = rows.get(pk=meeting.pk)
    if meeting.is_cancelled:
        raise NotAllowed("Deze vergadering gaat niet door.")
    if is_over(meeting, timezone.now()):
        raise NotAllowed("Deze vergadering is al geweest.")
    return meeting


def _require_moment(meeting: BodyMeeting) -> None:
    if meeting.starts_at <= timezone.now():
        raise NotAllowed("Dit moment is al geweest.", field="starts_at")
    day, body = timezone.localdate(meeting.starts_at), meeting.body
    if day < body.starts_on or (body.ends_on and day > body.ends_on):
        raise NotAllowed(f"{body} is er dan niet.", field="starts_at")


def _number(meeting: BodyMeeting, agenda: Sequence[Point]) -> None:
    """The agenda as it is now. A point keeps its papers as long as it keeps its title;
    one with papers cannot go."""
    known = {item.title.casefold(): item for item in meeting.items.all()}
    meeting.items.update(position=F("position") + ASIDE)
    for position, point in enumerate(agenda, start=1):
        item = known.pop(point.title.casefold(), None) or AgendaItem(meeting=meeting)
        item.position = position
        item.title, item.explanation = point.title, point.explanation
        item.full_clean()
        item.save()
    for gone in known.values():
        if gone.papers.exists():
            raise NotAllowed(
                f"Bij '{gone.title}' hoort een stuk. Laat dit agendapunt staan.",
                field="agenda",
            )
        gone.delete()


def _tell_again(meeting: BodyMeeting, event: str) -> int:
    if meeting.invited_at is None:
        return 0
    meeting.sequence += 1
    meeting.save(update_fields=["sequence"])
    return telling.of_meeting(event, meeting)
