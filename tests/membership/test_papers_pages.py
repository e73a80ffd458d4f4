"""Who gets which paper of a dossier, and what of it is kept."""

import hashlib
import io
from urllib.parse import unquote

import docx
import pytest
from django.test import Client
from django.urls import reverse

from membership.admission import dossiers
from membership.admission.steps import Outcome, Step
from membership.models import Dossier, Evidence, Organisation, Person
from membership.papers.gathering import facts_of
from membership.papers.kinds import Kind, make
from membership.papers.offer import Offer, offered
from membership.papers.pdf import as_pdf
from tests.conftest import make_person
from tests.membership.dossiers import make_lid, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(noorderhage: Organisation, bureau: Person) -> Dossier:
    return dossiers.open_dossier(noorderhage, "lid", by=bureau)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.with_steps().get(pk=dossier.pk)


def logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(dossier: Dossier, kind: str, fmt: str = "pdf") -> str:
    return reverse("dossier-filled", args=[dossier.number, kind, fmt])


def kinds(offer: Offer) -> tuple[list[Kind], list[Kind]]:
    return [one.kind for one in offer.now], [one.kind for one in offer.other]


def test_a_paper_of_a_step_that_did_not_come_yet_is_not_there(
    dossier: Dossier, vreemde: Person, bureau: Person
) -> None:
    client = logged_in(vreemde)
    assert client.get(address(dossier, Kind.PROPOSAL)).status_code == 404
    take(dossier, Step.WEIGHED, by=vreemde, bureau=bureau)
    assert client.get(address(dossier, Kind.PROPOSAL)).status_code == 200
    assert client.get(address(dossier, Kind.APPROVAL)).status_code == 404
    take(dossier, Step.PROPOSED, by=vreemde, bureau=bureau)
    take(dossier, Step.DRAFTED, by=vreemde, bureau=bureau)
    assert client.get(address(dossier, Kind.PROPOSAL)).status_code == 200


def test_the_lighter_route_has_other_papers(
    dossier: Dossier, vreemde: Person, bureau: Person
) -> None:
    light = {"outcome": Outcome.INFORM, "is_far_reaching": False, "words": "Klein."}
    take(dossier, Step.WEIGHED, by=vreemde, bureau=bureau, **light)
    take(dossier, Step.JUDGED, by=vreemde, bureau=bureau)
    take(dossier, Step.PROPOSED, by=vreemde, bureau=bureau)
    now, other = kinds(offered(fresh(dossier), vreemde))
    assert Kind.INFORMATION in now
    assert Kind.COUNCIL_LETTER not in now + other
    client = logged_in(vreemde)
    assert client.get(address(dossier, Kind.COUNCIL_LETTER)).status_code == 404
    content = client.get(address(dossier, Kind.INFORMATION, "docx")).content
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    assert "Klein." in words
    assert "wijkt daarmee van deze zin af" in words


def test_the_association_has_every_paper_of_the_procedure_at_once(
    dossier: Dossier, bureau: Person, waterkant: Organisation
) -> None:
    now, other = kinds(offered(fresh(dossier), bureau))
    assert {*now, *other} == set(Kind) - {Kind.CONFIRMATION}
    client = logged_in(bureau)
    for kind in (Kind.APPROVAL, Kind.INFORMATION):
        assert client.get(address(dossier, kind, "docx")).status_code == 200
    assert client.get(address(dossier, Kind.CONFIRMATION)).status_code == 404


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_a_stranger_gets_no_paper(
    fmt: str, dossier: Dossier, lezer: Person, backoffice: Person, vreemde: Person
) -> None:
    where = address(dossier, Kind.INTENTION, fmt)
    assert logged_in(vreemde).get(where).status_code == 200
    for stranger in (lezer, backoffice):
        assert logged_in(stranger).get(where).status_code == 404
    assert Client().get(where).status_code == 302


@pytest.mark.parametrize(
    ("kind", "fmt"),
    [("intentieverklaring", "odt"), ("iets", "pdf"), ("wensen", "docx")],
)
def test_what_is_no_paper_is_not_found(
    kind: str, fmt: str, dossier: Dossier, vreemde: Person
) -> None:
    assert logged_in(vreemde).get(address(dossier, kind, fmt)).status_code == 404


def test_a_paper_is_saved_under_a_dutch_name(
    dossier: Dossier, noorderhage: Organisation, vreemde: Person
) -> None:
    noorderhage.short_name = 'Súdwest "Fryslân"\r\nX: y'
    noorderhage.save()
    response = logged_in(vreemde).get(address(dossier, Kind.INTENTION, "docx"))
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert f"Intentieverklaring {dossier.number} Súdwest" in unquote(disposition)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert "X" not in response.headers


@pytest.fixture
def admitted(
    noorderhage: Organisation, vreemde: Person, bureau: Person, bestuur: Person
) -> Dossier:
    make_lid(noorderhage, by=vreemde, bureau=bureau, bestuur=bestuur)
    return Dossier.objects.with_steps().get()


def test_the_confirmation_is_made_with_the_admission_and_kept(
    admitted: Dossier, vreemde: Person, bestuur: Person
) -> None:
    kept = Evidence.objects.get(kind=Step.ADMITTED)
    content = bytes(kept.content)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.by == bestuur
    assert content == as_pdf(make(Kind.CONFIRMATION, facts_of(admitted)))
    given = logged_in(vreemde).get(address(admitted, Kind.CONFIRMATION))
    assert given.content == content


def test_the_confirmation_stays_as_it_was_when_the_name_changes(
    admitted: Dossier, noorderhage: Organisation, vreemde: Person
) -> None:
    client = logged_in(vreemde)
    before = client.get(address(admitted, Kind.CONFIRMATION)).content
    noorderhage.name = noorderhage.short_name = "Nieuwland"
    noorderhage.save()
    assert client.get(address(admitted, Kind.CONFIRMATION)).content == before


def test_a_confirmation_is_not_given_to_adapt(
    admitted: Dossier, vreemde: Person, bureau: Person
) -> None:
    where = address(admitted, Kind.CONFIRMATION, "docx")
    assert logged_in(vreemde).get(where).status_code == 404
    assert logged_in(bureau).get(where).status_code == 200


def proof(code: str, day: str = "") -> str:
    return reverse("membership-proof", args=[code]) + (f"?dag={day}" if day else "")


def test_a_member_proves_what_it_is_on_a_day(
    heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    for person in (lezer, bureau):
        response = logged_in(person).get(proof("GM9001"))
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert "Bewijs van lidmaatschap Heideveld" in response["Content-Disposition"]
    past = logged_in(lezer).get(proof("GM9001", "2019-05-01"))
    assert "2019-05-01" in past["Content-Disposition"]


@pytest.mark.parametrize("day", ["2017-12-31", "2999-01-01", "2026-02-30", "gisteren"])
def test_there_is_no_proof_of_a_day_without_membership(
    day: str, heideveld: Organisation, lezer: Person
) -> None:
    assert logged_in(lezer).get(proof("GM9001", day)).status_code == 404


def test_a_stranger_gets_no_proof(heideveld: Organisation, vreemde: Person) -> None:
    assert logged_in(vreemde).get(proof("GM9001")).status_code == 404
    assert Client().get(proof("GM9001")).status_code == 302


def test_an_aspirant_gets_a_proof_of_what_it_is(waterkant: Organisation) -> None:
    person = make_person("Kant", "contactpersoon", waterkant)
    response = logged_in(person).get(proof("GM9002"))
    assert "Bewijs van status als aspirant-lid" in response["Content-Disposition"]
