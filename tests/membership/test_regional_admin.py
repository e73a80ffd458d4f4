"""The bureau's pages of networks, contacts and meetings."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.models import (
    Email,
    HistoryEvent,
    Meeting,
    MeetingInvitation,
    Network,
    Organisation,
    Person,
    Region,
    RegionalContact,
)
from membership.regional.asking import ask_regions
from nvsi.admin.worklist import waiting_for
from tests.membership.regional import make_network, make_network_story, make_region

DAY = datetime.timedelta(days=1)


@pytest.fixture
def region(heideveld: Organisation, lezer: Person) -> Region:
    return make_region("B1", heideveld)


@pytest.fixture
def meeting(region: Region, heideveld: Organisation, bureau: Person) -> Meeting:
    """To come, with groups; Anna is invited."""
    return make_network_story(region, heideveld, bureau)


@pytest.fixture
def at_bureau(client: Client, bureau: Person) -> Client:
    client.force_login(bureau)
    return client


def url(row: Any, page: str = "change") -> str:
    return reverse(f"admin:membership_{row._meta.model_name}_{page}", args=[row.pk])


def shown(client: Client, row: Any, page: str = "change") -> str:
    return client.get(url(row, page)).content.decode()


def local(moment: datetime.datetime) -> str:
    """As the field of the browser sends it."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def form_of(meeting: Meeting, **changes: str) -> dict[str, str]:
    return {
        "title": meeting.title,
        "starts_at": local(meeting.starts_at),
        "ends_at": local(meeting.ends_at),
        "place": meeting.place,
        "link": meeting.link,
        "agenda": meeting.agenda,
        **changes,
    }


def test_the_board_says_who_answered_and_since_when(
    at_bureau: Client, meeting: Meeting, heideveld: Organisation
) -> None:
    make_region("B2", name="Zonder")
    text = shown(at_bureau, meeting.network)
    assert "0 van 2\u00a0regio&#x27;s doorgegeven" in text
    assert "vervanger Bram" in text
    assert "doorgegeven door Bureau op" in text
    assert "niemand in het portaal" in text
    assert "Herinneren" not in text  # it was asked today


def test_the_bureau_asks_and_a_day_later_reminds(
    at_bureau: Client, region: Region
) -> None:
    network = Network.objects.create(name="netwerk", slug="n", type="bw_mo")
    due_on = timezone.localdate() + 20 * DAY
    at_bureau.post(url(network, "ask-regions"), {"due_on": f"{due_on:%d-%m-%Y}"})
    assert Email.objects.filter(event="contacts_asked").count() == 1
    earlier = timezone.now() - DAY
    network.asks.update(asked_at=earlier)
    assert "Herinneren" in shown(at_bureau, network)
    at_bureau.post(url(network, "remind"))
    at_bureau.post(url(network, "remind"))
    assert Email.objects.filter(event="contacts_reminded").count() == 1
    actions = set(HistoryEvent.objects.values_list("action", flat=True))
    assert {"asked regions", "reminded regions"} <= actions


def test_a_contact_is_ended_with_a_button(at_bureau: Client, meeting: Meeting) -> None:
    anna = RegionalContact.objects.get(name="Anna")
    at_bureau.post(url(anna, "end"), {"on": f"{timezone.localdate():%d-%m-%Y}"})
    anna.refresh_from_db()
    assert anna.ends_on == timezone.localdate()
    lists = reverse("admin:membership_regionalcontact_changelist")
    assert (
        "Anna" in at_bureau.get(lists, {"nu": "ja", "soort": "bw_mo"}).content.decode()
    )
    assert "Anna" not in at_bureau.get(lists, {"nu": "nee"}).content.decode()


def test_a_change_of_hour_moves_the_groups_and_is_told(
    at_bureau: Client, meeting: Meeting
) -> None:
    hour = datetime.timedelta(hours=1)
    before = meeting.groups.order_by("name")[0].starts_at
    changes = {
        "starts_at": local(meeting.starts_at + hour),
        "ends_at": local(meeting.ends_at + hour),
    }
    answer = at_bureau.post(url(meeting), form_of(meeting, **changes), follow=True)
    assert "1\u00a0genodigde krijgt bericht" in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.sequence == 1
    moved = meeting.groups.order_by("name")[0].starts_at - before
    # The form knows minutes: what the clock had of seconds is gone.
    assert abs(moved - hour) < datetime.timedelta(minutes=1)
    assert "SEQUENCE:1" in Email.objects.get(event="meeting_changed").calendar


