"""The pages: read and sign with a second factor, on paper, and a public check."""

import datetime
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.kinds import Party
from contracts.models import Offer, Scan, SealedDocument, Signature
from contracts.signing.completing import complete_waiting
from contracts.signing.on_paper import hand_in
from membership.models import Organisation, Person
from tests.conftest import make_person
from tests.contracts.signing import PNG, make_offer, make_signer, put_name, sign_both
from tests.membership.logins import give_app


@pytest.fixture
def offer(waterkant: Organisation, bureau: Person) -> Offer:
    return make_offer(waterkant, bureau)


@pytest.fixture
def signer(waterkant: Organisation) -> Person:
    return make_signer(waterkant)


def log_in(client: Client, person: Person, *, minutes_ago: float = 0) -> None:
    """With a code of an app that was given so long ago."""
    client.force_login(person)
    session = client.session
    at = time.time() - minutes_ago * 60
    given = {"method": "mfa", "type": "totp", "at": at}
    session["account_authentication_methods"] = [given]
    session.save()


def page_of(offer: Offer) -> str:
    return reverse("agreement-sign", args=[offer.reference])


def give_scan(offer: Offer, by: Person) -> Scan:
    file = SimpleUploadedFile("getekend.png", PNG)
    return hand_in(offer, Party.ORGANISATION, file, today=timezone.localdate(), by=by)


def sign(client: Client, offer: Offer, **said: str) -> str:
    """Press the button; gives what the page then says."""
    form = {
        "party": "organisation",
        "seen": offer.document_sha256,
        "read": "on",
        **said,
    }
    answer = client.post(page_of(offer), form, follow=True)
    return answer.content.decode()


def test_who_may_sign_reads_what_and_on_which_ground(
    client: Client, offer: Offer, signer: Person
) -> None:
    log_in(client, signer)
    text = client.get(page_of(offer)).content.decode()
    assert "mandaat voor de overeenkomsten" in text.lower()
    assert offer.document_sha256[:8] in text
    assert "Onderteken" in text
    assert "U hebt getekend." in sign(client, offer)
    assert Signature.objects.get().second_factor == "totp"


