"""That an offer still holds the annexes that its parties would be bound to."""

import datetime

from django.utils import timezone

from contracts.annexes import version_for
from contracts.kinds import Kind
from contracts.models.offers import Offer
from contracts.offering.content import content_of
from contracts.offering.making import instruments_of
from nvsi.errors import NotAllowed


def require_same_annexes(offer: Offer, *, today: datetime.date) -> None:
    """Raises NotAllowed when other annexes hold for the organisation than on the day of
    the offer: who signs it would be bound to what it did not read (AVG art. 28 lid 3).
    The annexes of a gebruiksovereenkomst are behind another agreement."""
    if offer.kind == Kind.GEBRUIKS or offer.offered_at is None:
        return
    since = timezone.localdate(offer.offered_at)
    for one in instruments_of(content_of(offer), since):
        then = version_for(one, since, offer.organisation)
        if then != version_for(one, today, offer.organisation):
            raise NotAllowed(
                "De bijlagen zijn veranderd sinds het aanbod. Bied de overeenkomst "
                "opnieuw aan."
            )
