"""What members bring before the ALV: an ALV they ask for together, and a voorstel."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from membership.admin.assembly_waiting import demands_to_answer, voorstellen_to_answer
from membership.assembly import convening, handing_in, initiating
from membership.models import (
    Assembly,
    AssemblyDemand,
    Email,
    Initiative,
    MemberVoorstel,
    Organisation,
    Person,
)
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.membership.assemblies import make_assembly, make_voorstel
from tests.membership.assembly_days import DAY, make_members

pytestmark = pytest.mark.django_db


def begin(member: Organisation, by: Person) -> Initiative:
    return initiating.start(
        member, subject="Het tarief", why="Het kan lager.", now=timezone.now(), by=by
    )


def prepared(until: datetime.timedelta = DAY) -> Assembly:
    """A draft for in forty days, with something on its agenda."""
    now = timezone.now()
    assembly = make_assembly(starts_at=now + 40 * DAY, voorstellen_until=now + until)
    make_voorstel(assembly)
    return assembly


def hand_in(assembly: Assembly, member: Organisation, by: Person) -> MemberVoorstel:
    return handing_in.hand_in(
        assembly,
        member,
        title="Lager tarief",
        beslispunten="1. Verlaagt het tarief.\n2. Kijkt er in 2028 weer naar.",
        toelichting="Het kan.",
        now=timezone.now(),
        by=by,
    )


def test_with_a_tenth_of_the_votes_it_is_a_demand(bestuur: Person) -> None:
    """Of eleven members two are a tenth: the second one hands it in."""
    (one, first), (two, second), *_rest = make_members(11)
    initiative = begin(one, first)
    assert initiative.is_gathering
    assert not AssemblyDemand.objects.exists()
    others = Email.objects.filter(event="initiative_started")
    assert others.count() == 10
    initiating.join(initiative, two, now=timezone.now(), by=second)
    demand = AssemblyDemand.objects.get()
    assert set(demand.organisations.all()) == {one, two}
    assert demand.received_on == timezone.localdate()
    assert demand.initiative.status == Initiative.Status.REACHED
    told = Email.objects.filter(event="initiative_reached")
    assert bestuur.email in told.values_list("recipient", flat=True)
    assert [one.what for one in demands_to_answer(bestuur, timezone.localdate())]
    with pytest.raises(NotAllowed, match="ingediend bij het bestuur"):
        initiating.step_out(initiative, two, now=timezone.now(), by=second)


def test_a_member_counts_once_and_only_by_who_speaks_for_it() -> None:
    (one, first), (two, second), *_rest = make_members(31)
    now = timezone.now()
    initiative = begin(one, first)
    colleague = make_person("Collega", "contactpersoon", two)
    with pytest.raises(NotAllowed, match="ondertekenaar"):
        initiating.join(initiative, two, now=now, by=colleague)
    with pytest.raises(NotAllowed, match="ondertekenaar"):
        initiating.join(initiative, two, now=now, by=first)
    initiating.join(initiative, two, now=now, by=second)
    with pytest.raises(NotAllowed, match="doet al mee"):
        initiating.join(initiative, two, now=now, by=second)
    with pytest.raises(NotAllowed, match="al een initiatief"):
        begin(one, first)
    initiating.step_out(initiative, two, now=now, by=second)
    assert initiating.supporters(initiative, timezone.localdate()) == [one]
    initiating.step_out(initiative, one, now=now, by=first)
    initiative.refresh_from_db()
    assert initiative.status == Initiative.Status.WITHDRAWN


def test_members_join_in_the_portal(client: Client) -> None:
    (one, first), (two, second), *_rest = make_members(11)
    client.force_login(first)
    said = {"subject": "Het tarief", "why": "Het kan lager."}
    page = client.post("/alv/initiatieven/nieuw/", said, follow=True)
    assert "Nog 1 lid nodig" in page.content.decode()
    address = page.redirect_chain[-1][0]
    colleague = make_person("Collega", "contactpersoon", two)
    client.force_login(colleague)
    assert second.name in client.get(address).content.decode()
    assert client.post(address, {"act": "join"}).status_code == 404
    client.force_login(second)
    assert client.post(address, {"act": "dance"}).status_code == 404
    page = client.post(address, {"act": "join"}, follow=True)
    assert "ingediend bij het bestuur" in page.content.decode()
    assert one.name in page.content.decode()
    client.force_login(make_person("Vreemd", "contactpersoon", _outside()))
    assert client.get(address).status_code == 404


def test_a_voorstel_of_a_member_comes_on_the_agenda(
    client: Client, bestuur: Person, bureau: Person
) -> None:
    [(member, signer)] = make_members(1)
    assembly = prepared()
    client.force_login(signer)
    assert "Dien een voorstel in" in client.get("/alv/").content.decode()
    address = f"/alv/{assembly.pk}/voorstel-indienen/"
    said = {"title": "Lager tarief", "beslispunten": "1. Verlaagt.\n3. Kijkt weer."}
    page = client.post(address, said | {"toelichting": "Het kan."})
    assert page.status_code == 422
    said["beslispunten"] = "1. Verlaagt.\n2. Kijkt weer."
    page = client.post(address, said | {"toelichting": "Het kan."}, follow=True)
    assert "Het bestuur kijkt ernaar" in page.content.decode()
    row = MemberVoorstel.objects.get()
    assert [one.about for one in voorstellen_to_answer(bestuur, timezone.localdate())]
    with pytest.raises(NotAllowed, match="bestuur"):
        handing_in.take_up(row, kind="gewoon", now=timezone.now(), by=bureau)
    voorstel = handing_in.take_up(row, kind="gewoon", now=timezone.now(), by=bestuur)
    assert (voorstel.position, voorstel.of_member) == (2, member)
    assert voorstel.beslispunten.count() == 2
    assert Email.objects.get(event="voorstel_answered").recipient == signer.email
    with pytest.raises(NotAllowed, match="al afgedaan"):
        handing_in.withdraw(row, now=timezone.now(), by=signer)


def test_an_alv_is_convened_once_every_member_has_its_answer(bestuur: Person) -> None:
    [(member, signer)] = make_members(1)
    assembly = prepared()
    row = hand_in(assembly, member, signer)
    now = timezone.now()
    with pytest.raises(NotAllowed, match="kunnen nog voorstellen indienen"):
        convening.convene(assembly, now=now, by=bestuur)
    later = now + 2 * DAY
    with pytest.raises(NotAllowed, match="Antwoord eerst"):
        convening.convene(assembly, now=later, by=bestuur)
    with pytest.raises(NotAllowed, match="kan niet meer"):
        handing_in.hand_in(
            assembly, member, title="x", beslispunten="x", toelichting="x", now=later,
            by=signer,
        )  # fmt: skip
    with pytest.raises(NotAllowed, match="reden"):
        handing_in.refuse(row, answer=" ", now=now, by=bestuur)
    handing_in.refuse(row, answer="Dat besloot de ALV al.", now=now, by=bestuur)
    convening.convene(assembly, now=later, by=bestuur)
    assert mail.outbox or Email.objects.filter(event="assembly_convened").exists()


def test_who_waits_is_answered_when_the_alv_does_not_take_place(
    bestuur: Person,
) -> None:
    [(member, signer)] = make_members(1)
    assembly = prepared()
    row = hand_in(assembly, member, signer)
    convening.cancel(assembly, reason="Te vroeg.", by=bestuur)
    row.refresh_from_db()
    assert row.answer == "De ALV gaat niet door. Te vroeg."


def _outside() -> Organisation:
    return Organisation.objects.create(
        code="GM7001", kind="gemeente", name="Buiten", short_name="Buiten"
    )
