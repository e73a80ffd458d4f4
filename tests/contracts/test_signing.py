"""Two parties sign the same document; what follows is in force and sealed."""

import datetime
import io
import json
from dataclasses import replace

import page
import pikepdf
import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from contracts.kinds import Party
from contracts.models import Offer, SealedDocument, Signature, Verwerkersovereenkomst
from contracts.signing.completing import complete_waiting, waiting
from contracts.signing.holding import Seal, seal_in
from contracts.signing.rights import right_of
from contracts.signing.verify import Outcome, check
from membership.fresh_factor import FRESH, Given
from membership.models import Email, HistoryEvent, Organisation, Person, SignerProposal
from nvsi.errors import NotAllowed, Stale
from tests.conftest import make_person
from tests.contracts.signing import (
    give_mandate,
    just_now,
    make_offer,
    make_signer,
    put_name,
    sign_both,
)

NVSI, ORGANISATION = Party.NVSI, Party.ORGANISATION


@pytest.fixture
def offer(waterkant: Organisation, bureau: Person) -> Offer:
    return make_offer(waterkant, bureau)


@pytest.fixture
def signer(waterkant: Organisation) -> Person:
    return make_signer(waterkant)


def test_the_last_signature_brings_it_into_force(
    offer: Offer, signer: Person, bestuur: Person
) -> None:
    first = put_name(offer, ORGANISATION, signer)
    assert not Verwerkersovereenkomst.objects.exists()
    put_name(offer, NVSI, bestuur)
    fact = Verwerkersovereenkomst.objects.get()
    assert fact.organisation == offer.organisation
    assert (first.name, first.function) == ("Tekenaar", "directeur")
    assert first.ground == (
        "mandaat voor de overeenkomsten, besluit van 1\u00a0januari 2018, nummer 2018-7"
    )
    assert first.document_sha256 == offer.document_sha256
    events = HistoryEvent.objects.filter(action="signed").order_by("pk")
    assert [event.by for event in events] == [signer, bestuur]


def test_signing_twice_is_once_and_a_colleague_is_told(
    offer: Offer, signer: Person, waterkant: Organisation
) -> None:
    first = put_name(offer, ORGANISATION, signer)
    assert put_name(offer, ORGANISATION, signer) == first
    other = make_signer(waterkant, "Collega")
    with pytest.raises(Stale, match="Tekenaar heeft intussen al getekend"):
        put_name(offer, ORGANISATION, other)
    assert Signature.objects.count() == 1


def test_the_order_is_as_it_was_set(
    offer: Offer, signer: Person, bestuur: Person, waterkant: Organisation
) -> None:
    with pytest.raises(NotAllowed, match="Eerst tekent de organisatie"):
        put_name(offer, NVSI, bestuur)


def test_only_the_document_that_was_shown_is_signed(
    offer: Offer, signer: Person
) -> None:
    with pytest.raises(Stale, match="Lees het opnieuw"):
        put_name(offer, ORGANISATION, signer, seen="0" * 64)


def test_a_second_factor_is_fresh_or_it_is_none(offer: Offer, signer: Person) -> None:
    old = Given("totp", timezone.now() - FRESH - datetime.timedelta(seconds=1))
    for given in (None, old):
        with pytest.raises(NotAllowed, match="app of passkey"):
            put_name(offer, ORGANISATION, signer, factor=given)


@pytest.mark.parametrize(
    "facts",
    [
        {"purpose": "membership"},
        {"ends_on": datetime.date(2020, 1, 1)},
        {"person": None},
    ],
    ids=["for something else", "ended", "of another account"],
)
def test_without_a_mandate_that_holds_nobody_signs(
    offer: Offer, waterkant: Organisation, facts: dict[str, object]
) -> None:
    nobody = make_person("Niemand", "ondertekenaar", waterkant)
    give_mandate(nobody, waterkant, **facts)
    with pytest.raises(NotAllowed, match="U mag deze overeenkomst niet tekenen"):
        put_name(offer, ORGANISATION, nobody)


