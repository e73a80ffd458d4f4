"""A member leaves by its own pages: what it sees, what it hands in, and who is told."""

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from membership.admin.submitted_notices import CONFIRM, TURN_BACK
from membership.admin.verbs import verb_url
from membership.admission.dossiers import open_dossier
from membership.models import Email, Notice, Organisation, Person, SubmittedNotice
from nvsi.admin.worklist import waiting_for
from tests.conftest import make_person
from tests.membership.dossiers import PAPER

LEAVE = "/lidmaatschap/opzeggen/"
IN_TIME = datetime.datetime(2026, 12, 3, 12, tzinfo=datetime.UTC)
LATE = datetime.datetime(2026, 12, 4, 12, tzinfo=datetime.UTC)
NEXT_YEAR = "31 december 2027"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(client: Client, url: str) -> str:
    """The words of a page, with plain spaces."""
    return client.get(url).content.decode().replace("\xa0", " ")


def letter() -> SimpleUploadedFile:
    return SimpleUploadedFile("opzegging.pdf", PAPER)


@pytest.fixture
def signer(heideveld: Organisation) -> Person:
    return make_person("Burgemeester", "ondertekenaar", heideveld)


def hand_in(client: Client, ground: str = "regular", **said: object) -> str:
    usual = {"seen": "2026-12-31", "reason": "", "sure": "on", "letter": letter()}
    response = client.post(f"{LEAVE}?grond={ground}", {**usual, **said}, follow=True)
    return response.content.decode().replace("\xa0", " ")


@time_machine.travel(IN_TIME)
def test_a_contactpersoon_hands_in_a_signed_letter_and_the_bureau_confirms_later(
    lezer: Person, vreemde: Person, bureau: Person
) -> None:
    client = client_of(lezer)
    first = text(client, LEAVE)
    assert "De gebruiksovereenkomst voor Flexensie loopt" in first
    assert "31 december 2026" in first
    assert "Voeg de ondertekende brief toe" in hand_in(client, letter="")
    assert not SubmittedNotice.objects.exists()
    assert "Wij hebben de opzegging ontvangen" in hand_in(client)
    submitted = SubmittedNotice.objects.get()
    assert client.get(LEAVE).headers["Location"] == reverse(
        "leave-receipt", args=[submitted.pk]
    )
    for name in ("leave-receipt", "leave-letter"):
        page = reverse(name, args=[submitted.pk])
        assert client.get(page).status_code == 200
        assert client_of(vreemde).get(page).status_code == 404
    told = Email.objects.filter(event__startswith="leaving")
    assert set(told.values_list("event", "recipient")) == {
        ("leaving_told", lezer.email),
        ("leaving_waiting", bureau.email),
    }
    with time_machine.travel(LATE + datetime.timedelta(days=7)):
        today = datetime.date(2026, 12, 11)
        (line,) = [w for w in waiting_for(bureau, today) if w.what == "Opzegging"]
        assert line.url == verb_url(submitted, CONFIRM)
        client_of(bureau).post(line.url)
    notice = Notice.objects.get()
    assert (notice.received_on, notice.ends_on) == (
        IN_TIME.date(),
        datetime.date(2026, 12, 31),
    )
    membership = text(client, "/lidmaatschap/")
    assert "U bent lid tot en met 31 december 2026" in membership
    assert "Er is niets meer op te zeggen" in text(client, LEAVE)


def test_too_late_is_said_before_and_the_day_that_was_seen_counts(
    signer: Person,
) -> None:
    with time_machine.travel(IN_TIME):
        client = client_of(signer)
        assert "te laat" not in text(client, f"{LEAVE}?grond=regular")
    with time_machine.travel(LATE):
        client = client_of(signer)
        page = text(client, f"{LEAVE}?grond=regular")
        assert "te laat voor dit boekjaar" in page
        assert "daarvoor kon u opzeggen tot en met 3 december 2026" in page
        assert f"Opzeggen per {NEXT_YEAR}" in page
        stale = hand_in(client, letter="")
        assert "Er is iets veranderd terwijl u keek" in stale
        assert not SubmittedNotice.objects.exists()
        hand_in(client, letter="", seen="2027-12-31")
    submitted = SubmittedNotice.objects.get()
    assert submitted.ends_on == datetime.date(2027, 12, 31)
    assert submitted.is_signed_here


@time_machine.travel(IN_TIME)
def test_at_once_takes_the_ground_of_the_law(signer: Person, lezer: Person) -> None:
    client = client_of(signer)
    said = {"seen": "2026-12-03", "letter": ""}
    late = hand_in(client, "burdened", burdened_on="2026-11-02", **said)
    assert "BW 2 artikel 36 lid 3" in late
    assert "Leg uit waarom" in hand_in(client, "unreasonable", **said)
    hand_in(client, "burdened", burdened_on="2026-11-03", **said)
    submitted = SubmittedNotice.objects.get()
    assert submitted.ends_on == IN_TIME.date()
    other = hand_in(client_of(lezer))
    assert "Ontvangstbewijs" in other  # led to what was handed in
    assert SubmittedNotice.objects.count() == 1


@time_machine.travel(IN_TIME)
def test_what_is_no_notice_is_turned_back_with_a_reason(
    lezer: Person, bureau: Person
) -> None:
    client = client_of(lezer)
    hand_in(client)
    page = verb_url(SubmittedNotice.objects.get(), TURN_BACK)
    client_of(bureau).post(page, {"answer": "De handtekening ontbreekt."})
    receipt = reverse("leave-receipt", args=[SubmittedNotice.objects.get().pk])
    assert "De handtekening ontbreekt." in text(client, receipt)
    assert not Notice.objects.exists()
    hand_in(client)
    assert SubmittedNotice.objects.waiting().count() == 1


@time_machine.travel(IN_TIME)
def test_who_is_no_lid_stops_today_and_with_a_dossier_withdraws_it(
    waterkant: Organisation, bureau: Person
) -> None:
    own = make_person("Wethouder", "contactpersoon", waterkant)
    client = client_of(own)
    dossier = open_dossier(waterkant, "lid", by=bureau)
    assert f"/lidmaatschap/{dossier.number}/intrekken/" in text(client, LEAVE)
    client.post(LEAVE, {"reason": ""})
    assert waterkant.memberships.get().ends_on is None
    client.post(f"/lidmaatschap/{dossier.number}/intrekken/", {"reason": ""})
    assert waterkant.memberships.get().ends_on == IN_TIME.date()


@time_machine.travel(IN_TIME)
def test_a_participant_stops_by_one_button(
    noorderhage: Organisation, vreemde: Person
) -> None:
    noorderhage.memberships.create(kind="participant", starts_on="2020-01-01")
    client = client_of(vreemde)
    assert "tot en met vandaag" in text(client, LEAVE)
    client.post(LEAVE, {"reason": ""})
    assert noorderhage.memberships.get().ends_on == IN_TIME.date()


@time_machine.travel(LATE)
def test_everybody_reads_how_to_leave_and_by_when(client: Client, db: None) -> None:
    page = text(client, "/opzeggen/")
    assert "uiterlijk op <strong>3 december 2027</strong>" in page
    assert 'href="/opzeggen/"' in text(client, reverse("account_login"))
