"""When a body meets: whether who sits there comes, and then the meeting itself."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from membership.bodies.telling import page_of
from membership.deadlines.asked import Among, Deadline, Kind
from membership.models import BodyMeeting, BodyMeetingAnswer, Seat
from membership.models.meetings import MeetingInvitation

Answer = MeetingInvitation.Answer


def meetings(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Of who has a seat on that day, was invited, and did not say no. Three queries."""
    now = timezone.now()
    coming = BodyMeeting.objects.filter(
        status=BodyMeeting.Status.PLANNED,
        invited_at__isnull=False,
        ends_at__gt=now,
    )
    found = list(coming.select_related("body").order_by("starts_at"))
    bodies = {meeting.body_id for meeting in found}
    seats = Seat.objects.filter(body__in=bodies, person__is_active=True)
    sitting = list(among.sent_to(seats, "person__email").select_related("person"))
    said = BodyMeetingAnswer.objects.filter(meeting__in=found)
    answers = {(row.meeting_id, row.person_id): row.answer for row in said}
    for meeting in found:
        day = timezone.localdate(meeting.starts_at)
        for seat in sitting:
            answer = answers.get((meeting.pk, seat.person_id))
            is_invited = seat.body_id == meeting.body_id and _sits(seat, day)
            if is_invited and answer in (None, Answer.YES):
                is_asked = answer is None and now < meeting.starts_at
                yield _deadline(meeting, seat, day, is_asked=is_asked)


def _deadline(
    meeting: BodyMeeting, seat: Seat, day: datetime.date, *, is_asked: bool
) -> Deadline:
    assert meeting.invited_at is not None
    return Deadline(
        key=f"body meeting|{meeting.pk}|{seat.person_id}",
        kind=Kind.INVITATION if is_asked else Kind.MEETING,
        what=f"Laat weten of u komt: vergadering van {meeting.body}"
        if is_asked
        else f"Vergadering van {meeting.body}",
        url=page_of(meeting),
        since=timezone.localdate(meeting.invited_at),
        who=seat.person.name,
        about=meeting,
        email=seat.person.email,
        by=day,
        asks=is_asked,
    )


def _sits(seat: Seat, day: datetime.date) -> bool:
    return seat.starts_on <= day and (seat.ends_on is None or day <= seat.ends_on)


PROVIDERS = (meetings,)
