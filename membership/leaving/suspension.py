"""Which members are suspended: told of their expulsion, which is not final yet.

A suspended member has no vote. Source: BW 2 art. 35 lid 4 and art. 38 lid 1.
"""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from membership.leaving.rules import Ground
from membership.models import Appeal, Membership, Notice


def suspended(day: datetime.date) -> Exists:
    """Whether a membership is suspended on a day on which it runs: to annotate with."""
    told = Notice.objects.filter(
        membership=OuterRef("pk"), ground=Ground.EXPULSION, received_on__lte=day
    )
    undone = Q(appeal__outcome=Appeal.Outcome.GRANTED, appeal__decided_on__lte=day)
    return Exists(told.exclude(undone))


def suspended_on(day: datetime.date) -> QuerySet[Membership]:
    """The memberships that are suspended on a day."""
    return Membership.objects.active_on(day).filter(suspended(day))
