"""Who builds what was ordered for a verbeterwens: told by the app that keeps orders.

An order stays with the uitvoerder that it was given to, also when the instrument goes
to another meanwhile: that one delivers it, and goes on reading its wens.
"""

import datetime
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from instruments.models import Verbeterwens
    from membership.models import Organisation

# Each gives the uitvoerder of the order that runs for a wens, or None.
builders: list[Callable[["Verbeterwens"], "Organisation | None"]] = []
# Each gives which wensen were ever ordered from organisations, by their keys.
given_to: list[Callable[[Collection[int]], Q]] = []


def builder_of(wens: "Verbeterwens") -> "Organisation | None":
    """Of the order that runs; None while there is none."""
    found = (builder(wens) for builder in builders)
    return next((one for one in found if one is not None), None)


def uitvoerder_of(wens: "Verbeterwens", on: datetime.date) -> "Organisation | None":
    """Of its order while that runs, else of its instrument on a day."""
    return builder_of(wens) or wens.instrument.uitvoerder_on(on)


def ordered_from(organisations: Collection[int]) -> Q:
    """The wensen with an order of one of these; none when nobody keeps orders."""
    found = Q(pk__in=[])
    for one in given_to:
        found |= one(organisations)
    return found
