"""Make the document that proves an agreement: both signatures in it, and our seal.

The facts to make it of are fixed when the second party signs. So the worker may be
killed at any moment: whatever has no document yet gets it the next time.
"""

import hashlib

import structlog
from django.db import transaction
from django.db.models import QuerySet

from contracts.kinds import Party
from contracts.models.offers import Offer
from contracts.models.signatures import SealedDocument, Signature
from contracts.signing import announcing, trail
from contracts.signing.certificate import SealError
from contracts.signing.seal import seal
from contracts.texts.printing import pdf
from contracts.texts.structure import Filled
from membership import history
from nvsi.paper import Enclosure

log = structlog.get_logger(__name__)


def waiting() -> QuerySet[Offer]:
    """What both parties signed, and has no sealed document yet."""
    offers = Offer.objects.filter(sealed__isnull=True)
    for party in Party:
        offers = offers.filter(signatures__party=party)
    return offers.order_by("pk")


def complete_waiting() -> int:
    """Seal all that waits; what cannot be sealed now waits for the next time."""
    done = 0
    for pk in list(waiting().values_list("pk", flat=True)):
        try:
            done += complete(pk)
        except SealError as error:
            log.warning("not_sealed", offer=pk, why=str(error))
    return done


@transaction.atomic
def complete(offer_pk: int) -> bool:
    """Seal one agreement and tell both parties; False when another worker does it.

    Raises SealError when it cannot be sealed now; then nothing is kept.
    """
    rows = Offer.objects.select_related("organisation")
    offer = (
        rows.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=offer_pk, sealed__isnull=True)
        .first()
    )
    if offer is None:
        return False
    signatures = list(offer.signatures.select_related("scan__decided_by"))
    told = trail.data(offer, signatures)
    done = seal(unsealed(offer, signatures), reason=f"Overeenkomst {offer.reference}")
    sealed = SealedDocument.objects.create(
        offer=offer,
        content=done.content,
        sha256=hashlib.sha256(done.content).hexdigest(),
        trail=told,
        level=done.level,
        certificate=done.certificate,
        is_test=done.is_test,
    )
    history.record(offer, "sealed", None, level=done.level)
    announcing.agreement_was_sealed(sealed)
    return True


def unsealed(offer: Offer, signatures: list[Signature]) -> bytes:
    """The agreement word for word, the page of signatures, and in the file what both
    read, what was signed on paper, and the same as data."""
    filled = Filled.from_json(offer.filled) if offer.filled else trail.proof_page(offer)
    return pdf(
        filled,
        trail=trail.entries(offer, signatures),
        attachments=[
            _read(offer),
            *_scans(signatures),
            Enclosure(
                "ondertekening.json",
                trail.as_json(trail.data(offer, signatures)),
                "Wie tekende, wanneer en op welke grond",
            ),
        ],
    )


def _read(offer: Offer) -> Enclosure:
    assert offer.document is not None, "a constraint says so"
    name = offer.document_name or f"{offer.reference}.pdf"
    return Enclosure(
        f"aangeboden-{name}",
        bytes(offer.document),
        "Het document zoals beide partijen het lazen",
    )


def _scans(signatures: list[Signature]) -> list[Enclosure]:
    return [
        Enclosure(
            f"papier-{one.party}-{one.scan.file_name}",
            bytes(one.scan.content),
            "De overeenkomst zoals zij op papier is getekend",
        )
        for one in signatures
        if one.scan is not None
    ]
