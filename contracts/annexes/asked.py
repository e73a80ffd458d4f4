"""That an organisation is asked about a change of annexes; see membership.deadlines."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from contracts.models import Consent
from membership.deadlines.asked import WHO_DECIDES, Among, Deadline, Kind
from membership.models import Role


def consents(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Of who signs, and of the contactpersoon, until the last day. One query."""
    rows = Consent.objects.unanswered().filter(
        version__withdrawn_at__isnull=True, version__answer_by__gte=today
    )
    for row in among.of(rows).select_related("version__instrument", "organisation"):
        assert row.version.asked_at is not None
        yield Deadline(
            key=f"annex|{row.pk}",
            kind=Kind.ANNEX,
            what=f"Geef uw antwoord op de gewijzigde bijlagen van "
            f"{row.version.instrument}",
            url=reverse("annex-detail", args=[row.version_id]),
            since=timezone.localdate(row.version.asked_at),
            who=str(row.organisation),
            about=row.version,
            roles=(*WHO_DECIDES, Role.Name.UITVOERDER.value),
            organisations=[row.organisation],
            by=row.version.answer_by,
        )
