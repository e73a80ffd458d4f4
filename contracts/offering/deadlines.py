"""That an organisation is asked to sign; see membership.deadlines.asked."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from contracts.models import Offer
from contracts.offering.shown import waits_for_them
from contracts.offering.where import stage_on, with_facts
from contracts.offering.words import title_of
from membership.deadlines.asked import WHO_DECIDES, Among, Deadline, Kind


def to_sign(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Each offer that waits for its organisation, by the day on which it lapses."""
    rows = Offer.objects.running().filter(offered_at__isnull=False).listed()
    for offer in with_facts(among.of(rows)).order_by("answer_by"):
        if not waits_for_them(offer, stage_on(offer, today)):
            continue
        assert offer.offered_at is not None, "only those were asked for"
        title = title_of(offer.kind, offer.why, str(offer.instrument or ""))
        yield Deadline(
            key=f"offer|{offer.pk}",
            kind=Kind.OFFER,
            what=f"Lees en teken: {title}",
            url=reverse("agreement-detail", args=[offer.reference]),
            since=timezone.localdate(offer.offered_at),
            who=str(offer.organisation),
            about=offer,
            roles=WHO_DECIDES,
            organisations=[offer.organisation],
            by=offer.answer_by,
        )
