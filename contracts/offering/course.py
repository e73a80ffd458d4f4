"""What happened to an agreement and to its papers, in order; then what will."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from contracts.kinds import Party
from contracts.models import Gebruiksovereenkomst, Offer
from contracts.offering.words import Moment


def moments(offer: Offer) -> list[Moment]:
    """What happened to an offer and to what it became, in order; then what will."""
    found = [*_of_the_offer(offer), *_of_the_agreement(offer)]
    return sorted(found, key=lambda one: one.on)


def _of_the_offer(offer: Offer) -> Iterator[Moment]:
    if offer.offered_at:
        yield Moment(timezone.localdate(offer.offered_at), "Aangeboden door de NVSI")
    for one in offer.signatures.all():
        whom = "de NVSI" if one.party == Party.NVSI else offer.organisation.formal_name
        yield Moment(one.signed_on, f"Getekend namens {whom}: {one.name}")
    ends: Iterable[tuple[Any, str]] = (
        (offer.declined_at, "Afgewezen"),
        (offer.withdrawn_at, "Ingetrokken door de NVSI"),
        (offer.lapsed_at, "Vervallen: niet op tijd getekend"),
    )
    for at, what in ends:
        if at:
            yield Moment(timezone.localdate(at), what)


def _of_the_agreement(offer: Offer) -> Iterator[Moment]:
    fact = offer.fact if offer.concluded_at else None
    if fact is None:
        return
    yield Moment(offer.holds_from, "Van kracht")
    if isinstance(fact, Gebruiksovereenkomst):
        for pause in fact.pauses.all():
            yield Moment(pause.starts_on, "Gebruik gepauzeerd")
            if pause.ends_on:
                yield Moment(pause.ends_on, "Laatste dag van de pauze")
    if hasattr(fact, "notice"):
        yield Moment(fact.notice.received_on, "Opgezegd")
    if fact.ends_on:
        yield Moment(fact.ends_on, "Laatste dag")
