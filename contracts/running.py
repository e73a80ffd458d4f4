"""What of the agreements does not end by itself when an organisation leaves."""

from collections.abc import Iterator

from django.utils import timezone

from contracts.models import Gebruiksovereenkomst
from membership.models import Organisation
from nvsi.dutch import day


def still_running(organisation: Organisation) -> Iterator[str]:
    """A sentence for each agreement that goes on, or is still to begin. One query."""
    today = timezone.localdate()
    agreements = Gebruiksovereenkomst.objects.still_on(today)
    for row in agreements.filter(organisation=organisation).select_related(
        "instrument"
    ):
        until = f"tot en met {day(row.ends_on)}" if row.ends_on else "zonder einddatum"
        to_come = row.starts_on > today
        runs = f"begint op {day(row.starts_on)}" if to_come else "loopt"
        yield f"De gebruiksovereenkomst voor {row.instrument} {runs}, {until}."
