"""What an order asks of the uitvoerder, to confirm and then to deliver it; see
membership.deadlines.asked.

The day to deliver by stands in the order: so that this is asked here, and not as one
more step of its verbeterwens.
"""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from contracts.models import Uitvoeringsopdracht
from contracts.orders.running import running
from membership.deadlines.asked import Among, Deadline, Kind
from membership.models import Role


def open_orders(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Each order that runs and was not delivered. One query."""
    rows = running().filter(delivered_on__isnull=True)
    found = among.of(rows, "uitvoerder").select_related(
        "uitvoerder", "ontwikkelvoorstel__wens__instrument"
    )
    for order in found.defer("document").order_by("given_at"):
        yield to_deliver(order) if order.confirmed_at else to_confirm(order)


def to_confirm(order: Uitvoeringsopdracht) -> Deadline:
    return Deadline(
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


def to_deliver(order: Uitvoeringsopdracht) -> Deadline:
    """Also what the regiegroep sent back: it is delivered again."""
    assert order.confirmed_at, "only what was confirmed is delivered"
    wens = order.ontwikkelvoorstel.wens
    return Deadline(
        key=f"order|{order.pk}|deliver",
        kind=Kind.WISH,
        what=f"Lever op: {wens.title} ({wens.reference})",
        url=reverse("wens-detail", args=[wens.pk]),
        since=timezone.localdate(order.confirmed_at),
        by=order.deliver_by,
        who=str(order.uitvoerder),
        about=order,
        roles=(Role.Name.UITVOERDER.value,),
        organisations=[order.uitvoerder],
    )
