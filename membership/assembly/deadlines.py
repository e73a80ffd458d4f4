"""What an ALV asks of a lid: to say who comes or votes for it, and to vote."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from membership.assembly.telling import page_of
from membership.deadlines.asked import WHO_DECIDES, Among, Deadline, Kind
from membership.models import (
    Assembly,
    Attendance,
    Entitled,
    Membership,
    Organisation,
    Proxy,
    Stemming,
)
from nvsi.dutch import day


def assemblies(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Each ALV that comes, for the members that did not say yet who comes or who votes
    for them. Four queries."""
    coming = list(Assembly.objects.coming_at(timezone.now()))
    if not coming:
        return
    rows = Membership.objects.active_on(today).filter(kind=Membership.Kind.LID)
    voting = Organisation.objects.filter(pk__in=among.of(rows).values("organisation"))
    members = list(voting.order_by("name", "code"))
    if not members:
        return
    answered = _answered(coming)
    for one in coming:
        asked = [member for member in members if (one.pk, member.pk) not in answered]
        if not asked:
            continue
        yield Deadline(
            key=f"assembly|{one.pk}",
            kind=Kind.ASSEMBLY,
            what=f"Bereid de ALV van {day(one.on)} voor: lees de voorstellen en laat "
            "weten wie er komt",
            url=page_of(one),
            since=timezone.localdate(one.convened_at or one.starts_at),
            who=str(asked[0]) if len(asked) == 1 else "de leden",
            about=one,
            roles=WHO_DECIDES,
            organisations=asked,
            by=one.on,
        )


def _answered(coming: list[Assembly]) -> set[tuple[int, int]]:
    """ALV and organisation, where somebody comes, or votes for it. Two queries."""
    comes = Attendance.objects.filter(assembly__in=coming)
    comes = comes.exclude(status=Attendance.Status.CANCELLED)
    given = Proxy.objects.running().filter(assembly__in=coming, voorstel__isnull=True)
    return {
        *comes.values_list("assembly", "organisation"),
        *given.values_list("assembly", "organisation"),
    }


def votes(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Each open electronic vote, of who did not vote yet and did not let another do so.
    One query."""
    given = Proxy.objects.running().filter(
        assembly=OuterRef("stemming__assembly"),
        organisation=OuterRef("organisation"),
        voorstel__isnull=True,
    )
    rows = Entitled.objects.voting().filter(
        ~Exists(given),
        has_voted=False,
        stemming__status=Stemming.Status.OPEN,
        stemming__method=Stemming.Method.ELECTRONIC,
    )
    found = rows.select_related(
        "organisation",
        "stemming__assembly",
        "stemming__beslispunt__voorstel",
        "stemming__amendement__beslispunt__voorstel",
    )
    for row in among.of(found):
        vote = row.stemming
        yield Deadline(
            key=f"vote|{row.pk}",
            kind=Kind.ASSEMBLY,
            what="Laat uw organisatie stemmen over "
            f"{vote.beslispunt or vote.amendement}, {vote.voorstel.title}",
            url=reverse("vote-detail", args=[vote.pk]),
            since=timezone.localdate(vote.opened_at),
            who=str(row.organisation),
            about=vote.assembly,
            roles=WHO_DECIDES,
            organisations=[row.organisation],
            # An evening that goes on after midnight: an open vote is never over.
            by=max(vote.assembly.on, today),
        )


PROVIDERS = (assemblies, votes)
