"""A meeting of a body as an item for somebody's calendar."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Event, vText

from membership.models import BodyMeeting, BodyMeetingAnswer, Person, Seat
from membership.regional.calendar_items import (
    CANCEL,
    PARTSTAT,
    PUBLISH,
    REQUEST,
    address,
    file_of,
)


def calendar_item(meeting: BodyMeeting, person: Person | None, page: str) -> str:
    """The file: to a person by e-mail, or without one for who downloads it."""
    method = PUBLISH
    if person is not None:
        method = CANCEL if meeting.is_cancelled else REQUEST
    event = _event_of(meeting, page)
    if person is not None:
        attendee = address(person.email, person.name)
        attendee.params["partstat"] = vText(PARTSTAT[_answer_of(meeting, person)])
        event.add("attendee", attendee)
    return file_of(event, method)


def _answer_of(meeting: BodyMeeting, person: Person) -> str:
    """Who comes as vervanger said nothing yet."""
    given = meeting.answers.filter(person=person).values_list("answer", flat=True)
    return given.first() or "none"


def events_of(person: Person, *, since: datetime.date) -> list[Event]:
    """The meetings from a day on to which somebody is invited by his seat or comes as
    vervanger, also what was called off, so that his calendar shows that; not those for
    which he said no. Three queries."""
    meetings = BodyMeeting.objects.filter(
        invited_at__isnull=False, starts_at__date__gte=since
    ).select_related("body")
    seats = list(Seat.objects.filter(person=person))
    said = BodyMeetingAnswer.objects.filter(meeting__in=meetings)
    own = dict(said.filter(person=person).values_list("meeting", "answer"))
    instead = set(said.filter(vervanger=person).values_list("meeting", flat=True))
    return [
        _event_of(one, f"{settings.SITE_URL}{reverse('body-meeting', args=[one.pk])}")
        for one in meetings
        if one.pk in instead
        or (
            own.get(one.pk, "yes") == "yes" and any(_fills(seat, one) for seat in seats)
        )
    ]


def _fills(seat: Seat, meeting: BodyMeeting) -> bool:
    day = timezone.localdate(meeting.starts_at)
    in_term = seat.starts_on <= day and (seat.ends_on is None or day <= seat.ends_on)
    return seat.body_id == meeting.body_id and in_term


def _event_of(meeting: BodyMeeting, page: str) -> Event:
    event = Event()
    host = urlsplit(settings.SITE_URL).hostname
    event.add("uid", f"vergadering-{meeting.pk}@{host}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(datetime.UTC))
    event.add("dtstart", meeting.starts_at.astimezone(datetime.UTC))
    event.add("dtend", meeting.ends_at.astimezone(datetime.UTC))
    event.add("summary", f"Vergadering {meeting.body}")
    event.add("location", meeting.place or meeting.link)
    event.add("url", page)
    event.add("description", f"Agenda en stukken: {page}")
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("organizer", address(settings.NVSI_EMAIL, settings.NVSI_NAME))
    return event
