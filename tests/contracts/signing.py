"""Agreements for tests that are offered, signed, and sealed."""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contracts.kinds import Kind, Party
from contracts.models import Offer, Signature
from contracts.offering import making
from contracts.offering.content import Content
from contracts.offering.drafting import draft
from contracts.signing.completing import complete_waiting
from contracts.signing.on_paper import hand_in
from contracts.signing.verbs import sign
from membership.fresh_factor import Given
from membership.models import Mandate, Membership, Organisation, Person
from tests.conftest import SINCE, make_gemeente, make_person
from tests.contracts.offers import offered, verwerkers

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
WEEKS = datetime.timedelta(weeks=4)


def make_offer(organisation: Organisation, by: Person, **facts: Any) -> Offer:
    """A verwerkersovereenkomst that was offered today, for four weeks."""
    today = timezone.localdate()
    content = Content(
        kind=Kind.VERWERKERS, organisation=organisation, starts_on=today, **facts
    )
    made = draft(content, today=today, by=by)
    return making.offer(made, answer_by=today + WEEKS, today=today, by=by)


def make_signer(organisation: Organisation, name: str = "Tekenaar") -> Person:
    """An ondertekenaar with a mandate for agreements since 2018."""
    signer = make_person(name, "ondertekenaar", organisation)
    give_mandate(signer, organisation)
    return signer


def give_mandate(
    whose: Person, organisation: Organisation | None, **facts: Any
) -> Mandate:
    return Mandate.objects.create(
        organisation=organisation,
        **{
            "person": whose,
            "name": whose.name,
            "function": "directeur",
            "purpose": "agreements",
            "decided_on": SINCE,
            "number": "2018-7",
            "starts_on": SINCE,
            **facts,
        },
    )


def just_now(kind: str = "totp") -> Given:
    return Given(kind, timezone.now())


def put_name(offer: Offer, party: Party, by: Person, **facts: Any) -> Signature:
    """Sign what is offered, with a second factor of this moment."""
    said = {
        "seen": offer.document_sha256,
        "factor": just_now(),
        "now": timezone.now(),
        **facts,
    }
    return sign(offer, party, by=by, **said)


def sign_both(offer: Offer, signer: Person, bestuur: Person) -> Offer:
    """First the organisation, then the NVSI."""
    put_name(offer, Party.ORGANISATION, signer)
    put_name(offer, Party.NVSI, bestuur)
    offer.refresh_from_db()
    return offer


def keep_signatures(bureau: Person, bestuur: Person) -> dict[str, int]:
    """Three verwerkersovereenkomsten on a model of the gemeente: one sealed, one that
    waits for the NVSI, and one of which a scan is to be compared."""
    offers = [
        make_own_offer(f"GM907{number}", name, bureau)
        for number, name in enumerate(("Verzegeld", "Tussenwater", "Papierdam"))
    ]
    done, half, paper = offers
    for offer in (done, half):
        signer = make_signer(offer.organisation, f"Tekenaar{offer.pk}")
        put_name(offer, Party.ORGANISATION, signer)
    put_name(done, Party.NVSI, bestuur)
    scan = hand_in(
        paper,
        Party.ORGANISATION,
        SimpleUploadedFile("getekend.png", PNG),
        today=timezone.localdate(),
        by=bureau,
    )
    complete_waiting()  # what a commit rang for is done already
    return {
        "offer_sealed": done.pk,
        "offer_half": half.pk,
        "offer_open": paper.pk,
        "signature": half.signatures.get().pk,
        "scan": scan.pk,
        "sealed": done.sealed.pk,
    }


def make_own_offer(code: str, name: str, by: Person) -> Offer:
    """Of a lid that brings its own model, so that nothing is printed."""
    today = timezone.localdate()
    content = verwerkers(make_lid(code, name), starts_on=today)
    return offered(content, by, today=today)


def make_lid(code: str, name: str) -> Organisation:
    """A lid since 2018, without agreements."""
    gemeente = make_gemeente(code, name)
    Membership.objects.create(organisation=gemeente, kind="lid", starts_on=SINCE)
    return gemeente
