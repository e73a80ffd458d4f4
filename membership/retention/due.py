"""What of each kind has had its time. Only read here; membership.retention.destroying
has the other half."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from membership.models import (
    Application,
    Dossier,
    Email,
    Export,
    HistoryEvent,
    Membership,
    Person,
    PersonMerge,
    RegionalContact,
    Role,
    Seat,
    SignerProposal,
    SubmittedNotice,
)
from membership.models.retention import Kept
from nvsi.dutch import short_day

# What stands in the place of a file name, and of an address.
DESTROYED, NOBODY = "vernietigd", "@vernietigd.invalid"

# An app above this one adds its own kinds, here and in DUE and DESTROY.
COUNTED_FROM: dict[Kept, str] = {
    Kept.APPLICATION: "het besluit over de aanvraag",
    Kept.DOSSIER: "het einde van het dossier",
    Kept.FORMER: "de laatste dag van het lidmaatschap",
    Kept.PERSON: "de laatste dag van de laatste rol",
    Kept.SEAT: "de laatste dag van de laatste zetel, en van de laatste rol",
    Kept.EMAIL: "de dag waarop de e-mail is gemaakt",
    Kept.EXPORT: "de dag waarop het bestand klaar was",
    Kept.NOTICE: "de laatste dag van het lidmaatschap in de brief",
    Kept.PROPOSAL: "het besluit, en niet zolang wie is bevestigd ondertekenaar is",
    Kept.CONTACT: "de laatste dag als aanspreekpunt",
}


@dataclass(frozen=True)
class Due:
    """One record, named without anybody's name; or all before a day, as row 0."""

    row_id: int
    subject: str
    ended_on: datetime.date
    count: int = 1


def _applications(before: datetime.date) -> Iterator[Due]:
    return decided(
        Application.objects.all(), "waiting", ("accepted", "turned_down"), before
    )


def _proposals(before: datetime.date) -> Iterator[Due]:
    """Not while somebody signs on it: then it is the proof that he may."""
    rows = SignerProposal.objects.exclude(email__endswith=NOBODY)
    signs = Role.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=before),
        name=Role.Name.ONDERTEKENAAR,
        organisation=OuterRef("organisation"),
        person__email=OuterRef("email"),
    )
    rows = rows.exclude(Exists(signs), status=SignerProposal.Status.CONFIRMED)
    return decided(rows, "proposed", ("confirmed", "declined"), before)


def decided(
    rows: QuerySet[Any], status: str, ends: tuple[str, ...], before: datetime.date
) -> Iterator[Due]:
    """What was decided before that day, as its history tells."""
    decided = HistoryEvent.objects.filter(
        subject_type=rows.model._meta.label_lower,
        subject_id=OuterRef("pk"),
        action__in=[f"{status}>{end}" for end in ends],
    )
    rows = rows.annotate(decided_at=Subquery(decided.values("at")[:1]))
    name = rows.model._meta.verbose_name
    for row in rows.filter(decided_at__date__lt=before):
        yield Due(row.pk, f"{name} {row.pk}", timezone.localdate(row.decided_at))


def _notices(before: datetime.date) -> Iterator[Due]:
    """Letters; what was signed in the portal has none, and stays as it is."""
    rows = SubmittedNotice.objects.exclude(status=SubmittedNotice.Status.WAITING)
    rows = rows.exclude(sha256="").exclude(file_name=DESTROYED)
    for pk, last_on in rows.filter(ends_on__lt=before).values_list("pk", "ends_on"):
        yield Due(pk, f"ingediende opzegging {pk}", last_on)


def _contacts(before: datetime.date) -> Iterator[Due]:
    rows = RegionalContact.objects.filter(ends_on__lt=before).exclude(name="")
    for row in rows:
        assert row.ends_on is not None
        yield Due(row.pk, f"aanspreekpunt {row.pk}", row.ends_on)


