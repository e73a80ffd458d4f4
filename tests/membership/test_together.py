"""One act over a whole list: each on its own, and what was refused with why."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.admission.dossiers import open_dossier
from membership.models import Dossier, Email, HistoryEvent, Organisation, Person
from tests.billing.test_pages import text_of
from tests.conftest import make_gemeente
from tests.membership.dossiers import VOORHANG, take_all

REMIND = "/beheer/membership/dossier/samen/remind/"
LIST = "/beheer/membership/dossier/"


@pytest.fixture
def three(noorderhage: Organisation, vreemde: Person, bureau: Person) -> list[Dossier]:
    """One that can be reminded, one without a contactpersoon, one that waits for us."""
    lonely = open_dossier(make_gemeente("GM9041", "Eenzaam"), "lid", by=bureau)
    checked = open_dossier(make_gemeente("GM9042", "Klaar"), "lid", by=bureau)
    take_all(checked, VOORHANG[:-1], by=bureau, bureau=bureau)
    return [open_dossier(noorderhage, "lid", by=bureau), lonely, checked]


@pytest.fixture
def desk(client: Client, bureau: Person) -> Client:
    client.force_login(bureau)
    return client


def rows_of(dossiers: list[Dossier]) -> str:
    return ",".join(str(dossier.pk) for dossier in dossiers)


def test_each_is_done_on_its_own_and_what_was_refused_says_why(
    desk: Client, three: list[Dossier], vreemde: Person
) -> None:
    asked = text_of(desk, REMIND)
    assert "Herinneren: 3 dossiers?" in asked
    assert "Bij 1 van deze lijst kan het nu niet." in asked
    answers = {"rows": rows_of(three), "words": "Wij helpen u graag."}
    told = desk.post(REMIND, answers).text
    assert "1 dossier gedaan" in told
    assert "Niet gedaan: 2" in told
    assert "geen contactpersoon" in told
    email = Email.objects.get(event="dossier_reminded")
    assert email.recipient == vreemde.email
    assert "Wij helpen u graag." in email.body
    again = desk.post(REMIND, answers).text
    assert "al herinnerd op" in again
    assert Email.objects.filter(event="dossier_reminded").count() == 1
    done = HistoryEvent.objects.get(action="reminded")
    assert done.subject_id == three[0].pk


def test_only_what_was_shown_is_touched(desk: Client, three: list[Dossier]) -> None:
    desk.post(REMIND, {"rows": f"x,{three[1].pk},99999999999999999999", "words": ""})
    assert not Email.objects.filter(event="dossier_reminded").exists()
    assert "BSN" in desk.post(REMIND, {"rows": "1", "words": "111222333"}).text


def test_the_list_that_was_filtered_is_what_it_is_about(
    desk: Client, three: list[Dossier]
) -> None:
    assert "samen/remind/?fase=weighing" in desk.get(f"{LIST}?fase=weighing").text
    assert "Herinneren: 2 dossiers?" in text_of(desk, f"{REMIND}?fase=weighing")
    response = desk.get(f"{REMIND}?stil=180")
    assert response.status_code == 302
    assert "De lijst is leeg" in desk.get(response["Location"]).text


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("D{number}", 1),
        ("gm9041", 1),
        ("vreemde@nvsi", 1),
        ("2026/114", 1),
        ("besluit.pdf", 1),
        ("M. de Boer", 1),
        ("Bureau", 3),
        ("nergens", 0),
    ],
)
def test_a_dossier_is_found_by_any_word_of_it(
    desk: Client, three: list[Dossier], word: str, found: int
) -> None:
    number = three[0].number.removeprefix("D")
    page = text_of(desk, f"{LIST}?q={word.format(number=number)}")
    assert sum(f"dossier {one.number}" in page for one in three) == found


def test_a_dossier_that_stands_still_is_found(
    desk: Client, noorderhage: Organisation, bureau: Person
) -> None:
    with time_machine.travel(timezone.now() - datetime.timedelta(days=40)):
        old = open_dossier(noorderhage, "lid", by=bureau)
    new = open_dossier(make_gemeente("GM9043", "Nieuw"), "lid", by=bureau)
    found = text_of(desk, f"{LIST}?stil=30")
    assert f"dossier {old.number}" in found
    assert f"dossier {new.number}" not in found
    assert f"dossier {old.number}" not in text_of(desk, f"{LIST}?stil=60")


def test_an_organisation_is_asked_whether_its_details_hold(
    desk: Client, heideveld: Organisation, lezer: Person, waterkant: Organisation
) -> None:
    url = "/beheer/membership/organisation/samen/details/"
    told = desk.post(url, {"rows": f"{heideveld.pk},{waterkant.pk}"}).text
    assert "1 organisatie gedaan" in told
    email = Email.objects.get(event="organisation_details")
    assert email.recipient == lezer.email
    assert heideveld.iban not in email.body
    assert "Dit is al gevraagd op" in desk.post(url, {"rows": f"{heideveld.pk}"}).text


def test_who_may_not_do_it_to_one_may_not_do_it_to_many(
    client: Client, three: list[Dossier], penningmeester: Person
) -> None:
    client.force_login(penningmeester)
    assert client.post(REMIND, {"rows": rows_of(three)}).status_code == 403
    assert REMIND not in client.get(LIST).text


def test_the_papers_of_a_dossier_are_at_hand(
    desk: Client, three: list[Dossier]
) -> None:
    page = desk.get(reverse("admin:membership_dossier_change", args=[three[2].pk])).text
    assert reverse("dossier-paper", args=[three[2].number, 1])[:-2] in page
    filled = [three[2].number, "collegevoorstel", "docx"]
    assert reverse("dossier-filled", args=filled) in page


def test_the_proof_of_membership_is_at_hand(
    client: Client, desk: Client, heideveld: Organisation, lezer: Person
) -> None:
    period = heideveld.memberships.get()
    page = reverse("admin:membership_membership_change", args=[period.pk])
    assert "/lidmaatschap/bewijs/GM9001.pdf?dag=" in desk.get(page).text
    client.force_login(lezer)
    assert "/lidmaatschap/bewijs/GM9001.pdf" in client.get("/lidmaatschap/").text


def test_organisations_that_are_there_twice_are_found(
    desk: Client, heideveld: Organisation, noorderhage: Organisation
) -> None:
    make_gemeente("GM9044", "HEIDEVELD")
    Organisation.objects.filter(code="flexensie").update(kvk_number="12345678")
    Organisation.objects.filter(pk=noorderhage.pk).update(kvk_number="12345678")
    make_gemeente("GM9045", "Eenmalig")
    found = text_of(desk, "/beheer/membership/organisation/?dubbel=ja")
    for name in ("Heideveld", "HEIDEVELD", "Noorderhage"):
        assert name in found
    assert "Eenmalig" not in found