def test_a_second_factor_of_a_while_ago_is_asked_again(
    client: Client, offer: Offer, signer: Person
) -> None:
    give_app(signer)
    log_in(client, signer, minutes_ago=11)
    assert '<form method="post" class="say"' not in (
        client.get(page_of(offer)).content.decode()
    )
    answer = client.post(
        page_of(offer),
        {"party": "organisation", "seen": offer.document_sha256, "read": "on"},
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not Signature.objects.exists()


def test_another_document_than_was_shown_is_not_signed(
    client: Client, offer: Offer, signer: Person
) -> None:
    log_in(client, signer)
    assert "Lees het opnieuw" in sign(client, offer, seen="0" * 64)
    assert (
        "Zet een vinkje"
        in client.post(
            page_of(offer), {"party": "organisation", "seen": offer.document_sha256}
        ).content.decode()
    )
    assert not Signature.objects.exists()


def test_a_contactpersoon_reads_and_does_not_sign(
    client: Client, offer: Offer, waterkant: Organisation, vreemde: Person
) -> None:
    contact = make_person("Contact", "contactpersoon", waterkant)
    log_in(client, contact)
    assert "U kunt dit document lezen" in client.get(page_of(offer)).content.decode()
    assert "nu niet tekenen" in sign(client, offer)
    log_in(client, vreemde)
    assert client.get(page_of(offer)).status_code == 404
    assert not Signature.objects.exists()


def test_the_desk_shows_whose_hand_is_asked(
    client: Client, offer: Offer, signer: Person, bestuur: Person
) -> None:
    desk = reverse("signing-desk")
    log_in(client, bestuur)
    assert "Er wacht niets op uw handtekening" in client.get(desk).content.decode()
    put_name(offer, Party.ORGANISATION, signer)
    assert page_of(offer) in client.get(desk).content.decode()
    work = client.get(reverse("admin:index")).content.decode()
    assert "Lezen en tekenen" in work


def test_what_was_signed_can_be_saved_by_both_and_by_nobody_else(
    client: Client, offer: Offer, signer: Person, bestuur: Person, vreemde: Person
) -> None:
    sign_both(offer, signer, bestuur)
    page = reverse("agreement-sealed", args=[offer.reference])
    log_in(client, signer)
    assert client.get(page).status_code == 404
    assert "maakt nu het verzegelde" in client.get(page_of(offer)).content.decode()
    complete_waiting()
    assert client.get(page).content == bytes(SealedDocument.objects.get().content)
    log_in(client, vreemde)
    assert client.get(page).status_code == 404


def test_a_scan_goes_in_by_the_portal_and_is_compared_in_the_admin(
    client: Client, offer: Offer, waterkant: Organisation, bureau: Person
) -> None:
    log_in(client, make_person("Contact", "contactpersoon", waterkant))
    page = reverse("agreement-paper", args=[offer.reference])
    wrong = {"scan": SimpleUploadedFile("x.exe", b"MZ")}
    assert client.post(page, wrong).status_code == 422
    right = {"scan": SimpleUploadedFile("getekend.png", PNG)}
    assert client.post(page, right)["Location"] == page_of(offer)
    scan = Scan.objects.get()
    assert "is binnen" in client.get(page_of(offer)).content.decode()
    log_in(client, bureau)
    compare = reverse("admin:contracts_scan_confirm", args=[scan.pk])
    assert compare in client.get(reverse("admin:index")).content.decode()
    said = {
        "name": "K. Vos",
        "function": "burgemeester",
        "signed_on": f"{timezone.localdate(scan.at)}",
        "mandate": "",
        "same": "on",
    }
    answer = client.post(compare, said, follow=True)
    said_there = answer.content.decode()
    assert "De handtekening op papier telt." in said_there
    assert "Status van wacht op vergelijken naar vergeleken en bevestigd" in said_there
    file = reverse("agreement-scan", args=[offer.reference, scan.pk])
    assert client.get(file).content == PNG


def test_a_day_that_cannot_be_is_said_at_the_day_and_what_was_typed_stays(
    client: Client, offer: Offer, waterkant: Organisation, bureau: Person
) -> None:
    contact = make_person("Contact", "contactpersoon", waterkant)
    scan = give_scan(offer, contact)
    log_in(client, bureau)
    compare = reverse("admin:contracts_scan_confirm", args=[scan.pk])
    before = f"{scan.at - datetime.timedelta(days=3):%Y-%m-%d}"
    said = {"name": "K. Vos", "function": "burgemeester", "signed_on": before}
    answer = client.post(compare, {**said, "mandate": "", "same": "on"})
    form = answer.context["form"]
    assert list(form.errors) == ["signed_on"]
    assert "K. Vos" in answer.text
    assert not offer.signatures.exists()


def test_who_signed_is_not_asked_for_the_paper_of_the_other_party(
    client: Client, offer: Offer, signer: Person, bureau: Person
) -> None:
    put_name(offer, Party.ORGANISATION, signer)
    paper = reverse("agreement-paper", args=[offer.reference])
    log_in(client, signer)
    assert paper not in client.get(page_of(offer)).text
    assert "Uw organisatie heeft al getekend." in client.get(paper).text
    log_in(client, bureau)
    assert paper in client.get(page_of(offer)).text
    assert 'type="file"' in client.get(paper).text


def test_who_added_a_scan_has_no_button_to_confirm_it(
    client: Client, offer: Offer, bureau: Person, bestuur: Person
) -> None:
    scan = give_scan(offer, bureau)
    page = reverse("admin:contracts_scan_change", args=[scan.pk])
    confirm = reverse("admin:contracts_scan_confirm", args=[scan.pk])
    log_in(client, bureau)
    own = client.get(page).text
    assert confirm not in own
    assert f"nog niet; een ander dan {bureau} doet het" in own
    log_in(client, bestuur)
    assert confirm in client.get(page).text


def test_anybody_learns_whether_a_file_is_genuine(
    client: Client, offer: Offer, signer: Person, bestuur: Person
) -> None:
    sign_both(offer, signer, bestuur)
    complete_waiting()
    content = bytes(SealedDocument.objects.get().content)
    changed = bytearray(content)
    changed[len(content) // 2] ^= 1
    assert offer.document is not None
    said = {
        "Dit bestand is echt</h2>": content,
        "Dit bestand is veranderd": bytes(changed),
        "maar niet ondertekend": bytes(offer.document),
        "Wij kennen dit bestand niet": b"iets anders",
        "Dit bestand is leeg": b"",
    }
    page = reverse("check-document")
    for sentence, body in said.items():
        answer = client.post(page, {"file": SimpleUploadedFile("x.pdf", body)})
        text = answer.content.decode()
        assert sentence in text
        assert ("Waterkant" in text) == (body in (content, bytes(offer.document)))
        assert "Tekenaar" not in text
