"""Sign an agreement: the document that was shown, once for each party.

Source: AVG art. 28 lid 9, BW 6:217, Gemeentewet art. 171.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from contracts.kinds import Party
from contracts.models.offers import Offer
from contracts.models.signatures import Signature
from contracts.offering.drafting import held
from contracts.offering.force import bring_into_force
from contracts.offering.unchanged import require_same_annexes
from contracts.signing import announcing
from contracts.signing.certificate import SealError, opened
from contracts.signing.rights import Right, right_of
from contracts.tasks import seal_agreements
from membership import history
from membership.fresh_factor import Given
from membership.models import Person
from nvsi.bell import ring
from nvsi.dutch import day
from nvsi.errors import NotAllowed, Stale, refused_in_words

OTHER = {Party.ORGANISATION: Party.NVSI, Party.NVSI: Party.ORGANISATION}


@transaction.atomic
def sign(
    offer: Offer,
    party: Party,
    *,
    seen: str,
    factor: Given | None,
    now: datetime.datetime,
    by: Person,
) -> Signature:
    """Sign in the portal; the last signature brings the agreement into force.

    `seen` is the check sum of the document that was shown. Twice is once. Raises
    NotAllowed for who may not sign, a second factor that is not fresh, and when it is
    not this party's turn; Stale when the document is another, or somebody was first.
    """
    offer = held(offer)
    if (earlier := signature_of(offer, party)) and earlier.person_id == by.pk:
        return earlier
    require_open(offer, party, today=timezone.localdate(now))
    if seen != offer.document_sha256:
        raise Stale("Het document is niet meer wat u zag. Lees het opnieuw.")
    if factor is None or not factor.is_fresh(now):
        raise NotAllowed("Bevestig eerst opnieuw met uw app of passkey.")
    right = right_of(by, offer, party, timezone.localdate(now))
    if right is None:
        raise NotAllowed(f"U mag deze overeenkomst niet tekenen namens {party.label}.")
    signature = Signature(
        offer=offer,
        party=party,
        how=Signature.How.PORTAL,
        person=by,
        second_factor=factor.kind,
        second_factor_at=factor.at,
        **facts_of(offer, by.name, right, timezone.localdate(now)),
    )
    return keep(signature, by=by)


def signature_of(offer: Offer, party: Party) -> Signature | None:
    return offer.signatures.filter(party=party).first()


def whose_turn(offer: Offer) -> Party | None:
    """Which party signs next; None when both did. One query."""
    signed = set(offer.signatures.values_list("party", flat=True))
    first = Party(offer.signs_first)
    return next((one for one in (first, OTHER[first]) if one not in signed), None)


def require_open(offer: Offer, party: Party, *, today: datetime.date) -> None:
    """Raises NotAllowed, or Stale, when a party cannot sign this offer now."""
    if offer.offered_at is None or not offer.is_running:
        raise NotAllowed(f"{offer} kan niet worden getekend.")
    if (earlier := signature_of(offer, party)) is not None:
        raise Stale(f"{earlier.name} heeft intussen al getekend.")
    if whose_turn(offer) != party:
        raise NotAllowed(f"Eerst tekent {OTHER[party].label}.")
    in_time = signature_of(offer, Party.ORGANISATION) is not None
    if offer.answer_by is not None and offer.answer_by < today and not in_time:
        raise NotAllowed(
            f"Dit aanbod verviel op {day(offer.answer_by)}. Vraag het bureau om een "
            "nieuw aanbod."
        )
    require_same_annexes(offer, today=today)


def keep(signature: Signature, *, by: Person) -> Signature:
    """Save a signature that was checked; with the last one, all that follows from it.

    Raises NotAllowed when the same person signed for the other party.
    """
    offer = signature.offer
    if any(_is_same(signature, other) for other in offer.signatures.all()):
        raise NotAllowed(
            f"{signature.name} tekende al voor de andere partij. Een ander tekent hier."
        )
    signature.full_clean(exclude=["offer"])
    signature.save()
    facts = {"party": Party(signature.party).label, "how": signature.get_how_display()}
    history.record(offer, "signed", by, **facts)
    if whose_turn(offer) is None:
        _conclude(offer, by)
    else:
        announcing.one_party_signed(signature)
    return signature


def _is_same(one: Signature, other: Signature) -> bool:
    """One account is one person, however the name is written; so is one name."""
    has_account = one.person_id is not None
    is_account = has_account and one.person_id == other.person_id
    return is_account or one.name.casefold() == other.name.casefold()


def facts_of(
    offer: Offer, name: str, right: Right, on: datetime.date
) -> dict[str, object]:
    """What a signature keeps of who signed, as it was at that moment."""
    return {
        "name": name,
        "function": right.function,
        "mandate": right.mandate,
        "ground": right.ground,
        "signed_on": on,
        "document_sha256": offer.document_sha256,
    }


def _conclude(offer: Offer, by: Person) -> None:
    """Both signed: the agreement is made now, its sealed document by the worker.

    Without a key to seal with nobody signs last: there would be nothing to prove it.
    """
    try:
        with opened(), refused_in_words():
            bring_into_force(offer, by=by)
    except SealError as error:
        raise NotAllowed(
            "Het portaal kan de overeenkomst nu niet verzegelen. Probeer het later "
            "opnieuw, of mail het bureau."
        ) from error
    ring(seal_agreements)
