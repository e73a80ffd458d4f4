"""Meetings of a network: who is invited, who comes, and what their calendar hears."""

import datetime
from email import message_from_bytes
from email.message import Message

import pytest
from django.core import mail
from django.db.models import F
from icalendar import Calendar, Component

from membership import emails
from membership.models import (
    Email,
    Meeting,
    MeetingInvitation,
    Network,
    Organisation,
    Person,
    Region,
)
from membership.regional import calendar_items, links, meetings
from membership.regional.meetings import BOTH, PRIMARY, VERVANGER
from nvsi.errors import NotAllowed
from tests.membership.regional import (
    LATER,
    NOW,
    give,
    make_groups,
    make_meeting,
    make_network,
    make_region,
    pair,
)

AFTER = LATER + datetime.timedelta(days=1)


@pytest.fixture
def network(db: None) -> Network:
    return make_network()


@pytest.fixture
def regions(
    network: Network, heideveld: Organisation, waterkant: Organisation, bureau: Person
) -> list[Region]:
    """Heide sends Anna, with Bram; Water sends Carla and Dirk, a duo."""
    heide = make_region("B1", heideveld, name="Heide")
    water = make_region("B2", waterkant, name="Water")
    give(network, heide, pair(heideveld), by=bureau)
    give(network, water, pair(waterkant, "Carla", "Dirk", is_duo=True), by=bureau)
    return [heide, water]


@pytest.fixture
def meeting(network: Network) -> Meeting:
    return make_meeting(network)


def invited(meeting: Meeting) -> list[str]:
    rows = meeting.invitations.order_by("pk").select_related("contact")
    return [one.contact.name for one in rows]


def of(name: str) -> MeetingInvitation:
    return MeetingInvitation.objects.with_meeting().get(contact__name=name)


def told(event: str) -> list[Component]:
    """The calendar items that went with the e-mails of an event."""
    texts = Email.objects.filter(event=event).order_by("pk")
    return [Calendar.from_ical(email.calendar) for email in texts]


