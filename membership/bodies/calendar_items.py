"""A meeting of a body as an item for somebody's calendar."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Event

from membership.models import BodyMeeting, Person, Seat
from membership.regional.calendar_items import (
    CANCEL,
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
        event.add("attendee", address(person.email, person.name))
    return file_of(event, method)


def events_of(person: Person, *, since: datetime.date) -> list[Event]:
    """The meetings from a day on to which somebody is invited by his seat, also what
    was called off, so that his calendar shows that. Two queries."""
    meetings = BodyMeeting.objects.filter(
        invited_at__isnull=False, starts_at__date__gte=since
    ).select_related("body")
    seats = list(Seat.objects.filter(person=person))
    return [
        _event_of(one, f"{settings.SITE_URL}{reverse('body-meeting', args=[one.pk])}")
        for one in meetings.filter(body__in=[seat.body_id for seat in seats])
        if any(_fills(seat, one) for seat in seats)
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
