"""Which objections to annexes wait for a way out."""

import datetime
from collections.abc import Iterator

from django.db.models import Q

from contracts.models import Consent
from membership.admin.verbs import page_of
from membership.models import Person, Role
from nvsi.admin.worklist import Waiting, on_day


def objections(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """For the bureau, until the change begins to be used or is called off."""
    if not person.has_role(Role.Name.BUREAU):
        return
    rows = Consent.objects.filter(
        answer=Consent.Answer.OBJECTION,
        version__withdrawn_at__isnull=True,
    ).filter(Q(version__used_from__gt=today) | Q(answer_by__gte=today))
    for row in rows.select_related("organisation", "version__instrument"):
        assert row.answered_at is not None
        yield Waiting(
            on_day(row.answered_at),
            "Bezwaar tegen gewijzigde bijlagen",
            str(row.organisation),
            "Bekijk het bezwaar",
            page_of(row),
        )