def test_the_primary_ones_are_invited_and_both_of_a_duo(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    assert invited(meeting) == ["Anna", "Carla", "Dirk"]
    with pytest.raises(NotAllowed, match="niemand die nog niet is uitgenodigd"):
        meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    meetings.invite(meeting, who=BOTH, now=NOW, by=bureau)
    assert invited(meeting) == ["Anna", "Carla", "Dirk", "Bram"]


def test_only_the_vervangers_or_only_of_the_level_of_the_meeting(
    meeting: Meeting, network: Network, regions: list[Region], bureau: Person
) -> None:
    meetings.invite(meeting, who=VERVANGER, now=NOW, by=bureau)
    assert invited(meeting) == ["Bram", "Dirk"]
    other = make_meeting(network, level="ambtelijk")
    with pytest.raises(NotAllowed):
        meetings.invite(other, who=BOTH, now=NOW, by=bureau)


def test_regions_are_divided_over_the_groups_with_hours_of_their_own(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    make_groups(meeting)
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    meetings.invite(meeting, who=BOTH, now=NOW, by=bureau)
    assert [(i.contact.name, str(i.group)) for i in meeting.invitations.all()] == [
        ("Anna", "groep 1"),
        ("Bram", "groep 1"),
        ("Carla", "groep 2"),
        ("Dirk", "groep 2"),
    ]
    body = Email.objects.get(recipient="carla@gemeente.example").body
    assert "woensdag 8 april 2026, van 13:00 tot 14:30 uur" in body.replace("\xa0", " ")
    event = calendar_items.calendar_item(of("Carla"), "REQUEST", "https://x/")
    hours = Calendar.from_ical(event).walk("VEVENT")[0]
    assert hours.decoded("dtstart") == datetime.datetime(
        2026, 4, 8, 11, tzinfo=datetime.UTC
    )


def test_an_invitation_is_an_item_for_the_calendar(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    calendar = told("meeting_invited")[0]
    event = calendar.walk("VEVENT")[0]
    assert calendar["method"] == "REQUEST"
    assert event["sequence"] == 0
    assert event["attendee"] == "mailto:anna@gemeente.example"
    assert event["organizer"] == "mailto:bureau@nvsi.example"
    assert event["location"] == "Stadhuis"
    assert "1. Opening" in str(event["description"])
    assert links.answer_url(of("Anna")) in str(event["description"])


def test_the_item_goes_with_the_email_for_programs_and_for_people(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    emails.send_waiting()
    message = message_from_bytes(mail.outbox[0].message().as_bytes())
    assert isinstance(message, Message)
    parts = {part.get_content_type(): part for part in message.walk()}
    shown = parts["text/calendar"]
    assert shown.get_param("method") == "REQUEST"
    file = parts["application/ics"]
    assert file.get_filename() == "bijeenkomst.ics"
    for part in (shown, file):
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert Calendar.from_ical(content).walk("VEVENT")


def test_a_change_goes_with_a_higher_sequence_and_the_same_item(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    make_groups(meeting)
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    meetings.answer(of("Dirk"), "no", now=NOW)
    hour = datetime.timedelta(hours=1)
    before = told("meeting_invited")[0].walk("VEVENT")[0]
    for count in (1, 2):
        Meeting.objects.filter(pk=meeting.pk).update(
            starts_at=F("starts_at") + hour, ends_at=F("ends_at") + hour
        )
        assert meetings.changed(meeting, moved=hour, by=bureau) == 2
        calendar = told("meeting_changed")[-2]
        event = calendar.walk("VEVENT")[0]
        assert (calendar["method"], event["sequence"]) == ("REQUEST", count)
        assert event["uid"] == before["uid"]
        assert event.decoded("dtstart") == before.decoded("dtstart") + count * hour
    assert not Email.objects.filter(
        event="meeting_changed", recipient="dirk@gemeente.example"
    )


def test_what_is_called_off_leaves_the_calendar(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    assert meetings.cancel(meeting, now=NOW, by=bureau) == 3
    calendar = told("meeting_cancelled")[0]
    event = calendar.walk("VEVENT")[0]
    assert calendar["method"] == "CANCEL"
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    with pytest.raises(NotAllowed, match="gaat niet door"):
        meetings.answer(of("Anna"), "yes", now=NOW)
    with pytest.raises(NotAllowed, match="gaat niet door"):
        meetings.cancel(meeting, now=NOW, by=bureau)
    with pytest.raises(NotAllowed, match="gaat niet door"):
        meetings.invite(meeting, who=BOTH, now=NOW, by=bureau)


def test_nobody_hears_of_a_change_before_anybody_was_invited(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    assert meetings.changed(meeting, moved=datetime.timedelta(0), by=bureau) == 0
    assert Meeting.objects.get(pk=meeting.pk).sequence == 0
    assert meetings.cancel(meeting, now=NOW, by=bureau) == 0


def test_somebody_answers_and_may_change_his_mind(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    meetings.answer(of("Anna"), "yes", now=NOW)
    assert (of("Anna").answer, of("Anna").answered_at) == ("yes", NOW)
    meetings.answer(of("Anna"), "no", now=LATER.replace(hour=9))
    assert of("Anna").answer == "no"
    with pytest.raises(NotAllowed, match="Kies of u komt"):
        meetings.answer(of("Anna"), "none", now=NOW)
    with pytest.raises(NotAllowed, match="is al geweest"):
        meetings.answer(of("Anna"), "yes", now=AFTER)


def test_the_vervanger_is_invited_when_he_comes_instead_and_once(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    make_groups(meeting)
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    for _ in range(2):
        meetings.answer(of("Anna"), "vervanger", now=NOW)
    assert of("Bram").group == of("Anna").group
    sent = Email.objects.filter(recipient="bram@gemeente.example")
    assert sent.count() == 1
    with pytest.raises(NotAllowed, match="geen vervanger"):
        meetings.answer(of("Bram"), "vervanger", now=NOW)


def test_who_is_put_in_another_group_hears_it_and_nobody_else(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    make_groups(meeting)
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    anna = of("Anna")
    anna.group = meeting.groups.get(name="groep 2")
    anna.save()
    assert meetings.regrouped(anna, by=bureau) == 1
    assert [e.recipient for e in Email.objects.filter(event="meeting_changed")] == [
        "anna@gemeente.example"
    ]
    assert meetings.group_changed(anna.group, by=bureau) == 3


def test_only_the_bureau_goes_about_meetings(
    meeting: Meeting, regions: list[Region], lezer: Person, bestuur: Person
) -> None:
    for person in (lezer, bestuur):
        with pytest.raises(NotAllowed, match="Dat doet het bureau"):
            meetings.invite(meeting, who=PRIMARY, now=NOW, by=person)
        with pytest.raises(NotAllowed, match="Dat doet het bureau"):
            meetings.cancel(meeting, now=NOW, by=person)


def test_a_link_that_was_changed_leads_nowhere(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    token = links.token_of(of("Anna"))
    assert links.invitation_of(token) == of("Anna")
    _, _, signature = token.partition(".")
    for wrong in (f"{of('Carla').pk}.{signature}", token + "x", token[:-1], "1", ""):
        assert links.invitation_of(wrong) is None


def test_what_is_published_names_nobody_who_is_asked(
    meeting: Meeting, regions: list[Region], bureau: Person
) -> None:
    meetings.invite(meeting, who=PRIMARY, now=NOW, by=bureau)
    text = calendar_items.calendar_item(of("Anna"), "PUBLISH", "https://x/")
    assert "anna" not in text.lower()
    assert "METHOD:PUBLISH" in text
