"""What is asked about data after an agreement; see membership.deadlines.asked."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from contracts.clearing import terms
from contracts.models import Clearing
from membership.deadlines.asked import WHO_DECIDES, Among, Deadline, Kind
from membership.models import Role


def to_choose(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Once for each agreement, until somebody chose or it is too late. One query."""
    rows = Clearing.objects.unchosen().unproven().listed().order_by("pk")
    seen: set[tuple[object, ...]] = set()
    for row in among.of(rows):
        which = (
            *(row.verwerkersovereenkomst_id, row.gebruiksovereenkomst_id),
            *(row.organisation_id, row.ended_on),
        )
        if which in seen or today > terms.chosen_for(row.ended_on):
            continue
        seen.add(which)
        yield Deadline(
            key=f"clearing|{row.pk}|choose",
            kind=Kind.CLEARING,
            what="Kies of uw gegevens worden teruggegeven of gewist",
            url=reverse("clearing-detail", args=[row.pk]),
            since=row.ended_on,
            who=str(row.organisation),
            about=row,
            roles=WHO_DECIDES,
            organisations=[row.organisation],
            by=row.choose_by,
        )


def to_prove(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Of the uitvoerder that has data: clear them once the agreement is over, and sign
    for it. One query."""
    over = Clearing.objects.unproven().filter(ended_on__lt=today)
    rows = over.exclude(choice="").exclude(clears=None)
    for row in among.of(rows.listed(), "clears"):
        assert row.clears is not None
        assert row.chosen_at is not None
        yield Deadline(
            key=f"clearing|{row.pk}|prove",
            kind=Kind.CLEARING,
            what=f"Ruim de gegevens van {row.organisation} op, en teken de verklaring",
            url=reverse("clearing-detail", args=[row.pk]),
            since=max(timezone.localdate(row.chosen_at), row.ended_on),
            who=str(row.clears),
            about=row,
            roles=(Role.Name.UITVOERDER.value,),
            organisations=[row.clears],
            by=row.due_on,
        )


PROVIDERS = (to_choose, to_prove)
