"""A meeting as an item for somebody's calendar: iCalendar, RFC 5545 and 5546.

Each invitation has an item of its own, since groups have hours of their own. The time
is written in UTC, which every calendar shows by its own clock.
"""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from membership.models import MeetingInvitation

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
PARTSTAT = {
    "none": "NEEDS-ACTION",
    "yes": "ACCEPTED",
    "no": "DECLINED",
    "vervanger": "DELEGATED",
}


def calendar_item(invitation: MeetingInvitation, method: str, page: str) -> str:
    """The file: REQUEST and CANCEL go by e-mail, PUBLISH is what somebody downloads.

    `page` is where he answers. The sequence of the meeting makes a calendar replace
    what it had.
    """
    return file_of(event_of(invitation, method, page), method)


def file_of(event: Event, method: str) -> str:
    """A file with one item."""
    calendar = Calendar()
    calendar.add("prodid", "-//NVSI//portaal//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def event_of(invitation: MeetingInvitation, method: str, page: str) -> Event:
    """One invitation, as it is now."""
    meeting = invitation.meeting
    host = urlsplit(settings.SITE_URL).hostname
    event = Event()
    event.add("uid", f"bijeenkomst-{meeting.pk}-{invitation.pk}@{host}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(datetime.UTC))
    event.add("dtstart", invitation.starts_at.astimezone(datetime.UTC))
    event.add("dtend", invitation.ends_at.astimezone(datetime.UTC))
    event.add("summary", meeting.title)
    event.add("location", meeting.place or meeting.link)
    event.add("url", meeting.link or page)
    event.add("description", _description(invitation, page))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("organizer", address(settings.NVSI_EMAIL, settings.NVSI_NAME))
    if method != PUBLISH:  # what is published has nobody who is asked
        attendee = address(invitation.contact.email, invitation.contact.name)
        attendee.params["partstat"] = vText(PARTSTAT[invitation.answer])
        event.add("attendee", attendee)
    return event


def _description(invitation: MeetingInvitation, page: str) -> str:
    meeting = invitation.meeting
    parts = [
        meeting.agenda,
        f"Online: {meeting.link}" if meeting.link else "",
        f"Laat weten of u komt: {page}",
    ]
    return "\n\n".join(part for part in parts if part)


def address(email: str, name: str) -> vCalAddress:
    """Somebody in a calendar: who organises, or who is asked to come."""
    address = vCalAddress(f"mailto:{email}")
    address.params["cn"] = vText(name)
    return address
