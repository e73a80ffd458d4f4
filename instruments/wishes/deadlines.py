"""What verbeterwensen ask: the next step, of who takes it, without a last day."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from instruments.models import Uitvoerder, Verbeterwens
from instruments.wishes.acts import ACTS
from instruments.wishes.stages import FOLLOWS, Party, Step, next_steps, party_for
from membership.deadlines.asked import BUREAU, Among, Deadline, Kind
from membership.models import Organisation, Person, Role, Seat

OF_THE_REGIEGROEP = (Party.REGIEGROEP, Party.LEADING)
# Steps that another app asks with what it knows of them, as the day to deliver by.
asked_elsewhere: set[Step] = set()
ENDS = tuple(last for last, steps in FOLLOWS.items() if not steps)


def next_ones(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Of voorzitter and secretaris by name, of the uitvoerder, bestuur and bureau by
    their role. Three queries."""
    rows = Verbeterwens.objects.with_standing().not_at(*ENDS)
    # Of the ALV nothing is asked here: the work list tells what is in its way.
    rows = rows.exclude(Q(last_kind=Step.AGREED) & Q(without_alv=False))
    leading, uitvoerders = _leading(today), _uitvoerders(today)
    for wens, step in _open_steps(rows.select_related("instrument")):
        party = party_for(step, wens.last_kind)
        asked = _asked(wens, step, party)
        if party in OF_THE_REGIEGROEP:
            for person in leading[wens.instrument_id]:
                if among.emails is None or person.email in among.emails:
                    yield replace(asked, email=person.email)
        elif party == Party.UITVOERDER:
            uitvoerder = uitvoerders.get(wens.instrument_id)
            ours = among.organisations
            if uitvoerder and (ours is None or uitvoerder.pk in ours):
                roles = (Role.Name.UITVOERDER.value,)
                yield replace(asked, roles=roles, organisations=[uitvoerder])
        elif among.organisations is None:
            roles = BUREAU if party == Party.BUREAU else (Role.Name.BESTUUR.value,)
            yield replace(asked, roles=roles)


def _open_steps(rows: Iterable[Any]) -> Iterator[tuple[Any, Step]]:
    for wens in rows:
        [step, *_] = next_steps(wens.last_kind, needs_alv=not wens.without_alv)
        if step not in asked_elsewhere:
            yield wens, step


def _asked(wens: Any, step: Step, party: Party) -> Deadline:
    """Of nobody yet; the wens is one with_standing()."""
    return Deadline(
        key=f"wens|{wens.pk}|{wens.last_kind}",
        kind=Kind.WISH,
        what=f"{ACTS[step].button}: {wens.title} ({wens.reference})",
        url=reverse("wens-detail", args=[wens.pk]),
        since=wens.last_on or timezone.localdate(wens.handed_in_at),
        who=party.label,
        about=wens,
    )


def _leading(today: datetime.date) -> dict[int, list[Person]]:
    """Voorzitter and secretaris of each regiegroep, by instrument."""
    found: dict[int, list[Person]] = defaultdict(list)
    seats = Seat.objects.active_on(today).leading()
    seats = seats.filter(body__steering__isnull=False, person__is_active=True)
    for seat in seats.select_related("person", "body__steering"):
        found[seat.body.steering.instrument_id].append(seat.person)
    return found


def _uitvoerders(today: datetime.date) -> dict[int, Organisation]:
    rows = Uitvoerder.objects.filter(starts_on__lte=today).exclude(ends_on__lt=today)
    return {
        row.instrument_id: row.organisation
        for row in rows.select_related("organisation")
    }


PROVIDERS = (next_ones,)