def _dossiers(before: datetime.date) -> Iterator[Due]:
    ended = [Dossier.Status.WITHDRAWN, Dossier.Status.REFUSED]
    for row in Dossier.objects.filter(status__in=ended, ended_at__date__lt=before):
        assert row.ended_at is not None
        yield Due(row.pk, str(row), timezone.localdate(row.ended_at))


def _former(before: datetime.date) -> Iterator[Due]:
    """Dossiers of who was admitted, and belongs no more since before that day."""
    stays = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=before))
    left = (
        Membership.objects.exclude(organisation__in=stays.values("organisation"))
        .values_list("organisation")
        .annotate(last_on=Max("ends_on"))
    )
    last_on = dict(left.values_list("organisation", "last_on"))
    rows = Dossier.objects.filter(status=Dossier.Status.ADMITTED)
    for row in rows.filter(organisation__in=last_on):
        yield Due(row.pk, str(row), last_on[row.organisation_id])


def _people(before: datetime.date) -> Iterator[Due]:
    """Whose last role ended before that day, or went to who he turned out to be. Who
    never had one is not among them, nor who had a seat: that name is kept longer."""
    stays = Role.objects.filter(Q(ends_on=None) | Q(ends_on__gte=before))
    rows = (
        Person.objects.exclude(pk__in=stays.values("person"))
        .exclude(pk__in=Seat.objects.values("person"))
        .annotate(last_on=Max("roles__ends_on"))
        .filter(last_on__lt=before)
    )
    for pk, last_on in rows.values_list("pk", "last_on"):
        yield Due(pk, f"persoon {pk}", last_on)
    merged = PersonMerge.objects.filter(
        undone_at=None, at__date__lt=before, gone__roles=None
    )
    for done in merged:
        on = timezone.localdate(done.at)
        yield Due(done.gone_id, f"persoon {done.gone_id}", on)


def _seated(before: datetime.date) -> Iterator[Due]:
    """Who sat in a body, once the last seat and the last role ended before that day."""
    stays = Q(ends_on=None) | Q(ends_on__gte=before)
    rows = (
        Person.objects.exclude(pk__in=Role.objects.filter(stays).values("person"))
        .exclude(pk__in=Seat.objects.filter(stays).values("person"))
        .annotate(last_on=Greatest(Max("seats__ends_on"), Max("roles__ends_on")))
        .filter(seats__isnull=False)
    )
    for pk, last_on in rows.values_list("pk", "last_on"):
        yield Due(pk, f"persoon {pk}", last_on)


def emails_before(day: datetime.date) -> QuerySet[Email]:
    return Email.objects.filter(queued_at__date__lt=day).exclude(
        state=Email.State.QUEUED
    )


def exports_before(day: datetime.date) -> QuerySet[Export]:
    return Export.objects.filter(finished_at__date__lt=day, pieces=None)


def _emails(before: datetime.date) -> Iterator[Due]:
    rows = emails_before(before)
    yield from _all_of(rows, "queued_at", f"e-mails van vóór {short_day(before)}")


def _exports(before: datetime.date) -> Iterator[Due]:
    rows = exports_before(before)
    yield from _all_of(rows, "finished_at", f"exports van vóór {short_day(before)}")


def _all_of(rows: QuerySet[Email] | QuerySet[Export], field: str, subject: str) -> (
    Iterator[Due]
):  # fmt: skip
    count, first = rows.count(), rows.aggregate(first=Min(field))["first"]
    if count:
        yield Due(0, subject, timezone.localdate(first), count)


DUE: dict[Kept, Callable[[datetime.date], Iterator[Due]]] = {
    Kept.APPLICATION: _applications,
    Kept.DOSSIER: _dossiers,
    Kept.FORMER: _former,
    Kept.PERSON: _people,
    Kept.SEAT: _seated,
    Kept.EMAIL: _emails,
    Kept.EXPORT: _exports,
    Kept.NOTICE: _notices,
    Kept.PROPOSAL: _proposals,
    Kept.CONTACT: _contacts,
}
