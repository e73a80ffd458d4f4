"""Dossiers in the admin: the board, the buttons, and what waits for whom."""

import datetime
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from membership.admin.dossier_verbs import ADMIT, ASPIRANT, CHECK, JUDGE, NOTE, OPEN
from membership.admin.verbs import page_of, verb_url
from membership.admission import dossiers
from membership.admission.steps import Step
from membership.models import Dossier, Membership, Organisation, Person
from nvsi.admin.worklist import waiting_for
from tests.conftest import make_gemeente
from tests.membership.dossiers import VOORHANG, take, take_all

pytestmark = pytest.mark.django_db
BOARD = "admin:membership_dossier_board"


@pytest.fixture
def dossier(noorderhage: Organisation, bureau: Person) -> Dossier:
    return dossiers.open_dossier(noorderhage, "lid", by=bureau)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def fingerprint_on(client: Client, url: str) -> str:
    found = re.search(r'name="fingerprint" value="(\w+)"', text_of(client, url))
    assert found
    return found[1]


def test_the_bureau_opens_a_dossier_from_the_organisation(
    noorderhage: Organisation, bureau: Person
) -> None:
    client = client_of(bureau)
    assert OPEN.label in text_of(client, page_of(noorderhage))
    client.post(verb_url(noorderhage, OPEN), {"aim": "lid"})
    dossier = Dossier.objects.get()
    shown = text_of(client, page_of(dossier))
    assert "Afweging" in shown
    assert OPEN.label not in text_of(client, page_of(noorderhage))


def test_from_check_to_lid_by_two_people(
    dossier: Dossier, vreemde: Person, bureau: Person, bestuur: Person
) -> None:
    take_all(dossier, VOORHANG[:-1], by=vreemde, bureau=bureau)
    at_bureau, at_bestuur = client_of(bureau), client_of(bestuur)
    check, admit = verb_url(dossier, CHECK), verb_url(dossier, ADMIT)
    shown = text_of(at_bureau, check)
    assert "besluit.pdf" in shown
    assert "Getekend door M. de Boer, burgemeester" in shown
    seen = fingerprint_on(at_bureau, check)
    at_bureau.post(check, {"fingerprint": seen, "words": ""})
    seen = fingerprint_on(at_bestuur, admit)
    today = timezone.localdate()
    answers = {"fingerprint": seen, "starts_on": today.isoformat()}
    refused = at_bureau.post(admit, answers, follow=True)
    assert "door het bestuur" in refused.content.decode()
    at_bestuur.post(admit, answers)
    assert Membership.objects.get(dossier=dossier).kind == "lid"


def test_what_changed_since_it_was_seen_is_not_checked(
    dossier: Dossier, vreemde: Person, bureau: Person
) -> None:
    take_all(dossier, VOORHANG[:-1], by=vreemde, bureau=bureau)
    client = client_of(bureau)
    check = verb_url(dossier, CHECK)
    seen = fingerprint_on(client, check)
    proposed = Dossier.objects.get().standing_step(Step.PROPOSED)
    assert proposed
    proposed.replaced_at = timezone.now()
    proposed.save()
    response = client.post(check, {"fingerprint": seen, "words": ""})
    assert response.status_code == 409 or "Eerst komt" in response.content.decode()
    assert Dossier.objects.get().standing_step(Step.CHECKED) is None


def test_the_bureau_judges_the_lighter_route_with_a_reason(
    dossier: Dossier, vreemde: Person, bureau: Person
) -> None:
    words = "Wij zetten het instrument al in."
    take(
        dossier, Step.WEIGHED, by=vreemde, bureau=bureau, outcome="inform", words=words
    )
    client = client_of(bureau)
    judge = verb_url(dossier, JUDGE)
    shown = text_of(client, judge)
    assert words in shown
    assert "artikel 160 lid 2" in shown
    seen = fingerprint_on(client, judge)
    answers = {"fingerprint": seen, "outcome": "refused", "words": ""}
    assert "Licht het oordeel toe" in client.post(judge, answers).content.decode()
    client.post(judge, {**answers, "words": "Vraag de raad."})
    assert Dossier.objects.get().position.next == Step.PROPOSED


def test_a_note_is_internal_unless_the_bureau_says_otherwise(
    dossier: Dossier, bureau: Person
) -> None:
    client = client_of(bureau)
    note = verb_url(dossier, NOTE)
    assert re.search(r'name="is_internal"[^>]*checked', text_of(client, note))
    client.post(note, {"text": "Gebeld.", "is_internal": "on"})
    assert dossier.notes.get().is_internal
    assert "alleen voor de vereniging" in text_of(client, page_of(dossier))


def test_an_aspirant_lid_is_made_once(dossier: Dossier, bureau: Person) -> None:
    client = client_of(bureau)
    aspirant = verb_url(dossier, ASPIRANT)
    seen = fingerprint_on(client, aspirant)
    today = timezone.localdate().isoformat()
    client.post(aspirant, {"fingerprint": seen, "starts_on": today})
    assert Membership.objects.get().kind == "aspirant_lid"
    assert ASPIRANT.label not in text_of(client, page_of(dossier))


def test_each_dossier_waits_for_who_can_do_the_next_step(
    dossier: Dossier, vreemde: Person, bureau: Person, bestuur: Person
) -> None:
    today = timezone.localdate()

    def asked(person: Person) -> list[str]:
        found = waiting_for(Person.objects.get(pk=person.pk), today)
        return [one.what for one in found if "ossier" in one.what]

    assert asked(bureau) == []
    take_all(dossier, VOORHANG[:-1], by=vreemde, bureau=bureau)
    assert asked(bureau) == ["Dossier: controleren"]
    take(dossier, Step.CHECKED, by=vreemde, bureau=bestuur)
    assert asked(bureau) == asked(bestuur) == []


def test_a_dossier_that_stands_still_is_told(dossier: Dossier, bureau: Person) -> None:
    later = timezone.now() + datetime.timedelta(days=61)
    with time_machine.travel(later, tick=False):
        found = waiting_for(bureau, timezone.localdate())
    assert [one.what for one in found if "ossier" in one.what] == ["Dossier staat stil"]


def test_the_board_asks_as_many_queries_for_many_as_for_few(
    dossier: Dossier, vreemde: Person, bureau: Person
) -> None:
    client = client_of(bureau)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(BOARD)).status_code == 200
        return len(asked)

    few = queries()
    for number in range(40):
        gemeente = make_gemeente(f"GM95{number:02}", f"Gemeente {number}")
        other = dossiers.open_dossier(gemeente, "lid", by=bureau)
        take_all(other, VOORHANG[: number % 3], by=bureau, bureau=bureau)
    assert queries() == few
    shown = text_of(client, reverse(BOARD))
    assert shown.count("<li>") >= 40
