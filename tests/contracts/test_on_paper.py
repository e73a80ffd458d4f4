"""Signed by hand, scanned, and compared by somebody else: it counts the same."""

import datetime
import io
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from contracts.admin.signing import CompareForm, waiting_scans
from contracts.kinds import Party
from contracts.models import Offer, Scan, SealedDocument, Signature
from contracts.offering.answering import lapse_what_is_late, withdraw
from contracts.offering.deadlines import to_sign
from contracts.offering.shown import overview
from contracts.offering.where import in_stage, stage_on
from contracts.signing.completing import complete_waiting
from contracts.signing.on_paper import confirm, hand_in, turn_back
from contracts.stages import Stage
from membership.deadlines.asked import Among
from membership.models import Email, Organisation, Person
from nvsi.errors import NotAllowed, Stale
from tests.conftest import make_person
from tests.contracts.signing import PNG, give_mandate, make_offer, make_signer, put_name

NVSI, ORGANISATION = Party.NVSI, Party.ORGANISATION


@pytest.fixture
def offer(waterkant: Organisation, bureau: Person) -> Offer:
    return make_offer(waterkant, bureau)


@pytest.fixture
def contact(waterkant: Organisation) -> Person:
    return make_person("Contact", "contactpersoon", waterkant)


def give(
    offer: Offer, by: Person, content: bytes = PNG, party: Party = ORGANISATION
) -> Scan:
    file = SimpleUploadedFile("getekend.png", content)
    return hand_in(offer, party, file, today=timezone.localdate(), by=by)


def compare(scan: Scan, by: Person, **facts: object) -> Signature:
    said = {
        "name": "K. Vos",
        "function": "burgemeester",
        "mandate": None,
        "signed_on": timezone.localdate(),
        "now": timezone.now(),
        **facts,
    }
    return confirm(scan, by=by, **said)  # type: ignore[arg-type]


