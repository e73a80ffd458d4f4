"""The pages about personal data: of an organisation, and the desk of the bureau."""

import datetime
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types
from time_machine import travel

from contracts.annexes.contacts import contacts_of
from contracts.models import AnnexVersion, Consent
from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.conftest import make_person
from tests.contracts.annexes import lay, next_version


@pytest.fixture
def asked(
    flexensie: Instrument, heideveld: Organisation, bureau: Person, bestuur: Person
) -> Consent:
    [consent] = lay(next_version(flexensie, by=bureau), by=bestuur)
    return consent


def test_a_stranger_finds_nothing_and_a_reader_only_reads(
    client: Client, asked: Consent, lezer: Person, vreemde: Person
) -> None:
    url = reverse("annex-detail", args=[asked.version_id])
    client.force_login(vreemde)
    assert client.get(url).status_code == 404
    assert client.post(url, {"answer": "consent"}).status_code == 404
    empty = client.get(reverse("annex-list")).content.decode()
    assert "Zodra gemeente Noorderhage een verwerkersovereenkomst heeft" in empty
    client.force_login(lezer)
    page = client.get(url).content.decode()
    assert "U leest mee" in page
    assert "Geef dit antwoord" not in page
    refused = client.post(url, {"answer": "consent"})
    assert refused.status_code == 409
    asked.refresh_from_db()
    assert asked.answer == ""


def test_an_ondertekenaar_answers_and_sees_it_again(
    client: Client, asked: Consent, heideveld: Organisation
) -> None:
    client.force_login(make_person("Burgemeester", "ondertekenaar", heideveld))
    url = reverse("annex-detail", args=[asked.version_id])
    listed = client.get(reverse("annex-list")).content.decode()
    assert "Lees de wijziging voor Flexensie" in listed
    for wrong in ({}, {"answer": "objection", "reason": " "}, {"answer": "x"}):
        assert client.post(url, wrong).status_code == 422
    bsn = {"answer": "objection", "reason": "Zie 111222333."}
    assert client.post(url, bsn).status_code == 422
    assert client.post(url, {"answer": "consent"}).status_code == 302
    page = client.get(url).content.decode()
    assert "Gemeente Heideveld stemt in." in page
    assert "Wijzig het antwoord" in page
    assert "stemt in" in client.get(reverse("annex-list")).content.decode()


def test_after_the_term_a_page_says_what_holds_for_who_looks(
    client: Client, asked: Consent, heideveld: Organisation, lezer: Person
) -> None:
    url = reverse("annex-detail", args=[asked.version_id])
    assert asked.version.used_from is not None
    with travel(asked.version.used_from):
        client.force_login(lezer)
        silent = client.get(url).text
        assert "geen antwoord.</strong>" in silent
        assert "De wijziging geldt daarom ook voor u." in silent
        said = {"answered_by": lezer, "answered_at": timezone.now()}
        Consent.objects.update(answer="objection", reason="Te ver.", **said)
        objects = client.get(url).text
    assert "Voor u blijven de bijlagen gelden zoals zij waren." in objects
    assert "niet voor gemeente Heideveld" in objects


def test_the_register_is_of_ones_own_organisation(
    client: Client, lezer: Person, vreemde: Person, backoffice: Person
) -> None:
    url = reverse("processing-register", args=["xlsx"])
    client.force_login(lezer)
    book = load_workbook(io.BytesIO(client.get(url).content))
    assert book["Voor wie"].max_row == 2
    pdf = client.get(reverse("processing-register", args=["pdf"]))
    assert pdf.content.startswith(b"%PDF-")
    client.force_login(vreemde)
    book = load_workbook(io.BytesIO(client.get(url).content))
    assert book["Voor wie"].max_row == 1
    client.force_login(backoffice)
    assert client.get(url).status_code == 403


