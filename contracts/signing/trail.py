"""How an agreement came to be signed, as the page behind it tells, and as data. Pure.

As little of people as proves it: name, function and ground; no address, no place on the
network. The check sum is that of the document as both parties read it.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from contracts.kinds import Party
from contracts.models.offers import Offer
from contracts.models.signatures import Signature
from contracts.texts.structure import Filled, TrailEntry, paragraph
from nvsi.dutch import day

IN_A_GROUP = 8


def entries(offer: Offer, signatures: Sequence[Signature]) -> list[TrailEntry]:
    """In the order in which was signed; scans joined."""
    return [_entry(offer, one) for one in signatures]


def data(offer: Offer, signatures: Sequence[Signature]) -> dict[str, Any]:
    """The same for a machine; what it means stands in docs/operations.md."""
    return {
        "kenmerk": offer.reference,
        "soort": offer.get_kind_display(),
        "organisatie": {"code": offer.organisation.code, "naam": name_of(offer)},
        "document": {"bestand": offer.document_name, "sha256": offer.document_sha256},
        "handtekeningen": [_datum(one) for one in signatures],
    }


def as_json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def name_of(offer: Offer) -> str:
    """The organisation as on paper."""
    return offer.organisation.formal_name


def proof_page(offer: Offer) -> Filled:
    """What goes before the trail when the gemeente brought a document of its own."""
    assert offer.offered_at is not None
    return Filled(
        title=f"Bewijs van ondertekening van de {offer.get_kind_display()}",
        reference=(
            ("Kenmerk", offer.reference),
            ("Partijen", f"{name_of(offer)} en de NVSI"),
            ("Model", offer.own_model_version),
        ),
        blocks=(
            paragraph(
                f"De partijen hebben de {offer.get_kind_display()} gesloten met het "
                f"document {offer.document_name}. Dat document zit als bijlage in dit "
                "bestand, precies zoals zij het lazen."
            ),
        ),
        foot=f"{offer.reference}, bewijs van ondertekening",
        dated=timezone.localdate(offer.offered_at),
    )


def grouped(sha256: str) -> str:
    """A check sum in groups, so that two people can read it to each other."""
    return " ".join(
        sha256[at : at + IN_A_GROUP] for at in range(0, len(sha256), IN_A_GROUP)
    )


def _entry(offer: Offer, signature: Signature) -> TrailEntry:
    party = "de NVSI" if signature.party == Party.NVSI else name_of(offer)
    return TrailEntry(
        party=f"Namens {party}",
        name=signature.name,
        function=signature.function,
        signed=day(signature.signed_on),
        rows=(
            ("Bevoegd door", signature.ground),
            ("Hoe vastgesteld", _how(signature)),
            ("Vastgelegd", _moment(signature.at)),
            ("Controlegetal (SHA-256)", grouped(signature.document_sha256)),
        ),
    )


def _how(signature: Signature) -> str:
    if signature.scan is None:
        assert signature.second_factor_at is not None
        return (
            "in het portaal, ingelogd met een eigen account en bevestigd met een "
            f"{signature.get_second_factor_display()} op "
            f"{_moment(signature.second_factor_at)}"
        )
    by = signature.scan.decided_by
    return (
        "op papier, met de hand; een scan daarvan zit als bijlage in dit bestand en is "
        f"vergeleken door {by.name if by else 'het bureau'}"
    )


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    return f"{day(local.date())}, {local:%H:%M:%S} uur"


def _datum(signature: Signature) -> dict[str, Any]:
    told: dict[str, Any] = {
        "namens": signature.party,
        "naam": signature.name,
        "functie": signature.function,
        "bevoegd_door": signature.ground,
        "hoe": signature.how,
        "getekend_op": signature.signed_on.isoformat(),
        "vastgelegd": signature.at.isoformat(),
        "document_sha256": signature.document_sha256,
    }
    if signature.second_factor_at is not None:
        told["tweede_stap"] = signature.second_factor
        told["tweede_stap_op"] = signature.second_factor_at.isoformat()
    if signature.scan is not None:
        told["scan_sha256"] = signature.scan.sha256
    return told
