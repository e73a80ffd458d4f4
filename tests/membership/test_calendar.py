"""The calendar of one's own: its address is a secret, shown once and taken back."""

import datetime
import logging

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from membership.deadlines.calendars import calendar_of, make_calendar, reader_of
from membership.models import (
    CalendarFeed,
    HistoryEvent,
    MeetingInvitation,
    Organisation,
    Person,
)
from nvsi.logs import without_secrets
from tests.membership.regional import make_network_story, make_region

ACCOUNT = "/account/agenda/"


@pytest.fixture
def ends_on(heideveld: Organisation) -> datetime.date:
    """The agreement of Heideveld ends, and it has no account."""
    until = timezone.localdate() + datetime.timedelta(days=40)
    heideveld.gebruiksovereenkomsten.update(ends_on=until)
    Organisation.objects.filter(pk=heideveld.pk).update(iban="")
    return until


def feed_url(person: Person) -> str:
    return reverse("calendar-feed", args=[make_calendar(person, now=timezone.now())])


def events(client: Client, url: str) -> list[Event]:
    return Calendar.from_ical(client.get(url).content).events


def test_the_address_is_shown_once_and_works_without_a_login(
    client: Client, lezer: Person, ends_on: datetime.date
) -> None:
    client.force_login(lezer)
    page = client.post(ACCOUNT, {"act": "make"}).text
    assert "Neem het nu over" in page
    address = page.partition('value="' + settings.SITE_URL)[2].partition('"')[0]
    assert address.startswith("/agenda/")
    assert address not in client.get(ACCOUNT).text
    assert "Uw agenda heeft een adres sinds" in client.get(ACCOUNT).text
    assert Client().get(address).status_code == 200
    feed = CalendarFeed.objects.get()
    token = address.removeprefix("/agenda/").removesuffix(".ics")
    told = HistoryEvent.objects.get(action="calendar made")
    assert token not in f"{feed.token_sha256} {told.facts}"


def test_a_deadline_is_a_whole_day_that_keeps_its_name(
    client: Client, lezer: Person, ends_on: datetime.date
) -> None:
    url = feed_url(lezer)
    response = client.get(url)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in response["Cache-Control"]
    calendar = Calendar.from_ical(response.content)
    assert calendar["X-WR-TIMEZONE"] == "Europe/Amsterdam"
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in response.text
    found = {str(event["SUMMARY"]): event for event in calendar.events}
    end = found["Uw overeenkomst voor Flexensie eindigt (gemeente Heideveld)"]
    assert (end.start, end.end) == (ends_on, ends_on + datetime.timedelta(days=1))
    assert any("rekeningnummer" in words for words in found)
    again = client.get(url, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_a_meeting_stands_in_it_with_its_hours_and_no_personal_link(
    client: Client, heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    make_network_story(make_region("B1", heideveld), heideveld, bureau)
    invitation = MeetingInvitation.objects.filter(answer="none").earliest("pk")
    Person.objects.filter(pk=lezer.pk).update(email=invitation.contact.email)
    lezer.refresh_from_db()
    response = client.get(feed_url(lezer))
    events = Calendar.from_ical(response.content).events
    (event,) = [one for one in events if one["SUMMARY"] == invitation.meeting.title]
    assert event.start == invitation.starts_at.replace(microsecond=0)
    assert "/bijeenkomst/" not in response.text


def test_an_address_that_was_withdrawn_replaced_or_made_up_is_not_there(
    client: Client, lezer: Person
) -> None:
    first, second = feed_url(lezer), feed_url(lezer)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    client.force_login(lezer)
    client.post(ACCOUNT, {"act": "withdraw"})
    client.post(ACCOUNT, {"act": "withdraw"})
    assert client.get(second).status_code == 404
    assert client.get("/agenda/" + "x" * 43 + ".ics").status_code == 404
    assert calendar_of(lezer) is None


def test_who_left_has_an_empty_calendar_and_who_may_not_log_in_none(
    client: Client, lezer: Person, ends_on: datetime.date
) -> None:
    url = feed_url(lezer)
    lezer.roles.update(ends_on=datetime.date(2020, 1, 1))
    assert events(client, url) == []
    Person.objects.filter(pk=lezer.pk).update(is_active=False)
    assert client.get(url).status_code == 404


def test_a_calendar_is_of_who_made_it_alone(
    client: Client, lezer: Person, vreemde: Person, ends_on: datetime.date
) -> None:
    assert events(client, feed_url(vreemde)) == []
    token = make_calendar(lezer, now=timezone.now())
    assert reader_of(token) == lezer


def test_a_refused_address_is_not_told_to_the_log(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        client.get("/agenda/" + "s" * 43 + ".ics")
    (told,) = [record.getMessage() for record in caplog.records]
    assert "sss" in told  # Django says it; our handler strikes it out
    event = without_secrets(None, "", {"event": told})
    assert event["event"] == "Not Found: /agenda/..."
