"""That an agreement ends: a day in the list of deadlines; see membership.deadlines."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from contracts.models import Gebruiksovereenkomst
from membership.deadlines.asked import WHO_DECIDES, Among, Deadline, Kind


def agreements(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Nothing is to be done: that it ends is told in time."""
    rows = Gebruiksovereenkomst.objects.active_on(today).exclude(ends_on=None)
    for agreement in among.of(rows).select_related("organisation", "instrument"):
        yield Deadline(
            key=f"agreement|{agreement.pk}",
            kind=Kind.AGREEMENT,
            what=f"Uw overeenkomst voor {agreement.instrument.name} eindigt",
            url=reverse("agreement-list"),
            since=agreement.starts_on,
            who=str(agreement.organisation),
            about=agreement,
            roles=WHO_DECIDES,
            organisations=[agreement.organisation],
            by=agreement.ends_on,
            asks=False,
        )
