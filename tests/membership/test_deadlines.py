"""What is asked of whom by when, and what the bureau sees of it."""

import datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook  # type: ignore[import-untyped]

from membership.admission.dossiers import open_dossier
from membership.admission.steps import Step
from membership.deadlines.asked import Deadline, Kind, asked_of, asked_of_all
from membership.deadlines.choosing import Choice, choose
from membership.models import Dossier, MeetingInvitation, Network, Organisation, Person
from membership.regional.asking import ask_regions
from nvsi.dutch import day
from tests.billing.test_pages import text_of
from tests.conftest import make_gemeente, make_person
from tests.membership.dossiers import VOORHANG, day_of, take_all
from tests.membership.regional import make_network_story, make_region

ASKED = "/beheer/membership/reminderrule/gevraagd/"


def of_kind(found: list[Deadline], kind: Kind) -> list[Deadline]:
    return [one for one in found if one.kind == kind]


@pytest.fixture
def at_the_raad(noorderhage: Organisation, bureau: Person) -> Dossier:
    """The raad of Noorderhage has the draft, and could react until some days ago."""
    dossier = open_dossier(noorderhage, "lid", by=bureau)
    take_all(dossier, VOORHANG[:4], by=bureau, bureau=bureau)
    return dossier


def test_a_step_has_the_day_that_the_gemeente_set_for_the_raad(
    at_the_raad: Dossier, vreemde: Person
) -> None:
    (asked,) = asked_of(vreemde, timezone.localdate())
    assert asked.kind == Kind.STEP
    assert asked.by == day_of(Step.HEARD) - datetime.timedelta(days=1)
    assert asked.is_late(timezone.localdate())
    assert "Leg vast wat de raad heeft laten weten" in asked.what


def test_nobody_is_asked_what_another_organisation_has_to_do(
    at_the_raad: Dossier, lezer: Person, backoffice: Person
) -> None:
    today = timezone.localdate()
    for person in (lezer, backoffice):
        assert of_kind(asked_of(person, today), Kind.STEP) == []


def test_a_role_that_ended_is_asked_nothing(
    at_the_raad: Dossier, vreemde: Person
) -> None:
    vreemde.roles.update(ends_on=datetime.date(2020, 1, 1))
    assert asked_of(vreemde, timezone.localdate()) == []


def test_what_waits_for_the_association_is_asked_of_who_may_do_it(
    noorderhage: Organisation, bureau: Person, bestuur: Person, vreemde: Person
) -> None:
    dossier = open_dossier(noorderhage, "lid", by=bureau)
    take_all(dossier, VOORHANG[:-1], by=bureau, bureau=bureau)
    today = timezone.localdate()
    assert of_kind(asked_of(bureau, today), Kind.ADMISSION)
    assert not of_kind(asked_of(bestuur, today), Kind.ADMISSION)
    take_all(dossier, [Step.CHECKED], by=bureau, bureau=bureau)
    assert not of_kind(asked_of(bureau, today), Kind.ADMISSION)
    assert of_kind(asked_of(bestuur, today), Kind.ADMISSION)
    assert asked_of(vreemde, today) == []


def test_every_gemeente_of_a_region_is_asked_for_its_contacts(
    heideveld: Organisation, waterkant: Organisation, lezer: Person, bureau: Person
) -> None:
    region = make_region("B1", heideveld, waterkant)
    other = make_person("Ander", "contactpersoon", waterkant)
    network = Network.objects.create(name="netwerk BW-MO", slug="bw-mo", type="bw_mo")
    today = timezone.localdate()
    due_on = today + datetime.timedelta(days=20)
    ask_regions(network, due_on=due_on, now=timezone.now(), by=bureau)
    for person in (lezer, other):
        (asked,) = of_kind(asked_of(person, today), Kind.CONTACTS)
        assert asked.by == due_on
        assert str(region) in asked.what
    (asked,) = of_kind(asked_of_all(today), Kind.CONTACTS)
    assert {one.code for one in asked.organisations} == {"GM9001", "GM9002"}


def test_an_invitation_is_asked_of_who_has_the_address(
    heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    make_network_story(make_region("B1", heideveld), heideveld, bureau)
    invitation = MeetingInvitation.objects.filter(answer="none").earliest("pk")
    today = timezone.localdate(invitation.meeting.starts_at)
    assert of_kind(asked_of(lezer, today), Kind.INVITATION) == []
    email = invitation.contact.email
    Person.objects.filter(pk=lezer.pk).update(email=email)
    lezer.email = email
    (asked,) = of_kind(asked_of(lezer, today), Kind.INVITATION)
    assert asked.by == today
    invitation.answer, invitation.answered_at = "yes", timezone.now()
    invitation.save()
    (coming,) = of_kind(asked_of(lezer, today), Kind.MEETING)
    assert not coming.asks


def test_the_bureau_chooses_searches_and_takes_the_list_along(
    client: Client, at_the_raad: Dossier, waterkant: Organisation, bureau: Person
) -> None:
    client.force_login(bureau)
    everything = text_of(client, ASKED)
    assert "Noorderhage" in everything
    assert "Mail ons het collegebesluit" in everything
    late = text_of(client, f"{ASKED}?dag=te-laat")
    assert "te laat" in late
    assert "Waterkant" not in late
    assert "Noorderhage" in text_of(client, f"{ASKED}?zoek=gm9003")
    assert "Niets gevonden." in text_of(client, f"{ASKED}?zoek=bestaat-niet")
    assert "Noorderhage" in text_of(client, f"{ASKED}?soort=onzin&dag=x&p=99")
    file = client.get("/beheer/membership/reminderrule/gevraagd.xlsx?soort=step")
    rows = list(load_workbook(BytesIO(file.getvalue())).active.values)
    assert rows[0][0] == "Uiterlijk"
    assert [row[3] for row in rows[1:]] == ["gemeente Noorderhage"]


def test_choosing_by_day_leaves_what_has_none(waterkant: Organisation) -> None:
    today = timezone.localdate()
    found = asked_of_all(today)
    assert choose(found, Choice(when="zonder-dag"), today)
    assert [one.by for one in choose(found, Choice(when="met-dag"), today)] == [
        one.by for one in found if one.by
    ]


def test_the_list_of_all_is_read_in_a_fixed_number_of_queries(bureau: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            choose(asked_of_all(timezone.localdate()), Choice(word="x"), day_now)
        return len(asked)

    day_now = timezone.localdate()
    gemeenten = [make_gemeente(f"GM80{at:02}", f"G{at}") for at in range(6)]
    open_dossier(gemeenten[0], "lid", by=bureau)
    few = queries()
    for gemeente in gemeenten[1:]:
        open_dossier(gemeente, "lid", by=bureau)
    assert queries() == few


def test_the_first_page_says_that_a_day_is_over(
    client: Client, at_the_raad: Dossier, vreemde: Person
) -> None:
    client.force_login(vreemde)
    until = day_of(Step.HEARD) - datetime.timedelta(days=1)
    words = f"uiterlijk {day(until)}: dat is voorbij".replace("\xa0", " ")
    assert words in text_of(client, "/")