def test_saving_without_a_change_tells_nobody(
    at_bureau: Client, meeting: Meeting
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=meeting.starts_at.replace(second=0, microsecond=0),
        ends_at=meeting.ends_at.replace(second=0, microsecond=0),
    )
    meeting.refresh_from_db()
    at_bureau.post(url(meeting), form_of(meeting))
    assert not Email.objects.filter(event="meeting_changed").exists()


def test_a_meeting_needs_a_place_and_ends_after_it_starts(
    at_bureau: Client, meeting: Meeting
) -> None:
    for changes, words in [
        ({"place": "", "link": ""}, "Vul een plaats of een link in."),
        ({"ends_at": local(meeting.starts_at - DAY)}, "eindigt voordat zij begint"),
    ]:
        answer = at_bureau.post(url(meeting), form_of(meeting, **changes))
        assert words in answer.content.decode()


def test_a_group_stays_within_its_meeting_and_its_change_is_told(
    at_bureau: Client, meeting: Meeting
) -> None:
    group = meeting.groups.order_by("name")[0]
    later = local(meeting.ends_at + DAY)
    form = {"name": group.name, "starts_at": local(group.starts_at), "ends_at": later}
    answer = at_bureau.post(url(group), form)
    assert "valt binnen de tijd van de bijeenkomst" in answer.content.decode()
    start = group.starts_at + datetime.timedelta(minutes=10)
    form |= {"starts_at": local(start), "ends_at": local(group.ends_at)}
    at_bureau.post(url(group), form)
    assert Email.objects.filter(event="meeting_changed").count() == 1


def test_somebody_is_put_in_another_group_of_the_same_meeting(
    at_bureau: Client, meeting: Meeting
) -> None:
    invitation = meeting.invitations.get()
    other = meeting.groups.get(name="groep 2")
    at_bureau.post(url(invitation), {"group": str(other.pk)})
    invitation.refresh_from_db()
    assert invitation.group == other
    assert Email.objects.filter(event="meeting_changed").count() == 1


def test_what_was_called_off_stands_as_it_is(
    at_bureau: Client, meeting: Meeting
) -> None:
    at_bureau.post(url(meeting, "cancel"))
    assert Meeting.objects.get(pk=meeting.pk).is_cancelled
    text = shown(at_bureau, meeting)
    assert "Afgelasten" not in text
    assert 'name="title"' not in text


def test_the_rest_is_invited_with_a_button(at_bureau: Client, meeting: Meeting) -> None:
    text = shown(at_bureau, meeting, "invite")
    assert "De bestuurlijke aanspreekpunten" in text
    at_bureau.post(url(meeting, "invite"), {"who": "both"})
    assert MeetingInvitation.objects.count() == 2
    assert "2 nog geen antwoord" in shown(at_bureau, meeting)


def test_nobody_deletes_a_contact_or_an_invitation(
    at_bureau: Client, meeting: Meeting
) -> None:
    for row in (meeting, meeting.invitations.get(), meeting.network):
        assert at_bureau.post(url(row, "delete")).status_code == 403


def test_regions_that_are_late_wait_for_the_bureau(
    heideveld: Organisation, lezer: Person, bureau: Person, bestuur: Person
) -> None:
    make_region("B1", heideveld)
    network, today = make_network(), timezone.localdate()
    due_on = today + datetime.timedelta(days=3)
    ask_regions(network, due_on=due_on, now=timezone.now(), by=bureau)
    late = due_on + datetime.timedelta(days=1)
    assert "Aanspreekpunten ontbreken" not in waits_for(bureau, due_on)
    assert waits_for(bureau, late)["Aanspreekpunten ontbreken"] == (
        "netwerk BW-MO: 1\xa0regio"
    )
    assert "Aanspreekpunten ontbreken" not in waits_for(bestuur, late)


def waits_for(person: Person, day: datetime.date) -> dict[str, str]:
    return {one.what: one.about for one in waiting_for(person, day)}
