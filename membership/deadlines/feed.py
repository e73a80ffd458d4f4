"""What is asked of somebody as a calendar to subscribe to: iCalendar, RFC 5545, 7986.

A deadline is a whole day, by the Dutch clock; a meeting has its hours. Each keeps its
uid for as long as it is asked. There is nothing secret in it, and no personal link.
"""

import datetime
import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from membership.bodies.calendar_items import events_of
from membership.deadlines.asked import Deadline, Kind, asked_of, whole_url
from membership.models import MeetingInvitation, Person
from membership.regional.calendar_items import PUBLISH, event_of

# A program asks again after so long.
REFRESH = datetime.timedelta(hours=6)
# Meetings that are longer ago are not told any more.
LOOK_BACK = datetime.timedelta(days=180)
# These have hours, and stand in it as meetings.
_AS_MEETINGS = (Kind.INVITATION, Kind.MEETING)


def calendar_for(person: Person, today: datetime.date) -> bytes:
    """The whole file: empty for who has no role any more."""
    found = [one for one in asked_of(person, today) if one.kind not in _AS_MEETINGS]
    own = events_of(person, since=today - LOOK_BACK) if person.current_roles else []
    return as_calendar(found, _meetings(person, today), own)


def as_calendar(
    found: Iterable[Deadline],
    meetings: Iterable[MeetingInvitation],
    events: Iterable[Event],
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//NVSI//portaal//NL")
    calendar.add("version", "2.0")
    calendar.add("method", PUBLISH)
    calendar.add("x-wr-calname", "NVSI")
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for deadline in found:
        if deadline.by is not None:
            calendar.add_component(_whole_day(deadline, deadline.by))
    page = f"{settings.SITE_URL}{reverse('region-list')}"
    for invitation in meetings:
        calendar.add_component(event_of(invitation, PUBLISH, page))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _meetings(person: Person, today: datetime.date) -> Iterable[MeetingInvitation]:
    """Those to which he is invited himself and did not say no; also what is called off,
    so that his calendar shows that."""
    if not person.current_roles:
        return []
    rows = MeetingInvitation.objects.filter(
        contact__email=person.email, meeting__starts_at__date__gte=today - LOOK_BACK
    )
    coming = rows.exclude(answer=MeetingInvitation.Answer.NO)
    return coming.with_meeting().order_by("meeting__starts_at", "pk")


def _whole_day(deadline: Deadline, by: datetime.date) -> Event:
    event = Event()
    host = urlsplit(settings.SITE_URL).hostname
    name = hashlib.sha256(deadline.key.encode()).hexdigest()[:32]
    event.add("uid", f"{name}@{host}")
    # The same until something of it changes: a copy that did not change stays so.
    since = datetime.datetime.combine(deadline.since, datetime.time(), datetime.UTC)
    event.add("dtstamp", since)
    event.add("dtstart", by)
    event.add("dtend", by + datetime.timedelta(days=1))
    event.add("summary", f"{deadline.what} ({deadline.who})")
    event.add("url", whole_url(deadline))
    event.add("transp", "TRANSPARENT")  # the day stays free for other things
    return event