def test_paper_counts_once_a_second_pair_of_eyes_compared_it(
    offer: Offer, contact: Person, bureau: Person, bestuur: Person
) -> None:
    scan = give(offer, contact)
    assert give(offer, contact) == scan
    assert not offer.signatures.exists()
    signed = compare(scan, bureau)
    assert (signed.how, signed.name, signed.ground) == (
        *("paper", "K. Vos"),
        "ambt of statuten",
    )
    put_name(offer, NVSI, bestuur)
    complete_waiting()
    content = bytes(SealedDocument.objects.get().content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kept = pdf.attachments["papier-organisation-getekend.png"].get_file()
        assert kept.read_bytes() == PNG
    told = SealedDocument.objects.get().trail["handtekeningen"][0]
    assert (told["hoe"], told["scan_sha256"]) == ("paper", scan.sha256)


def test_who_uploads_does_not_compare(
    offer: Offer, bureau: Person, bestuur: Person, contact: Person
) -> None:
    scan = give(offer, bureau)
    with pytest.raises(NotAllowed, match="zelf toe"):
        compare(scan, bureau)
    with pytest.raises(NotAllowed, match="vergelijkt het bureau"):
        compare(scan, contact)
    compare(scan, bestuur)
    with pytest.raises(NotAllowed, match="al besloten"):
        compare(scan, make_person("Ander", "bureau"))


def test_a_mandate_on_paper_held_on_that_day(
    offer: Offer, contact: Person, bureau: Person, waterkant: Organisation
) -> None:
    scan = give(offer, contact)
    ended = give_mandate(contact, waterkant, ends_on=datetime.date(2020, 1, 1))
    with pytest.raises(NotAllowed, match="gold op die dag niet"):
        compare(scan, bureau, mandate=ended)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(NotAllowed, match="niet in de toekomst"):
        compare(scan, bureau, signed_on=tomorrow)
    signer = make_signer(waterkant)
    signed = compare(scan, bureau, mandate=signer.mandates.get())
    assert signed.person == signer


def test_the_mandates_are_those_of_the_day_of_signing(
    offer: Offer, contact: Person, bureau: Person, waterkant: Organisation
) -> None:
    today = timezone.localdate()
    held = give_mandate(contact, waterkant, ends_on=today)
    before = today - datetime.timedelta(days=1)
    over = give_mandate(contact, waterkant, ends_on=before, number="2018-8")
    scan = give(offer, contact)
    with travel(timezone.now() + datetime.timedelta(days=1), tick=False):
        form = CompareForm()
        form.about(scan)
        listed: Any = form.fields["mandate"]
        assert (held in listed.queryset, over in listed.queryset) == (True, False)
        with pytest.raises(NotAllowed, match="gold op die dag niet") as refusal:
            compare(scan, bureau, mandate=held, signed_on=timezone.localdate())
        assert refusal.value.field == "mandate"
        assert compare(scan, bureau, mandate=held, signed_on=today).mandate == held


def test_nobody_signs_on_paper_for_both_parties_under_another_spelling(
    offer: Offer, bureau: Person, bestuur: Person, waterkant: Organisation
) -> None:
    signer = make_signer(waterkant, "Xaviera")
    put_name(offer, ORGANISATION, signer)
    mandate = give_mandate(signer, None, name="X. Jansen")
    scan = give(offer, bureau, party=NVSI)
    with pytest.raises(NotAllowed, match="al voor de andere partij"):
        compare(scan, bestuur, name="X. Jansen", mandate=mandate)


def test_what_comes_back_says_why_and_can_be_given_again(
    offer: Offer, contact: Person, bureau: Person
) -> None:
    scan = give(offer, contact)
    with pytest.raises(NotAllowed, match="reden"):
        turn_back(scan, reason=" ", by=bureau)
    turn_back(scan, reason="Bladzijde 3 ontbreekt.", by=bureau)
    assert not offer.signatures.exists()
    assert give(offer, contact, PNG + b"1").status == Scan.Status.WAITING


def test_what_is_no_scan_or_not_asked_for_is_refused(
    offer: Offer,
    contact: Person,
    vreemde: Person,
    bureau: Person,
    waterkant: Organisation,
) -> None:
    with pytest.raises(NotAllowed, match="Dit is geen"):
        give(offer, contact, b"MZ program")
    with pytest.raises(NotAllowed, match="werkt niet voor"):
        give(offer, vreemde)
    with pytest.raises(NotAllowed, match="Eerst tekent"):
        give(offer, bureau, party=NVSI)
    scan = give(offer, contact)
    put_name(offer, ORGANISATION, make_signer(waterkant))
    with pytest.raises(Stale, match="al getekend"):
        compare(scan, bureau)


def test_the_document_without_a_hand_under_it_is_no_signed_copy(
    offer: Offer, contact: Person
) -> None:
    with pytest.raises(NotAllowed, match="nog zonder handtekening") as refusal:
        give(offer, contact, bytes(offer.document or b""))
    assert refusal.value.field == "scan"
    assert not offer.scans.exists()


def test_what_was_given_in_time_does_not_lapse_while_the_bureau_compares(
    offer: Offer, contact: Person, bureau: Person
) -> None:
    scan = give(offer, contact)
    later = timezone.localdate() + datetime.timedelta(weeks=5)
    assert lapse_what_is_late(today=later) == 0
    assert stage_on(offer, later) == Stage.OFFERED
    assert in_stage(Offer.objects.all(), Stage.OFFERED, today=later).get() == offer
    turn_back(scan, reason="Niet leesbaar.", by=bureau)
    assert stage_on(offer, later) == Stage.LAPSED
    assert lapse_what_is_late(today=later) == 1


def test_who_hears_after_the_term_that_it_comes_back_is_not_told_to_try_again(
    client: Client, offer: Offer, contact: Person, bureau: Person
) -> None:
    scan, weeks = give(offer, contact), datetime.timedelta(weeks=5)
    url = reverse("admin:contracts_scan_turn-back", args=[scan.pk])
    client.force_login(bureau)
    assert "en kan opnieuw" in client.get(url).text
    with travel(timezone.now() + weeks, tick=False):
        client.force_login(bureau)
        assert "Verzet dan eerst de termijn" in client.get(url).text
        turn_back(scan, reason="Niet leesbaar.", by=bureau)
        lapse_what_is_late(today=timezone.localdate())
        client.force_login(contact)
        page = client.get(reverse("agreement-sign", args=[offer.reference]))
        assert "Niet leesbaar." in page.text
    told = Email.objects.filter(event="agreement_signed", recipient=contact.email)
    assert "om een nieuw aanbod" in told.get().body


def test_a_scan_of_what_was_withdrawn_is_not_compared_any_more(
    client: Client, offer: Offer, contact: Person, bureau: Person
) -> None:
    scan, today = give(offer, contact), timezone.localdate()
    assert [one.what for one in waiting_scans(bureau, today)] == ["Op papier getekend"]
    withdraw(offer, reason="Fout.", today=today, by=bureau)
    assert not list(waiting_scans(bureau, today))
    client.force_login(bureau)
    page = client.get(reverse("admin:contracts_scan_change", args=[scan.pk]))
    assert "Vergelijken en bevestigen" not in page.text


def test_nobody_is_asked_again_for_what_came_in_on_paper(
    client: Client, offer: Offer, contact: Person, bureau: Person
) -> None:
    today = timezone.localdate()
    asked = [one.about for one in to_sign(Among(), today)]
    scan = give(offer, contact)
    assert (asked, list(to_sign(Among(), today))) == ([offer], [])
    seen = overview(contact, offer.organisation, today=today)
    assert [row.badge.words for row in seen.coming] == ["Wacht op de NVSI"]
    client.force_login(contact)
    page = client.get(reverse("agreement-detail", args=[offer.reference]))
    assert "Het exemplaar dat op papier is getekend, is binnen." in page.text
    assert "Wijs af" not in page.text
    paper = reverse("agreement-paper", args=[offer.reference])
    assert "<form" not in client.get(paper).text.split("<main")[1].split("</main")[0]
    turn_back(scan, reason="Niet leesbaar.", by=bureau)
    assert overview(contact, offer.organisation, today=today).asked
    assert 'type="file"' in client.get(paper).text
