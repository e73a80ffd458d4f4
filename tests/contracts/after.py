"""What follows an agreement, for tests: data that are cleared, models, and letters."""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contracts.breaches.recording import Found
from contracts.clearing import choosing, opening, proving
from contracts.models import (
    BreachCollege,
    Clearing,
    LetterOrder,
    Offer,
    SubmittedModel,
    TakeoverLetter,
    TakeoverRun,
)
from contracts.offering import own_models
from instruments.models import Instrument
from membership.models import Membership, Organisation, Person
from tests.conftest import SINCE, make_gemeente, make_person
from tests.contracts.breaches import discover

PDF = b"%PDF-1.7 verklaring"
DAY = datetime.timedelta(days=1)
DONE = {
    "words": "Alle bestanden van de gemeente zijn gewist.",
    "kept": "",
    "signer_name": "A. Beheer",
    "signer_function": "directeur",
}


def statement(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("verklaring.pdf", content)


def make_clearing(organisation: Organisation, **facts: Any) -> Clearing:
    """Under the agreement of use of an organisation, that ended yesterday."""
    yesterday = timezone.localdate() - DAY
    agreement = organisation.gebruiksovereenkomsten.earliest("pk")
    return Clearing.objects.create(
        **{
            "organisation": organisation,
            "gebruiksovereenkomst": agreement,
            "instrument": agreement.instrument,
            "processor": "Proefverwerker b.v.",
            "ended_on": yesterday,
            "choose_by": yesterday + 30 * DAY,
            "due_on": yesterday + 90 * DAY,
            **facts,
        }
    )


def prove(row: Clearing, *, by: Person) -> Clearing:
    """Chosen by letter and cleared today, with a statement on paper."""
    now = timezone.now()
    choosing.choose([row], "delete", basis="brief", now=now, by=by)
    today = timezone.localdate(now)
    return proving.hand_in(row, statement(), done_on=today, **DONE, now=now, by=by)


def end_of(code: str, name: str, by: Person) -> list[Clearing]:
    """The rows of a verwerkersovereenkomst that ended yesterday."""
    gemeente = make_gemeente(code, name)
    fact = gemeente.verwerkersovereenkomsten.create(
        starts_on=SINCE, ends_on=timezone.localdate() - DAY
    )
    return opening.open_for(fact, by=by)


def hand_in_model(code: str, name: str, **facts: Any) -> SubmittedModel:
    """By the contactpersoon of a lid, which reads the annexes of that moment."""
    gemeente = make_gemeente(code, name)
    today = timezone.localdate()
    Membership.objects.create(organisation=gemeente, kind="lid", starts_on=SINCE)
    versions = own_models.annexes_to_confirm(gemeente, today)
    return own_models.submit(
        gemeente,
        facts.pop("file", None) or SimpleUploadedFile("vwo.pdf", b"%PDF-1.7 model"),
        **{
            "model_version": "VNG 2.42",
            "starts_on": today,
            "confirmed": [one.pk for one in versions],
            "today": today,
            "by": make_person(f"Indiener{name}", "contactpersoon", gemeente),
            **facts,
        },
    )


def keep_after(
    holder: Organisation, *, bureau: Person, bestuur: Person
) -> dict[str, int]:
    """For the guards: clearings that wait, are proven and called off, models that wait
    and came back, a letter of a takeover, and letters in line."""
    uitvoerder = Organisation.objects.get(code="flexensie")
    waits = make_clearing(
        holder, clears=uitvoerder, choice="delete", chosen_at=timezone.now()
    )
    proven = prove(make_clearing(holder, processor="NVSI", is_ours=True), by=bureau)
    off = make_clearing(
        holder, processor="Vervallen b.v.", called_off_at=timezone.now()
    )
    own = own_models.turn_back(
        hand_in_model("GM9082", "Modelberg"), reason="Bijlage ontbreekt.", by=bureau
    )
    model = hand_in_model("GM9083", "Modeldal")
    offer = Offer.objects.filter(kind="gebruiks").earliest("pk")
    letter = TakeoverLetter.objects.create(
        offer=offer,
        run=TakeoverRun.objects.earliest("pk"),
        file_name="brief.pdf",
        sha256="0" * 64,
        content=PDF,
        docx=b"PK om aan te passen",
    )
    return {
        "clearing": waits.pk,
        "clearing_proven": proven.pk,
        "clearing_off": off.pk,
        "model": model.pk,
        "model_back": own.pk,
        "takeover_letter": letter.pk,
        **keep_orders(holder, bureau),
    }


def keep_orders(holder: Organisation, bureau: Person) -> dict[str, int]:
    """A letter about a datalek that waits, and one that was refused."""
    college = BreachCollege.objects.filter(organisation=holder).first()
    if college is None:
        found = Found(nature="sent", what="Een bestand ging verkeerd.")
        college = discover(bureau, holder, found=found).colleges.get()
    waits = LetterOrder.objects.create(college=college, asked_by=bureau)
    refused = LetterOrder.objects.create(
        college=college, asked_by=bureau, refusal="Het datalek is gesloten."
    )
    return {"letter_order": waits.pk, "letter_order_refused": refused.pk}


def flexensie() -> Instrument:
    return Instrument.objects.get(slug="flexensie")
