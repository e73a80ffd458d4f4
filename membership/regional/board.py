"""Which regions have said whom they send, and who can be asked. Only looks."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from membership.models import (
    ContactAsk,
    Level,
    Network,
    Organisation,
    Person,
    Region,
    RegionalContact,
    RegionMember,
    Role,
)


@dataclass(frozen=True)
class Seat:
    """One level of a region: who sits there, and whether that answers the question."""

    level: Level
    primary: RegionalContact | None
    vervanger: RegionalContact | None
    is_answered: bool

    @property
    def contacts(self) -> list[RegionalContact]:
        return [one for one in (self.primary, self.vervanger) if one]

    @property
    def since(self) -> datetime.datetime | None:
        """When it was last given or confirmed."""
        return min((one.given_at for one in self.contacts), default=None)


@dataclass(frozen=True)
class Row:
    """A region with its seats, bestuurlijk first; and whom we can write to."""

    region: Region
    centrumgemeente: Organisation | None
    seats: list[Seat]
    people: list[Person]

    @property
    def is_answered(self) -> bool:
        return all(seat.is_answered for seat in self.seats)


def board(
    network: Network,
    ask: ContactAsk | None,
    *,
    on: datetime.date,
    regions: Iterable[Region] | None = None,
) -> list[Row]:
    """Every region of a network, in a number of queries that does not grow.

    Answered is a level with a primary one and a vervanger, given or confirmed since
    the question; without a question it is enough that they are known.
    """
    if regions is None:
        regions = Region.objects.filter(type=network.type).order_by("name")
    chosen = list(regions)
    seats = _seats(network, chosen, on)
    members = _members(chosen, on)
    organisations = {row.organisation_id for rows in members.values() for row in rows}
    people = _people(organisations, on)
    return [
        Row(
            region,
            next(
                (r.organisation for r in members[region.pk] if r.is_centrumgemeente),
                None,
            ),
            [_seat(level, seats[region.pk, level], ask) for level in Level],
            _of(members[region.pk], people),
        )
        for region in chosen
    ]


def latest_ask(network: Network) -> ContactAsk | None:
    return network.asks.order_by("-asked_at", "-pk").first()


def _seats(
    network: Network, regions: list[Region], on: datetime.date
) -> dict[tuple[int, str], list[RegionalContact]]:
    found: dict[tuple[int, str], list[RegionalContact]] = defaultdict(list)
    contacts = RegionalContact.objects.active_on(on).filter(
        network=network, region__in=regions
    )
    for contact in contacts.select_related("organisation", "given_by"):
        found[contact.region_id, contact.level].append(contact)
    return found


def _seat(
    level: Level, contacts: list[RegionalContact], ask: ContactAsk | None
) -> Seat:
    primary = next((c for c in contacts if c.is_primary), None)
    vervanger = next((c for c in contacts if not c.is_primary), None)
    known = bool(primary and vervanger)
    since = ask is None or all(c.given_at >= ask.asked_at for c in contacts)
    return Seat(level, primary, vervanger, known and since)


def _members(regions: list[Region], on: datetime.date) -> dict[int, list[RegionMember]]:
    found: dict[int, list[RegionMember]] = defaultdict(list)
    rows = RegionMember.objects.active_on(on).filter(region__in=regions)
    for row in rows.select_related("organisation").order_by("organisation__name"):
        found[row.region_id].append(row)
    return found


def _people(organisations: set[int], on: datetime.date) -> dict[int, list[Person]]:
    """The contactpersonen per organisation, who may log in."""
    found: dict[int, list[Person]] = defaultdict(list)
    roles = Role.objects.active_on(on).filter(
        name=Role.Name.CONTACTPERSOON,
        organisation__in=organisations,
        person__is_active=True,
    )
    for role in roles.select_related("person").order_by("person__name"):
        if role.organisation_id is not None:
            found[role.organisation_id].append(role.person)
    return found


def _of(members: list[RegionMember], people: dict[int, list[Person]]) -> list[Person]:
    """Each once, also who works for more gemeenten of the region."""
    return list(
        dict.fromkeys(p for row in members for p in people[row.organisation_id])
    )
