"""What an ALV asks of a lid: to prepare for it, until it begins."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from membership.assembly.telling import page_of
from membership.deadlines.asked import WHO_DECIDES, Among, Deadline, Kind
from membership.models import Assembly, Membership, Organisation
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


PROVIDERS = (assemblies,)
