"""What the page of the kaders shows: the common ones, one's own, and side by side.

A fixed number of queries, however many kaders and gemeenten there are.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from instruments.models import Instrument, LocalNorm, Norm, NormVersion
from instruments.norms.own import HOLDERS
from instruments.norms.values import (
    STATES,
    Room,
    Said,
    State,
    in_words,
    room_in_words,
    state_of,
)
from membership.models import Membership, Organisation, Person
from nvsi.dutch import day

BADGES: dict[State, str] = {
    "equal": "badge-done",
    "within": "badge-done",
    "deviates": "badge-waiting",
}


@dataclass(frozen=True)
class Version:
    """One value of a kader, in words."""

    said: str
    room: str
    row: NormVersion


@dataclass(frozen=True)
class Shown:
    """A kader today: `now` is None before its first value."""

    norm: Norm
    now: Version | None
    coming: Version | None
    earlier: list[Version] = field(default_factory=list)


@dataclass(frozen=True)
class Own:
    """What an organisation does itself; empty words when it follows the common one."""

    of: Organisation
    said: str = ""
    state: str = ""
    badge: str = ""
    row: LocalNorm | None = None
    coming: str = ""
    deviates: bool = False


@dataclass(frozen=True)
class Row:
    """A kader, and beside it what each organisation does."""

    shown: Shown
    own: list[Own]


def norms_of(instrument: Instrument, today: datetime.date) -> list[Shown]:
    """All kaders of an instrument that ever had a value, by number."""
    norms = Norm.objects.filter(instrument=instrument).select_related("instrument")
    rows = NormVersion.objects.filter(norm__in=norms).order_by("-starts_on")
    by_norm: dict[int, list[NormVersion]] = {}
    for row in rows.select_related("decision__body", "besluit"):
        by_norm.setdefault(row.norm_id, []).append(row)
    shown = (_shown(norm, by_norm.get(norm.pk, []), today) for norm in norms)
    return [one for one in shown if one.now or one.coming or one.earlier]


def _shown(norm: Norm, rows: list[NormVersion], today: datetime.date) -> Shown:
    now = next((row for row in rows if _holds(row, today)), None)
    coming = next((row for row in reversed(rows) if row.starts_on > today), None)
    return Shown(
        norm=norm,
        now=_version(norm, now) if now else None,
        coming=_version(norm, coming) if coming else None,
        earlier=[
            _version(norm, row) for row in rows if row.ends_on and row.ends_on < today
        ],
    )


def _holds(row: NormVersion | LocalNorm, day: datetime.date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)


def _version(norm: Norm, row: NormVersion) -> Version:
    said = Said.of(row)
    room = room_in_words(norm.kind, said, Room(row.lowest, row.highest))
    return Version(in_words(norm.kind, said), room, row)


def comparable(today: datetime.date) -> list[Organisation]:
    """Who can be compared, by name: those that belong and can have an eigen kader."""
    belong = Membership.objects.active_on(today).values("organisation")
    found = Organisation.objects.filter(kind__in=HOLDERS, pk__in=belong)
    return list(found.order_by("short_name", "pk"))


def beside(
    user: Person,
    norms: Sequence[Shown],
    organisations: Sequence[Organisation],
    today: datetime.date,
) -> list[Row]:
    """What these organisations do, as far as this person may see it."""
    rows = LocalNorm.objects.visible_to(user).filter(
        norm__in=[one.norm.pk for one in norms], organisation__in=organisations
    )
    still = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    found: dict[tuple[int, int], list[LocalNorm]] = {}
    for row in still.order_by("starts_on"):
        found.setdefault((row.norm_id, row.organisation_id), []).append(row)
    return [
        Row(
            one,
            [
                _own(one, each, found.get((one.norm.pk, each.pk), []), today)
                for each in organisations
            ],
        )
        for one in norms
    ]


def _own(
    shown: Shown, of: Organisation, rows: Iterable[LocalNorm], today: datetime.date
) -> Own:
    now = next((row for row in rows if _holds(row, today)), None)
    later = next((row for row in rows if row.starts_on > today), None)
    coming = _coming(shown, later) if later else ""
    if now is None:
        return Own(of, row=later, coming=coming)
    said = in_words(shown.norm.kind, Said.of(now))
    if shown.now is None:
        return Own(of, said=said, row=now, coming=coming)
    state = weighed(shown.now.row, now)
    return Own(
        of,
        said=said,
        state=STATES[state],
        badge=BADGES[state],
        row=now,
        coming=coming,
        deviates=state == "deviates",
    )


def _coming(shown: Shown, later: LocalNorm) -> str:
    """From which day, and marked when it will lie outside the common one of that day,
    as Vanaf 1 december 2026: 36 uur per week, wijkt af."""
    said = in_words(shown.norm.kind, Said.of(later))
    common = shown.now
    if shown.coming and shown.coming.row.starts_on <= later.starts_on:
        common = shown.coming
    state = weighed(common.row, later) if common else "equal"
    mark = f", {STATES[state]}" if state == "deviates" else ""
    return f"Vanaf {day(later.starts_on)}: {said}{mark}"


def weighed(common: NormVersion, own: LocalNorm) -> State:
    """How an own value lies beside the common one."""
    room = Room(common.lowest, common.highest)
    return state_of(Said.of(common), room, Said.of(own), reason=own.reason)


def all_own(
    user: Person, instrument: Instrument, today: datetime.date
) -> QuerySet[LocalNorm]:
    """Every own value that holds today, by kader and organisation."""
    rows: QuerySet[LocalNorm] = LocalNorm.objects.visible_to(user).active_on(today)
    return (
        rows.filter(norm__instrument=instrument)
        .select_related("norm__instrument", "organisation")
        .order_by("norm__number", "organisation__short_name")
    )
