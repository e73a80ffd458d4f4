"""Is a file that somebody has the one that we sealed? Nothing of it is kept.

The check sum decides: a file is genuine when it is, to the byte, what we know. The seal
tells of another whether it once was ours.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import structlog

from contracts.models.offers import Offer
from contracts.models.signatures import SealedDocument
from contracts.signing.holding import Seal, seal_in

log = structlog.get_logger(__name__)


class Outcome(Enum):
    """What can be said of a file."""

    SIGNED = "signed"
    OFFERED = "offered"
    OTHER = "other"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Known:
    """Another paper of ours: `what` it is ('een afrekening'), and what may be told of
    it, by label."""

    what: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """The outcome, and which agreement or other paper it is, when it is genuine."""

    outcome: Outcome
    offer: Offer | None = None
    sealed: SealedDocument | None = None
    other: Known | None = None


# Given a check sum; each app says which papers of its own it knows.
others: list[Callable[[str], Known | None]] = []


def check(content: bytes) -> Answer:
    """What a file is."""
    sha256 = hashlib.sha256(content).hexdigest()
    sealed = SealedDocument.objects.listed().filter(sha256=sha256).first()
    if sealed is not None:
        if seal_in(content) is Seal.WHOLE:
            return Answer(Outcome.SIGNED, sealed.offer, sealed)
        log.error("own_seal_does_not_hold", offer=sealed.offer_id)
        return Answer(Outcome.CHANGED)
    known = Offer.objects.listed().filter(
        document_sha256=sha256, offered_at__isnull=False
    )
    if (offer := known.order_by("pk").first()) is not None:
        return Answer(Outcome.OFFERED, offer)
    for provider in others:
        if (other := provider(sha256)) is not None:
            return Answer(Outcome.OTHER, other=other)
    is_ours = seal_in(content) is not Seal.NONE
    return Answer(Outcome.CHANGED if is_ours else Outcome.UNKNOWN)
