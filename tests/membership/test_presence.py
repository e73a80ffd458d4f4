"""The presentielijst: who was there, represented by whom, and with how many votes."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.assembly import attending, convening, drafting, proxies
from membership.assembly.presence import Presence, presences
from membership.models import Assembly, Attendance, Membership, Organisation, Person
from tests.conftest import make_gemeente, make_person
from tests.membership.assembly_days import make_day, make_members, opened

pytestmark = pytest.mark.django_db
Member = tuple[Organisation, Person]


def comes(assembly: Assembly, member: Member, by: Person) -> Attendance:
    """To the hall, and is there."""
    organisation, person = member
    now = timezone.now()
    row = attending.announce(
        assembly, organisation, person, mode="room", now=now, by=person
    )
    attending.arrive(row, now=now, by=by)
    return row


def gives(
    assembly: Assembly, member: Member, to: Organisation, *, only_first: bool = False
) -> None:
    """A volmacht, for the whole ALV or for its first voorstel."""
    organisation, signer = member
    proxies.give(
        assembly,
        organisation,
        holder=None,
        of_member=to,
        voorstel=assembly.voorstellen.first() if only_first else None,
        now=timezone.now(),
        by=signer,
    )


def make_aspirant() -> Member:
    gemeente = make_gemeente("GM8201", "Nieuwdorp")
    Membership.objects.create(
        organisation=gemeente, kind="aspirant_lid", starts_on=datetime.date(2020, 1, 1)
    )
    return gemeente, make_person("Kijkt", "contactpersoon", gemeente)


def test_it_says_of_each_organisation_how_it_took_part(bureau: Person) -> None:
    assembly = make_day(bureau)
    host, gone, given, partly, absent = make_members(5)
    comes(assembly, host, bureau)
    left = comes(assembly, gone, bureau)
    attending.leave(left, now=timezone.now(), by=bureau)
    comes(assembly, make_aspirant(), bureau)
    gives(assembly, given, host[0])
    gives(assembly, partly, host[0], only_first=True)
    by_host = f"vertegenwoordigd door {host[0].formal_name}"
    assert left.left_at
    assert presences(assembly) == [
        Presence(host[0].name, 1, "in de zaal"),
        Presence(gone[0].name, 1, f"in de zaal, tot {clock(left.left_at)} uur"),
        Presence(given[0].name, 1, by_host),
        Presence(partly[0].name, 1, f"{by_host}, bij een deel van de punten"),
        Presence(absent[0].name, 1, "niet aanwezig"),
        Presence("Nieuwdorp", 0, "in de zaal"),
    ]


def clock(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"


def test_a_volmacht_to_who_did_not_come_represents_nobody(bureau: Person) -> None:
    assembly = make_day(bureau)
    one, two = make_members(2)
    gives(assembly, one, two[0])
    assert not any(row.is_there for row in presences(assembly))


def test_the_votes_are_those_of_the_lists_of_its_votes(bureau: Person) -> None:
    assembly = make_day(bureau)
    make_members(2)
    vote = opened(assembly, bureau, method="show")
    vote.entitled.update(votes=3)
    assert {row.votes for row in presences(assembly)} == {3}


def test_it_is_kept_with_the_besluitenlijst_for_who_belongs(
    bureau: Person, client: Client
) -> None:
    assembly = make_day(bureau)
    ((_member, signer),) = make_members(1)
    now = timezone.now()
    voorstel = assembly.voorstellen.get()
    drafting.take_off_agenda(voorstel, reason="Later.", now=now, by=bureau)
    convening.close(assembly, now=now, by=bureau)
    paper = assembly.papers.get(kind="presentielijst")
    assert bytes(paper.content).startswith(b"%PDF-")
    url = reverse("assembly-paper", args=[assembly.pk, paper.pk])
    client.force_login(
        make_person("Vreemde", "contactpersoon", make_gemeente("GM8202", "Ver"))
    )
    assert client.get(url).status_code == 404
    client.force_login(signer)
    page = client.get(reverse("assembly-detail", args=[assembly.pk])).content.decode()
    assert url in page
    assert client.get(url).content == bytes(paper.content)
