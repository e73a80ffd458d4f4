"""The register of processing of the NVSI as verwerker, on a day.

Read from the agreements and the annexes each time; nothing of it is kept. Source: AVG
art. 30 lid 2.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from contracts.models import (
    AnnexVersion,
    Consent,
    Coverage,
    Verwerkersovereenkomst,
)
from membership.models import Organisation, Role


@dataclass(frozen=True)
class Row:
    """A gemeente for which the NVSI processes, for one instrument.

    `party` concluded the verwerkersovereenkomst, since `since`: the gemeente itself, or
    the samenwerkingsverband. `version` is None where no annexes were laid down.
    """

    controller: Organisation
    party: Organisation
    since: datetime.date
    fg: str
    instrument: str
    version: AnnexVersion | None


def register_on(day: datetime.date, *, of: Organisation | None = None) -> list[Row]:
    """Of all gemeenten, or of those of one organisation. Eight queries at most."""
    covered = _active(Coverage.objects.all(), day)
    if of is not None:
        covered = covered.filter(Q(gemeente=of) | Q(agreement__organisation=of))
    covered = covered.select_related(
        "gemeente", "instrument", "agreement__organisation"
    )
    agreed = _agreed_on(day)
    versions, off = _versions_on(day), _held_off()
    people = _fg_on(day)
    rows = []
    for one in covered.order_by("gemeente__name", "instrument__slug"):
        party = _party(one, agreed)
        if party is None:
            continue
        used = versions.get(one.instrument_id, [])
        holds = [each for each in used if (each.pk, party.pk) not in off]
        rows.append(
            Row(
                controller=one.gemeente,
                party=party,
                since=agreed[party.pk],
                fg=people.get(one.gemeente_id, ""),
                instrument=one.instrument.name,
                version=holds[-1] if holds else None,
            )
        )
    return rows


def versions_in(rows: Sequence[Row]) -> list[AnnexVersion]:
    """Each version that holds for somebody, once."""
    found = {row.version.pk: row.version for row in rows if row.version}
    return sorted(found.values(), key=lambda one: (one.instrument.slug, one.number))


def _party(one: Coverage, agreed: dict[int, datetime.date]) -> Organisation | None:
    for organisation in (one.gemeente, one.agreement.organisation):
        if organisation.pk in agreed:
            return organisation
    return None


def _active(rows: QuerySet[Coverage], day: datetime.date) -> QuerySet[Coverage]:
    return rows.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
    )


def _agreed_on(day: datetime.date) -> dict[int, datetime.date]:
    """Who has a verwerkersovereenkomst on a day, and since when."""
    rows = Verwerkersovereenkomst.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
    )
    return dict(rows.values_list("organisation", "starts_on"))


def _versions_on(day: datetime.date) -> dict[int, list[AnnexVersion]]:
    found: dict[int, list[AnnexVersion]] = {}
    for version in AnnexVersion.objects.used_on(day).whole():
        found.setdefault(version.instrument_id, []).append(version)
    return found


def _held_off() -> set[tuple[int, int]]:
    """Which version does not hold for whom."""
    rows = Consent.objects.filter(
        Q(answer=Consent.Answer.OBJECTION) | Q(answer="", version__asks_yes=True)
    )
    return set(rows.values_list("version", "organisation"))


def _fg_on(day: datetime.date) -> dict[int, str]:
    roles = Role.objects.active_on(day).filter(name=Role.Name.FG)
    people = roles.order_by("person__name").values_list(
        "organisation", "person__name", "person__email"
    )
    found: dict[int, list[str]] = {}
    for organisation, name, email in people:
        found.setdefault(organisation, []).append(f"{name} ({email})")
    return {pk: ", ".join(names) for pk, names in found.items()}
