"""What a datalek asks, and by when: of the bureau, and of a college that was told."""

import datetime
from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils import timezone

from contracts.breaches.reading import Known, OfCollege, read, with_facts
from contracts.breaches.words import moment
from contracts.models.breach_facts import BreachCollege
from contracts.models.breaches import READERS, Breach
from membership.deadlines.asked import BUREAU, Among, Deadline, Kind


def to_tell(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """The colleges must be told, by our own limit."""
    if among.organisations is not None:
        return
    now = timezone.now()
    for known in _running():
        if known.telling(now) is None:
            continue
        breach = known.breach
        yield Deadline(
            key=f"breach|{breach.pk}|tell",
            kind=Kind.BREACH,
            what=f"Informeer de colleges over {breach}",
            url=reverse("admin:contracts_breach_change", args=[breach.pk]),
            since=timezone.localdate(breach.reported_at),
            who="NVSI",
            about=breach,
            roles=BUREAU,
            organisations=[one.row.organisation for one in known.untold],
            by=timezone.localdate(breach.tell_by),
        )


def to_decide(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """A college decides whether the AP gets a report, within its 72 hours."""
    mine = among.organisations
    for known in _running(mine):
        for one in known.concerned:
            if mine is not None and one.row.organisation_id not in mine:
                continue
            if one.standing.until is not None and not one.standing.is_decided:
                yield _decision(known, one, one.standing.until)


def _decision(known: Known, one: OfCollege, until: datetime.datetime) -> Deadline:
    told_at = one.standing.told_at
    assert told_at is not None
    return Deadline(
        key=f"breach|{one.row.pk}|decide",
        kind=Kind.BREACH,
        what=f"Besluit over een melding aan de AP: {known.breach}, uiterlijk "
        f"{moment(until)}",
        url=reverse("breach-detail", args=[known.breach.number]),
        since=timezone.localdate(told_at),
        who=one.name,
        about=known.breach,
        roles=tuple(role.value for role in READERS),
        organisations=[one.row.organisation],
        by=timezone.localdate(until),
    )


def _running(mine: Collection[int] | None = None) -> list[Known]:
    """Those that run; of some organisations only those about them."""
    rows = Breach.objects.running()
    if mine is not None:
        about = BreachCollege.objects.filter(organisation__in=mine)
        rows = rows.filter(pk__in=about.values("breach"))
    return [read(one) for one in with_facts(rows)]


PROVIDERS = (to_tell, to_decide)