def test_a_mandate_without_the_role_is_not_enough(
    offer: Offer, waterkant: Organisation
) -> None:
    contact = make_person("Contact", "contactpersoon", waterkant)
    give_mandate(contact, waterkant)
    with pytest.raises(NotAllowed, match="niet tekenen namens de organisatie"):
        put_name(offer, ORGANISATION, contact)


def test_the_burgemeester_signs_by_office(
    offer: Offer, waterkant: Organisation, bureau: Person
) -> None:
    burgemeester = make_person("Burgemeester", "ondertekenaar", waterkant)
    facts = {"organisation": waterkant, "name": "Burgemeester"}
    SignerProposal.objects.create(
        **facts,
        function="burgemeester",
        email=burgemeester.email,
        by=make_person("Contact", "contactpersoon", waterkant),
        status="confirmed",
        ground="office",
        decided_by=bureau,
    )
    signed = put_name(offer, ORGANISATION, burgemeester)
    assert (signed.function, signed.ground) == ("burgemeester", "ambt of statuten")


def test_the_nvsi_is_signed_for_by_the_bestuur_or_a_mandate_of_its_own(
    offer: Offer, bureau: Person, bestuur: Person, penningmeester: Person
) -> None:
    today = timezone.localdate()
    assert right_of(bestuur, offer, NVSI, today)
    assert right_of(bureau, offer, NVSI, today) is None
    give_mandate(bureau, None, function="directeur van het bureau")
    right = right_of(bureau, offer, NVSI, today)
    assert right is not None
    assert right.function == "directeur van het bureau"
    assert right_of(penningmeester, offer, NVSI, today) is None


def test_nobody_signs_for_both_parties(
    offer: Offer, signer: Person, waterkant: Organisation
) -> None:
    """Neither with one account, nor with a second one of the same name."""
    both = make_person("Beide", "bestuur")
    make_person("beide2", "ondertekenaar", waterkant)
    both.roles.create(
        organisation=waterkant, name="ondertekenaar", starts_on=timezone.localdate()
    )
    give_mandate(both, waterkant)
    put_name(offer, ORGANISATION, both)
    with pytest.raises(NotAllowed, match="al voor de andere partij"):
        put_name(offer, NVSI, both)
    twin = Person.objects.create_user("tweeling@nvsi.example", "BEIDE")
    twin.roles.create(name="bestuur", starts_on=timezone.localdate())
    with pytest.raises(NotAllowed, match="al voor de andere partij"):
        put_name(offer, NVSI, twin)


def test_what_was_withdrawn_or_is_too_late_is_not_signed(
    offer: Offer, signer: Person
) -> None:
    assert offer.answer_by is not None
    later = timezone.now() + datetime.timedelta(weeks=5)
    with pytest.raises(NotAllowed, match="verviel op"):
        put_name(offer, ORGANISATION, signer, now=later, factor=Given("totp", later))


def test_the_nvsi_that_signs_first_has_no_more_time_either(
    waterkant: Organisation, signer: Person, bureau: Person, bestuur: Person
) -> None:
    offer = make_offer(waterkant, bureau, signs_first=NVSI)
    assert offer.answer_by is not None
    later = timezone.now() + datetime.timedelta(weeks=5)
    late = {"now": later, "factor": Given("totp", later)}
    with pytest.raises(NotAllowed, match="verviel op"):
        put_name(offer, NVSI, bestuur, **late)
    put_name(offer, NVSI, bestuur)
    with pytest.raises(NotAllowed, match="verviel op"):
        put_name(offer, ORGANISATION, signer, **late)


def test_what_the_organisation_signed_in_time_the_nvsi_signs_later(
    offer: Offer, signer: Person, bestuur: Person
) -> None:
    put_name(offer, ORGANISATION, signer)
    later = timezone.now() + datetime.timedelta(weeks=5)
    put_name(offer, NVSI, bestuur, now=later, factor=Given("totp", later))
    assert offer.signatures.count() == 2


