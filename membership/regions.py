"""Which gemeente is in which arbeidsmarktregio, from when to when.

Source: domain section 10. Nobody records since when for what is taken in first.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from membership.models import Organisation, Region, RegionMember

YESTERDAY = -datetime.timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """An arbeidsmarktregio as a file names it."""

    code: str
    name: str


@dataclass(frozen=True)
class Placed:
    """What changed: codes of regions, and of gemeenten that came in another one."""

    regions_new: list[str]
    regions_changed: list[str]
    moved: set[str]


@dataclass
class _Moves:
    """Rows of RegionMember to write."""

    new: list[RegionMember] = field(default_factory=list)
    changed: list[RegionMember] = field(default_factory=list)

    def write(self) -> set[str]:
        """Ends first, then what begins; gives the codes of the gemeenten."""
        RegionMember.objects.bulk_update(
            self.changed, ["region", "is_centrumgemeente", "starts_on", "ends_on"]
        )
        RegionMember.objects.bulk_create(self.new)
        return {row.organisation.code for row in (*self.new, *self.changed)}


def take_in_places(
    places: Sequence[tuple[Organisation, Place]], today: datetime.date
) -> Placed:
    """Make these gemeenten be in these arbeidsmarktregio's as of today."""
    regions, new, changed = _take_in_regions({place for _, place in places})
    known = _known_rows(today)
    moves = _Moves()
    for organisation, place in places:
        rows = known[organisation.pk]
        _move(moves, organisation, regions[place.code], rows, today)
    return Placed(new, changed, moves.write())


def _take_in_regions(
    places: set[Place],
) -> tuple[dict[str, Region], list[str], list[str]]:
    type_ = Region.Type.ARBEIDSMARKTREGIO
    regions = {region.code: region for region in Region.objects.filter(type=type_)}
    new, changed = [], []
    for place in sorted(places, key=lambda place: place.code):
        region = regions.get(place.code)
        if region is None:
            region = Region(type=type_, code=place.code, name=place.name)
            new.append(region)
        elif region.name != place.name:
            region.name = place.name
            changed.append(region)
        regions[place.code] = region
    Region.objects.bulk_create(new)
    Region.objects.bulk_update(changed, ["name"])
    return regions, [r.code for r in new], [r.code for r in changed]


def _known_rows(today: datetime.date) -> dict[int, list[RegionMember]]:
    """Per organisation what has not ended, also what has yet to begin."""
    rows: dict[int, list[RegionMember]] = defaultdict(list)
    for row in RegionMember.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        region__type=Region.Type.ARBEIDSMARKTREGIO,
    ).select_related("organisation"):
        rows[row.organisation_id].append(row)
    return rows


def _move(
    moves: _Moves,
    organisation: Organisation,
    region: Region,
    rows: list[RegionMember],
    today: datetime.date,
) -> None:
    """The old row ends yesterday; one that only began today is set right instead."""
    running = [r for r in rows if r.starts_on is None or r.starts_on <= today]
    if any(row.region_id == region.pk for row in running):
        return
    planned = [r for r in rows if r not in running and r.region_id == region.pk]
    fresh = [row for row in running if row.starts_on == today]
    for row in running:
        if row not in fresh:
            row.ends_on = today + YESTERDAY
            moves.changed.append(row)
    for row in (planned or fresh)[:1]:
        row.is_centrumgemeente &= row.region_id == region.pk
        row.region, row.starts_on = region, today
        moves.changed.append(row)
        return
    moves.new.append(
        RegionMember(
            region=region,
            organisation=organisation,
            starts_on=today if running else None,
        )
    )
