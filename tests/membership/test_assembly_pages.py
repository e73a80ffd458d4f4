"""The pages of an ALV: who reads them, and who may ask for another text."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from membership.assembly import attending, convening, drafting, proxies
from membership.assembly.printing import besluitenlijst_of
from membership.models import (
    AlvBesluit,
    Amendement,
    Assembly,
    Organisation,
    Person,
)
from tests.conftest import make_person
from tests.membership.assemblies import make_assembly, make_voorstel
from tests.membership.assembly_days import DAY, make_members
from tests.membership.paper_facts import words_of
from tests.membership.test_assembly import convened, printed, soon

pytestmark = pytest.mark.django_db


@pytest.fixture
def lid(heideveld: Organisation) -> Person:
    return make_person("Contact", "contactpersoon", heideveld)


def logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_who_belongs_reads_it_and_a_stranger_does_not(
    lid: Person, waterkant: Organisation, noorderhage: Organisation, bestuur: Person
) -> None:
    assembly = convened(bestuur, amend_until=soon(20))
    voorstel = assembly.voorstellen.get()
    aspirant = make_person("Aspirant", "contactpersoon", waterkant)
    stranger = make_person("Vreemde", "contactpersoon", noorderhage)
    paper = assembly.papers.get()
    for page in (
        *("/alv/", f"/alv/{assembly.pk}/", f"/alv/{assembly.pk}/alv.ics"),
        f"/alv/{assembly.pk}/stukken/{paper.pk}/",
        f"/alv/voorstellen/{voorstel.pk}/",
    ):
        assert logged_in(stranger).get(page).status_code == 404
        assert logged_in(aspirant).get(page).status_code == 200
    page = logged_in(aspirant).get(f"/alv/{assembly.pk}/").content.decode()
    assert "U leest mee." in page
    assert "Dien een amendement in" not in page
    page = logged_in(lid).get(f"/alv/voorstellen/{voorstel.pk}/").content.decode()
    assert "Dien een amendement in" in page


def test_who_only_sits_in_a_regiegroep_brings_nothing_before_the_alv(
    lid: Person, heideveld: Organisation, bestuur: Person
) -> None:
    """What is offered is a page that opens."""
    assembly = convened(bestuur, amend_until=soon(20))
    make_assembly(starts_at=soon(90), voorstellen_until=soon(40))
    member = make_person("Zit", "regiegroeplid", heideveld)
    voorstel = f"/alv/voorstellen/{assembly.voorstellen.get().pk}/"
    for person, offers in ((lid, True), (member, False)):
        page = logged_in(person).get("/alv/").content.decode()
        assert ("Dien een voorstel in" in page) == offers
        page = logged_in(person).get(voorstel).content.decode()
        assert ("Dien een amendement in" in page) == offers


def test_a_draft_is_for_the_association_alone(lid: Person, bureau: Person) -> None:
    assembly = make_assembly(starts_at=soon())
    page = f"/alv/{assembly.pk}/"
    assert logged_in(lid).get(page).status_code == 404
    assert logged_in(bureau).get(page).status_code == 200


def test_what_left_the_agenda_before_the_convocation_is_not_told(
    lid: Person, heideveld: Organisation, bureau: Person, bestuur: Person
) -> None:
    """The members read what stood in the convocation, and why a voorstel left it; only
    the lid that proposed something reads too that it never came there."""
    assembly, now = make_assembly(starts_at=soon()), timezone.now()
    names = ("Blijft", "Nooit gemeld", "Van een lid", "Later eraf")
    for name in names:
        of_member = heideveld if name == "Van een lid" else None
        make_voorstel(assembly, title=name, of_member=of_member)
    by_title = {row.title: row for row in assembly.voorstellen.all()}
    file = ContentFile(b"%PDF-1.7 begroting", "begroting.pdf")
    never = by_title["Nooit gemeld"]
    drafting.lay_on_table(assembly, file, title="Nooit", voorstel=never, by=bureau)
    off: dict[str, Any] = {"reason": "Onrijp.", "by": bureau}
    for name in ("Nooit gemeld", "Van een lid"):
        drafting.take_off_agenda(by_title[name], now=now, **off)
    convening.convene(assembly, now=now + DAY, by=bestuur)
    drafting.take_off_agenda(by_title["Later eraf"], now=now + 2 * DAY, **off)
    other = make_members(1)[0][1]
    for person, unseen in ((bureau, set()), (lid, {"Nooit gemeld"}),
                           (other, {"Nooit gemeld", "Van een lid"})):  # fmt: skip
        client = logged_in(person)
        page = client.get(f"/alv/{assembly.pk}/").content.decode()
        assert {name for name in names if name not in page} == unseen
        status = 200 if person == bureau else 404
        assert client.get(f"/alv/voorstellen/{never.pk}/").status_code == status
        paper = assembly.papers.get(title="Nooit")
        address = f"/alv/{assembly.pk}/stukken/{paper.pk}/"
        assert client.get(address).status_code == status


def test_the_besluitenlijst_is_silent_on_what_was_never_told(
    bureau: Person, bestuur: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = printed(monkeypatch)
    assembly, now = make_assembly(starts_at=soon()), timezone.now()
    rows = [make_voorstel(assembly, title=name) for name in ("Een", "Twee", "Drie")]
    off: dict[str, Any] = {"reason": "Onrijp.", "by": bureau}
    drafting.take_off_agenda(rows[0], now=now, **off)
    convening.convene(assembly, now=now + DAY, by=bestuur)
    drafting.take_off_agenda(rows[1], now=now + 2 * DAY, **off)
    besluitenlijst_of(assembly, timezone.localdate())
    words = words_of(papers[-1])
    assert "2. Twee" in words
    assert "1. Een" not in words


def test_who_said_who_comes_is_asked_no_more(
    lid: Person, heideveld: Organisation, bestuur: Person
) -> None:
    assembly, now = convened(bestuur), timezone.now()
    page, asked = f"/alv/{assembly.pk}/", "laat weten wie er komt"
    client = logged_in(lid)
    assert asked in client.get("/").content.decode()
    row = attending.announce(assembly, heideveld, lid, mode="room", now=now, by=lid)
    assert asked not in client.get("/").content.decode()
    assert "Contact is aangemeld, in de zaal." in client.get(page).content.decode()
    attending.cancel(row, by=lid)
    assert asked in client.get("/").content.decode()
    assert "Laat weten wie er komt." in client.get(page).content.decode()
    signer = make_person("Tekent", "ondertekenaar", heideveld)
    proxies.give(
        assembly, heideveld, holder=None, of_member=make_members(1)[0][0],
        voorstel=None, now=now, by=signer,
    )  # fmt: skip
    assert asked not in client.get("/").content.decode()


def test_who_only_sits_in_a_regiegroep_is_told_who_says_who_comes(
    lid: Person, heideveld: Organisation, bestuur: Person
) -> None:
    assembly = convened(bestuur)
    client = logged_in(make_person("Zit", "regiegroeplid", heideveld))
    page = client.get(f"/alv/{assembly.pk}/").content.decode()
    assert "Dit vragen wij van" not in page
    assert "een contactpersoon of ondertekenaar van Heideveld" in page
    attendance = client.get(f"/alv/{assembly.pk}/aanwezig/").content.decode()
    assert "Dat is Contact." in attendance
    assert "Wie komt er (" not in attendance


def test_a_lid_amends_and_only_who_handed_in_the_voorstel_takes_it_over(
    lid: Person, bestuur: Person
) -> None:
    assembly = convened(bestuur, amend_until=soon(20))
    point = assembly.voorstellen.get().beslispunten.all()[0]
    client, page = logged_in(lid), f"/alv/beslispunten/{point.pk}/amendement/"
    same = {"new_text": point.text, "explanation": "Zo blijft het."}
    assert client.post(page, same).status_code == 422
    client.post(page, {"new_text": "Op 0,9%.", "explanation": "Goedkoper."})
    amendement = Amendement.objects.get()
    act = f"/alv/amendementen/{amendement.pk}/overnemen/"
    assert "neemt een amendement over" in client.post(act, follow=True).content.decode()
    logged_in(bestuur).post(act)
    amendement.refresh_from_db()
    assert amendement.status == "overgenomen"


def test_after_the_moment_the_portal_takes_no_amendement(
    lid: Person, bestuur: Person
) -> None:
    assembly = convened(bestuur)
    point = assembly.voorstellen.get().beslispunten.all()[0]
    page = f"/alv/beslispunten/{point.pk}/amendement/"
    client = logged_in(lid)
    assert "nog in de vergadering" in client.get(page).content.decode()
    words = {"new_text": "Op 0,9%.", "explanation": "Goedkoper."}
    assert client.post(page, words).status_code == 409
    assert not Amendement.objects.exists()


def test_more_on_the_agenda_takes_no_more_queries(lid: Person, bestuur: Person) -> None:
    assembly = convened(bestuur)
    client = logged_in(lid)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/alv/{assembly.pk}/").status_code == 200
        return len(caught)

    queries()
    before = queries()
    for _ in range(4):
        make_voorstel(assembly)
    assert queries() == before


def test_a_lid_is_asked_to_prepare_until_the_alv_begins(
    lid: Person, bestuur: Person
) -> None:
    assembly = convened(bestuur)
    page = logged_in(lid).get("/").content.decode()
    assert "Bereid de ALV van" in page
    Assembly.objects.filter(pk=assembly.pk).update(
        status="held", closed_at=assembly.ends_at
    )
    assert "Bereid de ALV van" not in logged_in(lid).get("/").content.decode()


def test_a_besluit_from_before_the_portal_shows_what_rests_on_it(lid: Person) -> None:
    besluit = AlvBesluit.objects.get(reference="ALV-2017-bijdrage")
    page = logged_in(lid).get(f"/alv/besluiten/{besluit.pk}/").content.decode()
    assert "van voor het portaal" in page
    assert "Flexensie: 1% van de gemeente en 1% van de uitvoerder" in page
