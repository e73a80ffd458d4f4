"""That an organisation is asked about a change of annexes; see membership.deadlines."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from contracts.annexes.laying import TERM
from contracts.models import Consent
from membership.deadlines.asked import WHO_DECIDES, Among, Deadline, Kind
from membership.models import Role


def consents(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Of who signs, and of the contactpersoon, until the last day. One query."""
    rows = Consent.objects.unanswered().answerable_on(today)
    for row in among.of(rows).select_related("version__instrument", "organisation"):
        assert row.version.asked_at is not None
        asked_on = timezone.localdate(row.version.asked_at)
        if row.answer_by is not None:  # it was asked later than the others
            asked_on = max(asked_on, row.answer_by - TERM)
        yield Deadline(
            key=f"annex|{row.pk}",
            kind=Kind.ANNEX,
            what=f"Geef uw antwoord op de gewijzigde bijlagen van "
            f"{row.version.instrument}",
            url=reverse("annex-detail", args=[row.version_id]),
            since=asked_on,
            who=str(row.organisation),
            about=row.version,
            roles=(*WHO_DECIDES, Role.Name.UITVOERDER.value),
            organisations=[row.organisation],
            by=row.last_day,
        )