def test_what_cannot_be_in_force_is_not_signed_either(
    offer: Offer, signer: Person, bestuur: Person, waterkant: Organisation
) -> None:
    put_name(offer, ORGANISATION, signer)
    waterkant.memberships.update(ends_on=datetime.date(2020, 1, 1))
    with pytest.raises(NotAllowed, match="geen lid"):
        put_name(offer, NVSI, bestuur)
    assert offer.signatures.count() == 1
    assert not waiting().exists()


def test_both_parties_get_one_sealed_document(
    offer: Offer,
    signer: Person,
    bestuur: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sign_both(offer, signer, bestuur)
    content = bytes(SealedDocument.objects.get().content)
    assert seal_in(content) is Seal.WHOLE
    for profile in ("3a", "ua1"):
        assert page.validate_pdf_bytes(content, profile=profile).is_compliant
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = sorted(pdf.attachments)
        read = pdf.attachments[names[0]].get_file().read_bytes()
        trail = pdf.attachments["ondertekening.json"].get_file().read_bytes()
    assert names == [f"aangeboden-{offer.document_name}", "ondertekening.json"]
    assert offer.document is not None
    assert read == bytes(offer.document)
    told = json.loads(trail)
    assert told == SealedDocument.objects.get().trail
    assert [one["naam"] for one in told["handtekeningen"]] == ["Tekenaar", "Bestuur"]
    assert told["document"]["sha256"] == offer.document_sha256
    told_to = Email.objects.filter(event="agreement_signed").values_list(
        "recipient", flat=True
    )
    assert set(told_to) == {"bestuur@nvsi.example", "bureau@nvsi.example"}
    assert "tekenaar@nvsi.example" in {to for m in mail.outbox for to in m.to}


def test_what_cannot_be_sealed_now_is_sealed_the_next_time(
    offer: Offer, signer: Person, bestuur: Person, settings: Settings
) -> None:
    """As after a crash: nothing half done is kept, and the sweep finds it."""
    sign_both(offer, signer, bestuur)
    settings.SEAL = replace(settings.SEAL, tsa="http://127.0.0.1:9/")
    assert complete_waiting() == 0
    assert not SealedDocument.objects.exists()
    assert list(waiting()) == [offer]
    settings.SEAL = replace(settings.SEAL, tsa="")
    assert complete_waiting() == 1
    assert complete_waiting() == 0


def test_without_a_key_to_seal_with_nobody_signs_last(
    offer: Offer, signer: Person, bestuur: Person, settings: Settings
) -> None:
    settings.LOCAL = False
    put_name(offer, ORGANISATION, signer)
    with pytest.raises(NotAllowed, match="niet verzegelen"):
        put_name(offer, NVSI, bestuur)
    assert not Verwerkersovereenkomst.objects.exists()


def test_what_a_file_is_is_known_by_its_bytes(
    offer: Offer, signer: Person, bestuur: Person
) -> None:
    assert offer.document is not None
    assert check(bytes(offer.document)).outcome is Outcome.OFFERED
    sign_both(offer, signer, bestuur)
    complete_waiting()
    content = bytes(SealedDocument.objects.get().content)
    answer = check(content)
    assert (answer.outcome, answer.offer) == (Outcome.SIGNED, offer)
    changed = bytearray(content)
    changed[len(content) // 3] ^= 1
    for other, outcome in [
        (bytes(changed), Outcome.CHANGED),
        (content + b" ", Outcome.CHANGED),
        (b"%PDF-1.7 something else", Outcome.UNKNOWN),
    ]:
        assert check(other).outcome is outcome
        assert check(other).offer is None


def test_the_database_keeps_what_was_signed(offer: Offer, signer: Person) -> None:
    put_name(offer, ORGANISATION, signer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.update(name="Een ander")


def test_a_passkey_signs_as_well(offer: Offer, signer: Person) -> None:
    signed = put_name(offer, ORGANISATION, signer, factor=just_now("webauthn"))
    assert signed.get_second_factor_display() == "passkey"