def test_the_bureau_records_a_letter_and_changes_only_a_draft(
    client: Client, asked: Consent, bureau: Person
) -> None:
    client.force_login(bureau)
    answer = reverse("admin:contracts_consent_answer", args=[asked.pk])
    facts = {"answer": "objection", "reason": "Te ver.", "basis": "Brief van 3 maart"}
    said = client.post(answer, facts, follow=True).content.decode()
    assert "Het antwoord van gemeente Heideveld is vastgelegd." in said
    work = client.get(reverse("admin:index")).content.decode()
    assert "Bezwaar tegen gewijzigde bijlagen" in work
    stands = asked.version.processings.first()
    assert stands is not None
    remove = reverse("admin:contracts_processing_remove", args=[stands.pk])
    said = client.post(remove, follow=True).content.decode()
    assert "is voorgelegd en blijft zoals zij is" in said
    change = reverse("admin:contracts_processing_change", args=[stands.pk])
    client.post(change, {"name": "Anders"})
    stands.refresh_from_db()
    assert stands.name != "Anders"


def test_a_first_version_is_added_and_what_is_in_it_has_who_wrote_it(
    client: Client, flexensie: Instrument, bureau: Person, bestuur: Person
) -> None:
    other = Instrument.objects.create(slug="ander", name="Ander")
    client.force_login(bureau)
    add = reverse("admin:contracts_annexversion_add")
    client.post(add, {"instrument": other.pk, "note": "Vastlegging."})
    draft = AnnexVersion.objects.get(instrument=other)
    assert (draft.number, draft.written_by) == (1, bureau)
    facts = {"instrument": flexensie.pk, "note": "Nog een."}
    again = client.post(add, facts, follow=True)
    assert "Flexensie heeft al bijlagen" in again.content.decode()
    client.force_login(bestuur)
    measure = reverse("admin:contracts_securitymeasure_add")
    row = {"version": draft.pk, "reference": "5.17", "what": "Sloten op de deur."}
    client.post(measure, row)
    draft.refresh_from_db()
    assert draft.written_by == bestuur
    wrong = client.post(measure, {**row, "reference": "slot"}).content.decode()
    assert "Een nummer in BIO2 is zoals" in wrong


def test_who_wrote_annexes_reads_that_a_colleague_lays_them_before(
    client: Client, flexensie: Instrument, bureau: Person, bestuur: Person
) -> None:
    draft = next_version(flexensie, by=bureau)
    page = reverse("admin:contracts_annexversion_change", args=[draft.pk])
    lay_before = reverse("admin:contracts_annexversion_lay-before", args=[draft.pk])
    why = "u wijzigde deze bijlagen als laatste. Een collega legt ze voor."
    client.force_login(bureau)
    own = client.get(page).content.decode()
    client.force_login(bestuur)
    of_another = client.get(page).content.decode()
    assert (f'href="{lay_before}"' in own, why in own) == (False, True)
    assert (f'href="{lay_before}"' in of_another, why in of_another) == (True, False)


def test_a_gemeente_names_whom_to_call_after_a_datalek(
    client: Client, heideveld: Organisation, lezer: Person, backoffice: Person
) -> None:
    url = reverse("breach-contact")
    client.force_login(backoffice)
    assert client.get(url).status_code == 403
    client.force_login(lezer)
    desk = {"function": "Loket", "email": "loket@heideveld.example", "telephone": "112"}
    assert client.post(url, {**desk, "email": "loket"}).status_code == 422
    for told in (desk, desk, {**desk, "telephone": "0201234567"}):
        assert client.post(url, told).status_code == 302
    [today] = heideveld.breach_contacts.all()
    assert today.telephone == "0201234567"  # of the same day: corrected
    long_ago = timezone.localdate() - datetime.timedelta(days=9)
    heideveld.breach_contacts.update(starts_on=long_ago)
    client.post(url, {**desk, "function": "CISO"})
    now, before = contacts_of(heideveld, timezone.localdate()), today
    assert [one.function for one in now] == ["CISO"]
    before.refresh_from_db()
    assert before.ends_on == timezone.localdate() - datetime.timedelta(days=1)
    assert "CISO: 112" in client.get(reverse("annex-list")).content.decode()
