"""What an ALV asks of a lid: to prepare for it until it begins, and to vote."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from membership.assembly.telling import page_of
from membership.deadlines.asked import WHO_DECIDES, Among, Deadline, Kind
from membership.models import (
    Assembly,
    Entitled,
    Membership,
    Organisation,
    Proxy,
    Stemming,
)
from nvsi.dutch import day


def assemblies(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Each ALV that comes, for all members at once. Two queries."""
    coming = list(Assembly.objects.coming_at(timezone.now()))
    if not coming:
        return
    rows = Membership.objects.active_on(today).filter(kind=Membership.Kind.LID)
    voting = Organisation.objects.filter(pk__in=among.of(rows).values("organisation"))
    members = list(voting.order_by("name", "code"))
    if not members:
        return
    for one in coming:
        yield Deadline(
            key=f"assembly|{one.pk}",
            kind=Kind.ASSEMBLY,
            what=f"Bereid de ALV van {day(one.on)} voor: lees de voorstellen en laat "
            "weten wie er komt",
            url=page_of(one),
            since=timezone.localdate(one.convened_at or one.starts_at),
            who=str(members[0]) if len(members) == 1 else "de leden",
            about=one,
            roles=WHO_DECIDES,
            organisations=members,
            by=one.on,
        )


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
            by=vote.assembly.on,
        )


PROVIDERS = (assemblies, votes)
