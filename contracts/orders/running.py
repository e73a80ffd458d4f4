"""Whether an order still runs, and whose it is.

What the bestuur took back ended with the voorstel of its verbeterwens: the wens has the
day and the reason of it, and nothing is asked of the uitvoerder any more.
"""

from collections.abc import Collection

from django.db.models import Q

from contracts.models import Uitvoeringsopdracht
from contracts.models.orders import UitvoeringsopdrachtQuerySet
from instruments.models import Verbeterwens, VerbeterwensStep
from instruments.wishes.stages import Step
from membership.models import Organisation


def running() -> UitvoeringsopdrachtQuerySet:
    """Given, and neither accepted nor taken back."""
    return Uitvoeringsopdracht.objects.filter(
        ontwikkelvoorstel__ended_at__isnull=True, accepted_at__isnull=True
    )


def withdrawal_of(order: Uitvoeringsopdracht) -> VerbeterwensStep | None:
    """The step by which the bestuur took it back; None while it did not."""
    voorstel = order.ontwikkelvoorstel
    if voorstel.ended_at is None:
        return None
    steps: list[VerbeterwensStep] = list(voorstel.steps.filter(kind=Step.WITHDRAWN))
    return steps[-1] if steps else None


def builder_of(wens: Verbeterwens) -> Organisation | None:
    """To whom the order was given that runs for a wens. One query."""
    rows = running().filter(ontwikkelvoorstel__wens=wens).select_related("uitvoerder")
    order = rows.defer("document").first()
    return order.uitvoerder if order else None


def ordered_from(organisations: Collection[int]) -> Q:
    """The wensen of the orders that these organisations were ever given."""
    rows = Uitvoeringsopdracht.objects.filter(uitvoerder__in=organisations)
    return Q(pk__in=rows.values("ontwikkelvoorstel__wens"))
