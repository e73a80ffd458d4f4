"""A verwerkersovereenkomst that both parties signed, and one that waits for a hand."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from billing.demo.stage import BESTUUR, BUREAU, Stage, shown
from contracts.kinds import Kind, Party, Why
from contracts.models import Offer
from contracts.offering import making
from contracts.offering.content import Content
from contracts.offering.drafting import draft
from contracts.signing.completing import complete_waiting
from contracts.signing.verbs import sign
from membership.fresh_factor import Given
from membership.models import Mandate, Organisation, Person
from membership.people import person_by_email
from nvsi.dutch import day

SIGNER = "burgemeester@groningen.example"
SIGNS, WAITS = "GM0014", "GM0632"
TERM = datetime.timedelta(weeks=6)
DECIDED_ON = datetime.date(2024, 3, 12)


def sign_an_agreement(stage: Stage) -> Iterator[str]:
    """Groningen signs a new version, and so does the bestuur; one reads it still."""
    gemeente = Organisation.objects.get(code=SIGNS)
    signer = person_by_email(SIGNER)
    give_mandate(signer, gemeente, "burgemeester")
    offer = _offer(gemeente, stage.today)
    sign_for(offer, Party.ORGANISATION, signer)
    sign_for(offer, Party.NVSI, person_by_email(BESTUUR))
    complete_waiting()
    offer.refresh_from_db()
    yield f"{gemeente} en de NVSI tekenden {offer.reference}, verzegeld als bewijs."
    sealed = bytes(offer.sealed.content)
    file = stage.write(f"{offer.reference} getekend, verzonnen.pdf", sealed)
    yield f"Zie {shown(file)}. Controleer het bestand op /controleer/."
    other = _offer(Organisation.objects.get(code=WAITS), stage.today)
    assert other.answer_by is not None, "it was offered"
    yield (
        f"{other.organisation} heeft tot en met {day(other.answer_by)} om "
        f"{other.reference} te tekenen."
    )


def give_mandate(signer: Person, gemeente: Organisation, function: str) -> None:
    """So that somebody may sign the agreements of his gemeente."""
    mandate = Mandate(
        organisation=gemeente,
        person=signer,
        name=signer.name,
        function=function,
        purpose=Mandate.Purpose.AGREEMENTS,
        decided_on=DECIDED_ON,
        number="2024-118 (verzonnen)",
        starts_on=DECIDED_ON,
    )
    mandate.full_clean()
    mandate.save()


def _offer(gemeente: Organisation, today: datetime.date) -> Offer:
    """The first, or a new version of what is in force; by the bureau."""
    bureau = person_by_email(BUREAU)
    before = gemeente.verwerkersovereenkomsten.order_by("starts_on").last()
    content = Content(
        kind=Kind.VERWERKERS,
        why=Why.CHANGE if before else Why.NEW,
        organisation=gemeente,
        starts_on=today,
        goes_on=before,
    )
    made = draft(content, today=today, by=bureau)
    return making.offer(made, answer_by=today + TERM, today=today, by=bureau)


def sign_for(offer: Offer, party: Party, by: Person) -> None:
    """In the portal, with a second factor that was just given."""
    now = timezone.now()
    given = Given("totp", now)
    sign(offer, party, seen=offer.document_sha256, factor=given, now=now, by=by)
