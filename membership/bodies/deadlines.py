"""When a body meets: in the list and the calendar of who sits there."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from membership.bodies.telling import page_of
from membership.deadlines.asked import Among, Deadline, Kind
from membership.models import BodyMeeting, Seat


def meetings(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Of who has a seat on that day, and was invited. Two queries."""
    coming = BodyMeeting.objects.filter(
        status=BodyMeeting.Status.PLANNED,
        invited_at__isnull=False,
        ends_at__gt=timezone.now(),
    )
    found = list(coming.select_related("body").order_by("starts_at"))
    bodies = {meeting.body_id for meeting in found}
    seats = Seat.objects.filter(body__in=bodies, person__is_active=True)
    sitting = list(among.sent_to(seats, "person__email").select_related("person"))
    for meeting in found:
        day = timezone.localdate(meeting.starts_at)
        for seat in sitting:
            if seat.body_id == meeting.body_id and _sits(seat, day):
                yield _deadline(meeting, seat, day)


def _deadline(meeting: BodyMeeting, seat: Seat, day: datetime.date) -> Deadline:
    assert meeting.invited_at is not None
    return Deadline(
        key=f"body meeting|{meeting.pk}|{seat.person_id}",
        kind=Kind.MEETING,
        what=f"Vergadering van {meeting.body}",
        url=page_of(meeting),
        since=timezone.localdate(meeting.invited_at),
        who=seat.person.name,
        about=meeting,
        email=seat.person.email,
        by=day,
        asks=False,
    )


def _sits(seat: Seat, day: datetime.date) -> bool:
    return seat.starts_on <= day and (seat.ends_on is None or day <= seat.ends_on)


PROVIDERS = (meetings,)
