"""Where the dossiers that run are, side by side: for who has forty of them."""

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from membership.admission.steps import Stage, Step
from membership.models import Dossier, Membership


@dataclass(frozen=True)
class Card:
    """One dossier on the board. days: since something was last done in it."""

    dossier: Dossier
    next: Step
    days: int
    is_aspirant: bool


@dataclass(frozen=True)
class Column:
    stage: Stage
    cards: list[Card] = field(default_factory=list)


def columns(*, today: datetime.date) -> list[Column]:
    """The dossiers that run, by stage; what waits longest stands first.

    Three queries, however many there are.
    """
    aspirants = set(
        Membership.objects.active_on(today)
        .filter(kind=Membership.Kind.ASPIRANT_LID)
        .values_list("organisation", flat=True)
    )
    found = {stage: Column(stage) for stage in Stage}
    for dossier in Dossier.objects.running().with_steps():
        where = dossier.position
        if where.next is None or where.stage is None:
            continue
        days = (today - timezone.localdate(dossier.moved_at)).days
        is_aspirant = dossier.organisation_id in aspirants
        card = Card(dossier, where.next, days, is_aspirant)
        found[where.stage].cards.append(card)
    for column in found.values():
        column.cards.sort(key=lambda card: (-card.days, card.dossier.pk))
    return list(found.values())
