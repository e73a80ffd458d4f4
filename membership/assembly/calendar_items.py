"""An ALV as an item for a calendar: iCalendar, RFC 5545."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from membership.models import Assembly


def calendar_item(assembly: Assembly, page: str) -> str:
    """The file; the sequence of the ALV makes a calendar replace what it had."""
    calendar = Calendar()
    calendar.add("prodid", "-//NVSI//portaal//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if assembly.is_cancelled else "PUBLISH")
    calendar.add_component(event_of(assembly, page))
    return str(calendar.to_ical(), "utf-8")


def event_of(assembly: Assembly, page: str) -> Event:
    """As it is now."""
    event = Event()
    event.add("uid", f"alv-{assembly.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", assembly.sequence)
    event.add("dtstamp", assembly.changed_at.astimezone(datetime.UTC))
    event.add("dtstart", assembly.starts_at.astimezone(datetime.UTC))
    event.add("dtend", assembly.ends_at.astimezone(datetime.UTC))
    event.add("summary", assembly.title)
    event.add("location", assembly.place or assembly.link)
    event.add("url", page)
    event.add("description", f"Agenda en stukken: {page}")
    event.add("status", "CANCELLED" if assembly.is_cancelled else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{settings.NVSI_EMAIL}")
    organizer.params["cn"] = vText(settings.NVSI_NAME)
    event.add("organizer", organizer)
    return event
