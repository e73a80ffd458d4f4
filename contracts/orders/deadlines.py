"""That the uitvoerder is asked to confirm an order; see membership.deadlines.asked.

To deliver it is asked as a step of its verbeterwens.
"""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from contracts.models import Uitvoeringsopdracht
from membership.deadlines.asked import Among, Deadline, Kind
from membership.models import Role


def to_confirm(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Each order that was given and not confirmed. One query."""
    rows = Uitvoeringsopdracht.objects.filter(confirmed_at__isnull=True)
    found = among.of(rows, "uitvoerder").select_related("uitvoerder")
    for order in found.defer("document").order_by("given_at"):
        yield Deadline(
            key=f"order|{order.pk}",
            kind=Kind.WISH,
            what=f"Bevestig de opdracht {order.reference}",
            url=reverse("order-detail", args=[order.reference]),
            since=timezone.localdate(order.given_at),
            who=str(order.uitvoerder),
            about=order,
            roles=(Role.Name.UITVOERDER.value,),
            organisations=[order.uitvoerder],
        )
