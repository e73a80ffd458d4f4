"""The register of one day: one entry per organisation that belongs.

What an organisation is on a day is asked of `Membership.objects.active_on`, here and
nowhere else; the database holds that it is one thing at a time.
"""

import datetime
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from membership.leaving.suspension import suspended
from membership.models import Dossier, Membership, Organisation
from membership.redivision.gone import told, went_into
from membership.succession import DAY

Kind = Membership.Kind
# The first day of what an organisation was until and including a day.
Earlier = Mapping[tuple[int, str, datetime.date], datetime.date]


@dataclass(frozen=True)
class Entry:
    """What an organisation is on a day, and since when without a day between.

    collegebesluit_on and dossier are those of the period of this day: only a college
    decides by collegebesluit, and what was there before the portal has no dossier.
    Who is suspended has no vote, which is for the association to know. gone says into
    which gemeente one went that was dissolved later.
    """

    organisation: Organisation
    kind: Kind
    since: datetime.date
    collegebesluit_on: datetime.date | None
    dossier: Dossier | None
    is_suspended: bool = False
    gone: str = ""


def register_on(day: datetime.date) -> list[Entry]:
    """Who belongs on a day, by name. Two queries, however many that are."""
    earlier = _ended_before(day)
    rows = Membership.objects.active_on(day).annotate(
        is_suspended=suspended(day), went_into=went_into("organisation")
    )
    active: QuerySet[Any] = rows.select_related("organisation", "dossier")
    entries = [
        Entry(
            organisation=row.organisation,
            kind=Kind(row.kind),
            since=_since(row, earlier),
            collegebesluit_on=row.collegebesluit_on,
            dossier=row.dossier,
            is_suspended=row.is_suspended,
            gone=told(row.went_into),
        )
        for row in active
    ]
    return sorted(entries, key=lambda entry: _by_name(entry.organisation))


def bare(name: str) -> str:
    """As people type and sort it: Súdwest-Fryslân as sudwest-fryslan."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def _by_name(organisation: Organisation) -> tuple[str, str]:
    """'s-Hertogenbosch stands under the s."""
    return bare(organisation.name).lstrip("'’‘ "), organisation.code


def _ended_before(day: datetime.date) -> Earlier:
    rows = Membership.objects.filter(ends_on__lt=day).order_by()
    return {
        (organisation, kind, ends_on): starts_on
        for organisation, kind, ends_on, starts_on in rows.values_list(
            "organisation_id", "kind", "ends_on", "starts_on"
        )
        if ends_on
    }


def _since(row: Membership, earlier: Earlier) -> datetime.date:
    """Back through the periods of the same kind that follow each other at once."""
    since = row.starts_on
    while before := earlier.get((row.organisation_id, row.kind, since - DAY)):
        since = before
    return since
