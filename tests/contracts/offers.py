"""Offers for tests: drawn up, offered, signed by both, and in force."""

import datetime
import hashlib
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contracts.kinds import Kind, Party, Why
from contracts.models import ExistingAgreement, Offer, Signature, TakeoverRun
from contracts.models.offers import Fact
from contracts.offering import answering, making
from contracts.offering.content import Content
from contracts.offering.drafting import draft, keep_own_model
from contracts.offering.force import bring_into_force
from contracts.stopping import notices
from instruments.models import Instrument
from membership.models import Membership, Organisation, Person
from tests.conftest import make_gemeente, make_person

TODAY = datetime.date(2026, 11, 23)
START = datetime.date(2027, 1, 1)
TERM = datetime.timedelta(days=28)


def verwerkers(organisation: Organisation, **facts: Any) -> Content:
    """From today on, in the model of the gemeente: that needs no print."""
    said = {"starts_on": TODAY, "own_model_version": "VNG 2.42", **facts}
    return Content(kind=Kind.VERWERKERS, organisation=organisation, **said)


def use(organisation: Organisation, instrument: Instrument, **facts: Any) -> Content:
    """From the next half-year, for 27,5%, for the holder itself."""
    said = {
        "gemeenten": (organisation,),
        "starts_on": START,
        "vergoeding_pct": Decimal("27.50"),
        "product": "Flexensie",
        "bureaukosten": "1% van de bruto-omzet",
        "voorwaarden": "NVSI-voorwaarden, versie 1",
        **facts,
    }
    return Content(
        kind=Kind.GEBRUIKS, organisation=organisation, instrument=instrument, **said
    )


def going_on(fact: Any, why: Why, **facts: Any) -> Content:
    """The same agreement, prolonged or changed."""
    return use(fact.organisation, fact.instrument, why=why, goes_on=fact, **facts)


def offered(content: Content, by: Person, *, today: datetime.date = TODAY) -> Offer:
    made = draft(content, today=today, by=by)
    if content.own_model_version:
        keep_own_model(made, SimpleUploadedFile("vwo.pdf", b"%PDF-1.7"), by=by)
    return making.offer(made, answer_by=today + TERM, today=today, by=by)


def put_forward(made: Offer, by: Person, *, today: datetime.date = TODAY) -> Offer:
    """Offered with a document that nobody printed: that takes seconds."""
    made.document, made.document_name = b"%PDF-1.7", "proef.pdf"
    made.document_sha256 = hashlib.sha256(made.document).hexdigest()
    made.offered_at, made.offered_by = timezone.now(), by
    made.answer_by = today + TERM
    made.save()
    return made


def put_names(offer: Offer, *people: tuple[Party, Person]) -> Offer:
    """What contracts.signing keeps, without its document: who signed for whom."""
    for party, person in people:
        Signature.objects.create(
            offer=offer,
            party=party,
            how="portal",
            person=person,
            name=person.name,
            function="directeur",
            ground="ambt of statuten",
            signed_on=timezone.localdate(),
            document_sha256=offer.document_sha256,
            second_factor="totp",
            second_factor_at=timezone.now(),
        )
    return offer


def in_force(
    content: Content,
    signer: Person,
    *,
    bureau: Person,
    bestuur: Person,
    today: datetime.date = TODAY,
) -> Fact:
    """Drawn up, offered and signed by both, all on one day."""
    offer = put_forward(draft(content, today=today, by=bureau), bureau, today=today)
    put_names(offer, (Party.ORGANISATION, signer), (Party.NVSI, bestuur))
    return bring_into_force(offer, bestuur, today=today)


def make_agreements(
    instrument: Instrument,
    holder: Organisation,
    uitvoerder: Organisation,
    *,
    by: Person,
) -> Offer:
    """A change that waits for the holder, a draft, and what the uitvoerder agreed."""
    today = timezone.localdate()
    fact = holder.verwerkersovereenkomsten.get()
    later = today + datetime.timedelta(days=1)
    content = verwerkers(holder, why=Why.CHANGE, goes_on=fact, starts_on=later)
    made = offered(content, by, today=today)
    agreement = holder.gebruiksovereenkomsten.get()
    july = datetime.date(today.year + 1, 7, 1)
    draft(going_on(agreement, Why.CHANGE, starts_on=july), today=today, by=by)
    uitvoerder.uitvoeringsovereenkomsten.create(
        instrument=instrument, signed_on=today, starts_on=today
    )
    TakeoverRun.objects.create(answer_by=july, asked_by=by)
    ExistingAgreement.objects.create(
        organisation=holder,
        instrument=instrument,
        uitvoerder=uitvoerder,
        ends_on=datetime.date(2027, 6, 30),
        vergoeding_pct=30,
    )
    return made


def keep_offers(holder: Organisation, *, bureau: Person) -> dict[str, int]:
    """Books with offers in every state, a pause and an opzegging; the ids of them."""
    today = timezone.localdate()
    agreement = holder.gebruiksovereenkomsten.earliest("pk")
    members = [make_member(f"GM989{n}", f"Lid{n}") for n in range(3)]
    waits, declines, concluded = (
        offered(verwerkers(one, starts_on=today), bureau, today=today)
        for one in members
    )
    made = draft(use(members[0], agreement.instrument), today=today, by=bureau)
    signer = make_person("Afwijzer", "ondertekenaar", members[1])
    answering.decline(declines, reason="Te duur.", today=today, by=signer)
    fact = members[2].verwerkersovereenkomsten.create(starts_on=today)
    concluded.verwerkersovereenkomst, concluded.concluded_at = fact, timezone.now()
    concluded.save(update_fields=["verwerkersovereenkomst", "concluded_at"])
    notice = notices.give_notice(
        fact,
        given_by=Party.ORGANISATION,
        received_on=today,
        notice_months=3,
        reason="",
        today=today,
        by=bureau,
    )
    pause = agreement.pauses.create(starts_on=START, reason="Even niet.", by=bureau)
    uitvoerder = Organisation.objects.get(code="flexensie")
    uitvoering = uitvoerder.uitvoeringsovereenkomsten.create(
        instrument=agreement.instrument, signed_on=today, starts_on=today
    )
    run = TakeoverRun.objects.create(answer_by=START, asked_by=bureau)
    existing = ExistingAgreement.objects.create(
        organisation=members[0],
        instrument=agreement.instrument,
        uitvoerder=uitvoerder,
        ends_on=START,
        vergoeding_pct=30,
        run=run,
    )
    return {
        "existing": existing.pk,
        "offer_draft": made.pk,
        "offer_waits": waits.pk,
        "offer_declined": declines.pk,
        "offer_concluded": concluded.pk,
        "agreement_notice": notice.pk,
        "pause": pause.pk,
        "uitvoering": uitvoering.pk,
    }


def make_member(code: str, name: str) -> Organisation:
    """A lid without agreements."""
    gemeente = make_gemeente(code, name)
    Membership.objects.create(organisation=gemeente, kind="lid", starts_on=TODAY)
    return gemeente
